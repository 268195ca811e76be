// What pulled levers do downstream: remembered by the store, turned into values and candidates by
// the cascade.
#include "engine/cascade/rank/levers.h"

#include <QtTest>
#include <cmath>

#include "tests/worlds/small_cascade.h"

using namespace cascadelab;

namespace {

constexpr PersonId kSomebody{std::size_t{0}};

class LeversTest : public QObject {
    Q_OBJECT
  private:
    SmallCascade m_world{4, 120};
    PersonHistory m_history;

    void init() { m_history = {}; }
    const ItemCard& card(std::size_t item) const { return m_world.catalogue.cards[item]; }
    double against(std::size_t item, double days_later = 0) const {
        const auto now_s = m_world.now_s + static_cast<Seconds>(days_later * kDay);
        return Refusals(m_world.params.policy, m_history, m_world.catalogue.cards, now_s)
            .against(card(item));
    }
    // Values 0, 1, 2 ... for items 0, 1, 2 ..., as levers move them.
    std::vector<float> moved(std::size_t count) const {
        CascadeScratch scratch;
        CascadeTrace trace;
        for (std::size_t i = 0; i < count; ++i) {
            Candidate& candidate = trace.candidates.emplace_back();
            candidate.item = ItemId(i);
            candidate.value = static_cast<float>(i);
            scratch.order.push_back(static_cast<std::uint32_t>(i));
        }
        heed_levers(m_world.inputs(), m_world.request(), m_history, scratch, trace);
        std::vector<float> values;
        for (std::size_t i = 0; i < count; ++i)
            values.push_back(trace.candidates[i].value - static_cast<float>(i));
        return values;
    }

  private slots:
    // 1 - 2^-weight of topic and creator together; a dislike weighs half; all fade in a line.
    void a_refusal_turns_down_topic_and_creator_and_fades() {
        init();
        m_world.params.policy.refusal_days = 10;
        m_history.refusals = {{ItemId(5), false, m_world.now_s}};
        for (std::size_t i = 0; i < m_world.catalogue.size(); ++i) {
            const int shared =
                (card(i).topic == card(5).topic) + (card(i).creator == card(5).creator);
            QVERIFY(std::abs(against(i) - (1 - std::exp2(-shared))) < 1e-12);
        }
        QVERIFY(std::abs(against(5, 5) - (1 - std::exp2(-1))) < 1e-12);
        QCOMPARE(against(5, 10), 0.0);
        m_history.refusals[0].only_disliked = true;
        QVERIFY(std::abs(against(5) - (1 - std::exp2(-1))) < 1e-12);
        m_world.params.policy.refusal_days = 0;
        QCOMPARE(against(5), 0.0);
    }

    void values_move_by_spans_of_the_request() {
        init();
        PolicyParams& policy = m_world.params.policy = {};
        m_history.refusals = {{ItemId(5), false, m_world.now_s}};
        m_history.followed = {card(2).creator};
        m_history.listed = {ItemId(7)};
        QVERIFY(moved(21) == std::vector<float>(21, 0.0f));
        policy.refusal_days = 10;
        policy.refusal_strength = 0.4;
        policy.follow_lift = 0.3;
        policy.list_lift = 0.2;
        const std::vector<float> values = moved(21);
        for (std::size_t i = 0; i < 21; ++i) {
            double lift = -0.4 * against(i);
            if (card(i).creator == card(2).creator) lift += 0.3;
            if (i == 7) lift += 0.2;
            QVERIFY(std::abs(values[i] - 20 * lift) < 1e-4);
        }
    }

    void the_store_remembers_what_was_said() {
        FeatureStore store(m_world.params.features, 1, m_world.catalogue);
        const auto tell = [&](EventKind kind, std::size_t item, float share = 0) {
            Event event{m_world.now_s, kSomebody, ItemId(item), 1, share, kind};
            store.observe(m_world.params.features, m_world.catalogue, kSomebody,
                          std::span(&event, 1));
        };
        tell(EventKind::follow, 3);
        tell(EventKind::add_to_list, 8);
        tell(EventKind::add_to_list, 9);
        tell(EventKind::dislike, 4);
        tell(EventKind::not_interested, 6);
        const PersonHistory& history = store.history(kSomebody);
        QVERIFY(history.followed == std::vector{card(3).creator});
        QVERIFY((history.listed == std::vector{ItemId(8), ItemId(9)}));
        QCOMPARE(history.refusals.size(), std::size_t{2});
        QVERIFY(history.refusals[0].only_disliked && !history.refusals[1].only_disliked);
        QVERIFY(history.blocked == std::vector{ItemId(6)});
        // What was watched through has done its time on the list.
        tell(EventKind::watch, 8, 0.95f);
        QVERIFY(history.listed == std::vector{ItemId(9)});
        for (std::size_t i = 0; i < 100; ++i) tell(EventKind::dislike, i);
        QCOMPARE(history.refusals.size(), PersonHistory::kRefusalsKept);
        QVERIFY(history.refusals.back().item == ItemId(99));
    }

    void what_is_followed_and_listed_is_proposed() {
        init();
        m_world.params.retrieval.followed = 0.5;
        const Request request = m_world.request();
        PersonFeatures person = m_world.store.read_person(
            m_world.params.features, m_world.catalogue, kSomebody, request.now_s);
        person.history = &m_history;
        const auto source = index_of(Source::followed);
        const CascadeInputs in = m_world.inputs();
        QCOMPARE(source_quotas(in, person, request.now_s)[source], 0);
        const ItemId fresh = m_world.models.newest.front();
        m_history.listed = {ItemId(40), ItemId(50)};
        m_history.followed = {card(fresh.index()).creator};
        QVERIFY(source_quotas(in, person, request.now_s)[source] > 0);
        m_world.params.policy = {};
        m_world.params.policy.licences = false;
        m_world.params.policy.repeat_after_h = 0;
        const RecentlyShown shown(m_history);
        const PageFilter filter(in, request, m_history, shown);
        CascadeScratch scratch;
        Stream stream(1, Purpose::test);
        propose(Source::followed, {in, request, person, filter}, 100, stream, scratch);
        QVERIFY(scratch.proposals.size() >= 3);
        QVERIFY(scratch.proposals[0].item == ItemId(50) && scratch.proposals[1].item == ItemId(40));
        for (const ScoredItem& each : std::span(scratch.proposals).subspan(2)) {
            QVERIFY(card(each.item.index()).creator == card(fresh.index()).creator);
            QVERIFY(m_world.is_new(each.item));
        }
        m_world.params.retrieval.followed = 0;
        QCOMPARE(source_quotas(in, person, request.now_s)[source], 0);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(LeversTest)
#include "levers_test.moc"
