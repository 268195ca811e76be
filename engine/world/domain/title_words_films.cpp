#include "engine/world/domain/title_words.h"

namespace cascadelab {

const std::array<TopicWords, kTopicCount> kFilmsSeriesWords = {{
    // Crime drama: detective, noir, heist
    {"{a} {n}|{a} {n} in {p}|The {p} {s}|The {a} {s}|The {s} of {p}|{f} and the {a} {n}|The {n} "
     "{s}|A {s} in {p}|{n} of the {s}|The {s} of {p} {n}|{f}'s {a} {n}|{p}: The {s}",
     "Cold|Silent|Broken|Hollow|Black|Last|Drowned|Hidden|Buried|Burning|Bitter|Crooked|Pale|"
     "Forgotten|Second|Stolen",
     "Harbour|Evidence|Quarry|Alibi|Verdict|Confession|Tide|Witness|Street|Ledger|Silence|Motive|"
     "Trail|Debt|Winter|Bridge",
     {"Inspector|Inquiry|Case Files|Suspect|Sergeant|Vanishing|Fingerprint|Coroner|Cold Case|"
      "Interrogation|Missing Girl|Detective",
      "Nightclub|Double Cross|Blackmailer|Shadow|Stranger|Informer|Last Cigarette|Widow|Gun|"
      "Fixer|Rainy Night|Underworld",
      "Vault|Getaway|Forgers|Safecracker|Inside Man|Diamond Job|Train Job|Bank Job|Crew|"
      "Counterfeiters|Casino|Big Score"},
     "{p} Noir|{n} Street Films|{a} {n} Pictures|{f} & Partners|{p} Crime Unit"},
    // Documentary: nature, people, science
    {"The {s} of {p}|The {s} of {p}|The {s} of {p}|{s}: {a} {n}|{p}, {a} {n}|A Year with the {s} "
     "of {p}|Among the {s} of {p}|The {a} {s} of {p}|{s} of the {a} {n}|The Last {s} of {p}|{f} "
     "and the {s}|{a} {n} of {p}|{a} {n}",
     "Salt|Wild|Quiet|Frozen|Living|Deep|Open|Rising|Long|Secret|Ancient|High|Fragile|Distant|"
     "Endless|Blue",
     "Roads|Waters|Valleys|Winds|Seasons|Horizons|Ground|Light|Shores|Plains|Migration|Country|"
     "Harvest|Questions|World|Silence",
     {"Snow Leopards|Cranes|Wolves|Whales|Reindeer|Mangroves|Salmon|Bees|Elephants|Rainforests|"
      "Penguins|Glaciers|Otters|Owls",
      "Yak Herders|Salt Miners|Women|Weavers|Fishermen|Beekeepers|Shepherds|Boat Builders|"
      "Night Nurses|Street Cooks|Pearl Divers|Potters|Horse Riders|Lighthouse Keepers",
      "Volcanoes|Telescopes|Mathematicians|Microbes|Earthquakes|Deep-Sea Vents|Comets|Vaccines|"
      "Fossil Hunters|Quantum Machines|Ice Cores|Black Holes|Chemists|Storm Chasers"},
     "{p} Documentary House|{a} {n} Films|{p} Nature Unit|Studio {f}|{n} & {n}"},
    // Comedy: sitcom, satire, road trip
    {"{f} and the {s}|{f} and the {a} {s}|The {a} {s}|{f} Goes to {p}|Everybody Loves the {s} in "
     "{p}|{a} {n} in {p}|The {s} from {p}|My {a} {s}|{f} vs the {s}|Not Another {s}|{f}, {f} and "
     "the {s}|{f}'s {a} {n}|{a} {n}",
     "Awkward|Terrible|Perfect|Reluctant|Very Small|Borrowed|Unlikely|Overdue|Accidental|Fabulous|"
     "Extra|Totally Normal|Half-Baked|Improper|Great|Almost Famous",
     "Neighbours|Manners|Holidays|Cousins|Mondays|Excuses|Weddings|Roommates|Miracles|Promises|"
     "Relations|Intentions|Birthdays|Disasters|Plans|Opinions",
     {"Flatmates|In-Laws|Office|Staff Room|Landlord|Babysitter|Bakery|Night Shift|Choir|Dentist|"
      "Pub Quiz|Corner Shop",
      "Minister|Mayor|Focus Group|Embassy|Election|Influencer|Committee|Board Meeting|"
      "Royal Visit|Press Office|Consultant|Tax Inspector",
      "Caravan|Detour|Campervan|Hitchhiker|Hen Party|Wrong Exit|Lost Luggage|School Bus|Tandem|"
      "Ferry|Honeymoon|Road Trip"},
     "{f} & {f} Comedy|{a} {n} Productions|The {n} Company|{p} Laugh Works|{a} Pictures"},
    // Sci-fi: space, dystopia, time travel
    {"{a} {n}|{s} {n}|The {s} of {p}|The {a} {s}|{n}: {s}|{s} at the {a} {n}|Beyond the {a} "
     "{n}|{f} and the {s}|After the {s} of {p}|{f} and the {a} {n}|{p} {n}|The {n} of the {s}|The "
     "{a} {s} of {p}",
     "Infinite|Zero|Distant|Crimson|Dark|Hollow|Electric|Last|Synthetic|Orbital|Silver|Silent|"
     "Binary|Lost|Terminal|Seventh",
     "Horizon|Signal|Colony|Gravity|Protocol|Orbit|Machine|Memory|Frontier|Paradox|Sun|Engine|Void|"
     "Eclipse|Circuit|Dawn",
     {"Starship|Astronaut|Moonbase|Asteroid|Exoplanet|Comet Riders|Space Elevator|Lander|Nebula|"
      "Generation Ship|Airlock|Voyagers",
      "Curfew|Ration Day|Surveillance|City Below|Resistance|Drone Wars|Sleepless|Android Trial|"
      "Memory Police|Domes|Water Cartel|Citizen Score",
      "Yesterday Machine|Loop|Clockmakers|Second Timeline|Tomorrow File|Chrononauts|Long Minute|"
      "Century Door|Rewinders|Hour Before|Time Thieves|Unborn Past"},
     "{a} {n} Studios|{n} Works|{p} Future Lab|{a} {n} Pictures|{f} Orbital"},
    // Romance: period, city, second chances
    {"{a} {n}|A {s} in {p}|The {s} of {p}|{n} in {p}|{f} and {f}|{f}'s {s}|{f} and the {s}|{a} {n} "
     "in {p}|Love and the {s}|{n} for {f}|The {a} {s} of {p}|{f}'s {a} {n}",
     "Tender|Secret|Summer|Unspoken|Gentle|Stolen|Moonlit|Late|Quiet|Forbidden|Wild|Faithful|"
     "Golden|Impossible|Sweet|Restless",
     "Hearts|Letters|Promises|Kisses|Vows|Evenings|Longing|Roses|Whispers|Dances|Goodbyes|"
     "Beginnings|Rain|Mornings|Music|Tulips",
     {"Governess|Duke's Daughter|Dressmaker|Ballroom|Music Teacher|Manor|Portrait Painter|"
      "Lady's Maid|Glove Maker|Winter Ball|Suitor|Orchard",
      "Rooftop|Bookshop|Coffee Date|Night Train|Florist|Taxi Ride|Wrong Number|Flat Share|"
      "Pastry Chef|Street Musician|Balcony|Last Metro",
      "Divorce Party|Reunion|Old Flame|Widower|Homecoming|Lost Letter|Second Wedding|Ex-Husband|"
      "Summer House|Unsent Message|Retirement|Returning Sailor"},
     "{a} {n} Pictures|{f} & {f} Films|{n} House|{p} Romance|Studio {f}"},
    // Animation: family, fantasy, shorts
    {"{f} and the {s}|The {a} {s}|{f} the {a} {s}|The {s} of {p}|{s} and the {a} {n}|The {s} Who "
     "Came to {p}|{f}'s {a} {n}|The {n} {s}|Goodnight, {a} {s}|{f} and the {a} {n}|{a} {n} over "
     "{p}",
     "Little|Brave|Sleepy|Curious|Invisible|Flying|Paper|Enchanted|Grumpy|Upside-Down|Tiny|Magic|"
     "Singing|Purple|Clockwork|Clumsy",
     "Kite|Balloon|Island|Lantern|Garden|Puddle|Mountain|Treehouse|Moon|Umbrella|Forest|Teapot|"
     "Cloud|Adventure|Parade|Journey",
     {"Hedgehog|Puppy|Penguin|Grandpa Robot|Bear Cub|Firefly|Hamster|Snail|Kitten|School of Fish|"
      "Duckling|Giraffe",
      "Dragon|Witch|Cloud King|Fox Spirit|Giant|Wizard's Apprentice|Mermaid|Phoenix|Forest "
      "Guardian|"
      "Moon Rabbit|Troll|Star Thief",
      "Pencil|Left Sock|Raindrop|Paper Boat|Button|Last Leaf|Matchstick|Snowflake|Tin Soldier|"
      "Postage Stamp|Teaspoon|Shadow Puppet"},
     "{a} {n} Animation|{n} & {n} Toons|{a} {s} Studio|Studio {f}|{p} Drawings"},
    // Sport: football, mountains, racing
    {"The {s} of {p}|{p} {n}|{a} {n} in {p}|{a} {n}: The {s}|{f}: {a} {n}|The {a} {s}|The {s} "
     "against {p}|{f} and the {s}|The {s} {n}|The {a} {s} of {p}|{f}'s {a} {n}|{a} {n}",
     "Final|Golden|Extra|Uphill|Unbeaten|Longest|Sudden|First|Hard|Underdog|Last|Fastest|Injury|"
     "Away|Perfect|Record",
     "Season|Minute|Ascent|Rivals|Champions|Glory|Comeback|Lap|Victory|Line|Distance|Underdogs|"
     "Summit|Pride|Finish|Team",
     {"Goalkeeper|Derby|Penalty|Academy Boys|Number Ten|Women's Cup|Fourth Division|Offside Trap|"
      "Striker|Stadium|Referee|Transfer",
      "North Face|Climbers|Free Solo|Base Camp|Rope Team|Ice Wall|Sherpas|Ridge Runners|"
      "Winter Ascent|Cliff|Overhang|Seven Summits",
      "Pit Stop|Rally|Grand Prix|Cyclists|Hairpin|Sprint|Peloton|Time Trial|Motorbike Riders|"
      "Sailing Race|Pole Position|Night Rally"},
     "{p} Sports Films|{a} {n} Media|{n} Productions|{f} on Sport|{p} {n}"},
    // History: empires, wars, lives
    {"The {s} of {p}|The {s} of {p}|{p}: {a} {n}|{a} {n}: The {s}|The {a} {s}|{n} of the {s}|How "
     "{p} Lost the {s}|The {a} {n} of {p}|The {a} {s} of {p}|{p} and the {s}|The {s} and the {a} "
     "{n}",
     "Lost|Iron|Golden|Forgotten|Roman|Burning|Ottoman|Medieval|Bronze|Royal|Divided|Imperial|"
     "Rebel|Sacred|Colonial|Viking",
     "Crowns|Centuries|Thrones|Borders|Banners|Ruins|Chronicles|Treaties|Kingdoms|Ages|Legacy|"
     "Revolution|Maps|Dynasties|Ashes|Archives",
     {"Khans|Silk Road|Emperors|Sultans|Pharaohs|Caravan Cities|Conquerors|Tsars|Great Wall|"
      "Spice Traders|Inca Roads|Vikings",
      "Siege|Trenches|Armada|Codebreakers|Last Battle|Resistance|Blockade|Front Line|"
      "Hundred Days|Ceasefire|Partisans|Long March",
      "Queen|Mapmaker|Physician|Astronomer|Rebel Monk|Printer|Merchant's Wife|Suffragette|Explorer|"
      "Court Painter|Spy|Philosopher"},
     "{p} Archive|{a} {n} Films|{n} Television|{p} Historical|{f} & {f} History"},
}};

}  // namespace cascadelab
