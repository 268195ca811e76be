// Chunked loops: every index once, the same fold for any number of threads.
#include "engine/base/parallel.h"

#include <QtTest>
#include <atomic>
#include <cmath>
#include <vector>

#include "engine/base/hash.h"
#include "engine/base/random.h"

using namespace cascadelab;

class ParallelTest : public QObject {
    Q_OBJECT

  private slots:
    void every_index_is_visited_once();
    void folds_are_the_same_for_any_number_of_threads();
    void nothing_to_do_is_done();
    void workers_stay_in_range();
    void loops_can_follow_each_other();
};

void ParallelTest::every_index_is_visited_once() {
    Workers workers(3);
    std::vector<std::atomic<int>> visits(1001);
    workers.for_chunks(visits.size(), 7,
                       [&](std::size_t chunk, std::size_t begin, std::size_t end, int) {
                           QCOMPARE(begin, chunk * 7);
                           for (std::size_t i = begin; i < end; ++i) ++visits[i];
                       });
    for (const auto& visit : visits) QCOMPARE(visit.load(), 1);
}

void ParallelTest::folds_are_the_same_for_any_number_of_threads() {
    const auto fold = [](int threads) {
        Workers workers(threads);
        std::vector<double> sums(100, 0.0);
        workers.for_chunks(9999, 100,
                           [&](std::size_t chunk, std::size_t begin, std::size_t end, int) {
                               for (std::size_t i = begin; i < end; ++i) {
                                   sums[chunk] += std::sqrt(Stream(1, Purpose::test, i).uniform());
                               }
                           });
        double total = 0;
        for (double sum : sums) total += sum;
        return total;
    };
    const double alone = fold(1);
    for (const int threads : {2, 3, 8}) QVERIFY(fold(threads) == alone);
}

void ParallelTest::nothing_to_do_is_done() {
    Workers workers(2);
    workers.for_chunks(0, 10, [](std::size_t, std::size_t, std::size_t, int) { QFAIL("called"); });
}

void ParallelTest::workers_stay_in_range() {
    Workers workers(3);
    std::atomic<bool> in_range = true;
    workers.for_chunks(500, 1, [&](std::size_t, std::size_t, std::size_t, int worker) {
        if (worker < 0 || worker >= 3) in_range = false;
    });
    QVERIFY(in_range);
}

void ParallelTest::loops_can_follow_each_other() {
    Workers workers(4);
    std::atomic<int> count = 0;
    for (int round = 0; round < 200; ++round) {
        workers.for_chunks(8, 1, [&](std::size_t, std::size_t, std::size_t, int) { ++count; });
        QCOMPARE(count.load(), 8 * (round + 1));
    }
}

QTEST_GUILESS_MAIN(ParallelTest)
#include "parallel_test.moc"
