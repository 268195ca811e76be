// k-means on rows worked by hand and on clouds whose centres are known.
#include "engine/models/numeric/kmeans.h"

#include <QtTest>
#include <algorithm>

#include "engine/base/random.h"

using namespace cascadelab;

namespace {

Matrix column(std::initializer_list<float> values) {
    Matrix rows(static_cast<Eigen::Index>(values.size()), 1);
    std::ranges::copy(values, rows.data());
    return rows;
}

// per_cloud rows around each of `clouds` far corners of the cube, in turn.
Matrix clouds(int clouds, int per_cloud, int dims, std::uint64_t seed) {
    Stream stream(seed, Purpose::test);
    Matrix rows(clouds * per_cloud, dims);
    for (Eigen::Index r = 0; r < rows.rows(); ++r) {
        for (Eigen::Index d = 0; d < dims; ++d) {
            const float corner = (r % clouds) >> d & 1 ? 1.0f : -1.0f;
            rows(r, d) = corner + static_cast<float>(stream.normal(0, 0.05));
        }
    }
    return rows;
}

KmeansSettings settings(int clusters, KmeansStart start, int rounds = 15) {
    return {.clusters = clusters, .rounds = rounds, .start = start, .seed = 5};
}

class KmeansTest : public QObject {
    Q_OBJECT
  private slots:
    // Centres 0 and 10: rows 1, 4 | 7, 12 with errors 1, 16, 9, 4; row 5 ties and goes low, 25.
    void rows_go_to_their_nearest_centre() {
        const Assignment found = assign_to_nearest(column({1, 4, 7, 12, 5}), column({0, 10}));
        QCOMPARE(found.cluster, (std::vector<std::uint32_t>{0, 0, 1, 1, 0}));
        QCOMPARE(found.mean_error, 55.0 / 5);
    }

    // Squares beyond what a float holds are all equally far: the first centre takes the row.
    void of_equally_far_centres_the_first_is_taken() {
        QCOMPARE(assign_to_nearest(column({0}), column({2, -2, 2})).cluster[0], 0u);
        QCOMPARE(assign_to_nearest(column({0}), column({1e20f, 2e20f})).cluster[0], 0u);
    }

    // Whatever two rows it starts from, {0, 2} and {10, 14} are the only stable halves.
    void centres_end_at_the_means_of_their_rows() {
        for (const KmeansStart start : {KmeansStart::sample, KmeansStart::plus_plus}) {
            Kmeans found = train_kmeans(column({0, 14, 2, 10}), settings(2, start));
            if (found.centres(0, 0) > found.centres(1, 0))
                found.centres.row(0).swap(found.centres.row(1));
            QCOMPARE(found.centres, column({1, 12}));
            QCOMPARE(found.assignment.mean_error, (1.0 + 1 + 4 + 4) / 4);
            QCOMPARE(found.size, (std::vector<std::size_t>{2, 2}));
        }
    }

    void separate_clouds_are_found_by_spread_starts() {
        const Matrix rows = clouds(8, 40, 3, 1);
        const Kmeans found = train_kmeans(rows, settings(8, KmeansStart::plus_plus));
        QCOMPARE(found.size, std::vector<std::size_t>(8, 40));
        QVERIFY(found.assignment.mean_error < 0.01);
    }

    // Far out in many dimensions one random centre is nearest to everything.
    void centres_that_start_off_the_rows_stay_dead() {
        const Matrix rows = 0.01f * clouds(8, 40, 32, 2);
        const Kmeans normal = train_kmeans(rows, settings(64, KmeansStart::random_normal));
        const Kmeans sample = train_kmeans(rows, settings(64, KmeansStart::sample));
        QVERIFY(normal.dead_count() >= 60);
        QCOMPARE(sample.dead_count(), std::size_t{0});
        QVERIFY(sample.assignment.mean_error < normal.assignment.mean_error);
    }

    void dead_centres_are_reseeded_where_rows_lie_farthest() {
        const Matrix rows = 0.01f * clouds(8, 40, 32, 2);
        KmeansSettings normal = settings(64, KmeansStart::random_normal);
        const double before = train_kmeans(rows, normal).assignment.mean_error;
        normal.reseed_dead = true;
        const Kmeans found = train_kmeans(rows, normal);
        QCOMPARE(found.dead_count(), std::size_t{0});
        QVERIFY(found.assignment.mean_error < before);
        // Nothing to gain where every row is a centre already.
        KmeansSettings many = settings(5, KmeansStart::plus_plus);
        many.reseed_dead = true;
        QCOMPARE(train_kmeans(column({1, 2, 3}), many).dead_count(), std::size_t{2});
    }

    void every_round_lowers_the_error() {
        const Matrix rows = clouds(4, 100, 2, 3);
        double before = std::numeric_limits<double>::infinity();
        for (int rounds = 0; rounds < 6; ++rounds) {
            const Kmeans found = train_kmeans(rows, settings(12, KmeansStart::sample, rounds));
            QVERIFY(found.assignment.mean_error <= before * (1 + 1e-6));
            before = found.assignment.mean_error;
        }
    }

    void more_clusters_than_rows_leave_the_rest_dead() {
        for (const KmeansStart start : {KmeansStart::sample, KmeansStart::plus_plus}) {
            const Kmeans found = train_kmeans(column({1, 2, 3}), settings(5, start));
            QCOMPARE(found.dead_count(), std::size_t{2});
            QCOMPARE(found.assignment.mean_error, 0.0);
        }
    }

    void any_number_of_threads_gives_the_same_bytes() {
        const Matrix rows = clouds(8, 200, 6, 4);
        Workers workers(3);
        const Kmeans alone = train_kmeans(rows, settings(40, KmeansStart::sample));
        const Kmeans together = train_kmeans(rows, settings(40, KmeansStart::sample), &workers);
        QVERIFY(alone.centres == together.centres);
        QCOMPARE(alone.assignment.cluster, together.assignment.cluster);
        QCOMPARE(alone.assignment.mean_error, together.assignment.mean_error);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(KmeansTest)
#include "kmeans_test.moc"
