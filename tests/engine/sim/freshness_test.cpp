// From which moment the vectors are that serve, and which models are trained at all.
#include <QtTest>

#include "engine/cascade/request/eras.h"
#include "tests/worlds/tiny_run.h"

using namespace cascadelab;

namespace {

Params hstu_params() {
    Params params = tiny_params();
    params.features.sequence_events = 10;
    params.training.hstu_dims = 8;
    params.training.hstu_blocks = 1;
    params.training.hstu_epochs = 1;
    params.training.hstu_negatives = 8;
    return params;
}

void step_with(Simulation& simulation, const Command& command) {
    const TickReport report = simulation.step({&command, 1});
    QVERIFY(report.refused.empty());
}

}  // namespace

class FreshnessTest : public QObject {
    Q_OBJECT

  private slots:
    void a_sequence_model_is_trained_once_somebody_asks_for_it();
    void new_items_wait_for_the_night_or_are_there_at_once();
    void people_are_kept_as_of_the_training_when_they_are_served_so();
};

void FreshnessTest::a_sequence_model_is_trained_once_somebody_asks_for_it() {
    Simulation simulation(hstu_params(), 5, 2);
    run_ticks(simulation, kTicksADay * 3 / 4);
    QVERIFY(!simulation.keyframe()->models.eras[Era::hstu].model);
    step_with(simulation, SetParameter{"eras.map", 2});
    QVERIFY(simulation.snapshot()->map->model.ends_with("(no HSTU model yet)"));
    run_ticks(simulation, 8);  // an hour until it begins, three quarters until it is there
    const auto state = simulation.keyframe();
    QVERIFY(state->models.eras[Era::hstu].model);
    QCOMPARE(state->models.eras[Era::hstu].space.size(), state->world.catalogue.size());
    QCOMPARE(simulation.snapshot()->map->model, std::string("HSTU, 8 dims, PCA"));
}

void FreshnessTest::new_items_wait_for_the_night_or_are_there_at_once() {
    Params params = hstu_params();
    params.retrieval.hstu = 1;
    params.freshness.item_vectors = ItemVectors::nightly;
    Simulation simulation(params, 5, 2);
    run_ticks(simulation, 20);
    const auto known = [&](Era era) {
        return simulation.keyframe()->models.eras[era].space.size();
    };
    for (const Era era : {Era::two_tower, Era::hstu}) QCOMPARE(known(era), std::size_t{300});
    const auto state = simulation.keyframe();
    QVERIFY(state->world.catalogue.size() > 300);
    for (const float x : state->models.eras[Era::two_tower].space[ItemId(300)]) QCOMPARE(x, 0.0f);

    // The next training, twelve hours after the first, knows what was released until then.
    run_ticks(simulation, 24);
    const std::size_t items = simulation.keyframe()->world.catalogue.size();
    run_ticks(simulation, 8);
    for (const Era era : {Era::two_tower, Era::hstu}) {
        QVERIFY(known(era) > 300 && known(era) <= items + 2);
        QVERIFY(known(era) < simulation.keyframe()->world.catalogue.size());
    }
    step_with(simulation, SetParameter{"freshness.item_vectors", 1});
    for (const Era era : {Era::two_tower, Era::hstu})
        QCOMPARE(known(era), simulation.keyframe()->world.catalogue.size());
}

void FreshnessTest::people_are_kept_as_of_the_training_when_they_are_served_so() {
    Params params = hstu_params();
    params.retrieval.hstu = 1;
    params.world.new_people_per_day = 0;
    Simulation simulation(params, 5, 2);
    run_ticks(simulation, 8);
    QVERIFY(!simulation.keyframe()->models.eras[Era::two_tower].space.people);
    step_with(simulation, SetParameter{"freshness.people_vectors", 0});
    run_ticks(simulation, 48);
    const auto state = simulation.keyframe();
    for (const Era era : {Era::two_tower, Era::hstu}) {
        const Matrix& people = *state->models.eras[era].space.people;
        QCOMPARE(people.rows(), Eigen::Index{60});
        std::size_t unit = 0;
        for (Eigen::Index p = 0; p < 60; ++p) unit += std::abs(people.row(p).norm() - 1) < 1e-4f;
        QVERIFY(unit > 50);
    }
    const auto queries = [&] {
        std::vector<Vector> all;
        for (std::size_t p = 0; p < 60; ++p) all.push_back(simulation.explain(PersonId(p))->query);
        return all;
    };
    const auto before = queries();
    run_ticks(simulation, 6);
    QVERIFY(queries() == before);
    step_with(simulation, SetParameter{"freshness.people_vectors", 1});
    QVERIFY(queries() != before);
}

QTEST_GUILESS_MAIN(FreshnessTest)
#include "freshness_test.moc"
