// The topic as a fluid, by hand: what a stall leaves and how long it takes to read up.
#include "engine/serving/event_stream.h"

#include <QtTest>
#include <cmath>
#include <numeric>

#include "engine/base/random.h"

using namespace cascadelab;

namespace {

bool near(double a, double b, double tolerance = 1e-6) {
    return std::abs(a - b) <= tolerance;
}

class EventStreamTest : public QObject {
    Q_OBJECT
  private slots:
    void below_its_capacity_a_stream_has_no_lag() {
        EventStream stream({0.5, 0.5});
        for (int second = 0; second < 100; ++second) stream.advance(1, 150, 100);
        QCOMPARE(stream.lag_quantile_s(1), 0.0);
        QCOMPARE(stream.backlog_events(), 0.0);
        QCOMPARE(stream.now_s(), 100.0);
    }

    // The hot partition gets 120 a second for 100: 20 % of the time is missing.
    void a_hot_key_makes_one_partition_late() {
        EventStream stream({0.8, 0.2});
        stream.advance(60, 150, 100);
        QVERIFY(near(stream.lag_s(0), 60 * (1 - 100.0 / 120)));
        QCOMPARE(stream.lag_s(1), 0.0);
        QVERIFY(near(stream.backlog_events(), 60 * 20));
        QCOMPARE(stream.lag_quantile_s(0.1), 0.0);
        QVERIFY(near(stream.lag_quantile_s(0.5), 10));
    }

    // A stall of 600 s at load .6: the lag is the stall, and 900 s more until it is gone, however
    // the time is cut into steps.
    void a_stall_is_read_up_by_the_law() {
        QVERIFY(near(backfill_s(600, 0.6), 900));
        QVERIFY(std::isinf(backfill_s(600, 1)));
        for (const double step_s : {1.0, 7.0, 100.0}) {
            EventStream stream({1});
            stream.advance(50, 60, 100);
            for (double left = 600; left > 0; left -= step_s) {
                stream.advance(std::min(step_s, left), 60, 0);
            }
            QVERIFY(near(stream.lag_s(0), 600) && near(stream.backlog_events(), 36000));
            stream.advance(450, 60, 100);
            QVERIFY(near(stream.lag_s(0), 300) && near(stream.backlog_events(), 18000));
            stream.advance(449, 60, 100);
            QVERIFY(stream.lag_s(0) > 0);
            stream.advance(1.001, 60, 100);
            QCOMPARE(stream.lag_s(0), 0.0);
        }
    }

    // An hour at 10 a second, an hour at 30, nobody reads: the 36,000th event is an hour old, the
    // one at 72,000 two thirds of that.
    void the_lag_follows_what_came_when() {
        EventStream stream({1});
        stream.advance(3600, 10, 0);
        stream.advance(3600, 30, 0);
        QVERIFY(near(stream.lag_s(0), 7200));
        stream.advance(1, 0, 36000);
        QVERIFY(near(stream.lag_s(0), 3601));
        stream.advance(1, 0, 36000);
        QVERIFY(near(stream.lag_s(0), 3602 - 1200));
        stream.advance(3600, 0, 0);  // silence: no event is younger
        QVERIFY(near(stream.lag_s(0), 7202 - 1200));
        stream.advance(1, 0, 72000);
        QCOMPARE(stream.lag_s(0), 0.0);
    }

    void a_full_buffer_holds_its_producers_back() {
        EventStream stream({0.5, 0.5}, 1000);
        stream.advance(15, 100, 0);
        QCOMPARE(stream.held_back_events(), 0.0);
        stream.advance(15, 100, 0);
        QVERIFY(near(stream.held_back_events(), 2 * 500));
        QVERIFY(near(stream.held_back_s(), 10));
        stream.advance(10, 0, 100);
        QCOMPARE(stream.held_back_events(), 0.0);
        QCOMPARE(stream.held_back_s(), 0.0);
    }

    // Events are neither made nor lost, whatever happens.
    void arrived_is_read_and_unread() {
        Stream random(1, Purpose::test);
        EventStream stream(partition_shares(zipf_popularity(1e5, 1), 16));
        double arrived = 0;
        for (int step = 0; step < 2000; ++step) {
            const double seconds = random.uniform(0, 10);
            const double rate = random.uniform(0, 1000);
            const double backlog = stream.backlog_events();
            const double capacity = random.chance(0.3) ? 0 : random.uniform(0, 200);
            stream.advance(seconds, rate, capacity);
            arrived += seconds * rate;
            const double read = backlog + seconds * rate - stream.backlog_events();
            QVERIFY(read >= -1e-6 && read <= 16 * capacity * seconds + 1e-6);
            for (std::size_t p = 0; p < 16; ++p) {
                QVERIFY(stream.lag_s(p) >= 0 && stream.lag_s(p) <= stream.now_s());
            }
        }
        QVERIFY(stream.backlog_events() <= arrived);
    }

    void shares_of_partitions_sum_to_one_and_the_head_makes_them_uneven() {
        const std::vector<double> even = partition_shares({{1000, 0.001}}, 8);
        for (const double share : even) QVERIFY(near(share, 0.125));
        const std::vector<double> uneven = partition_shares(zipf_popularity(1e6, 1), 64);
        QVERIFY(near(std::accumulate(uneven.begin(), uneven.end(), 0.0), 1));
        QVERIFY(std::ranges::max(uneven) > zipf_popularity(1e6, 1)[0].share);
        QVERIFY(std::ranges::min(uneven) < 1.0 / 64);
        QCOMPARE(partition_of(5, 1), 0);
    }

    void a_hundred_billion_events_a_day_line_by_line() {
        const std::vector<ArithmeticLine> lines = event_volume_lines({});
        const auto value = [&](const char* what) {
            const auto found = std::ranges::find(lines, what, &ArithmeticLine::what);
            return found == lines.end() ? -1 : found->value;
        };
        QCOMPARE(value("events a day"), 1e11);
        QVERIFY(near(value("mean rate"), 1157407, 1));
        QVERIFY(near(value("peak rate"), 1851852, 1));
        QCOMPARE(value("partitions"), 309.0);
        QVERIFY(near(value("load of the hottest partition"), 0.6, 0.002));
        QVERIFY(near(value("back-fill after it"), 900, 5));
        QVERIFY(near(value("volume a day"), 10));
        QVERIFY(near(value("volume kept"), 300));
        QCOMPARE(QString::fromStdString(lines[1].how), QString("4.00e9 x 25"));
        for (const ArithmeticLine& line : lines) QVERIFY(!line.unit.empty() && !line.how.empty());
        // One song that is in one event of a hundred: its partition cannot be helped by more.
        EventVolume hot;
        hot.hottest_key_share = 0.01;
        const auto hot_lines = event_volume_lines(hot);
        const auto load =
            std::ranges::find(hot_lines, "load of the hottest partition", &ArithmeticLine::what);
        QVERIFY(load->value > 1);
        QVERIFY(std::isinf((load + 2)->value));
    }

    void a_copy_goes_its_own_way() {
        EventStream stream({0.8, 0.2});
        stream.advance(60, 150, 100);
        EventStream copy = stream;
        QCOMPARE(copy.hash(), stream.hash());
        copy.advance(1, 0, 1);
        QVERIFY(copy.hash() != stream.hash());
    }
};

}  // namespace

QTEST_GUILESS_MAIN(EventStreamTest)
#include "event_stream_test.moc"
