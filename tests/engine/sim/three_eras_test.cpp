// What each era knows of items that are hours old, in one run in which all three are trained on the
// same log.
#include <QTest>

#include "engine/cascade/person_vectors.h"
#include "engine/sim/simulation.h"
#include "engine/sim/state.h"
#include "engine/sim/visit.h"
#include "engine/world/behaviour.h"

using namespace cascadelab;

class ThreeErasTest : public QObject {
    Q_OBJECT

    std::shared_ptr<const SimulationState> m_before;

    // How often two items of this age are put in the order of their worth to the person, ties
    // counting half; mean over people.
    double order_share(Era era, Seconds youngest_s, Seconds oldest_s) const;

  private slots:
    void initTestCase() {
        Params p;
        p.world.people = 300;
        p.world.items = 1000;
        p.world.creators = 60;
        p.world.new_items_per_day = 100;
        p.world.history_events = 30;
        p.world.sessions_per_day = 2;
        p.retrieval.hstu = 1;
        p.retrieval.candidates = 100;
        p.ranking.enabled = false;
        p.rerank.method = RerankMethod::none;
        p.rerank.promote_new = 0;
        p.metrics.neighbour_pairs = 10;
        Simulation simulation(p, 5, 2);
        const auto run_to = [&](Seconds end_s) {
            while (simulation.now_s() < end_s) simulation.step();
        };
        run_to(kDay + 12 * kHour);
        m_before = simulation.keyframe();
        for (const Era era : kEras) QVERIFY(era_ready(m_before->models, era));
    }

    void hours_old_items_are_chance_to_the_factorization_but_not_to_content() {
        for (const Era era : kEras) {
            qInfo("%s: young %.3f, old %.3f", era_label(era).data(), order_share(era, 0, kDay),
                  order_share(era, 3 * kDay, 1000 * kDay));
        }
        QCOMPARE(order_share(Era::factorization, 0, 12 * kHour), 0.5);
        QVERIFY(order_share(Era::two_tower, 0, 12 * kHour) > 0.6);
        QVERIFY(order_share(Era::hstu, 0, 12 * kHour) > 0.6);
    }
};

double ThreeErasTest::order_share(Era era, Seconds youngest_s, Seconds oldest_s) const {
    const SimulationState& state = *m_before;
    const World& world = state.world;
    const Seconds now_s = state.now_s();
    std::vector<ItemId> items;
    for (std::size_t i = 0; i < world.catalogue.size(); ++i) {
        const Seconds age_s = now_s - world.catalogue.cards[i].released_s;
        if (age_s >= youngest_s && age_s < oldest_s && items.size() < 60)
            items.push_back(ItemId(i));
    }
    FeatureStore store = state.store;
    CascadeScratch scratch;
    double right = 0, pairs = 0;
    std::vector<double> worth(world.catalogue.size());
    for (std::size_t p = 0; p < world.population.size(); p += 3) {
        const PersonId person(p);
        const auto features =
            store.read_person(state.params.features, world.catalogue, person, now_s);
        embed_person(cascade_inputs(state), make_request(state, person, now_s), features, era,
                     scratch);
        utilities(surroundings(world, state.params), world.population, person, now_s, worth);
        for (const ItemId a : items) {
            const float near_a = era_similarity(state.models, scratch, era, a);
            for (const ItemId b : items) {
                if (worth[a.index()] <= worth[b.index()]) continue;
                const float near_b = era_similarity(state.models, scratch, era, b);
                right += near_a > near_b ? 1 : near_a == near_b ? 0.5 : 0;
                ++pairs;
            }
        }
    }
    return right / pairs;
}

QTEST_GUILESS_MAIN(ThreeErasTest)
#include "three_eras_test.moc"
