// The memory tier against a slow one that is plainly right, and by hand.
#include "engine/serving/cache.h"

#include <QtTest>
#include <algorithm>
#include <map>

#include "engine/base/random.h"

using namespace cascadelab;

namespace {

// What a cache should do, in a list that is searched from end to end: the next to go at the back.
class SlowCache {
  public:
    explicit SlowCache(const CachePlan& plan) : m_plan(plan) {}

    bool fetch(std::uint64_t key, double now_s) {
        const auto found = find(key);
        const bool hit = found != m_entries.end() && now_s - found->since_s < m_plan.ttl_s;
        if (!hit) {
            keep(key, now_s);
            return false;
        }
        if (m_plan.ttl_renewed_on_hit) found->since_s = now_s;
        if (m_plan.eviction == Eviction::lru) {
            std::rotate(m_entries.begin(), found, found + 1);
        }
        return true;
    }
    void keep(std::uint64_t key, double now_s) {
        drop(key);
        m_entries.insert(m_entries.begin(), {key, now_s});
        if (m_entries.size() > m_plan.capacity) m_entries.pop_back();
    }
    void drop(std::uint64_t key) {
        std::erase_if(m_entries, [&](const Entry& entry) { return entry.key == key; });
    }
    std::size_t entries() const { return m_entries.size(); }

  private:
    struct Entry {
        std::uint64_t key;
        double since_s;
    };
    std::vector<Entry>::iterator find(std::uint64_t key) {
        return std::ranges::find(m_entries, key, &Entry::key);
    }
    CachePlan m_plan;
    std::vector<Entry> m_entries;
};

class CacheTest : public QObject {
    Q_OBJECT
  private slots:
    void least_recently_used_goes_first() {
        Cache cache({2, Eviction::lru});
        QVERIFY(!cache.fetch(1, 0) && !cache.fetch(2, 1) && cache.fetch(1, 2));
        QVERIFY(!cache.fetch(3, 3));
        QVERIFY(cache.holds(1, 4) && !cache.holds(2, 4) && cache.holds(3, 4));
        QCOMPARE(cache.hits(), std::uint64_t{1});
        QCOMPARE(cache.misses(), std::uint64_t{3});
        QCOMPARE(cache.hit_share(), 0.25);
    }

    void first_in_goes_first() {
        Cache cache({2, Eviction::fifo});
        QVERIFY(!cache.fetch(1, 0) && !cache.fetch(2, 1) && cache.fetch(1, 2));
        QVERIFY(!cache.fetch(3, 3));
        QVERIFY(!cache.holds(1, 4) && cache.holds(2, 4));
    }

    void an_entry_lives_for_its_time() {
        Cache fixed({9, Eviction::lru, 10, false});
        Cache renewed({9, Eviction::lru, 10, true});
        for (Cache* cache : {&fixed, &renewed}) {
            QVERIFY(!cache->fetch(1, 0) && cache->fetch(1, 9));
        }
        QVERIFY(!fixed.fetch(1, 10) && renewed.fetch(1, 18) && !renewed.fetch(1, 28));
    }

    // Every policy, small rooms, many keys, all operations: entry for entry the slow one's answers.
    void every_policy_answers_as_the_slow_one() {
        for (const Eviction eviction : every<Eviction>) {
            for (const double ttl_s : {kKeepForever, 30.0}) {
                for (const bool renewed : {false, true}) {
                    for (const std::uint32_t capacity : {0u, 1u, 7u, 50u}) {
                        compare({capacity, eviction, ttl_s, renewed});
                    }
                }
            }
        }
    }

    void a_flush_is_a_cold_start_and_counts_on() {
        Cache cache({100, Eviction::lru});
        for (std::uint64_t key = 0; key < 50; ++key) cache.fetch(key, 0);
        cache.flush();
        QCOMPARE(cache.entries(), 0u);
        QVERIFY(!cache.fetch(7, 1) && cache.fetch(7, 2));
        QCOMPARE(cache.misses(), std::uint64_t{51});
    }

    void a_smaller_plan_drops_the_overhang() {
        Cache cache({10, Eviction::lru});
        for (std::uint64_t key = 0; key < 10; ++key) cache.fetch(key, 0);
        cache.change({3, Eviction::fifo, 5, false});
        QCOMPARE(cache.entries(), 3u);
        QVERIFY(cache.holds(9, 1) && cache.holds(7, 1) && !cache.holds(6, 1) && !cache.holds(9, 5));
    }

    void a_copy_goes_its_own_way() {
        Cache cache({10, Eviction::lru});
        for (std::uint64_t key = 0; key < 20; ++key) cache.fetch(key, 0);
        Cache copy = cache;
        QCOMPARE(copy.hash(), cache.hash());
        copy.fetch(19, 1);
        QVERIFY(copy.hash() != cache.hash());
        cache.fetch(19, 1);
        QCOMPARE(copy.hash(), cache.hash());
        cache.fetch(15, 2);  // the order counts, too
        copy.fetch(16, 2);
        QVERIFY(copy.hash() != cache.hash());
    }

    void memory_follows_what_is_kept() {
        Cache cache({4'000'000'000u, Eviction::lru});
        QVERIFY(!cache.fetch(~std::uint64_t{0}, 0) && cache.fetch(~std::uint64_t{0}, 1));
        QCOMPARE(cache.entries(), 1u);
    }

    void a_key_table_is_a_map() {
        KeyTable table;
        std::map<std::uint64_t, std::uint32_t> map;
        Stream stream(3, Purpose::test);
        for (int step = 0; step < 20000; ++step) {
            const std::uint64_t key = stream.below(300);
            if (map.contains(key)) {
                QCOMPARE(table.find(key), map[key]);
                table.erase(key);
                map.erase(key);
            } else {
                QCOMPARE(table.find(key), KeyTable::kNone);
                const auto slot = static_cast<std::uint32_t>(step);
                table.insert(key, slot);
                map[key] = slot;
            }
            QCOMPARE(table.size(), map.size());
        }
    }

  private:
    static void compare(const CachePlan& plan) {
        Cache cache(plan);
        SlowCache slow(plan);
        Stream stream(plan.capacity, Purpose::test);
        double now_s = 0;
        for (int step = 0; step < 3000; ++step) {
            now_s += stream.uniform();
            const std::uint64_t key = stream.below(90) * stream.below(2) + stream.below(10);
            const double what = stream.uniform();
            if (what < 0.9) {
                QCOMPARE(cache.fetch(key, now_s), slow.fetch(key, now_s));
            } else if (what < 0.95) {
                cache.keep(key, now_s);
                slow.keep(key, now_s);
            } else {
                cache.drop(key);
                slow.drop(key);
            }
            QCOMPARE(cache.entries(), static_cast<std::uint32_t>(slow.entries()));
        }
    }
};

}  // namespace

QTEST_GUILESS_MAIN(CacheTest)
#include "cache_test.moc"
