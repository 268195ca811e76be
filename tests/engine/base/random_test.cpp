// Moments of every distribution against their closed forms, and what makes the streams safe to use
// from any thread. Seeds are fixed: bounds are about five standard errors, so a failure is a change
// of law and not of luck.
#include "engine/base/random.h"

#include <QtTest>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

using namespace cascadelab;

namespace {

constexpr int kDraws = 200000;

struct Moments {
    double mean = 0;
    double variance = 0;
};

Moments moments_of(const std::function<double(Stream&)>& draw) {
    Stream stream(7, Purpose::test);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < kDraws; ++i) {
        const double x = draw(stream);
        sum += x;
        squares += x * x;
    }
    const double mean = sum / kDraws;
    return {mean, squares / kDraws - mean * mean};
}

void compare(const Moments& found, double mean, double variance) {
    const double standard_error = std::sqrt(variance / kDraws);
    QVERIFY2(std::abs(found.mean - mean) < 5 * standard_error + 1e-12,
             qPrintable(QString("mean %1, expected %2").arg(found.mean).arg(mean)));
    QVERIFY2(std::abs(found.variance - variance) < 0.05 * variance + 1e-12,
             qPrintable(QString("variance %1, expected %2").arg(found.variance).arg(variance)));
}

}  // namespace

class RandomTest : public QObject {
    Q_OBJECT

  private slots:
    void distributions_have_their_moments_data();
    void distributions_have_their_moments();
    void chance_is_a_frequency();
    void below_is_unbiased();
    void zipf_follows_its_power_law();
    void choice_is_proportional_to_weight();
    void dirichlet_sums_to_one_and_is_symmetric();
    void dirichlet_follows_its_concentrations();
    void streams_do_not_depend_on_order();
    void every_part_of_the_key_matters();
};

using Draw = std::function<double(Stream&)>;
Q_DECLARE_METATYPE(Draw)

void RandomTest::distributions_have_their_moments_data() {
    QTest::addColumn<Draw>("draw");
    QTest::addColumn<double>("mean");
    QTest::addColumn<double>("variance");
    const auto row = [](const char* name, const Draw& draw, double mean, double variance) {
        QTest::newRow(name) << draw << mean << variance;
    };
    const double pi = std::numbers::pi;
    row(
        "uniform", [](Stream& s) { return s.uniform(); }, 0.5, 1.0 / 12);
    row(
        "uniform between", [](Stream& s) { return s.uniform(-2, 4); }, 1, 3);
    row(
        "normal", [](Stream& s) { return s.normal(); }, 0, 1);
    row(
        "normal shifted", [](Stream& s) { return s.normal(3, 0.5); }, 3, 0.25);
    row(
        "lognormal", [](Stream& s) { return s.lognormal(2, 0.5); }, 2 * std::exp(0.125),
        4 * std::exp(0.25) * (std::exp(0.25) - 1));
    row(
        "exponential", [](Stream& s) { return s.exponential(3); }, 3, 9);
    row(
        "gamma", [](Stream& s) { return s.gamma(2.5); }, 2.5, 2.5);
    row(
        "gamma under one", [](Stream& s) { return s.gamma(0.3); }, 0.3, 0.3);
    row(
        "beta", [](Stream& s) { return s.beta(2, 3); }, 0.4, 0.04);
    row(
        "gumbel", [](Stream& s) { return s.gumbel(); }, std::numbers::egamma, pi * pi / 6);
}

void RandomTest::distributions_have_their_moments() {
    QFETCH(Draw, draw);
    QFETCH(double, mean);
    QFETCH(double, variance);
    compare(moments_of(draw), mean, variance);
}

void RandomTest::chance_is_a_frequency() {
    for (const double p : {0.0, 0.1, 0.5, 1.0}) {
        compare(moments_of([p](Stream& s) { return s.chance(p) ? 1.0 : 0.0; }), p, p * (1 - p));
    }
}

void RandomTest::below_is_unbiased() {
    // A modulus of three quarters of the range would come out a half too often without rejection.
    const std::uint64_t n = (std::uint64_t{1} << 63) + (std::uint64_t{1} << 62);
    Stream stream(3, Purpose::test);
    int low = 0;
    for (int i = 0; i < kDraws; ++i) low += stream.below(n) < n / 3;
    QVERIFY(std::abs(low - kDraws / 3.0) < 5 * std::sqrt(kDraws * 2.0 / 9));

    std::vector<int> counts(6, 0);
    for (int i = 0; i < kDraws; ++i) ++counts[stream.below(6)];
    double chi_square = 0;
    for (int count : counts) chi_square += std::pow(count - kDraws / 6.0, 2) / (kDraws / 6.0);
    QVERIFY2(chi_square < 20.5, "five degrees of freedom, one in a thousand");
    QCOMPARE(stream.below(1), std::uint64_t{0});
}

void RandomTest::zipf_follows_its_power_law() {
    Stream stream(4, Purpose::test);
    std::vector<int> counts(4, 0);
    for (int i = 0; i < kDraws; ++i) ++counts[stream.zipf(4, 1)];
    const double total = 1 + 1.0 / 2 + 1.0 / 3 + 1.0 / 4;
    for (std::size_t k = 0; k < 4; ++k) {
        const double p = 1 / (static_cast<double>(k + 1) * total);
        QVERIFY(std::abs(counts[k] - kDraws * p) < 5 * std::sqrt(kDraws * p * (1 - p)));
    }
}

void RandomTest::choice_is_proportional_to_weight() {
    Stream stream(5, Purpose::test);
    const std::vector<double> weights = {1, 0, 3, 6};
    std::vector<int> counts(4, 0);
    for (int i = 0; i < kDraws; ++i) ++counts[stream.choice(weights)];
    QCOMPARE(counts[1], 0);
    for (std::size_t k : {0u, 2u, 3u}) {
        const double p = weights[k] / 10;
        QVERIFY(std::abs(counts[k] - kDraws * p) < 5 * std::sqrt(kDraws * p * (1 - p)));
    }
}

void RandomTest::dirichlet_sums_to_one_and_is_symmetric() {
    Stream stream(6, Purpose::test);
    std::vector<double> mean(5, 0.0);
    for (int i = 0; i < 20000; ++i) {
        std::vector<double> p(5);
        stream.dirichlet(i % 2 == 0 ? 0.5 : 1e-4, p);
        double sum = 0;
        for (std::size_t k = 0; k < 5; ++k) {
            QVERIFY(p[k] >= 0);
            sum += p[k];
            mean[k] += p[k] / 20000;
        }
        QVERIFY(std::abs(sum - 1) < 1e-12);
    }
    for (double m : mean) QVERIFY(std::abs(m - 0.2) < 0.02);
}

void RandomTest::dirichlet_follows_its_concentrations() {
    Stream stream(7, Purpose::test);
    const std::vector<double> concentration = {1, 3, 6};
    std::vector<double> mean(3, 0.0);
    double square = 0;
    for (int i = 0; i < 20000; ++i) {
        std::vector<double> p(3);
        stream.dirichlet(concentration, p);
        for (std::size_t k = 0; k < 3; ++k) mean[k] += p[k] / 20000;
        square += p[1] * p[1] / 20000;
    }
    for (std::size_t k = 0; k < 3; ++k) {
        QVERIFY(std::abs(mean[k] - concentration[k] / 10) < 0.005);
    }
    // Variance a (A - a) / (A^2 (A + 1)).
    QVERIFY(std::abs(square - 0.09 - 3.0 * 7 / (100 * 11)) < 0.002);
}

void RandomTest::streams_do_not_depend_on_order() {
    Stream first(1, Purpose::response, 10);
    Stream second(1, Purpose::response, 11);
    std::vector<std::uint64_t> in_turn, apart;
    for (int i = 0; i < 4; ++i) {
        in_turn.push_back(first.bits());
        in_turn.push_back(second.bits());
    }
    Stream second_again(1, Purpose::response, 11);
    Stream first_again(1, Purpose::response, 10);
    std::vector<std::uint64_t> b, a;
    for (int i = 0; i < 4; ++i) b.push_back(second_again.bits());
    for (int i = 0; i < 4; ++i) a.push_back(first_again.bits());
    for (std::size_t i = 0; i < 4; ++i) {
        apart.push_back(a[i]);
        apart.push_back(b[i]);
    }
    QCOMPARE(in_turn, apart);
}

void RandomTest::every_part_of_the_key_matters() {
    const std::uint64_t base = Stream(1, Purpose::test, 2, 3).bits();
    QCOMPARE(Stream(1, Purpose::test, 2, 3).bits(), base);
    QVERIFY(Stream(2, Purpose::test, 2, 3).bits() != base);
    QVERIFY(Stream(1, Purpose::bench, 2, 3).bits() != base);
    QVERIFY(Stream(1, Purpose::test, 3, 3).bits() != base);
    QVERIFY(Stream(1, Purpose::test, 2, 4).bits() != base);
    QVERIFY(Stream(1, Purpose::test, 3, 2).bits() != base);
}

QTEST_GUILESS_MAIN(RandomTest)
#include "random_test.moc"
