// The designs of a sweep: the published first Sobol' points, and what each design promises of its
// points.
#include "engine/sweep/design/sample_design.h"

#include <QTest>
#include <array>
#include <cmath>
#include <set>

#include "engine/sweep/design/sobol_sequence.h"

using namespace cascadelab;

namespace {

Stream stream(std::uint64_t seed) {
    return {seed, Purpose::test};
}

}  // namespace

class SampleDesignTest : public QObject {
    Q_OBJECT

  private slots:
    // What the program of Joe and Kuo prints for ten points in three dimensions.
    void first_sobol_points_are_the_published_ones() {
        constexpr std::array<std::array<double, 3>, 10> kPublished = {{{0, 0, 0},
                                                                       {0.5, 0.5, 0.5},
                                                                       {0.75, 0.25, 0.25},
                                                                       {0.25, 0.75, 0.75},
                                                                       {0.375, 0.375, 0.625},
                                                                       {0.875, 0.875, 0.125},
                                                                       {0.625, 0.125, 0.875},
                                                                       {0.125, 0.625, 0.375},
                                                                       {0.1875, 0.3125, 0.9375},
                                                                       {0.6875, 0.8125, 0.4375}}};
        const SobolSequence sequence(3);
        for (std::size_t i = 0; i < kPublished.size(); ++i) {
            std::array<double, 3> point{};
            sequence.point(static_cast<std::uint32_t>(i), point);
            QCOMPARE(point, kPublished[i]);
        }
    }

    // Two of 64 rows of numbers that were swapped or misread would leave a slice empty.
    void every_sobol_axis_has_one_point_in_each_slice() {
        constexpr std::size_t kCount = 1024;
        for (const bool is_shifted : {false, true}) {
            SobolSequence sequence(SobolSequence::kMostAxes);
            Stream draws = stream(3);
            if (is_shifted) sequence.shift(draws);
            std::vector<std::set<int>> slices(SobolSequence::kMostAxes);
            std::vector<double> point(SobolSequence::kMostAxes);
            for (std::uint32_t i = 0; i < kCount; ++i) {
                sequence.point(i, point);
                for (std::size_t axis = 0; axis < point.size(); ++axis) {
                    QVERIFY(point[axis] >= 0 && point[axis] < 1);
                    slices[axis].insert(static_cast<int>(point[axis] * kCount));
                }
            }
            for (const std::set<int>& of_axis : slices) QCOMPARE(of_axis.size(), kCount);
        }
    }

    // Where two axes share their numbers all points lie on a line.
    void no_two_sobol_axes_are_the_same() {
        const SobolSequence sequence(SobolSequence::kMostAxes);
        std::set<std::vector<double>> axes;
        std::vector<std::vector<double>> by_axis(SobolSequence::kMostAxes);
        std::vector<double> point(SobolSequence::kMostAxes);
        for (std::uint32_t i = 0; i < 256; ++i) {
            sequence.point(i, point);
            for (std::size_t axis = 0; axis < point.size(); ++axis)
                by_axis[axis].push_back(point[axis]);
        }
        axes.insert(by_axis.begin(), by_axis.end());
        QCOMPARE(axes.size(), SobolSequence::kMostAxes);
    }

    void a_latin_design_fills_every_slice_once() {
        const Points points = latin_design(37, 5, stream(4));
        for (std::size_t axis = 0; axis < 5; ++axis) {
            std::set<int> slices;
            for (const auto& point : points) slices.insert(static_cast<int>(point[axis] * 37));
            QCOMPARE(slices.size(), 37u);
        }
        QVERIFY(points == latin_design(37, 5, stream(4)));
        QVERIFY(points != latin_design(37, 5, stream(5)));
    }

    void a_grid_holds_every_combination_in_order() {
        const Points points = grid_design(std::array<std::size_t, 2>{2, 3});
        QCOMPARE(points.size(), 6u);
        for (std::size_t i = 0; i < points.size(); ++i) {
            QCOMPARE(static_cast<std::size_t>(points[i][0] * 2), i / 3);
            QCOMPARE(static_cast<std::size_t>(points[i][1] * 3), i % 3);
        }
    }

    void saltelli_blocks_mix_one_axis_of_b_into_a() {
        constexpr std::size_t kAxes = 4;
        const Points points = saltelli_design(16, kAxes, stream(6));
        QCOMPARE(points.size(), 16 * (kAxes + 2));
        for (std::size_t block = 0; block < 16; ++block) {
            const auto* rows = &points[block * (kAxes + 2)];
            for (std::size_t mixed = 0; mixed < kAxes; ++mixed) {
                for (std::size_t axis = 0; axis < kAxes; ++axis) {
                    const auto& from = rows[axis == mixed ? kAxes + 1 : 0];
                    QCOMPARE(rows[1 + mixed][axis], from[axis]);
                }
            }
        }
    }

    void morris_trajectories_move_every_axis_once_by_the_step() {
        constexpr std::size_t kAxes = 5;
        const Points points = morris_design(20, kAxes, stream(7));
        QCOMPARE(points.size(), 20 * (kAxes + 1));
        for (std::size_t begin = 0; begin < points.size(); begin += kAxes + 1) {
            std::set<std::size_t> moved;
            for (std::size_t i = begin + 1; i <= begin + kAxes; ++i) {
                for (std::size_t axis = 0; axis < kAxes; ++axis) {
                    const double step = points[i][axis] - points[i - 1][axis];
                    QVERIFY(points[i][axis] >= 0 && points[i][axis] <= 1);
                    if (step == 0) continue;
                    QVERIFY(std::abs(std::abs(step) - kMorrisStep) < 1e-12);
                    QVERIFY(moved.insert(axis).second);
                }
            }
            QCOMPARE(moved.size(), kAxes);
        }
    }
};

QTEST_GUILESS_MAIN(SampleDesignTest)
#include "sample_design_test.moc"
