// What an edge knows and when, by hand; the share of likes it misses, by law.
#include "engine/serving/edge_replica.h"

#include <QtTest>
#include <cmath>

#include "engine/base/random.h"
#include "engine/serving/freshness.h"

using namespace cascadelab;

namespace {

class EdgeReplicaTest : public QObject {
    Q_OBJECT
  private slots:
    void a_write_is_known_after_the_lag_and_not_before() {
        EdgeReplica edge(10);
        QVERIFY(!edge.read(1, 0));
        edge.write(1, 1, 5);
        edge.write(1, 2, 12);
        QVERIFY(!edge.read(1, 14.9));
        QCOMPARE(edge.read(1, 15)->version, std::uint64_t{1});
        QCOMPARE(edge.read(1, 21)->version, std::uint64_t{1});
        QCOMPARE(edge.read(1, 21)->age_s, 16.0);
        QCOMPARE(edge.read(1, 22)->version, std::uint64_t{2});
        QCOMPARE(edge.read(1, 22)->age_s, 10.0);
        QVERIFY(!edge.read(2, 22));
    }

    void a_region_cut_off_keeps_what_it_knew_and_learns_the_rest_when_healed() {
        EdgeReplica edge(1);
        edge.write(1, 1, 0);
        edge.set_lag(std::numeric_limits<double>::infinity(), 5);
        edge.write(1, 2, 6);
        edge.write(2, 9, 7);
        QCOMPARE(edge.read(1, 500)->version, std::uint64_t{1});
        QCOMPARE(edge.under_way(), std::size_t{2});
        edge.set_lag(1, 500);
        QCOMPARE(edge.read(1, 500)->version, std::uint64_t{2});
        QCOMPARE(edge.read(2, 500)->age_s, 493.0);
        QCOMPARE(edge.under_way(), std::size_t{0});
    }

    // A like in 20 s on average, a page at any time: the newest is missed with 1 - e^-(10/20).
    void likes_are_missed_by_the_law() {
        EdgeReplica edge(10);
        Stream stream(5, Purpose::test);
        double like_s = 0;
        std::uint64_t likes = 0;
        int missed = 0;
        constexpr int kPages = 20000;
        for (int page = 0; page < kPages; ++page) {
            const double now_s = 500.0 * page;
            while (true) {
                const double next_s = like_s + stream.exponential(20);
                if (next_s > now_s) {
                    like_s = now_s;  // without memory
                    break;
                }
                like_s = next_s;
                edge.write(1, ++likes, like_s);
            }
            const auto answer = edge.read(1, now_s);
            missed += (answer ? answer->version : 0) != likes;
        }
        QVERIFY(std::abs(missed / double{kPages} - edge_miss_share(1 / 20.0, 10)) < 0.015);
    }

    void a_copy_is_a_value() {
        EdgeReplica edge(10);
        edge.write(1, 1, 5);
        EdgeReplica copy = edge;
        QCOMPARE(copy.hash(), edge.hash());
        copy.read(1, 20);
        QVERIFY(copy.hash() != edge.hash());
    }
};

}  // namespace

QTEST_GUILESS_MAIN(EdgeReplicaTest)
#include "edge_replica_test.moc"
