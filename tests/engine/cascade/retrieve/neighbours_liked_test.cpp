// What people near this one liked lately, on people and likes set by hand.
#include <QtTest>
#include <cmath>

#include "engine/cascade/eras/factorization.h"
#include "engine/cascade/retrieve/sources.h"
#include "engine/features/streaming.h"
#include "tests/worlds/small_cascade.h"

using namespace cascadelab;

namespace {

constexpr Seconds kNow = 10 * kDay;

LikedItem liked(std::size_t person, std::size_t item, Seconds ago_s) {
    return {PersonId(person), ItemId(item), kNow - ago_s};
}

Event event_of(std::size_t person, std::size_t item, EventKind kind, Seconds time_s, float value) {
    Event event{time_s, PersonId(person), ItemId(item)};
    event.kind = kind;
    event.value = value;
    return event;
}

}  // namespace

class NeighboursLikedTest : public QObject {
    Q_OBJECT

    SmallCascade m_world{21, 60};
    PersonRealtime m_realtime;
    PersonBatch m_batch;
    PersonHistory m_history;

    PersonFeatures person() const {
        PersonFeatures features;
        features.realtime = &m_realtime;
        features.sequence = &m_realtime.sequence;
        features.batch = &m_batch;
        features.history = &m_history;
        return features;
    }
    std::vector<ScoredItem> proposals(std::size_t who, int quota) {
        CascadeScratch scratch;
        Stream stream(1, Purpose::test);
        const CascadeInputs in = m_world.inputs();
        Request request = m_world.request();
        request.person = PersonId(who);
        request.now_s = kNow;
        const PersonFeatures features = person();
        const RecentlyShown shown(m_history);
        const PageFilter filter(in, request, m_history, shown);
        propose(Source::neighbours_liked, {in, request, features, filter}, quota, stream, scratch);
        return scratch.proposals;
    }
    int quota() {
        return source_quotas(m_world.inputs(), person(), kNow)[Source::neighbours_liked];
    }
    // Person 1 lies at a cosine of 0.8 from person 0, person 2 at a right angle, person 3 at 0.6,
    // person 4 opposite; 5 is unknown to the training.
    void place_people() {
        auto factors = std::make_shared<Factorization>(*factors_of(m_world.models));
        factors->people = Matrix::Zero(6, 2);
        factors->people << 2, 0, 0.8f, 0.6f, 0, 1, 1.2f, -1.6f, -1, 0, 0, 0;
        m_world.models.eras[Era::factorization].model =
            std::make_shared<const FactorizationEra>(factors);
        m_world.models.liked_lately = std::make_shared<const LikedLately>(
            LikedLately{liked(0, 9, 0), liked(1, 7, 0), liked(1, 8, 2 * kDay), liked(2, 6, 0),
                        liked(3, 8, 0), liked(3, 7, 4 * kDay), liked(4, 5, 0), liked(5, 4, 0)});
    }

  private slots:
    void init() {
        m_world = SmallCascade(21, 60);
        m_world.params.policy.licences = false;
        m_realtime = empty_realtime(m_world.catalogue);
        place_people();
    }

    // Each like counts by how alike that person is, and half every two days: item 8 has
    // 0.8 / 2 + 0.6, item 7 has 0.8 + 0.6 / 4. Nobody else is near, and one's own likes are no
    // news.
    void likes_of_near_people_add_up() {
        const auto found = proposals(0, 10);
        QCOMPARE(found.size(), std::size_t{2});
        QCOMPARE(found[0].item, ItemId(8));
        QVERIFY(std::abs(found[0].score - 1.0f) < 1e-6f);
        QCOMPARE(found[1].item, ItemId(7));
        QVERIFY(std::abs(found[1].score - 0.95f) < 1e-6f);
        QCOMPARE(proposals(0, 1).size(), std::size_t{1});
    }
    void whom_the_training_does_not_know_gets_nothing() {
        QVERIFY(proposals(5, 10).empty());
        QVERIFY(proposals(6, 10).empty());
    }
    // Where the era of eras.ranking publishes people with its training, likeness is told by them.
    void people_are_those_of_the_serving_era() {
        m_world.models.eras[Era::two_tower].space.people =
            std::make_shared<const Matrix>(Matrix{{1, 0}, {0, 1}, {1, 0}, {0, 1}, {0, 1}, {0, 1}});
        const auto found = proposals(0, 10);
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(found[0].item, ItemId(6));
    }
    // It stands last among the equals of its weight and takes no share while it has nothing.
    void it_answers_only_where_it_is_asked_for() {
        QCOMPARE(quota(), 0);
        m_world.params.retrieval.neighbours_liked = 1;
        QVERIFY(quota() > 0);
        m_world.models.liked_lately = nullptr;
        QCOMPARE(quota(), 0);
    }

    // Liked, or watched to seven tenths in one go or several; the newest first, each once, none
    // that is older than a week or has not happened yet.
    void likes_are_of_a_week_and_of_this_hour() {
        std::vector<Event> events = {event_of(1, 2, EventKind::like, kNow - 8 * kDay, 0),
                                     event_of(1, 3, EventKind::like, kNow - 3 * kDay, 0),
                                     event_of(0, 4, EventKind::watch, kNow - 2 * kDay, 0.9f),
                                     event_of(0, 5, EventKind::watch, kNow - 2 * kDay, 0.5f),
                                     event_of(1, 3, EventKind::watch, kNow - kDay, 0.8f),
                                     event_of(0, 6, EventKind::click, kNow - kDay, 0),
                                     event_of(1, 7, EventKind::watch, kNow - kHour, 0.4f),
                                     event_of(1, 8, EventKind::like, kNow + 1, 0)};
        events[6].from = 0.4f;
        EventLog log;
        log.append(events);
        QVERIFY(liked_lately(log, kNow) ==
                (LikedLately{liked(0, 4, 2 * kDay), liked(1, 7, kHour), liked(1, 3, kDay)}));
    }
    void of_a_person_the_newest_ten_are_kept() {
        std::vector<Event> events;
        for (std::size_t i = 0; i < 15; ++i)
            events.push_back(event_of(0, i, EventKind::like, kNow - kDay + Seconds(i), 0));
        EventLog log;
        log.append(events);
        const LikedLately kept = liked_lately(log, kNow);
        QCOMPARE(kept.size(), kMostLikes);
        QCOMPARE(kept.front().item, ItemId(14));
        QCOMPARE(kept.back().item, ItemId(5));
    }
};

QTEST_GUILESS_MAIN(NeighboursLikedTest)
#include "neighbours_liked_test.moc"
