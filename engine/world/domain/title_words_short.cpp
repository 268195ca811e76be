#include "engine/world/domain/title_words.h"

namespace cascadelab {

const std::array<TopicWords, kTopicCount> kShortVideoWords = {{
    // Gaming: speedruns, builds, retro
    {"{s} in {n}|{a} {s}: {n}|I tried the {a} {s} in {n}|{s} but it is {a} ({n})|{f} plays: {a} "
     "{s}|{n}: {s} explained|The {a} {s} of {n}|How {f} broke the {s}|{f} vs {n}: {s}|{s} in {n} "
     "with {f}",
     "fastest|impossible|one-handed|cursed|tiny|world-record|blindfolded|cosy|underrated|perfect|"
     "secret|accidental|hardest|pixel|budget|chaotic",
     "Dragon Valley|Block World|Star Miner|Kart Kings|Dungeon Diner|Moon Farm|Castle Rush|"
     "Neon Drift|Tower Tales|Pocket Monsters' Inn|Ghost Hotel|Sky Islands|Robot League|"
     "Potion Shop|Train Tycoon|Pirate Bay",
     {"Any% run|Glitch skip|Boss rush|Deathless run|Wall clip|Two-minute run|Frame-perfect jump|"
      "Race|Final split|Sequence break|Warp route|Relay",
      "Castle build|Redstone door|Farm layout|Secret base|Bridge build|Roller coaster|City plan|"
      "House tour|Starter base|Elevator|Automatic kitchen|Lighthouse build",
      "Cartridge|8-bit level|Arcade cabinet|Game manual|Handheld repair|Password screen|"
      "Lost demo|Pixel boss|Cheat code|Chip tune|Split screen|Save battery"},
     "{f} Plays|{a} pixels|{f} Speed|{p} Gamers|retro{f}"},
    // Cooking: baking, street food, quick dinners
    {"{a} {s} with {n}|{a} {s}, {p} style|{f}'s {a} {s}|{s} with {n} and {n}|{s} from {p}|How {p} "
     "makes {s}|Never buy {s} again, says {f}|{s} in ten minutes|My grandmother's {s} with {n}|{f} "
     "makes {s} "
     "with {n}|{a} {s} from {p}|I ate {s} in {p}",
     "Crispy|Fluffy|Smoky|Five-minute|Sticky|No-knead|Cheap|Spicy|Golden|Creamy|One-pan|Lazy|"
     "Crunchy|Perfect|Overnight|Tiny",
     "lemon|brown butter|miso|pistachio|chilli oil|cardamom|black garlic|tahini|olives|coconut|"
     "saffron|pickled onion|walnuts|honey|fennel|smoked salt",
     {"sourdough|cinnamon rolls|focaccia|cheesecake|croissants|banana bread|brioche|macarons|"
      "apple cake|flatbread|bagels|cookies",
      "dumplings|tacos|arepas|satay|falafel|jollof rice|bao|pani puri|empanadas|okonomiyaki|"
      "currywurst|suya",
      "noodles|egg fried rice|lentil soup|pasta|chicken curry|shakshuka|stir-fry|gnocchi|"
      "fish cakes|ramen|quesadillas|chickpea stew"},
     "{f} Cooks|{f}'s Kitchen|{p} Kitchen|{a} Plate|{n} and {n}"},
    // Comedy sketches: office, family, pranks
    {"When {s} (with {f})|POV: {f}, {s}|{s}, but {a} (part {n})|{f} when {s}|Nobody: ... {f}: "
     "{s}|{s} in {p}|{s} (part "
     "{n})|{f} and {f}: {s}|{f}, {a}: {s}|Every time {s} in {p}|{s}, {a} (part {n})|{f} explains: "
     "{s}",
     "honest|dramatic|medieval|whispered|in slow motion|at 3 a.m.|as a musical|way too polite|"
     "silent-film|in one take|opera|with subtitles|deadpan|dubbed|extra awkward|in reverse",
     "1|2|3|4|5|6|7|8|9|10|11|12|the last|the first|again|finally",
     {"the meeting could be an email|your boss goes on holiday|the printer wins|reply all|"
      "the new intern is 58|Monday, 8:59|the lift is full|your camera was on|the stapler is gone|"
      "free cake in the kitchen|the quarterly numbers|Friday, 16:55",
      "your mother calls|dad finds the thermostat|the group chat|aunt visits unannounced|"
      "siblings share a car|grandma gets a phone|the last dumpling|family photo day|"
      "who ate the cheese|board game night|packing for the beach|dinner at five",
      "the fake spider|a very long receipt|the wrong door|salt for sugar|the talking plant|"
      "the invisible rope|the moving statue|hiding in the sofa|a note from the future|"
      "the balloon room|the empty box|the shrinking chair"},
     "{f} is joking|{f} and {f}|{p} Sketch Club|not {f}|The {f} Show"},
    // Dance: hip-hop, folk, tutorials
    {"{s} to {n}|{a} {s}|{f}'s {a} {s}|{s} in {p}|{a} {s} in {p}|{f} and {f}: {s}|"
     "{s}, {a} take|{s} challenge: {n}|Learning {s} from {f}|{n}: {s}",
     "rooftop|midnight|one-take|barefoot|first-try|rainy|slow|street|mirrored|group|late-night|"
     "sunrise|train-station|kitchen|family|surprise",
     "Blue Neon|Sugar Rush|Paper Moon|Golden Hour|Left Right|Mango Sky|Hey Stranger|Night Bus|"
     "Turn It Over|Glass Heart|Cherry Cola|Bassline 9|Wildflower|Moon Walk Home|Red Shoes|Echo",
     {"Freestyle|Popping|Locking|Breaking battle|Krump session|Footwork|Crew choreo|Headspin|"
      "House groove|Waving|Cypher|Top rock",
      "Flamenco|Sirtaki|Bhangra|Ceilidh|Samba de roda|Polska|Dabke|Hora|Tinikling|Gumboot dance|"
      "Csardas|Cueca",
      "Shuffle in 3 steps|Moonwalk basics|Spin technique|Body roll tutorial|Salsa basic step|"
      "First pirouette|Two-step for beginners|Arm waves|Slide tutorial|Musicality drill|"
      "Isolation warm-up|Leap in slow motion"},
     "{f} Moves|{f} & {f} Dance|{p} Dance Crew|{a} steps|{n} Crew"},
    // DIY: woodwork, home, upcycling
    {"{a} {s} from {n}|{f} builds a {a} {s}|{s} from {n}|Fixing {n}: {a} {s}|{s} in a weekend with "
     "{f}|{a} {s} for under 20|{f} fixes: {s}|{s}: what I got wrong|{n} becomes a {s}|{f}'s {s} "
     "from {n}|{a} {s}, {p} style",
     "Simple|Hidden|Folding|Tiny|Rustic|No-drill|Renter-friendly|Sturdy|Clever|Floating|Curved|"
     "Weekend|Wobble-free|Japanese-style|Modular|Scrap",
     "one board|old pallets|a broken chair|offcuts|an old door|scrap oak|wine crates|driftwood|"
     "a wardrobe|fence posts|two planks|a ladder|plywood|copper pipe|a bed frame|a drawer",
     {"dovetail box|stool|workbench|bookshelf|spoon|coffee table|chisel rack|picture frame|"
      "planter|hand plane|jewellery box|step ladder",
      "leaky tap|wall shelf|draughty window|tile floor|door hinge|bathroom grout|wall paint|"
      "curtain rail|light switch|squeaky stairs|kitchen drawer|radiator cover",
      "lamp|denim bag|jar lantern|bird house|tyre swing|tin-can herb garden|T-shirt rug|bench|"
      "coat rack|cork board|bottle vase|suitcase table"},
     "{f} Builds|{f}'s Workshop|{p} Makers|{a} Bench|Made by {f}"},
    // Pets: cats, dogs, unusual pets
    {"{f} the {s}|{a} {s} meets {n}|{s} vs {n}|{f} the {a} {s}|{f} the {s} discovers {n}|{f} the "
     "{s} and {n}|My {s} hates {n}|The {a} {s} of {p}|{f} the {s} moves to {p}|{a} {s} and {n} in "
     "{p}",
     "Sleepy|Dramatic|Tiny|Rescued|Suspicious|Very "
     "good|Fluffy|Grumpy|Clumsy|Polite|Spoiled|Zooming|"
     "Senior|Jealous|Talking|Confused",
     "the vacuum|snow|a cucumber|the mirror|bath time|a new baby|the mailman|a lemon|the stairs|"
     "a balloon|the sea|breakfast|the vet|a paper bag|autumn leaves|the doorbell",
     {"kitten|tabby|Maine Coon|ginger cat|tuxedo cat|Siamese|street cat|calico|black cat|"
      "Sphynx|barn cat|office cat",
      "corgi|puppy|husky|dachshund|border collie|golden retriever|pug|mutt|beagle|shiba|"
      "sheepdog|greyhound",
      "hedgehog|duck|axolotl|goat|gecko|ferret|parrot|tortoise|chinchilla|alpaca|crow|"
      "capybara"},
     "{f} the {s}|{p} Paws|{f}'s Zoo|{a} {s} club|Life with {f}"},
    // Travel: cities, trails, islands
    {"{a} {s} in {p}|{p}: {s} on {n}|The {s} near {p}|{s} in {p}, {n}|{f} in {p}: {s}|Do not miss "
     "the {s} in {p}|{p} in {n}: {s}|{f} finds the {s} of {p}|{p}, {a} {s}",
     "Hidden|Free|Sunrise|Rainy|Cheap|Quiet|Overrated|Wild|Car-free|Winter|Underrated|Secret|"
     "Night-time|Solo|Local|Car-window",
     "20 a day|one tram ticket|a bicycle|24 hours|a weekend|no plan|foot|a night train|one "
     "backpack|"
     "48 hours|a ferry pass|a rainy day|local advice|a scooter|three friends|my mother",
     {"rooftop bar|night market|old town walk|tram ride|metro art|harbour walk|street murals|"
      "book cafe|flea market|staircase walk|skyline view|bakery tour",
      "ridge walk|waterfall hike|hut-to-hut trail|desert camp|forest path|canyon trail|"
      "summit at dawn|river crossing|coast path|hot spring hike|volcano rim|suspension bridge",
      "empty beach|ferry hop|lagoon|snorkel spot|lighthouse walk|fishing village|sea cave|"
      "island loop|cliff jump|sandbar|palm hammock|tide pools"},
     "{f} Travels|{p} Diaries|{f} on {n}|Slow {p}|{f} Elsewhere"},
    // Science bites: physics, animals, the brain
    {"Why {s}|{s}, explained by {f}|{s} in 60 seconds with {f}|The {a} truth: {s}|{s}: {n}|{f} "
     "explains why "
     "{s}|{s}, the {a} version|Is it true that {s}?|{f} on why {s} ({n})|{s}? {n} from {p}|Ask "
     "{f}: {s}?|Why {s}: {n}",
     "strange|simple|surprising|short|slow-motion|kitchen-table|two-minute|beautiful|unsettling|"
     "unexpected|hand-drawn|honest|curious|tiny|forgotten|shocking",
     "an experiment|a short proof|the numbers|part 1|part 2|part 3|with a magnet|with Lego|"
     "in slow motion|what we know|the myth|live test|with water|under the microscope|"
     "the history|one chart",
     {"ice floats|the sky is blue|magnets snap|light bends|time runs slower up high|bubbles are "
      "round|"
      "lightning forks|tops stay upright|sound breaks glass|black holes evaporate|"
      "rainbows are circles|nothing is ever still",
      "octopuses have three hearts|crows hold grudges|bees can count|geckos stick|whales sing|"
      "ants farm|sharks never stop|owls fly silently|cats always land|spiders balloon|"
      "eels cross oceans|tardigrades survive",
      "we yawn|songs get stuck|you forget names|dreams fade|time flies|deja vu happens|"
      "we see faces everywhere|smells bring back memories|you cannot tickle yourself|"
      "habits form|pain has a volume|we blush"},
     "{f} Explains|{p} Science|{a} Facts|Ask {f}|{f} Labs"},
}};

}  // namespace cascadelab
