// Cache laws on keys that can be counted by hand, and their limits; against simulated caches in the
// study.
#include "engine/serving/cache_laws.h"

#include <QtTest>
#include <cmath>
#include <numeric>

#include "engine/base/random.h"

using namespace cascadelab;

namespace {

bool near(double a, double b, double tolerance = 1e-9) {
    return std::abs(a - b) <= tolerance;
}

double total_share(const KeyPopularity& popularity) {
    double total = 0;
    for (const auto& [keys, share] : popularity) total += keys * share;
    return total;
}

double total_keys(const KeyPopularity& popularity) {
    double total = 0;
    for (const auto& [keys, share] : popularity) total += keys;
    return total;
}

class CacheLawsTest : public QObject {
    Q_OBJECT
  private slots:
    void zipf_by_hand() {
        const KeyPopularity popularity = zipf_popularity(3, 1);
        QCOMPARE(popularity.size(), std::size_t{3});
        QVERIFY(near(popularity[0].share, 6.0 / 11) && near(popularity[2].share, 2.0 / 11));
    }

    // Ranks that are lumped together sum up to what they are one by one.
    void lumps_are_as_good_as_ranks() {
        for (const double exponent : {0.0, 0.7, 1.0, 1.3}) {
            const KeyPopularity lumped = zipf_popularity(50000, exponent);
            QVERIFY(lumped.size() < 1500);
            QVERIFY(near(total_keys(lumped), 50000) && near(total_share(lumped), 1));
            KeyPopularity single;
            double mass = 0;
            for (int rank = 1; rank <= 50000; ++rank) {
                single.push_back({1, std::pow(rank, -exponent)});
                mass += single.back().share;
            }
            for (KeyClass& key : single) key.share /= mass;
            for (const Renewal renewal : {Renewal::on_hit, Renewal::never}) {
                QVERIFY(near(hit_share_at_rest(renewal, lumped, 5000),
                             hit_share_at_rest(renewal, single, 5000), 1e-5));
            }
            QVERIFY(near(best_static_hit_share(lumped, 5000), best_static_hit_share(single, 5000),
                         1e-5));
        }
    }

    // Keys asked for alike: any cache of C among N hits C/N, and holds what it can hold.
    void even_keys_hit_by_their_share() {
        const KeyPopularity even = {{1000, 0.001}};
        for (const Renewal renewal : {Renewal::on_hit, Renewal::never}) {
            QVERIFY(near(hit_share_at_rest(renewal, even, 250), 0.25));
            const double lifetime = characteristic_requests(renewal, even, 250);
            QVERIFY(near(entries_within(renewal, even, lifetime), 250, 1e-6));
        }
        QVERIFY(near(best_static_hit_share(even, 250), 0.25));
    }

    void more_room_never_hurts_and_the_order_of_policies_holds() {
        const KeyPopularity popularity = zipf_popularity(10000, 0.9);
        double last = 0;
        for (const double capacity : {1.0, 10.0, 100.0, 1000.0, 9000.0}) {
            const double fifo = hit_share_at_rest(Renewal::never, popularity, capacity);
            const double lru = hit_share_at_rest(Renewal::on_hit, popularity, capacity);
            QVERIFY(last < fifo && fifo < lru && lru < best_static_hit_share(popularity, capacity));
            last = lru;
        }
        QCOMPARE(hit_share_at_rest(Renewal::on_hit, popularity, 0), 0.0);
        QVERIFY(near(hit_share_at_rest(Renewal::on_hit, popularity, 10000), 1));
        QVERIFY(near(hit_share_at_rest(Renewal::never, popularity, 20000), 1));
    }

    // One key, asked for twice within its time to live: 1 - e^-2 renewed, 2/3 fixed.
    void a_time_to_live_by_hand() {
        const KeyPopularity one = {{1, 1}};
        QVERIFY(near(hit_share_within(Renewal::on_hit, one, 2), 1 - std::exp(-2)));
        QVERIFY(near(hit_share_within(Renewal::never, one, 2), 2.0 / 3));
    }

    void a_cold_cache_warms_up_to_rest() {
        const KeyPopularity popularity = zipf_popularity(1e6, 1);
        const double rest = hit_share_at_rest(Renewal::on_hit, popularity, 1e5);
        QCOMPARE(cold_hit_share(popularity, 1e5, 0), 0.0);
        QVERIFY(near(cold_hit_share(popularity, 1e5, 1e9), rest));
        const double warm = requests_until_warm(popularity, 1e5, 0.9);
        QVERIFY(std::abs(warm - 1.1e5) < 2e3);
        QVERIFY(near(cold_hit_share(popularity, 1e5, warm), 0.9 * rest, 1e-6));
        QVERIFY(std::abs(database_load(0, 0.78) - 4.5) < 0.05);
        QVERIFY(std::abs(database_load(0.54, 0.78) - 2.1) < 0.05);
    }

    // Draws from a known law, as many as a run makes: the exponent comes back.
    void the_exponent_comes_back() {
        for (const double exponent : {0.7, 0.9, 1.1}) {
            const KeyPopularity law = zipf_popularity(1000, exponent);
            std::vector<double> below;
            double mass = 0;
            for (const auto& [keys, share] : law) below.push_back(mass += share);
            Stream stream(7, Purpose::test);
            std::vector<std::uint32_t> counts(1000);
            for (int draw = 0; draw < 100000; ++draw) {
                const auto at = std::ranges::upper_bound(below, stream.uniform() * mass);
                ++counts[static_cast<std::size_t>(at - below.begin())];
            }
            const ZipfFit fit = fit_zipf(counts);
            QVERIFY2(std::abs(fit.exponent - exponent) < 0.015,
                     qPrintable(QString::number(fit.exponent)));
            QVERIFY(fit.error > 0 && fit.error < 0.01 && fit.keys > 500);
        }
        QCOMPARE(fit_zipf({}).exponent, 0.0);
        QCOMPARE(fit_zipf(std::vector<std::uint32_t>(1000, 50)).exponent < 1e-9, true);
    }

    void counts_are_a_popularity() {
        const std::vector<std::uint32_t> counts = {0, 2, 5, 2, 0, 1};
        const KeyPopularity popularity = counted_popularity(counts);
        QCOMPARE(popularity.size(), std::size_t{3});
        QCOMPARE(popularity[0].share, 0.5);
        QCOMPARE(popularity[1].keys, 2.0);
        QCOMPARE(total_keys(popularity), 4.0);
        QVERIFY(near(total_share(popularity), 1));
        QVERIFY(counted_popularity({}).empty());
    }

    void a_run_that_obeys_the_law_is_extrapolated_by_it() {
        QVERIFY(near(extrapolated_hit_share(0.4, 0.4, 0.7), 0.7));
        QVERIFY(near(extrapolated_hit_share(0.5, 0.4, 0.4), 0.5));
        const double better = extrapolated_hit_share(0.9, 0.8, 0.95);
        QVERIFY(better > 0.95 && better < 1);
        for (const double edge : {0.0, 1.0}) {
            const double there = extrapolated_hit_share(edge, 0.5, 0.5);
            QVERIFY(there >= 0 && there <= 1);
        }
    }
};

}  // namespace

QTEST_GUILESS_MAIN(CacheLawsTest)
#include "cache_laws_test.moc"
