#include "engine/models/collaborative/popularity.h"

#include <QtTest>

using namespace cascadelab;

namespace {

Interaction row(std::size_t person, std::size_t item, float weight, std::int64_t time_s) {
    return {PersonId(person), ItemId(item), weight, time_s};
}

class PopularityTest : public QObject {
    Q_OBJECT
  private slots:
    // Half-life 100 s, now 200 s: item 0: 1 * 2^-2 + 2 * 2^0 = 2.25; item 1: 4 * 2^-1 = 2; item 3:
    // 1 * 2^-1.
    void score_halves_with_every_half_life() {
        const Interactions log{
            2, 4, {row(0, 0, 1, 0), row(0, 1, 4, 100), row(1, 3, 1, 100), row(1, 0, 2, 200)}};
        const auto popularity = build_popularity(log, 200, 100);
        QCOMPARE(popularity->score, (std::vector<float>{2.25f, 2.0f, 0.0f, 0.5f}));
        QCOMPARE(popularity->ranked, (std::vector<ItemId>{ItemId(0u), ItemId(1u), ItemId(3u)}));
    }

    void equal_scores_rank_by_lower_id() {
        const Interactions log{1, 3, {row(0, 2, 1, 50), row(0, 1, 1, 50), row(0, 0, 1, 50)}};
        const auto popularity = build_popularity(log, 50, 10);
        QCOMPARE(popularity->ranked, (std::vector<ItemId>{ItemId(0u), ItemId(1u), ItemId(2u)}));
    }

    void recent_interest_overtakes_old_fame() {
        Interactions log{1, 2, {}};
        for (int i = 0; i < 10; ++i) log.rows.push_back(row(0, 0, 1, 0));
        log.rows.push_back(row(0, 1, 1, 1000));
        QCOMPARE(build_popularity(log, 1000, 100)->ranked.front(), ItemId(1u));
        QCOMPARE(build_popularity(log, 1000, 1e6)->ranked.front(), ItemId(0u));
    }
};

}  // namespace

QTEST_GUILESS_MAIN(PopularityTest)
#include "popularity_test.moc"
