#include "engine/models/collaborative/covisitation.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

using namespace cascadelab;

namespace {

Interactions log_of(std::size_t people, std::size_t items,
                    const std::vector<std::pair<std::size_t, std::size_t>>& pairs) {
    Interactions log{people, items, {}};
    std::int64_t time_s = 0;
    for (const auto& [person, item] : pairs) {
        log.rows.push_back({PersonId(person), ItemId(item), 1, ++time_s});
    }
    return log;
}

class CoVisitationTest : public QObject {
    Q_OBJECT
  private slots:
    // People 0 and 1 saw items 0, 1; person 1 also saw 2. |0| = |1| = 2, |2| = 1.
    // cos(0,1) = 2 / 2 = 1; cos(0,2) = cos(1,2) = 1 / sqrt 2.
    void cosine_matches_hand_worked_counts() {
        const Interactions log = log_of(2, 4, {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {1, 2}});
        const auto model =
            build_covisitation(log, {.neighbours = 10, .history = 10, .shrinkage = 0});
        const auto half = static_cast<float>(1 / std::sqrt(2.0));
        const auto of_0 = model->neighbours(ItemId(0u));
        QCOMPARE(of_0.size(), std::size_t(2));
        QCOMPARE(of_0[0], (ScoredItem{ItemId(1u), 1.0f}));
        QCOMPARE(of_0[1], (ScoredItem{ItemId(2u), half}));
        // A tie: the lower id stands first.
        const auto of_2 = model->neighbours(ItemId(2u));
        QCOMPARE(of_2[0], (ScoredItem{ItemId(0u), half}));
        QCOMPARE(of_2[1], (ScoredItem{ItemId(1u), half}));
        QVERIFY(model->neighbours(ItemId(3u)).empty());
        QVERIFY(model->neighbours(ItemId(99u)).empty());
    }

    void shrinkage_is_added_to_the_denominator() {
        const Interactions log = log_of(1, 2, {{0, 0}, {0, 1}});
        const auto model = build_covisitation(log, {.neighbours = 5, .history = 5, .shrinkage = 4});
        QCOMPARE(model->neighbours(ItemId(0u))[0].score, 1.0f / 5.0f);
    }

    void repeats_count_once() {
        const Interactions once = log_of(2, 3, {{0, 0}, {0, 1}, {1, 1}, {1, 2}});
        const Interactions often =
            log_of(2, 3, {{0, 0}, {0, 1}, {0, 1}, {0, 0}, {1, 1}, {1, 2}, {1, 2}});
        const auto a = build_covisitation(once, {});
        const auto b = build_covisitation(often, {});
        for (std::size_t i = 0; i < 3; ++i) {
            const auto left = a->neighbours(ItemId(i));
            const auto right = b->neighbours(ItemId(i));
            QVERIFY(std::ranges::equal(left, right));
        }
    }

    void only_the_newest_history_is_paired() {
        const Interactions log = log_of(1, 3, {{0, 0}, {0, 1}, {0, 2}});
        const auto model = build_covisitation(log, {.neighbours = 5, .history = 2, .shrinkage = 0});
        QVERIFY(model->neighbours(ItemId(0u)).empty());
        QCOMPARE(model->neighbours(ItemId(1u))[0].item, ItemId(2u));
    }

    void at_most_k_neighbours_are_kept_and_they_are_the_best() {
        Interactions log =
            log_of(3, 4, {{0, 0}, {0, 1}, {0, 2}, {0, 3}, {1, 0}, {1, 3}, {2, 0}, {2, 3}});
        const auto model = build_covisitation(log, {.neighbours = 1, .history = 9, .shrinkage = 1});
        QCOMPARE(model->neighbours(ItemId(0u)).size(), std::size_t(1));
        QCOMPARE(model->neighbours(ItemId(0u))[0].item, ItemId(3u));
    }
};

}  // namespace

QTEST_GUILESS_MAIN(CoVisitationTest)
#include "covisitation_test.moc"
