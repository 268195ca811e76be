// Bandit policies: scores worked by hand, and what each does with a good and a bad arm.
#include "engine/cascade/explore/bandit.h"

#include <QtTest>

using namespace cascadelab;

namespace {

using Arms = std::vector<ArmTally>;

std::vector<double> scores(BanditSettings settings, const Arms& arms, std::uint64_t round,
                           std::uint64_t seed = 1) {
    Stream stream(seed, Purpose::test);
    std::vector<double> out(arms.size());
    score_arms(settings, arms, round, stream, out);
    return out;
}

// How often each arm is first over many draws.
std::vector<double> first_shares(BanditSettings settings, const Arms& arms, int draws = 20000) {
    Stream stream(7, Purpose::test);
    std::vector<double> out(arms.size()), share(arms.size());
    std::vector<std::size_t> best;
    for (int i = 0; i < draws; ++i) {
        score_arms(settings, arms, 100, stream, out);
        best_arms(out, 1, best);
        share[best[0]] += 1.0 / draws;
    }
    return share;
}

class BanditTest : public QObject {
    Q_OBJECT
  private slots:
    // 3 of 4 and 1 of 4 with one success and one failure before: 4/6 and 2/6.
    void greedy_takes_the_higher_mean() {
        const Arms arms = {{1, 3}, {3, 1}};
        const auto s = scores({.policy = BanditPolicy::greedy, .prior = 1}, arms, 8);
        QVERIFY(std::abs(s[0] - 2.0 / 6) < 1e-8 && std::abs(s[1] - 4.0 / 6) < 1e-8);
    }

    // mean + sqrt(2 ln 100 / n).
    void upper_bounds_are_the_formula() {
        const Arms arms = {{1, 3}, {30, 10}, {0, 0}};
        const auto s = scores({.policy = BanditPolicy::ucb1}, arms, 100);
        QVERIFY(std::abs(s[0] - (0.25 + std::sqrt(2 * std::log(100.0) / 4))) < 1e-8);
        QVERIFY(std::abs(s[1] - (0.75 + std::sqrt(2 * std::log(100.0) / 40))) < 1e-8);
        QVERIFY(s[2] > s[0] && s[2] > s[1]);  // never shown
    }

    // What tells equals apart is less than a billionth, whatever is drawn.
    void a_tie_break_never_outweighs_a_difference() {
        const Arms arms = {{1, 3}, {30, 10}};
        const double bound = 0.25 + std::sqrt(2 * std::log(100.0) / 4), mean = 2.0 / 6;
        for (std::uint64_t seed = 1; seed <= 200; ++seed) {
            const double ucb = scores({.policy = BanditPolicy::ucb1}, arms, 100, seed)[0] - bound;
            QVERIFY(ucb > -1e-12 && ucb < 1e-9 + 1e-12);
            const double greedy =
                scores({.policy = BanditPolicy::greedy, .prior = 1}, arms, 100, seed)[0] - mean;
            QVERIFY(greedy > -1e-12 && greedy < 1e-9 + 1e-12);
        }
    }

    void arms_never_shown_go_first_without_a_prior() {
        const Arms arms = {{9, 1}, {0, 0}};
        const auto s = scores({.policy = BanditPolicy::greedy, .prior = 0}, arms, 11);
        QVERIFY(s[1] > s[0]);
    }

    void epsilon_is_the_share_of_random_rounds() {
        const Arms arms = {{0, 50}, {50, 0}, {0, 50}, {0, 50}};
        const auto share =
            first_shares({.policy = BanditPolicy::epsilon_greedy, .epsilon = 0.2}, arms);
        QVERIFY(std::abs(share[1] - (0.8 + 0.2 / 4)) < 0.015);
        QVERIFY(std::abs(share[0] - 0.05) < 0.01);
    }

    // Means .2 and .6 at temperature .4: odds e^1.
    void boltzmann_draws_by_the_softmax() {
        const Arms arms = {{1, 7}, {5, 3}};
        const auto share =
            first_shares({.policy = BanditPolicy::boltzmann, .temperature = 0.4, .prior = 1}, arms);
        QVERIFY(std::abs(share[1] / share[0] - std::exp(1)) < 0.2);
    }

    // P(Beta(2, 1) > Beta(1, 2)) = 5/6.
    void thompson_follows_the_posterior() {
        const Arms arms = {{1, 0}, {0, 1}};
        const auto share = first_shares({.policy = BanditPolicy::thompson, .prior = 1}, arms);
        QVERIFY(std::abs(share[0] - 5.0 / 6) < 0.015);
    }

    void equals_are_told_apart_by_chance() {
        const auto share = first_shares({.policy = BanditPolicy::greedy}, Arms(4));
        for (const double s : share) QVERIFY(std::abs(s - 0.25) < 0.02);
    }

    void best_arms_are_in_order() {
        std::vector<std::size_t> best;
        best_arms(std::vector<double>{1, 5, 3, 5, 2}, 3, best);
        QCOMPARE(best, (std::vector<std::size_t>{1, 3, 2}));
        best_arms(std::vector<double>{1, 2}, 9, best);
        QCOMPARE(best, (std::vector<std::size_t>{1, 0}));
    }
};

}  // namespace

QTEST_GUILESS_MAIN(BanditTest)
#include "bandit_test.moc"
