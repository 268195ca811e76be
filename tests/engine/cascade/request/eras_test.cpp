// Which era answers for which consumer, and what lies near an item.
#include "engine/cascade/request/eras.h"

#include <QtTest>

#include "engine/cascade/retrieve/row_candidates.h"
#include "tests/worlds/small_cascade.h"

using namespace cascadelab;

class ErasTest : public QObject {
    Q_OBJECT

  private slots:
    void an_era_is_used_by_its_weight_or_by_a_choice();
    void the_latest_era_stands_in_for_a_missing_one();
    void neighbours_are_the_nearest_of_the_space_without_the_item();
    void the_factorization_compares_directions_and_knows_no_new_items();
    void the_ranker_sees_the_chosen_era();

  private:
    SmallCascade m_world{3, 60};

    std::vector<ScoredItem> near(ItemId item, int count) {
        std::vector<ScoredItem> out;
        nearest_items(m_world.models, m_world.params, item, count, out);
        return out;
    }
};

void ErasTest::an_era_is_used_by_its_weight_or_by_a_choice() {
    Params params;
    QVERIFY(!era_used(params, Era::hstu));
    QVERIFY(era_used(params, Era::two_tower) && era_used(params, Era::factorization));
    params.retrieval.hstu = 0.5;
    QVERIFY(era_used(params, Era::hstu));
    params.retrieval.hstu = 0;
    for (Era EraParams::*consumer : {&EraParams::ranking, &EraParams::rows, &EraParams::map}) {
        Params chosen = params;
        chosen.eras.*consumer = Era::hstu;
        QVERIFY(era_used(chosen, Era::hstu));
    }
}

void ErasTest::the_latest_era_stands_in_for_a_missing_one() {
    PublishedModels models = m_world.models;
    QVERIFY(serving_era(models, Era::hstu) == Era::two_tower);
    QVERIFY(serving_era(models, Era::factorization) == Era::factorization);
    models.eras[Era::two_tower].model = nullptr;
    QVERIFY(serving_era(models, Era::two_tower) == Era::factorization);
    QVERIFY(!serving_era(PublishedModels{}, Era::hstu));
}

void ErasTest::neighbours_are_the_nearest_of_the_space_without_the_item() {
    const VectorSpace& space = m_world.models.eras[Era::two_tower].space;
    for (const std::size_t i : {0u, 17u, 59u}) {
        std::vector<ScoredItem> all;
        for (std::size_t j = 0; j < 60; ++j) {
            if (j != i) all.push_back({ItemId(j), dot(space[ItemId(i)], space[ItemId(j)])});
        }
        std::ranges::sort(all, ranks_before);
        const auto found = near(ItemId(i), 7);
        QCOMPARE(found.size(), std::size_t{7});
        for (std::size_t k = 0; k < 7; ++k) QCOMPARE(found[k].item, all[k].item);
    }
    QCOMPARE(near(ItemId(4), 500).size(), std::size_t{59});
    QVERIFY(near(ItemId(4), 0).empty());
}

void ErasTest::the_factorization_compares_directions_and_knows_no_new_items() {
    m_world.params.eras.rows = Era::factorization;
    const VectorSpace& space = m_world.models.eras[Era::factorization].space;
    const auto direction = [&](std::size_t i) { return space[ItemId(i)].first(5); };
    std::vector<ScoredItem> all;
    for (std::size_t j = 0; j < 60; ++j) {
        if (j != 9) all.push_back({ItemId(j), dot(direction(9), direction(j))});
    }
    std::ranges::sort(all, ranks_before);
    const auto found = near(ItemId(9), 5);
    QCOMPARE(found.size(), std::size_t{5});
    for (std::size_t k = 0; k < 5; ++k) QCOMPARE(found[k].item, all[k].item);
    QVERIFY(near(ItemId(60), 5).empty());
    m_world.params.eras.rows = Era::two_tower;
}

void ErasTest::the_ranker_sees_the_chosen_era() {
    CascadeWorkspace workspace;
    Request request = m_world.request();
    request.explain = true;
    const auto column = [&](Era era) {
        m_world.params.eras.ranking = era;
        const CascadeTrace& trace = m_world.run(request, workspace);
        std::vector<float> values;
        for (std::size_t i = 0; i < trace.candidates.size(); ++i) {
            const float seen = trace.features(static_cast<Eigen::Index>(i), 2);
            if (std::isnan(seen)) continue;
            if (seen !=
                era_similarity(m_world.models, workspace.scratch, era, trace.candidates[i].item)) {
                return std::vector<float>();
            }
            values.push_back(seen);
        }
        return values;
    };
    const auto towers = column(Era::two_tower), factors = column(Era::factorization);
    QVERIFY(!towers.empty() && !factors.empty());
    QVERIFY(towers != factors);
    m_world.params.eras.ranking = Era::two_tower;
}

QTEST_GUILESS_MAIN(ErasTest)
#include "eras_test.moc"
