// Nothing that breaks a rule leaves, whoever made the page; and where something was stopped or the
// page was short, what may stand there takes the place.
#include "engine/cascade/policy/policy_gate.h"

#include <QtTest>
#include <functional>

#include "tests/worlds/random_requests.h"

using namespace cascadelab;

namespace {

// Random worlds whose pages are feeds or rows, ranked or generated.
SmallCascade world_of_any_page() {
    SmallCascade world = random_world();
    world.params.page.layout = *rc::gen::element(PageLayout::feed, PageLayout::rows);
    world.params.page.rows = *rc::gen::inRange(1, 4);
    world.params.page.row_items = *rc::gen::inRange(3, 9);
    world.params.rerank.bubble_slots = *rc::gen::inRange(0, 3);
    world.params.generative.feed =
        *rc::gen::element(GenerativeFeed::off, GenerativeFeed::generative);
    return world;
}

// Looked up the slow way: never eligible, or one too many.
bool may_be_shown(const SmallCascade& world, const Request& request, ItemId item) {
    const PersonHistory& history = world.store.history(request.person);
    const PolicyParams& policy = world.params.policy;
    const bool licensed = (world.catalogue.cards[item.index()].regions >> request.region & 1) != 0;
    return !(policy.hide_watched && std::ranges::count(history.watched, item) > 0) &&
           !(policy.licences && !licensed) && std::ranges::count(history.blocked, item) == 0;
}
bool caps_hold(const SmallCascade& world, std::span<const ItemId> page, std::int64_t places) {
    const double most = std::max(1.0, world.params.policy.topic_cap * double(places) + 1e-6);
    const auto& cards = world.catalogue.cards;
    return std::ranges::all_of(page, [&](ItemId item) {
        const ItemCard& card = cards[item.index()];
        const auto topic = std::ranges::count_if(
            page, [&](ItemId other) { return cards[other.index()].topic == card.topic; });
        const auto franchise = std::ranges::count_if(
            page, [&](ItemId other) { return cards[other.index()].franchise == card.franchise; });
        return double(topic) <= most &&
               (!card.franchise.valid() || franchise <= world.params.rerank.franchise_cap);
    });
}

void assert_lawful(const SmallCascade& world, const Request& request, const CascadeTrace& trace,
                   std::int64_t places) {
    for (const ItemId item : trace.slate) RC_ASSERT(may_be_shown(world, request, item));
    RC_ASSERT(caps_hold(world, trace.slate, places));
    RC_ASSERT(std::ssize(trace.slate) <= places);
}

// Whether any item of these could be added to the page.
bool could_grow(const SmallCascade& world, const Request& request, const CascadeTrace& trace,
                std::int64_t places, const std::function<bool(ItemId)>& is_open) {
    for (std::size_t i = 0; i < world.catalogue.size(); ++i) {
        std::vector<ItemId> page = trace.slate;
        page.push_back(ItemId(i));
        if (std::ranges::count(trace.slate, ItemId(i)) == 0 && is_open(ItemId(i)) &&
            may_be_shown(world, request, ItemId(i)) && caps_hold(world, page, places))
            return true;
    }
    return false;
}

}  // namespace

class PolicyGateTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        if (!qEnvironmentVariableIsSet("RC_PARAMS")) qputenv("RC_PARAMS", "seed=1");
    }

    void nothing_that_breaks_a_rule_leaves_a_cascade() {
        QVERIFY(for_random_requests(
            "lawful", world_of_any_page,
            [](SmallCascade& world, const Request& request, const CascadeTrace& trace) {
                assert_lawful(world, request, trace, places_of_page(world.params, trace.maker));
            }));
    }

    // What the filter of repeats still hides does not count: only the cascade keeps it back.
    void a_feed_is_short_only_when_nothing_may_be_added() {
        QVERIFY(for_random_requests(
            "full", world_of_any_page,
            [](SmallCascade& world, const Request& request, const CascadeTrace& trace) {
                const std::int64_t places = places_of_page(world.params, trace.maker);
                if (is_in_rows(world.params, trace.maker)) return;
                if (std::ssize(trace.slate) == places) return;
                const auto is_open = [&](ItemId item) {
                    if (filter_of(world, request, item) != Fate::score) return false;
                    const auto found = std::ranges::find(trace.candidates, item, &Candidate::item);
                    return found == trace.candidates.end() ||
                           !proposed_by(*found, Source::continue_watching);
                };
                RC_ASSERT(!could_grow(world, request, trace, places, is_open));
            }));
    }

    void a_line_that_others_made_leaves_lawful_and_full() {
        QVERIFY(rc::check("line", [] {
            SmallCascade world = random_world();
            const Request request = world.request(random_person());
            const std::int64_t places = *rc::gen::inRange(1, 16);
            std::vector<ItemId> line;
            for (std::size_t i = 0; i < world.catalogue.size(); ++i) line.push_back(ItemId(i));
            const PolicyGate gate(world.params, world.catalogue.cards,
                                  world.store.history(request.person), request.region, places);
            CascadeTrace trace;
            const bool full = page_of_line(FeedMaker::oracle, Source::oracle, request, line,
                                           static_cast<std::size_t>(places), gate, trace);
            assert_lawful(world, request, trace, places);
            assert_every_candidate_is_there_once(trace);
            RC_ASSERT(full == (std::ssize(trace.slate) == places));
            if (!full)
                RC_ASSERT(!could_grow(world, request, trace, places, [](ItemId) { return true; }));
            // In the order of the line, and each that was passed over has its reason.
            RC_ASSERT(std::ranges::is_sorted(trace.slate));
            for (const Candidate& c : trace.candidates)
                RC_ASSERT(c.stopped == (c.fate != Fate::shown));
        }));
    }

    // Four of one franchise lead a line for a page of three, of which two may stand on it.
    void who_is_stopped_keeps_the_reason_and_the_next_moves_up() {
        SmallCascade world(3, 40);
        world.params.policy.topic_cap = 1;
        world.params.rerank.franchise_cap = 2;
        world.params.policy.licences = world.params.policy.hide_watched = false;
        std::vector<ItemId> line;
        const PersonHistory nothing{};
        for (std::size_t i = 0; i < 6; ++i) {
            world.catalogue.cards[i].franchise =
                i < 4 ? FranchiseId(std::size_t{1}) : FranchiseId();
            line.push_back(ItemId(i));
        }
        const PolicyGate gate(world.params, world.catalogue.cards, nothing, 0, 3);
        CascadeTrace trace;
        QVERIFY(page_of_line(FeedMaker::nobody, Source::browsing, world.request(), line, 3, gate,
                             trace));
        QCOMPARE(trace.slate, (std::vector<ItemId>{ItemId(0u), ItemId(1u), ItemId(4u)}));
        QCOMPARE(trace.candidates[2].fate, Fate::franchise_cap);
        QVERIFY(trace.candidates[2].stopped && trace.candidates[4].filled);
        QCOMPARE(trace.candidates.size(), std::size_t{5});
    }

    // Licences end between the making of a page in rows and the gate: for all of one row, and for
    // the first of home.
    void home_alone_is_filled_and_an_emptied_row_goes() {
        SmallCascade world(4, 150);
        world.params.page.layout = PageLayout::rows;
        world.params.rerank.franchise_cap = 30;
        world.params.policy.topic_cap = 1;
        for (ItemCard& card : world.catalogue.cards) card.regions = 0xF;
        const Request request = world.request();
        CascadeWorkspace workspace;
        CascadeTrace& trace = workspace.trace;
        world.run(request, workspace);
        const std::vector<PageRow> before = trace.rows;
        const auto is_home = [](const PageRow& row) { return row.surface == Surface::home; };
        const auto home = std::ranges::find_if(before, is_home);
        const auto lost = std::ranges::find_if_not(before, is_home);
        QVERIFY(before.size() > 2 && home != before.end() && lost != before.end());
        world.catalogue.cards[trace.slate[home->first].index()].regions = 0;
        for (std::size_t k = 0; k < lost->count; ++k)
            world.catalogue.cards[trace.slate[lost->first + k].index()].regions = 0;

        const CascadeInputs in = world.inputs();
        const PersonFeatures person = world.store.read_person(
            world.params.features, world.catalogue, request.person, request.now_s);
        const RequestContext context{request.now_s, request.device};
        const RowFiller filler(context, person, in.store, in.params.features, in.cards, in.content);
        const PageFilter filter(in, request, *person.history, filler.shown());
        Stream stream(1, Purpose::test);
        leave_through_gate({in, request, person, filter}, filler, stream, workspace.scratch, trace);
        std::vector<PageRow> expected = before;
        expected.erase(expected.begin() + (lost - before.begin()));
        QCOMPARE(trace.rows.size(), expected.size());
        for (std::size_t r = 0; r < expected.size(); ++r) {
            QVERIFY(trace.rows[r].surface == expected[r].surface);
            QCOMPARE(trace.rows[r].count, expected[r].count);
        }
        for (const ItemId item : trace.slate) QVERIFY(world.catalogue.cards[item.index()].regions);
    }

    // Every proposal ends in one fate: what goes into a step comes out of it or falls there.
    void the_funnel_keeps_its_books() {
        QVERIFY(for_random_requests(
            "books", world_of_any_page,
            [](SmallCascade&, const Request&, const CascadeTrace& trace) {
                EnumArray<FunnelStep, std::size_t> stands{}, fell{};
                std::size_t proposals = 0, repeats = 0, entered = 0;
                for (const Source source : every<Source>) {
                    proposals += trace.counts.proposed[source];
                    for (const Candidate& c : trace.candidates)
                        repeats += source != c.source && proposed_by(c, source);
                }
                for (const Candidate& c : trace.candidates) {
                    ++fell[step_of_fate(c)];
                    entered += enters_on_page(c);
                    for (const FunnelStep step : every<FunnelStep>)
                        stands[step] += stands_at(c, step);
                    if (c.explored) RC_ASSERT(!stands_at(c, FunnelStep::ranked));
                }
                using enum FunnelStep;
                RC_ASSERT(proposals >= stands[merged] && stands[merged] == trace.counts.merged);
                RC_ASSERT(proposals - stands[merged] >= repeats);
                RC_ASSERT(stands[merged] == stands[filtered] + fell[filtered]);
                RC_ASSERT(stands[filtered] == trace.counts.filtered);
                RC_ASSERT(stands[filtered] == stands[ranked] + entered + fell[ranked]);
                RC_ASSERT(stands[ranked] + entered == stands[slate] + fell[slate]);
                RC_ASSERT(stands[slate] == trace.slate.size());
                RC_ASSERT(stands[slate] == trace.counts.slate);
            }));
    }
};

QTEST_APPLESS_MAIN(PolicyGateTest)
#include "policy_gate_test.moc"
