// A belief sharpened by answers, by hand and against the batch solution of ridge regression.
#include "engine/models/elicitation/gaussian_belief.h"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <QtTest>
#include <cmath>

using namespace cascadelab;

class GaussianBeliefTest : public QObject {
    Q_OBJECT
  private slots:
    void one_answer_by_hand() {
        GaussianBelief belief(Eigen::Vector2d(1, 0), 4);
        // x = (1, 1): S x = (4, 4), x'S x = 8, noise 2: gain (0.4, 0.4); y - x'm = 2.
        belief.take_answer(Eigen::Vector2d(1, 1), 3, 2);
        QVERIFY(belief.mean().isApprox(Eigen::Vector2d(1.8, 0.8), 1e-12));
        Eigen::Matrix2d covariance;
        covariance << 2.4, -1.6, -1.6, 2.4;
        QVERIFY(belief.covariance().isApprox(covariance, 1e-12));
        QVERIFY(std::abs(belief.variance_of(Eigen::Vector2d(1, 1)) - 1.6) < 1e-12);
    }
    void many_answers_are_ridge_regression() {
        Stream stream(1, Purpose::test);
        constexpr int kAnswers = 30, kDims = 5;
        Eigen::MatrixXd x(kAnswers, kDims);
        Eigen::VectorXd y(kAnswers);
        GaussianBelief belief(Eigen::VectorXd::Zero(kDims), 2);
        for (int i = 0; i < kAnswers; ++i) {
            for (int d = 0; d < kDims; ++d) x(i, d) = stream.normal();
            y[i] = stream.normal();
            belief.take_answer(x.row(i).transpose(), y[i], 0.25);
        }
        const Eigen::MatrixXd precision =
            x.transpose() * x / 0.25 + Eigen::MatrixXd::Identity(kDims, kDims) / 2;
        const Eigen::VectorXd solution = precision.ldlt().solve(x.transpose() * y / 0.25);
        QVERIFY(belief.mean().isApprox(solution, 1e-9));
        QVERIFY(belief.covariance().isApprox(precision.inverse(), 1e-9));
    }
    void each_way_of_asking_asks_what_it_says() {
        GaussianBelief belief(Eigen::Vector2d(1, 0), 1);
        belief.take_answer(Eigen::Vector2d(1, 0), 1, 1e-9);  // the first direction is known
        Eigen::MatrixXd items(3, 2);
        items << 2, 0, 0, 1.5, -1, 0.5;
        const std::array<bool, 3> none{}, first{true, false, false}, all{true, true, true};
        Stream stream(1, Purpose::test);
        const auto asks = [&](QuestionChoice choice, std::span<const bool> asked) {
            return choose_question(choice, belief, items, asked, stream);
        };
        QCOMPARE(asks(QuestionChoice::greedy, none), std::size_t{0});
        QCOMPARE(asks(QuestionChoice::greedy, first), std::size_t{1});
        QCOMPARE(asks(QuestionChoice::uncertain, none), std::size_t{1});
        QCOMPARE(asks(QuestionChoice::ucb, none), std::size_t{0});  // 2 + 0 against 0 + 1.5
        QCOMPARE(asks(QuestionChoice::ucb, first), std::size_t{1});
        for (const QuestionChoice choice : every<QuestionChoice>) {
            QCOMPARE(asks(choice, all), std::size_t{3});
            QVERIFY(asks(choice, first) != 0);
        }
    }
    void drawn_tastes_scatter_as_the_belief_does() {
        GaussianBelief belief(Eigen::Vector2d(0, 3), 1);
        belief.take_answer(Eigen::Vector2d(1, 1), 3, 0.5);
        Stream stream(2, Purpose::test);
        constexpr int kDraws = 40000;
        Eigen::Vector2d mean = Eigen::Vector2d::Zero();
        Eigen::Matrix2d square = Eigen::Matrix2d::Zero();
        for (int i = 0; i < kDraws; ++i) {
            const Eigen::Vector2d taste = belief.draw(stream);
            mean += taste / kDraws;
            square += (taste - belief.mean()) * (taste - belief.mean()).transpose() / kDraws;
        }
        QVERIFY((mean - belief.mean()).cwiseAbs().maxCoeff() < 0.03);
        QVERIFY((square - belief.covariance()).cwiseAbs().maxCoeff() < 0.03);
    }
};

QTEST_APPLESS_MAIN(GaussianBeliefTest)
#include "gaussian_belief_test.moc"
