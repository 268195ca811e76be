// Who pays for being new: first pages of people without history, with and without what they said at
// sign-up, and new items that are described well or badly.
#include <QtTest>
#include <algorithm>
#include <map>

#include "engine/sim/simulation.h"
#include "engine/sim/state/state.h"

using namespace cascadelab;

namespace {

Params small_params() {
    Params p;
    p.world.people = 150;
    p.world.items = 600;
    p.world.creators = 30;
    p.world.new_items_per_day = 48;
    p.world.sessions_per_day = 3;
    p.world.trend_strength = 0;
    p.clock.tick_s = 900;
    p.features.log_share = 1;
    p.metadata.richness = 0.9;
    p.metrics.oracle_share = 0.5;
    p.metrics.neighbour_pairs = 10;
    p.retrieval.candidates = 60;
    p.ranking.keep = 30;
    p.ranking.trees = 20;
    p.ranking.depth = 4;
    p.ranking.training_rows = 5000;
    p.training.mf_dims = 8;
    p.training.tower_dims = 16;
    p.training.tower_examples = 5000;
    return p;
}

struct FirstPages {
    double people = 0;
    double named_share = 0;  // of items from a topic that the person named at sign-up
    double overlap = 0;      // mean Jaccard of two people's first pages
};

// The very first pages of those who join on the third and fourth day.
FirstPages first_pages(bool survey) {
    Params params = small_params();
    params.world.new_people_per_day = 60;
    params.features.signup = survey;
    Simulation simulation(params, 9, 2);
    while (simulation.now_s() < 4 * kDay) simulation.step();
    const auto state = simulation.keyframe();
    const World& world = state->world;
    std::map<std::uint32_t, std::vector<ItemId>> pages;
    state->log.visit([&](const Event& event) {
        const bool first = event.kind == EventKind::impression && event.request == 0;
        if (first && world.population.people[event.person.index()].joined_s >= 2 * kDay)
            pages[event.person.value].push_back(event.item);
    });
    FirstPages out;
    out.people = static_cast<double>(pages.size());
    for (auto& [person, page] : pages) {
        const auto& survey_of = world.population.people[person].survey;
        const auto named = std::ranges::count_if(page, [&](ItemId item) {
            return std::ranges::count(survey_of, world.catalogue.cards[item.index()].topic) > 0;
        });
        out.named_share += static_cast<double>(named) / static_cast<double>(page.size());
        std::ranges::sort(page);
    }
    double pairs = 0;
    for (auto a = pages.begin(); a != pages.end(); ++a) {
        for (auto b = std::next(a); b != pages.end(); ++b, ++pairs)
            out.overlap += jaccard(a->second, b->second);
    }
    out.named_share /= out.people;
    out.overlap /= pairs;
    return out;
}

// The last day's recall of new items, retrieved by the two towers alone.
float recall_of_new_items(double richness) {
    Params params = small_params();
    params.metadata.richness = richness;
    params.retrieval.factorization = 0;
    params.retrieval.covisitation = 0;
    params.retrieval.trending = 0;
    params.retrieval.fresh = 0;
    params.rerank.promote_new = 0;
    Simulation simulation(params, 9, 2);
    float recall = 0;
    while (simulation.now_s() < 3 * kDay) {
        const TickReport report = simulation.step();
        if (!report.metrics) continue;
        recall = report.metrics->value[Metric::recall_new_items][0];
    }
    return recall;
}

}  // namespace

class ColdStartTest : public QObject {
    Q_OBJECT

  private slots:
    void a_first_page_is_ones_own_when_the_survey_is_used();
    void new_items_are_found_as_well_as_they_are_described();
};

void ColdStartTest::a_first_page_is_ones_own_when_the_survey_is_used() {
    const FirstPages with = first_pages(true), without = first_pages(false);
    qInfo("with: %g people, named %.3f, overlap %.3f; without: named %.3f, overlap %.3f",
          with.people, with.named_share, with.overlap, without.named_share, without.overlap);
    QVERIFY(with.people > 100);
    QVERIFY(with.named_share > 1.5 * without.named_share);
    QVERIFY(with.overlap < 0.7 * without.overlap);
}

void ColdStartTest::new_items_are_found_as_well_as_they_are_described() {
    const float rich = recall_of_new_items(0.95), middling = recall_of_new_items(0.5),
                poor = recall_of_new_items(0.1);
    qInfo("recall of new items: %.3f, %.3f, %.3f", static_cast<double>(rich),
          static_cast<double>(middling), static_cast<double>(poor));
    QVERIFY(rich > middling + 0.05f);
    QVERIFY(middling > poor + 0.05f);
}

QTEST_GUILESS_MAIN(ColdStartTest)
#include "cold_start_test.moc"
