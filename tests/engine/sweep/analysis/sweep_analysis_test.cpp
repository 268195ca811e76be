// What a sweep's numbers say, held against functions whose answer is known in closed form and
// against simulated truth.
#include <QTest>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "engine/run/twins.h"
#include "engine/sweep/analysis/morris_effects.h"
#include "engine/sweep/analysis/pareto.h"
#include "engine/sweep/analysis/sequential_test.h"
#include "engine/sweep/analysis/sobol_indices.h"
#include "engine/sweep/analysis/variance_shares.h"
#include "engine/sweep/design/sample_design.h"

using namespace cascadelab;

namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

Stream stream(std::uint64_t seed, std::uint64_t entity = 0) {
    return {seed, Purpose::test, entity};
}

// Ishigami and Homma (1990) with a = 7, b = 0.1; the coordinates stand for -pi..pi.
double ishigami(std::span<const double> point) {
    const auto x = [&](std::size_t axis) { return kPi * (2 * point[axis] - 1); };
    return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) +
           0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

struct ClosedForm {
    std::array<double, 3> first, total;
};
ClosedForm ishigami_indices() {
    const double pi4 = std::pow(kPi, 4), pi8 = std::pow(kPi, 8);
    const double v1 = std::pow(1 + 0.1 * pi4 / 5, 2) / 2;
    const double v2 = 49.0 / 8;
    const double v13 = 8 * 0.01 * pi8 / 225;
    const double all = v1 + v2 + v13;
    return {{v1 / all, v2 / all, 0}, {(v1 + v13) / all, v2 / all, v13 / all}};
}

// The g-function of Sobol' (1993): the smaller a, the more an axis matters.
double g_function(std::span<const double> point, std::span<const double> a) {
    double product = 1;
    for (std::size_t axis = 0; axis < point.size(); ++axis)
        product *= (std::abs(4 * point[axis] - 2) + a[axis]) / (1 + a[axis]);
    return product;
}

template <class Function>
std::vector<double> outcomes_of(const Points& points, Function&& f) {
    std::vector<double> out;
    for (const std::vector<double>& point : points) out.push_back(f(point));
    return out;
}

// Levels of every axis of the points.
std::vector<Levels> levels_by_axis(const Points& points) {
    std::vector<Levels> out;
    for (std::size_t axis = 0; axis < points.front().size(); ++axis) {
        std::vector<double> values;
        for (const auto& point : points) values.push_back(point[axis]);
        out.push_back(levels_of(values));
    }
    return out;
}

}  // namespace

class SweepAnalysisTest : public QObject {
    Q_OBJECT

  private slots:
    void sobol_indices_of_ishigami_are_the_closed_form() {
        const auto [first, total] = ishigami_indices();
        for (const std::uint64_t seed : {1, 2, 3}) {
            const Points points = saltelli_design(1638, 3, stream(seed));
            QVERIFY(points.size() <= 8192);
            const auto found =
                sobol_indices(outcomes_of(points, ishigami), 3, stream(seed, 1), 200);
            QCOMPARE(found.blocks, 1638u);
            for (std::size_t axis = 0; axis < 3; ++axis) {
                qInfo("seed %d axis %zu: first %.4f (%.4f), total %.4f (%.4f)", int(seed), axis,
                      found.first[axis].value, first[axis], found.total[axis].value, total[axis]);
                QVERIFY(std::abs(found.first[axis].value - first[axis]) < 0.03);
                QVERIFY(std::abs(found.total[axis].value - total[axis]) < 0.03);
                QVERIFY(found.first[axis].low <= found.first[axis].value);
                QVERIFY(found.first[axis].high >= found.first[axis].value);
            }
        }
    }

    // Of points drawn by chance, for which the bootstrap is made.
    void bootstrap_intervals_hold_the_truth_at_their_rate() {
        const auto [first, total] = ishigami_indices();
        int held = 0, asked = 0;
        for (std::uint64_t k = 0; k < 60; ++k) {
            Stream draws = stream(8, k);
            std::vector<double> outcomes;
            for (int block = 0; block < 400; ++block) {
                std::array<double, 3> a{}, b{};
                for (std::size_t axis = 0; axis < 3; ++axis) {
                    a[axis] = draws.uniform();
                    b[axis] = draws.uniform();
                }
                outcomes.push_back(ishigami(a));
                for (std::size_t axis = 0; axis < 3; ++axis) {
                    auto mixed = a;
                    mixed[axis] = b[axis];
                    outcomes.push_back(ishigami(mixed));
                }
                outcomes.push_back(ishigami(b));
            }
            const auto found = sobol_indices(outcomes, 3, stream(9, k), 200);
            for (std::size_t axis = 0; axis < 3; ++axis) {
                held +=
                    found.first[axis].low <= first[axis] && first[axis] <= found.first[axis].high;
                held +=
                    found.total[axis].low <= total[axis] && total[axis] <= found.total[axis].high;
                asked += 2;
            }
        }
        // 360 answers at 95 %: a standard deviation is 1.1 %, and the percentile bootstrap is a
        // little narrow.
        qInfo("held %d of %d", held, asked);
        QVERIFY(held > 0.9 * asked && held < asked);
    }

    void sobol_blocks_with_a_hole_are_left_out() {
        const Points points = saltelli_design(256, 3, stream(4));
        std::vector<double> outcomes = outcomes_of(points, ishigami);
        outcomes[7] = kNothing;
        QCOMPARE(sobol_indices(outcomes, 3, stream(1), 10).blocks, 255u);
        QVERIFY(sobol_indices(std::vector<double>(10, 3.0), 3, stream(1), 10).first.empty());
    }

    void morris_orders_the_g_function_right() {
        constexpr std::array a = {0.0, 1.0, 4.5, 9.0, 30.0, 99.0};
        const Points points = morris_design(40, a.size(), stream(5));
        const auto effects = morris_effects(
            points, outcomes_of(points, [&](const auto& p) { return g_function(p, a); }));
        for (std::size_t axis = 1; axis < a.size(); ++axis)
            QVERIFY(effects[axis - 1].size > effects[axis].size);
        QVERIFY(effects[0].low > effects[2].high);
    }

    void morris_tells_a_slope_from_an_interaction() {
        const Points points = morris_design(12, 3, stream(6));
        const auto effects = morris_effects(points, outcomes_of(points, [](const auto& x) {
                                                return 3 * x[0] - 2 * x[1] + 4 * x[1] * x[2];
                                            }));
        QVERIFY(std::abs(effects[0].mean - 3) < 1e-9);
        QVERIFY(effects[0].deviation < 1e-9);
        QVERIFY(effects[1].deviation > 0.5 && effects[2].deviation > 0.5);
    }

    // y = a + 2 b + a b on -1, 1: sums of squares 1, 4 and 1 of 6.
    void variance_shares_of_a_factorial_are_worked_by_hand() {
        Points points;
        std::vector<double> outcomes;
        for (int repeat = 0; repeat < 200; ++repeat) {
            for (const double a : {-1.0, 1.0}) {
                for (const double b : {-1.0, 1.0}) {
                    points.push_back({a, b, repeat % 2 ? 1.0 : 0.0});
                    outcomes.push_back(a + 2 * b + a * b);
                }
            }
        }
        const VarianceShares shares = variance_shares(levels_by_axis(points), outcomes);
        QVERIFY(std::abs(shares.main[0] - 1.0 / 6) < 0.005);
        QVERIFY(std::abs(shares.main[1] - 4.0 / 6) < 0.005);
        QVERIFY(shares.main[2] < 0.005);
        QCOMPARE(shares.pairs.size(), 3u);
        QVERIFY(std::abs(shares.pairs[0].share - 1.0 / 6) < 0.005);
        QVERIFY(shares.pairs[1].share < 0.005 && shares.pairs[2].share < 0.005);
    }

    void noise_alone_explains_nothing() {
        Stream draws = stream(10);
        Points points;
        std::vector<double> outcomes;
        double sum = 0;
        for (int repeat = 0; repeat < 200; ++repeat) {
            points.clear();
            outcomes.clear();
            for (int i = 0; i < 30; ++i) {
                points.push_back({static_cast<double>(i % 3), static_cast<double>(i / 3 % 2)});
                outcomes.push_back(draws.normal());
            }
            sum += variance_shares(levels_by_axis(points), outcomes).main[0];
        }
        QVERIFY(sum / 200 < 0.05);  // eta squared would say 2 / 29 = .07
    }

    void levels_are_the_values_while_they_are_few() {
        const Levels few = levels_of(std::array{3.0, 1.0, 3.0, 2.0});
        QCOMPARE(few.value, (std::vector<double>{1, 2, 3}));
        QCOMPARE(few.of, (std::vector<std::size_t>{2, 0, 2, 1}));
        std::vector<double> many(100);
        for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<double>(i);
        const Levels slices = levels_of(many);
        QCOMPARE(slices.value.size(), kSlices);
        QCOMPARE(slices.of.front(), 0u);
        QCOMPARE(slices.of.back(), kSlices - 1);
    }

    void the_frontier_is_what_nothing_beats() {
        const std::vector<std::vector<double>> points = {{1, 5}, {2, 6}, {2, 4},
                                                         {3, 6}, {1, 5}, {0, kNothing}};
        const std::array goals = {Direction::least, Direction::most};
        QCOMPARE(pareto_frontier(points, goals), (std::vector<std::size_t>{0, 1, 4}));
    }

    void the_frontier_is_the_same_as_by_comparing_all() {
        Stream draws = stream(11);
        std::vector<std::vector<double>> points(300, std::vector<double>(3));
        for (auto& point : points) {
            for (double& goal : point) goal = static_cast<double>(draws.below(20));
        }
        const std::array goals = {Direction::least, Direction::least, Direction::least};
        std::vector<std::size_t> slow;
        for (std::size_t i = 0; i < points.size(); ++i) {
            const bool is_beaten = std::ranges::any_of(points, [&](const auto& other) {
                bool as_good = true;
                for (std::size_t g = 0; g < 3; ++g) as_good = as_good && other[g] <= points[i][g];
                return as_good && other != points[i];
            });
            if (!is_beaten) slow.push_back(i);
        }
        QCOMPARE(pareto_frontier(points, goals), slow);
    }

    // Looked at after each of 100 pairs, the truth being no difference: the share of comparisons
    // that ever call one is the error rate at most. One standard deviation of the share is .005.
    void the_sequential_test_keeps_its_error_rate() {
        int wrong = 0;
        for (std::uint64_t k = 0; k < 2000; ++k) {
            Stream draws = stream(12, k);
            std::vector<double> differences(100);
            for (double& difference : differences) difference = draws.normal(0, 3);
            const auto answer = sequential_test(differences, {.error_rate = 0.05, .matters = {}});
            wrong += answer.answer != Verdict::open;
        }
        qInfo("%d of 2000 at .05", wrong);
        QVERIFY(wrong <= 0.05 * 2000);
        QVERIFY(wrong >= 0.01 * 2000);  // nor is it blind
    }

    void looking_with_an_ordinary_interval_would_not_keep_it() {
        int wrong = 0;
        for (std::uint64_t k = 0; k < 500; ++k) {
            Stream draws = stream(13, k);
            std::vector<double> differences;
            bool is_called = false;
            for (int pair = 0; pair < 100 && !is_called; ++pair) {
                differences.push_back(draws.normal());
                if (pair < 2) continue;
                const ConfidenceInterval interval = paired_interval(differences);
                is_called = interval.low > 0 || interval.high < 0;
            }
            wrong += is_called;
        }
        QVERIFY(wrong > 0.2 * 500);
    }

    void a_clear_difference_ends_the_test_early_with_its_sign() {
        int right = 0;
        double pairs = 0;
        for (std::uint64_t k = 0; k < 500; ++k) {
            Stream draws = stream(14, k);
            std::vector<double> differences(100);
            for (double& difference : differences) difference = draws.normal(-1, 1);
            const auto answer = sequential_test(differences, {.error_rate = 0.05, .matters = {}});
            right += answer.answer == Verdict::worse;
            pairs += static_cast<double>(answer.pairs);
        }
        qInfo("%d of 500 right, after %.1f pairs", right, pairs / 500);
        QVERIFY(right >= 0.99 * 500);
        QVERIFY(pairs / 500 < 25);
    }

    void evidence_and_bounds_are_one_statement() {
        Stream draws = stream(15);
        for (std::size_t count = 2; count < 60; ++count) {
            std::vector<double> differences(count);
            for (double& difference : differences) difference = draws.normal(0.6, 1);
            const ConfidenceBounds bounds = confidence_bounds(differences, 0.05);
            const bool excludes_zero = bounds.low > 0 || bounds.high < 0;
            QCOMPARE(difference_evidence(differences) >= 20, excludes_zero);
        }
    }

    void what_is_less_than_matters_is_alike() {
        Stream draws = stream(16);
        std::vector<double> differences(400);
        for (double& difference : differences) difference = draws.normal(0, 0.1);
        const auto answer = sequential_test(differences, {.error_rate = 0.05, .matters = 0.2});
        QVERIFY(answer.answer == Verdict::alike);
        QVERIFY(answer.pairs < 30);
    }

    void pairs_needed_find_the_difference_with_their_power() {
        QCOMPARE(pairs_needed(1, 0), 0u);
        QCOMPARE(pairs_needed(0, 1), 2u);
        const std::size_t count = pairs_needed(2, 1);  // (1.96 + .84)^2 * 4 = 31.4, and t for z
        QVERIFY(count >= 32 && count <= 36);
        int found = 0;
        for (std::uint64_t k = 0; k < 2000; ++k) {
            Stream draws = stream(17, k);
            std::vector<double> differences(count);
            for (double& difference : differences) difference = draws.normal(1, 2);
            found += paired_interval(differences).low > 0;
        }
        qInfo("%zu pairs, power %.3f", count, found / 2000.0);
        QVERIFY(std::abs(found / 2000.0 - 0.8) < 0.03);
    }
};

QTEST_GUILESS_MAIN(SweepAnalysisTest)
#include "sweep_analysis_test.moc"
