// A page made of rows: what holds for every such page, whatever the world, the person and the
// parameters.
#include <rapidcheck.h>

#include <QtTest>
#include <cmath>
#include <map>
#include <ranges>
#include <set>

#include "engine/cascade/rerank/row_rankers.h"
#include "engine/cascade/retrieve/row_candidates.h"
#include "engine/params/table.h"
#include "tests/worlds/small_cascade.h"

using namespace cascadelab;

namespace {

constexpr PersonId kSomebody{std::size_t{0}};

// What the person began and left more than an hour ago, after all else that is known.
void leave_unfinished(SmallCascade& world, PersonId person, std::size_t count) {
    Stream stream(2, Purpose::test, person.value, count);
    for (std::size_t i = 0; i < count; ++i) {
        Event event{world.now_s - 3 * kHour + static_cast<Seconds>(i) * 540,
                    person,
                    {},
                    900,
                    0,
                    EventKind::watch};
        event.item = ItemId(stream.below(world.catalogue.size()));
        event.value = static_cast<float>(stream.uniform(0.1, 0.7));
        world.store.observe(world.params.features, world.catalogue, person, {&event, 1});
    }
}

Params random_rows_params() {
    Params params;
    params.page.layout = PageLayout::rows;
    params.page.rows = *rc::gen::inRange(1, 9);
    params.page.row_items = *rc::gen::inRange(1, 13);
    params.page.because_rows = *rc::gen::inRange(0, 5);
    params.page.continue_slot = *rc::gen::inRange(0, 9);
    params.page.continue_days = *rc::gen::inRange(1, 5);
    params.retrieval.candidates = *rc::gen::inRange(20, 120);
    params.ranking.keep = *rc::gen::inRange(10, 80);
    params.rerank.method =
        *rc::gen::element(RerankMethod::none, RerankMethod::mmr, RerankMethod::dpp);
    params.rerank.franchise_cap = *rc::gen::inRange(1, 4);
    params.rerank.promote_new = *rc::gen::inRange(0, 3);
    params.rerank.exploration_slots = *rc::gen::inRange(0, 4);
    params.policy.topic_cap = *rc::gen::inRange(2, 21) / 20.0;
    params.policy.repeat_after_h = *rc::gen::inRange(0, 48);
    params.eras.rows = *rc::gen::element(Era::factorization, Era::two_tower);
    return params;
}

// Judges pages in rows of random requests, a hundred of them.
template <class Judge>
bool for_random_pages(const char* what, Judge&& judge) {
    return rc::check(what, [&] {
        SmallCascade world(*rc::gen::inRange<std::uint64_t>(0, 1000),
                           static_cast<std::size_t>(*rc::gen::inRange(12, 160)));
        world.params = random_rows_params();
        if (*rc::gen::inRange(0, 5) == 0) world.models.ranker = nullptr;
        const PersonId person(*rc::gen::inRange<std::size_t>(0, SmallCascade::kPeople));
        leave_unfinished(world, person, static_cast<std::size_t>(*rc::gen::inRange(0, 12)));
        CascadeWorkspace workspace;
        const Request request = world.request(person);
        judge(world, request, world.run(request, workspace));
    });
}

const Candidate& candidate_of(const CascadeTrace& trace, ItemId item) {
    return *std::ranges::find(trace.candidates, item, &Candidate::item);
}

std::span<const ItemId> items_of(const CascadeTrace& trace, const PageRow& row) {
    return std::span(trace.slate).subspan(row.first, row.count);
}

const PageRow* find_row(const CascadeTrace& trace, Surface surface) {
    const auto row = std::ranges::find(trace.rows, surface, &PageRow::surface);
    return row == trace.rows.end() ? nullptr : &*row;
}

}  // namespace

class RowsTest : public QObject {
    Q_OBJECT

  private slots:
    void rows_cover_the_page_and_no_item_stands_twice();
    void every_row_holds_what_belongs_to_it();
    void caps_hold_over_all_rows();
    void going_on_has_the_slot_it_was_given();
    void rows_stand_by_what_their_first_items_are_worth();
    void rows_are_each_in_their_own_order();
    void what_was_watched_last_anchors_the_first_rows();
    void an_item_stands_in_the_first_row_that_holds_it();
    void what_was_just_left_waits();
    void what_was_left_may_come_back_at_once();
    void a_feed_has_no_rows();
    void the_same_request_gives_the_same_rows();
    void the_longest_page_fits();
};

void RowsTest::rows_cover_the_page_and_no_item_stands_twice() {
    QVERIFY(for_random_pages("partition", [](SmallCascade& world, auto&, const CascadeTrace& t) {
        const PageParams& page = world.params.page;
        RC_ASSERT(std::ssize(t.rows) <= page.rows);
        std::size_t next = 0;
        for (const PageRow& row : t.rows) {
            RC_ASSERT(row.first == next);
            RC_ASSERT(row.count >= fewest_of_row(row.surface));
            RC_ASSERT(row.count <= page.row_items);
            next += row.count;
        }
        RC_ASSERT(next == t.slate.size());
        RC_ASSERT(std::set<ItemId>(t.slate.begin(), t.slate.end()).size() == t.slate.size());
        for (std::size_t place = 0; place < t.slate.size(); ++place) {
            const Candidate& candidate = candidate_of(t, t.slate[place]);
            RC_ASSERT(static_cast<std::size_t>(candidate.position) == place);
            RC_ASSERT(candidate.fate == Fate::shown);
        }
        for (const Candidate& candidate : t.candidates)
            RC_ASSERT((candidate.position >= 0) == (candidate.fate == Fate::shown));
    }));
}

void RowsTest::every_row_holds_what_belongs_to_it() {
    QVERIFY(for_random_pages("belonging", [](SmallCascade& world, const Request& request,
                                             const CascadeTrace& t) {
        const PersonHistory& history = world.store.history(request.person);
        const auto left_at = [&](ItemId item) {
            const auto left = std::ranges::find(history.unfinished, item, &RecentItem::item);
            return left == history.unfinished.end() ? kNever : left->time_s;
        };
        const double oldest_s =
            static_cast<double>(world.now_s) - world.params.page.continue_days * kDay;
        for (const PageRow& row : t.rows) {
            std::vector<ScoredItem> near;
            if (row.surface == Surface::because_watched) {
                RC_ASSERT(std::ranges::binary_search(history.watched, row.anchor));
                nearest_items(
                    world.models, world.params, row.anchor,
                    kNeighboursPerPlace *
                        static_cast<int>(static_cast<double>(world.params.page.row_items) *
                                         world.params.retrieval.overfetch),
                    near);
            } else {
                RC_ASSERT(!row.anchor.valid());
            }
            for (const ItemId item : items_of(t, row)) {
                const bool goes_on = proposed_by(candidate_of(t, item), Source::continue_watching);
                RC_ASSERT(goes_on == (row.surface == Surface::continue_watching));
                switch (row.surface) {
                    case Surface::home:
                        break;
                    case Surface::because_watched:
                        RC_ASSERT(std::ranges::find(near, item, &ScoredItem::item) != near.end());
                        break;
                    case Surface::continue_watching:
                        RC_ASSERT(static_cast<double>(left_at(item)) >= oldest_s);
                        break;
                    case Surface::new_for_you:
                        RC_ASSERT(world.is_new(item));
                        break;
                    case Surface::trending_now:
                        RC_ASSERT(std::ranges::find(world.models.popularity->ranked, item) !=
                                  world.models.popularity->ranked.end());
                        break;
                }
            }
        }
    }));
}

void RowsTest::caps_hold_over_all_rows() {
    QVERIFY(for_random_pages("caps", [](SmallCascade& world, auto&, const CascadeTrace& t) {
        const PageParams& page = world.params.page;
        std::map<std::uint32_t, std::int64_t> franchises, topics;
        for (const ItemId item : t.slate) {
            const ItemCard& card = world.catalogue.cards[item.index()];
            if (card.franchise.valid()) ++franchises[card.franchise.value];
            ++topics[card.topic.value];
        }
        const double places = static_cast<double>(page.rows * page.row_items);
        const double most = std::max(1.0, world.params.policy.topic_cap * places + 1e-9);
        for (const auto& [id, count] : franchises)
            RC_ASSERT(count <= world.params.rerank.franchise_cap);
        for (const auto& [id, count] : topics) RC_ASSERT(static_cast<double>(count) <= most);
    }));
}

void RowsTest::going_on_has_the_slot_it_was_given() {
    int seen = 0;
    QVERIFY(for_random_pages("slot", [&](SmallCascade& world, auto&, const CascadeTrace& t) {
        const auto slot = static_cast<std::size_t>(world.params.page.continue_slot);
        const PageRow* row = find_row(t, Surface::continue_watching);
        if (row == nullptr) return;
        ++seen;
        RC_ASSERT(slot > 0);
        const auto at = static_cast<std::size_t>(row - t.rows.data());
        // Earlier only when there was nothing to stand above or below it.
        RC_ASSERT(at < slot);
        if (t.rows.size() > slot && at + 1 < slot) {
            std::set<Surface> above;
            for (std::size_t r = 0; r < at; ++r) above.insert(t.rows[r].surface);
            RC_ASSERT(above.size() <= at);
        }
    }));
    QVERIFY(seen > 10);
}

void RowsTest::rows_stand_by_what_their_first_items_are_worth() {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        SmallCascade world(seed, 150);
        world.params.page.layout = PageLayout::rows;
        world.params.page.continue_slot = 3;
        leave_unfinished(world, kSomebody, 6);
        CascadeWorkspace workspace;
        const Request request = world.request();
        const CascadeTrace& trace = world.run(request, workspace);
        const PersonFeatures person = world.store.read_person(
            world.params.features, world.catalogue, request.person, request.now_s);
        const auto rows = plan_rows(world.inputs(), request, person, workspace.scratch, trace);
        QVERIFY(rows.size() > 3);
        QVERIFY(rows[2].surface == Surface::continue_watching);
        float before = 1e9f;
        for (const RowPlan& row : rows) {
            float sum = 0;
            for (std::size_t k = 0; k < std::min(kFirstOfRow, row.items.size()); ++k)
                sum += trace.candidates[row.items[k]].value;
            QVERIFY(std::abs(row.value - sum / kFirstOfRow) < 1e-6f);
            if (row.surface == Surface::continue_watching) continue;
            QVERIFY(row.value <= before);
            before = row.value;
        }
    }
}

// New for you: all kept candidates of the fresh window, as they are ranked. Continue watching: by
// value, halved with every three days since it was left.
void RowsTest::rows_are_each_in_their_own_order() {
    std::size_t fresh = 0, overtaken = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        SmallCascade world(seed, 150);
        world.params.page.layout = PageLayout::rows;
        world.params.page.continue_slot = 3;
        world.params.page.continue_days = 5;
        world.params.retrieval.fresh_window_h = 4 * 24;
        for (int half_day = 0; half_day < 6; ++half_day) {
            Event left{world.now_s + half_day * kDay / 2,
                       kSomebody,
                       ItemId(seed + 7 * half_day),
                       900,
                       0.4f,
                       EventKind::watch};
            world.store.observe(world.params.features, world.catalogue, kSomebody, {&left, 1});
        }
        world.now_s += 3 * kDay;
        CascadeWorkspace workspace;
        const Request request = world.request();
        const CascadeTrace& trace = world.run(request, workspace);
        const PersonFeatures person = world.store.read_person(
            world.params.features, world.catalogue, request.person, request.now_s);
        const auto goes_on = [&](std::uint32_t i) {
            return proposed_by(trace.candidates[i], Source::continue_watching);
        };
        std::vector<std::uint32_t> expected;
        for (const std::uint32_t i :
             std::span(workspace.scratch.order).first(trace.counts.ranked)) {
            if (world.is_new(trace.candidates[i].item) && !goes_on(i)) expected.push_back(i);
        }
        fresh += expected.size();
        const auto promise = [&](std::uint32_t i) {
            const auto left = std::ranges::find(person.history->unfinished,
                                                trace.candidates[i].item, &RecentItem::item);
            const double days = static_cast<double>(world.now_s - left->time_s) / kDay;
            return static_cast<double>(trace.candidates[i].value) * std::exp2(-days / 3);
        };
        for (const RowPlan& row :
             plan_rows(world.inputs(), request, person, workspace.scratch, trace)) {
            if (row.surface == Surface::new_for_you) QCOMPARE(row.items, expected);
            if (row.surface != Surface::continue_watching) continue;
            for (std::size_t k = 0; k + 1 < row.items.size(); ++k) {
                const std::uint32_t a = row.items[k], b = row.items[k + 1];
                QVERIFY(goes_on(a) && promise(a) >= promise(b) - 1e-6);
                overtaken += trace.candidates[a].value < trace.candidates[b].value;
            }
        }
    }
    QVERIFY(fresh > 0);
    QVERIFY(overtaken > 0);  // by what is worth less and was left later
}

void RowsTest::what_was_watched_last_anchors_the_first_rows() {
    std::size_t rows = 0;
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        SmallCascade world(seed, 150);
        world.params.page.because_rows = 2;
        const PersonFeatures person =
            world.store.read_person(world.params.features, world.catalogue, kSomebody, world.now_s);
        std::vector<ItemId> expected, anchors;
        for (const RecentItem& seen : std::views::reverse(person.realtime->recent)) {
            const bool through = std::ranges::binary_search(person.history->watched, seen.item);
            if (through && std::ranges::count(expected, seen.item) == 0 && expected.size() < 2)
                expected.push_back(seen.item);
        }
        for (const Neighbourhood& near : neighbourhoods_of(world.inputs(), person, 5)) {
            anchors.push_back(near.anchor);
            QCOMPARE(near.items.size(), std::size_t{5});
            QCOMPARE(std::ranges::count(near.items, near.anchor, &ScoredItem::item), 0);
        }
        QCOMPARE(anchors, expected);
        rows += anchors.size();
    }
    QVERIFY(rows > 10);
}

void RowsTest::an_item_stands_in_the_first_row_that_holds_it() {
    // Of what a row planned and does not hold, everything better stands above it or was forbidden.
    QVERIFY(for_random_pages(
        "first row", [](SmallCascade& world, const Request& request, const CascadeTrace& before) {
            CascadeWorkspace workspace;
            const CascadeTrace& t = world.run(request, workspace);
            RC_ASSERT(t.slate == before.slate);
            const PersonFeatures person = world.store.read_person(
                world.params.features, world.catalogue, request.person, request.now_s);
            for (const RowPlan& plan :
                 plan_rows(world.inputs(), request, person, workspace.scratch, t)) {
                if (plan.surface == Surface::home) continue;
                const auto row = std::ranges::find_if(t.rows, [&](const PageRow& r) {
                    return r.surface == plan.surface && r.anchor == plan.anchor;
                });
                if (row == t.rows.end()) continue;
                int last = -1;
                for (const std::uint32_t index : plan.items) {
                    const Candidate& c = t.candidates[index];
                    if (c.position >= row->first && c.position < row->first + row->count) {
                        RC_ASSERT(c.position > last);
                        last = c.position;
                    } else if (last < row->first + row->count - 1) {
                        RC_ASSERT((c.position >= 0 && c.position < row->first) ||
                                  c.fate == Fate::franchise_cap || c.fate == Fate::topic_cap ||
                                  c.position >= row->first + row->count);
                    }
                }
            }
        }));
}

void RowsTest::what_was_just_left_waits() {
    SmallCascade world(4, 150);
    world.params.page.layout = PageLayout::rows;
    Event event{world.now_s - kHour / 2, kSomebody, ItemId(20), 900, 0.4f, EventKind::watch};
    world.store.observe(world.params.features, world.catalogue, kSomebody, {&event, 1});
    CascadeWorkspace workspace;
    Request request = world.request();
    const auto proposed = [&] {
        const CascadeTrace& trace = world.run(request, workspace);
        const auto found = std::ranges::find(trace.candidates, ItemId(20), &Candidate::item);
        return found != trace.candidates.end() && proposed_by(*found, Source::continue_watching);
    };
    QVERIFY(!proposed());
    request.now_s += kHour;
    QVERIFY(proposed());
    request.now_s += 20 * kDay;
    QVERIFY(!proposed());
    // To the second: not before an hour, nor after so many days.
    world.params.page.continue_days = 2;
    for (const auto& [age_s, offered] : std::initializer_list<std::pair<Seconds, bool>>{
             {kHour - 1, false}, {kHour, true}, {2 * kDay, true}, {2 * kDay + 1, false}}) {
        request.now_s = event.time_s + age_s;
        QCOMPARE(proposed(), offered);
    }
    request.now_s = event.time_s + kHour;
    world.params.page.continue_slot = 0;
    QVERIFY(!proposed());
}

void RowsTest::what_was_left_may_come_back_at_once() {
    SmallCascade world(4, 150);
    world.params.page.layout = PageLayout::rows;
    world.params.policy.licences = false;
    world.params.policy.repeat_after_h = 48;
    world.params.rerank.franchise_cap = 30;
    Event shown{world.now_s - 2 * kHour, kSomebody, ItemId(20), 900, 0, EventKind::impression};
    Event left{world.now_s - 2 * kHour + 60, kSomebody, ItemId(20), 900, 0.4f, EventKind::watch};
    world.store.observe(world.params.features, world.catalogue, kSomebody, {&shown, 1});
    world.store.observe(world.params.features, world.catalogue, kSomebody, {&left, 1});
    CascadeWorkspace workspace;
    const CascadeTrace& trace = world.run(world.request(), workspace);
    const PageRow* row = find_row(trace, Surface::continue_watching);
    QVERIFY(row != nullptr);
    const auto items = items_of(trace, *row);
    QVERIFY(std::ranges::find(items, ItemId(20)) != items.end());
}

void RowsTest::a_feed_has_no_rows() {
    SmallCascade world(4, 150);
    leave_unfinished(world, kSomebody, 8);
    CascadeWorkspace workspace;
    const CascadeTrace& trace = world.run(world.request(), workspace);
    QVERIFY(trace.rows.empty());
    QVERIFY(!trace.slate.empty());
    for (const Source source : {Source::because_watched, Source::continue_watching})
        QCOMPARE(trace.counts.proposed[source], 0u);
}

void RowsTest::the_same_request_gives_the_same_rows() {
    QVERIFY(
        for_random_pages("same", [](SmallCascade& world, Request request, const CascadeTrace& t) {
            request.explain = true;
            CascadeWorkspace workspace;
            const CascadeTrace& again = world.run(request, workspace);
            RC_ASSERT(again.slate == t.slate);
            RC_ASSERT(again.rows.size() == t.rows.size());
            for (std::size_t r = 0; r < t.rows.size(); ++r) {
                RC_ASSERT(again.rows[r].surface == t.rows[r].surface);
                RC_ASSERT(again.rows[r].anchor == t.rows[r].anchor);
            }
            // What is kept of a served row says which surface it was served for.
            const auto surface = static_cast<Eigen::Index>(kServedColumns) - 1;
            for (std::size_t i = 0; i < again.candidates.size(); ++i) {
                if (again.candidates[i].position < 0) continue;
                const bool goes_on = proposed_by(again.candidates[i], Source::continue_watching);
                RC_ASSERT(again.features(static_cast<Eigen::Index>(i), surface) ==
                          static_cast<float>(goes_on ? Surface::continue_watching : Surface::home));
            }
        }));
}

void RowsTest::the_longest_page_fits() {
    const auto most = [](const char* key) {
        return static_cast<std::size_t>(find_parameter(key)->maximum);
    };
    QCOMPARE(most("page.rows") * most("page.row_items"), kLongestPage);
    QVERIFY(most("rerank.slate_size") <= kLongestPage);
    QVERIFY(kLongestPage <= 127);  // Candidate::position
}

QTEST_GUILESS_MAIN(RowsTest)
#include "rows_test.moc"
