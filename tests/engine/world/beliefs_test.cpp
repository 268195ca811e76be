// Beliefs against the conditional normal worked by hand.
#include "engine/world/people/beliefs.h"

#include <Eigen/Cholesky>
#include <QtTest>

#include "engine/base/random.h"

using namespace cascadelab;

namespace {

using VectorD = VectorOf<double>;
using MatrixD = MatrixOf<double>;

class BeliefsTest : public QObject {
    Q_OBJECT
  private slots:
    // Means 1 and 2, variances 4 and 1, covariance 1. The first turns out to be 3: the second
    // becomes 2 + 1/4 (3 - 1) with variance 1 - 1/4.
    void a_try_teaches_about_what_is_near() {
        Beliefs beliefs(VectorD{{1, 2}}, MatrixD{{4, 1}, {1, 1}});
        beliefs.learn(0, 3);
        QCOMPARE(beliefs.mean(0), 3.0);
        QCOMPARE(beliefs.variance(0), 0.0);
        QCOMPARE(beliefs.mean(1), 2.5);
        QCOMPARE(beliefs.variance(1), 0.75);
        beliefs.learn(0, 99);  // known already
        QCOMPARE(beliefs.mean(1), 2.5);
    }

    void risk_costs_half_its_variance() {
        const Beliefs beliefs(VectorD{{1, 2}}, MatrixD{{4, 1}, {1, 1}});
        QCOMPARE(beliefs.certainty_equivalent(0, 0), 1.0);
        QCOMPARE(beliefs.certainty_equivalent(0, 1.5), -2.0);
        QCOMPARE(beliefs.certainty_equivalent(1, 1.5), 1.25);
    }

    // One by one or all at once: S22 - S21 S11^-1 S12.
    void tries_in_turn_are_one_conditioning() {
        Stream stream(1, Purpose::test);
        MatrixD root(5, 5);
        for (double& x : root.reshaped()) x = stream.normal();
        const MatrixD covariance = root * root.transpose();
        Beliefs beliefs(VectorD::Zero(5), covariance);
        const VectorD seen{{0.5, -1, 2}};
        for (std::size_t i = 0; i < 3; ++i) beliefs.learn(i, seen[static_cast<Eigen::Index>(i)]);
        const Eigen::MatrixXd known = covariance.topLeftCorner(3, 3);
        const Eigen::MatrixXd cross = covariance.bottomLeftCorner(2, 3);
        const VectorD mean = cross * known.ldlt().solve(seen);
        const Eigen::MatrixXd left =
            covariance.bottomRightCorner(2, 2) - cross * known.ldlt().solve(cross.transpose());
        for (int i = 0; i < 2; ++i) {
            QVERIFY(std::abs(beliefs.mean(3 + i) - mean[i]) < 1e-9);
            QVERIFY(std::abs(beliefs.variance(3 + i) - left(i, i)) < 1e-9);
        }
    }
};

}  // namespace

QTEST_GUILESS_MAIN(BeliefsTest)
#include "beliefs_test.moc"
