#include "engine/models/collaborative/item_knn.h"

#include <QtTest>
#include <cmath>

using namespace cascadelab;

namespace {

// People 0: {0, 1}, 1: {0, 1, 2}, 2: {2, 3}. So cos(0,1) = 1, cos(0,2) = cos(1,2) = 1/2,
// cos(2,3) = 1/sqrt 2, everything else 0.
Interactions small_log() {
    Interactions log{3, 4, {}};
    for (const auto& [person, item] : std::vector<std::pair<std::size_t, std::size_t>>{
             {0, 0}, {0, 1}, {1, 0}, {1, 1}, {1, 2}, {2, 2}, {2, 3}}) {
        log.rows.push_back({PersonId(person), ItemId(item), 1, 0});
    }
    return log;
}

std::vector<float> scores(int neighbours, const std::vector<ItemId>& items) {
    std::vector<float> out(4, -1.0f);
    build_item_knn(small_log(), {.neighbours = neighbours})->score(items, out);
    return out;
}

const auto kHalfRoot = static_cast<float>(1 / std::sqrt(2.0));

class ItemKnnTest : public QObject {
    Q_OBJECT
  private slots:
    void a_score_is_the_sum_of_cosines_to_what_was_liked() {
        QCOMPARE(scores(10, {ItemId(0u)}), (std::vector<float>{0, 1, 0.5f, 0}));
        QCOMPARE(scores(10, {ItemId(0u), ItemId(3u)}),
                 (std::vector<float>{0, 1, 0.5f + kHalfRoot, 0}));
        QCOMPARE(scores(10, {}), (std::vector<float>{0, 0, 0, 0}));
    }
    // With k = 1 the nearest of 0 is 1, of 1 is 0, of 2 is 3, of 3 is 2: item 0 says nothing of 2.
    void only_the_k_nearest_of_the_scored_item_count() {
        QCOMPARE(scores(1, {ItemId(0u)}), (std::vector<float>{0, 1, 0, 0}));
        QCOMPARE(scores(1, {ItemId(2u)}), (std::vector<float>{0, 0, 0, kHalfRoot}));
    }
    // k = 2: the neighbours of 2 are 3 (.71), then 0 and 1 (.5 both): the lower id is kept.
    void ties_at_the_border_keep_the_lower_id() {
        QCOMPARE(scores(2, {ItemId(0u)})[2], 0.5f);
        QCOMPARE(scores(2, {ItemId(1u)})[2], 0.0f);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(ItemKnnTest)
#include "item_knn_test.moc"
