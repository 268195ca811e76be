// What models and lists are made from: nothing that lies ahead, nothing too old.
#include "engine/sim/training/training.h"

#include <QtTest>

#include "engine/cascade/eras/examples.h"
#include "engine/sim/training/lists.h"
#include "tests/worlds/tiny_run.h"

using namespace cascadelab;

namespace {

Event watch(PersonId person, std::size_t item, Seconds time_s, float share) {
    Event event;
    event.time_s = time_s;
    event.person = person;
    event.item = ItemId(item);
    event.value = share;
    event.kind = EventKind::watch;
    return event;
}

}  // namespace

class TrainingTest : public QObject {
    Q_OBJECT

  private slots:
    void models_learn_from_what_is_over();
    void what_is_trending_fades_over_its_half_life();
    void a_search_finds_the_popular_then_the_new();
    void new_items_lie_where_the_towers_put_them();
    void an_era_on_demand_is_trained_with_the_others_while_it_is_used();
};

void TrainingTest::models_learn_from_what_is_over() {
    SimulationState state;
    state.params = tiny_params();
    state.params.training.history_days = 2;
    state.params.clock.tick_s = 3600;
    state.tick = 100;
    state.world = make_world(state.params, 1);
    const Seconds now_s = state.now_s();
    const std::vector<Event> events = {
        watch(PersonId(0), 1, now_s - 2 * kDay - 1, 1), watch(PersonId(1), 2, now_s - 2 * kDay, 1),
        watch(PersonId(2), 3, now_s - 60, 0.05f), watch(PersonId(3), 4, now_s, 0.1f),
        watch(PersonId(4), 5, now_s + 1, 1)};
    state.log.append(events);
    const Interactions learned = training_interactions(frozen_log(state));
    QCOMPARE(learned.people, std::size_t{60});
    QCOMPARE(learned.items, std::size_t{300});
    QCOMPARE(learned.rows.size(), std::size_t{2});
    QCOMPARE(learned.rows[0].item, ItemId(2));
    QCOMPARE(learned.rows[1].item, ItemId(4));
}

void TrainingTest::what_is_trending_fades_over_its_half_life() {
    Params params = tiny_params();
    params.retrieval.trending_half_life_h = 12;
    const World world = make_world(params, 1);
    const Seconds now_s = 5 * kDay;
    EventLog log;
    // Two watches yesterday are worth as much as half a one now, three of them more.
    std::vector<Event> events;
    for (int i = 0; i < 2; ++i) events.push_back(watch(PersonId(0), 10, now_s - kDay, 1));
    for (int i = 0; i < 3; ++i) events.push_back(watch(PersonId(0), 11, now_s - kDay, 1));
    events.push_back(watch(PersonId(0), 12, now_s, 0.5f));
    events.push_back(watch(PersonId(0), 13, now_s + 1, 1));
    log.append(events);
    PublishedModels models;
    publish_lists(models, log, world, params, now_s);
    QCOMPARE(models.popularity->score[10], 0.5f);
    QCOMPARE(models.popularity->score[11], 0.75f);
    QCOMPARE(models.popularity->ranked, (std::vector<ItemId>{ItemId(11), ItemId(10), ItemId(12)}));
}

void TrainingTest::a_search_finds_the_popular_then_the_new() {
    const Params params = tiny_params();
    const World world = make_world(params, 1);
    const Catalogue& catalogue = world.catalogue;
    EventLog log;
    const std::vector<Event> events = {watch(PersonId(0), 20, 0, 1), watch(PersonId(0), 30, 0, 1),
                                       watch(PersonId(1), 30, 0, 1)};
    log.append(events);
    PublishedModels models;
    publish_lists(models, log, world, params, kHour);
    std::size_t listed = 0;
    for (std::size_t t = 0; t < kTopicCount; ++t) {
        std::vector<ItemId> wanted;
        for (std::size_t i : {30, 20}) {
            if (catalogue.cards[i].topic.index() == t) wanted.push_back(ItemId(i));
        }
        for (std::size_t i = catalogue.size(); i-- > 0;) {
            if (i != 20 && i != 30 && catalogue.cards[i].topic.index() == t)
                wanted.push_back(ItemId(i));
        }
        QCOMPARE(models.topic_lists[t], wanted);
        listed += wanted.size();
    }
    QCOMPARE(listed, catalogue.size());
    for (std::size_t k = 0; k + 1 < models.newest.size(); ++k) {
        QVERIFY(catalogue.cards[models.newest[k].index()].released_s >=
                catalogue.cards[models.newest[k + 1].index()].released_s);
    }
    QVERIFY(!models.newest.empty());
}

void TrainingTest::new_items_lie_where_the_towers_put_them() {
    Simulation simulation(tiny_params(), 5, 1);
    run_ticks(simulation, kTicksADay / 4);
    const auto state = simulation.keyframe();
    const PublishedModels& models = state->models;
    QVERIFY(models.eras[Era::two_tower].space.size() >
            static_cast<std::size_t>(models.eras[Era::two_tower].space.trained->rows()));
    std::vector<float> vector(static_cast<std::size_t>(models.eras[Era::two_tower].model->dims()));
    for (std::size_t i = 0; i < state->world.catalogue.size(); ++i) {
        models.eras[Era::two_tower].model->embed_item(ItemId(i), state->world.catalogue.content[i],
                                                      vector);
        const float cosine = dot(vector, models.eras[Era::two_tower].space[ItemId(i)]);
        QVERIFY(std::abs(cosine - 1) < 1e-4f);
    }
}

// Not only the first time, when its model is missing.
void TrainingTest::an_era_on_demand_is_trained_with_the_others_while_it_is_used() {
    for (const double weight : {0.0, 1.0}) {
        Params params = tiny_params();
        params.retrieval.hstu = weight;
        params.training.hstu_dims = 8;
        params.training.hstu_blocks = params.training.hstu_epochs = 1;
        Simulation simulation(params, 5, 1);
        int trainings = 0;
        for (int tick = 0; tick < kTicksADay / 2 + 1; ++tick) {
            const auto state = simulation.keyframe();
            const auto starts = [&](std::string_view label) {
                return std::ranges::any_of(state->jobs, [&](const PendingJob& job) {
                    return job.label == label && job.deploy_s == state->now_s() + 2700;
                });
            };
            if (starts(era_label(Era::factorization))) {
                ++trainings;
                QCOMPARE(starts(era_label(Era::hstu)), weight > 0);
                QVERIFY(trainings == 1 || weight == 0 || state->models.eras[Era::hstu].model);
            }
            simulation.step();
        }
        QCOMPARE(trainings, 2);
    }
}

QTEST_GUILESS_MAIN(TrainingTest)
#include "training_test.moc"
