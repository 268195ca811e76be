// Non-negative least squares by hand, and against the conditions every optimum obeys.
#include "engine/models/numeric/nnls.h"

#include <Eigen/LU>
#include <QtTest>

#include "engine/base/random.h"

using namespace cascadelab;

namespace {

using MatrixD = MatrixOf<double>;
using VectorD = VectorOf<double>;

class NnlsTest : public QObject {
    Q_OBJECT
  private slots:
    // Free, the minimum is (2, -1); on the border the first part alone: right / gram = 1.5.
    void a_negative_weight_becomes_zero() {
        const MatrixD gram{{2, 1}, {1, 2}};
        const VectorD weight = solve_nnls(gram, VectorD{{3, 0}});
        QCOMPARE(weight[0], 1.5);
        QCOMPARE(weight[1], 0.0);
    }

    void a_positive_solution_is_the_free_one() {
        const MatrixD gram{{2, 1}, {1, 2}};
        const VectorD weight = solve_nnls(gram, VectorD{{4, 5}});
        QVERIFY((weight - VectorD{{1, 2}}).norm() < 1e-12);
    }

    void nothing_to_explain_needs_nothing() {
        QCOMPARE(solve_nnls(MatrixD::Identity(3, 3), VectorD::Zero(3)).norm(), 0.0);
        QCOMPARE(solve_nnls(MatrixD::Identity(2, 2), VectorD{{-1, -2}}).norm(), 0.0);
    }

    // Karush, Kuhn, Tucker: weights >= 0, gradient <= 0, and one of the two zero for every part.
    void every_solution_is_optimal() {
        for (std::uint64_t seed = 0; seed < 200; ++seed) {
            Stream stream(seed, Purpose::test);
            MatrixD parts(40, 12);
            for (double& x : parts.reshaped()) x = stream.normal();
            VectorD target(40);
            for (double& x : target) x = stream.normal();
            const MatrixD gram = parts.transpose() * parts;
            const VectorD right = parts.transpose() * target;
            const VectorD weight = solve_nnls(gram, right);
            const VectorD gradient = right - gram * weight;
            QVERIFY(weight.minCoeff() >= 0);
            QVERIFY(gradient.maxCoeff() < 1e-8);
            QVERIFY((gradient.array() * weight.array()).abs().maxCoeff() < 1e-8);
        }
    }
};

}  // namespace

QTEST_GUILESS_MAIN(NnlsTest)
#include "nnls_test.moc"
