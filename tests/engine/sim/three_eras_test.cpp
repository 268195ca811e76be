// What each era knows of items that are hours old, and how soon of a person who has changed, in one
// run in which all three are trained on the same log.
#include <QTest>

#include "engine/cascade/retrieve/person_vectors.h"
#include "engine/cascade/retrieve/sources.h"
#include "engine/features/streaming.h"
#include "engine/sim/simulation.h"
#include "engine/sim/state/state.h"
#include "engine/sim/visit/visit.h"
#include "engine/world/people/behaviour.h"

using namespace cascadelab;

namespace {

TopicId least_liked(const SimulationState& state, PersonId person) {
    const World& world = state.world;
    std::vector<double> worth(world.catalogue.size());
    utilities(surroundings(world, state.params), world.population, person, state.now_s(), worth);
    std::array<double, kTopicCount> sum{}, count{};
    for (std::size_t i = 0; i < worth.size(); ++i) {
        sum[world.catalogue.true_topic[i].index()] += worth[i];
        count[world.catalogue.true_topic[i].index()] += 1;
    }
    std::size_t least = 0;
    for (std::size_t topic = 1; topic < kTopicCount; ++topic)
        if (sum[topic] / count[topic] < sum[least] / count[least]) least = topic;
    return TopicId(least);
}

std::vector<Event> fresh_start(const SimulationState& state, int watches) {
    const World& world = state.world;
    std::vector<Event> events;
    for (int watch = 0; watch < watches; ++watch) {
        for (std::size_t p = 0; p < world.population.size(); p += 3) {
            const TopicId topic = least_liked(state, PersonId(p));
            int next = 0;
            std::size_t item = 0;
            while (world.catalogue.true_topic[item] != topic || next++ < watch) ++item;
            Event event;
            event.time_s = state.now_s() + (watch + 1) * 600;
            event.person = PersonId(p);
            event.item = ItemId(item);
            event.kind = EventKind::watch;
            event.value = 1;
            events.push_back(event);
        }
    }
    return events;
}

}  // namespace

class ThreeErasTest : public QObject {
    Q_OBJECT

    static constexpr int kWatches = 5;
    std::shared_ptr<const SimulationState> m_before;
    // Every third person's next five watches, ten minutes apart: five items of the topic they like
    // least, as after a sudden change of heart.
    std::vector<Event> m_fresh_start;

    // How often two items of this age are put in the order of their worth to the person, ties
    // counting half; mean over people.
    double order_share(Era era, Seconds youngest_s, Seconds oldest_s) const;
    // Share of an era's twenty nearest that are of that topic once the first `watches` of these are
    // known; mean over people.
    double turned(const SimulationState& state, Era era, int watches) const;

  private slots:
    void initTestCase() {
        Params p;
        p.world.people = 800;
        p.world.items = 800;
        p.world.creators = 60;
        p.world.new_items_per_day = 100;
        p.world.history_events = 80;
        p.world.sessions_per_day = 2;
        p.world.taste_shift_days = 10;
        p.metadata.richness = 0.5;
        p.training.hstu_epochs = 20;
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
        m_fresh_start = fresh_start(*m_before, kWatches);
        for (const Era era : every<Era>) QVERIFY(m_before->models.eras[era].ready());
    }

    void hours_old_items_are_chance_to_the_factorization_but_not_to_content() {
        for (const Era era : every<Era>) {
            qInfo("%s: young %.3f, old %.3f", era_label(era).data(), order_share(era, 0, kDay),
                  order_share(era, 3 * kDay, 1000 * kDay));
        }
        QCOMPARE(order_share(Era::factorization, 0, 12 * kHour), 0.5);
        QVERIFY(order_share(Era::two_tower, 0, 12 * kHour) > 0.6);
        QVERIFY(order_share(Era::hstu, 0, 12 * kHour) > 0.6);
    }

    void hstu_turns_with_the_person_within_five_events_factorization_only_by_training() {
        const SimulationState& before = *m_before;
        for (const Era era : every<Era>) {
            qInfo("%s: %.3f before, %.3f after five watches", era_label(era).data(),
                  turned(before, era, 0), turned(before, era, kWatches));
        }
        const double hstu = turned(before, Era::hstu, 0);
        QVERIFY(hstu < 0.1);
        QVERIFY(turned(before, Era::hstu, kWatches) > hstu + 0.25);
        const double factors = turned(before, Era::factorization, 0);
        QCOMPARE(turned(before, Era::factorization, kWatches), factors);
        SimulationState trained = before;
        trained.log.append(m_fresh_start);
        FrozenLog view = frozen_log(trained);
        view.now_s += kHour;
        trained.models.eras[Era::factorization] = train_factorization(view, {});
        QVERIFY(turned(trained, Era::factorization, kWatches) > factors + 0.02);
    }
};

double ThreeErasTest::turned(const SimulationState& state, Era era, int watches) const {
    const World& world = state.world;
    FeatureStore store = state.store;
    CascadeScratch scratch;
    std::vector<ScoredItem> nearest;
    double sum = 0, shown = 0;
    for (std::size_t p = 0; p < world.population.size(); p += 3) {
        const PersonId person(p);
        auto features =
            store.read_person(state.params.features, world.catalogue, person, state.now_s());
        PersonRealtime value = *features.realtime;
        const auto first = std::ranges::find(m_fresh_start, person, &Event::person);
        int known = 0;
        for (const Event& event : m_fresh_start) {
            if (event.person == person && known++ < watches)
                value = aggregate(std::move(value), event, state.params.features, world.catalogue);
        }
        features.realtime = &value;
        features.sequence = &value.sequence;
        embed_person(cascade_inputs(state), make_request(state, person, state.now_s() + kHour),
                     features, era, scratch);
        if (scratch.query(era).empty()) continue;
        nearest.clear();
        state.models.eras[era].space.index.search(scratch.query(era), 20,
                                                  search_breadth(state.params.retrieval), nearest);
        const TopicId topic = world.catalogue.true_topic[first->item.index()];
        for (const ScoredItem& near : nearest)
            sum += world.catalogue.true_topic[near.item.index()] == topic;
        shown += static_cast<double>(nearest.size());
    }
    return sum / shown;
}

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
