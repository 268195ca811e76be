// The choice models against their closed forms on tiny cases, and draws against probabilities.
#include "engine/world/people/choice_model.h"

#include <QtTest>
#include <map>

using namespace cascadelab;

namespace {

constexpr int kDraws = 40000;
// Five standard deviations of a share that is drawn kDraws times.
double far_off(double probability) {
    return 5 * std::sqrt(probability * (1 - probability) / kDraws);
}

class ChoiceModelTest : public QObject {
    Q_OBJECT
  private slots:
    // e^1, e^.5, e^0 against an outside option of e^1.
    void logit_is_the_closed_form() {
        const std::vector<double> utility = {1, 0.5, 0};
        std::vector<double> p(3);
        const double nothing = choice_probabilities(utility, 1, 1, p);
        const double total = 2 * std::exp(1) + std::exp(0.5) + 1;
        QCOMPARE(p[0], std::exp(1) / total);
        QCOMPARE(p[1], std::exp(0.5) / total);
        QCOMPARE(p[2], 1 / total);
        QCOMPARE(nothing, std::exp(1) / total);
        // Only differences count, in units of the noise; huge ones do not overflow.
        std::vector<double> same(3);
        choice_probabilities(std::vector<double>{2000, 1000, 0}, 2000, 2000, same);
        for (int i = 0; i < 3; ++i) QVERIFY(std::abs(same[i] - p[i]) < 1e-12);
        const double only[] = {0.7};
        double taken[1];
        choice_probabilities(only, 0, 1, taken);
        QVERIFY(std::abs(taken[0] - logistic(0.7)) < 1e-15);
    }

    void probability_is_conserved() {
        Stream stream(1, Purpose::test);
        for (int k = 0; k < 200; ++k) {
            std::vector<double> utility(1 + stream.below(12));
            for (double& u : utility) u = stream.normal(0, 5);
            std::vector<double> p(utility.size());
            double total = choice_probabilities(utility, stream.normal(), 0.5, p);
            for (const double x : p) total += x;
            QVERIFY(std::abs(total - 1) < 1e-12);
        }
    }

    void draws_follow_the_logit() {
        const std::vector<double> utility = {0.3, -0.4, 1.1};
        std::vector<double> p(3);
        const double nothing = choice_probabilities(utility, 0.2, 0.7, p);
        Stream stream(2, Purpose::test);
        std::map<std::size_t, double> share;
        for (int i = 0; i < kDraws; ++i) share[choose(utility, 0.2, 0.7, stream)] += 1.0 / kDraws;
        for (std::size_t i = 0; i < 3; ++i) QVERIFY(std::abs(share[i] - p[i]) < far_off(p[i]));
        QVERIFY(std::abs(share[kNoChoice] - nothing) < far_off(nothing));
    }

    void without_noise_the_best_is_chosen() {
        Stream stream(3, Purpose::test);
        QCOMPARE(choose(std::vector<double>{1, 3, 2}, 0, 0, stream), std::size_t{1});
        QCOMPARE(choose(std::vector<double>{2, 2}, 0, 0, stream), std::size_t{0});
        QCOMPARE(choose(std::vector<double>{1, 3}, 5, 0, stream), kNoChoice);
        constexpr double kMust = -std::numeric_limits<double>::infinity();
        QCOMPARE(choose(std::vector<double>{-9, -8}, kMust, 0, stream), std::size_t{1});
    }

    // Weights 4, 2, 1 of 7: the order 0, 1, 2 has 4/7 x 2/3 x 1.
    void an_order_is_a_product_of_choices() {
        const std::vector<double> utility = {std::log(4.0), std::log(2.0), 0};
        const auto p = [&](std::vector<std::size_t> order) {
            return order_probability(utility, 1, order);
        };
        QVERIFY(std::abs(p({0, 1, 2}) - 4.0 / 7 * 2 / 3) < 1e-12);
        QVERIFY(std::abs(p({2, 0}) - 1.0 / 7 * 4 / 6) < 1e-12);
        double total = 0;
        std::vector<std::size_t> order = {0, 1, 2};
        do {
            total += p(order);
        } while (std::ranges::next_permutation(order).found);
        QVERIFY(std::abs(total - 1) < 1e-12);
    }

    void drawn_orders_follow_plackett_and_luce() {
        const std::vector<double> utility = {1, 0, -0.5};
        Stream stream(4, Purpose::test);
        std::map<std::vector<std::size_t>, double> share;
        for (int i = 0; i < kDraws; ++i) share[draw_order(utility, 0.8, 2, stream)] += 1.0 / kDraws;
        QCOMPARE(share.size(), std::size_t{6});
        for (const auto& [order, drawn] : share) {
            const double p = order_probability(utility, 0.8, order);
            QVERIFY(std::abs(drawn - p) < far_off(p));
        }
    }

    void examination_falls_with_the_place() {
        QCOMPARE(examined_by_position(0, 0.8), 1.0);
        QVERIFY(std::abs(examined_by_position(3, 1) - 0.25) < 1e-15);
        QCOMPARE(examined_by_position(7, 0), 1.0);
        // Attraction .5, .2, .4 and persistence .9: 1, .5 x .9, .5 x .9 x .8 x .9.
        std::vector<double> looked_at(3);
        examined_by_cascade(std::vector<double>{0.5, 0.2, 0.4}, 0.9, looked_at);
        QCOMPARE(looked_at[0], 1.0);
        QVERIFY(std::abs(looked_at[1] - 0.45) < 1e-15);
        QVERIFY(std::abs(looked_at[2] - 0.324) < 1e-15);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(ChoiceModelTest)
#include "choice_model_test.moc"
