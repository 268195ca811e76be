// The event log: order, forgetting whole chunks, copies that stand still, a hash of everything ever
// appended.
#include "engine/world/events/event_log.h"

#include <QtTest>
#include <vector>

using namespace cascadelab;

namespace {

std::vector<Event> numbered_events(std::uint32_t from, std::uint32_t count) {
    std::vector<Event> events(count);
    for (std::uint32_t i = 0; i < count; ++i) {
        events[i].time_s = from + i;
        events[i].person = PersonId(i % 7);
        events[i].request = from + i;
    }
    return events;
}

std::vector<std::uint32_t> requests_from(const EventLog& log, std::uint64_t from) {
    std::vector<std::uint32_t> requests;
    log.visit_from(from, [&](const Event& event) { requests.push_back(event.request); });
    return requests;
}

}  // namespace

class EventLogTest : public QObject {
    Q_OBJECT

  private slots:
    void visits_in_order_from_any_sequence_number();
    void forgets_only_whole_old_chunks();
    void copies_are_independent();
    void hash_ignores_grouping_and_sees_every_field();
};

void EventLogTest::visits_in_order_from_any_sequence_number() {
    EventLog log;
    log.append(numbered_events(0, 20000));
    log.append(numbered_events(20000, 1));
    QCOMPARE(log.appended(), std::uint64_t{20001});
    for (const std::uint64_t from : {0ull, 1ull, 8191ull, 8192ull, 16385ull, 20000ull, 20001ull}) {
        const auto requests = requests_from(log, from);
        QCOMPARE(requests.size(), 20001 - from);
        for (std::size_t i = 0; i < requests.size(); ++i) QCOMPARE(requests[i], from + i);
    }
}

void EventLogTest::forgets_only_whole_old_chunks() {
    EventLog log;
    log.append(numbered_events(0, 20000));
    const std::uint64_t hash = log.hash();
    log.forget_before(8191);
    QCOMPARE(log.first(), std::uint64_t{0});
    log.forget_before(10000);
    QCOMPARE(log.first(), std::uint64_t{8192});
    QCOMPARE(requests_from(log, 0).front(), 8192u);
    QCOMPARE(requests_from(log, 9000).front(), 9000u);
    QCOMPARE(log.appended(), std::uint64_t{20000});
    QCOMPARE(log.hash(), hash);
    log.forget_before(1000000);
    QVERIFY2(!requests_from(log, 0).empty(), "the unfinished chunk stays");
    log.append(numbered_events(20000, 5));
    QCOMPARE(requests_from(log, 20000).size(), std::size_t{5});
}

void EventLogTest::copies_are_independent() {
    EventLog log;
    log.append(numbered_events(0, 10000));
    const EventLog copy = log;
    log.append(numbered_events(10000, 10000));
    log.forget_before(20000);
    QCOMPARE(requests_from(copy, 0).size(), std::size_t{10000});
    QCOMPARE(requests_from(copy, 0).front(), 0u);
    EventLog again;
    again.append(numbered_events(0, 10000));
    QCOMPARE(copy.hash(), again.hash());
    QVERIFY(copy.hash() != log.hash());
}

void EventLogTest::hash_ignores_grouping_and_sees_every_field() {
    const auto events = numbered_events(0, 100);
    EventLog whole, parts;
    whole.append(events);
    for (const Event& event : events) parts.append({&event, 1});
    QCOMPARE(whole.hash(), parts.hash());

    const auto hash_with = [&](auto&& change) {
        auto changed = events;
        change(changed[50]);
        EventLog log;
        log.append(changed);
        return log.hash();
    };
    QCOMPARE(hash_with([](Event&) {}), whole.hash());
    QVERIFY(hash_with([](Event& e) { e.time_s += 1; }) != whole.hash());
    QVERIFY(hash_with([](Event& e) { e.person = PersonId(9); }) != whole.hash());
    QVERIFY(hash_with([](Event& e) { e.item = ItemId(1); }) != whole.hash());
    QVERIFY(hash_with([](Event& e) { e.request += 1; }) != whole.hash());
    QVERIFY(hash_with([](Event& e) { e.value = 0.5f; }) != whole.hash());
    QVERIFY(hash_with([](Event& e) { e.kind = EventKind::click; }) != whole.hash());
    QVERIFY(hash_with([](Event& e) { e.position = 3; }) != whole.hash());
    QVERIFY(hash_with([](Event& e) { e.topic = 3; }) != whole.hash());
    QVERIFY(hash_with([](Event& e) { e.explored = true; }) != whole.hash());
    QVERIFY(hash_with([](Event& e) { e.surface = Surface::trending_now; }) != whole.hash());
    QVERIFY(hash_with([](Event& e) { e.from = 0.25f; }) != whole.hash());
}

QTEST_GUILESS_MAIN(EventLogTest)
#include "event_log_test.moc"
