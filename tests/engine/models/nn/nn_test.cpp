#include <QtTest>
#include <algorithm>
#include <cmath>

#include "engine/models/nn/activation.h"
#include "engine/models/nn/adamw.h"
#include "engine/models/nn/dropout.h"
#include "engine/models/nn/embedding.h"
#include "engine/models/nn/linear.h"
#include "engine/models/nn/normalise.h"
#include "engine/models/nn/softmax_loss.h"
#include "tests/engine/models/gradient_check.h"

using namespace cascadelab;
using namespace cascadelab::nn;

namespace {

constexpr double kTolerance = 1e-6;

// The loss <c, y> has gradient c with respect to y.
double against(const MatrixD& c, const MatrixD& y) {
    return c.cwiseProduct(y).sum();
}

using Forward = void (*)(const MatrixD&, MatrixD&);
using Backward = void (*)(const MatrixD&, const MatrixD&, MatrixD&);

double activation_error(Forward forward, Backward backward) {
    MatrixD x = random_matrix(5, 7, 1);
    const MatrixD c = random_matrix(5, 7, 2);
    MatrixD dx;
    backward(x, c, dx);
    return gradient_error(x, dx, [&] {
        MatrixD y;
        forward(x, y);
        return against(c, y);
    });
}

class NnTest : public QObject {
    Q_OBJECT
  private slots:
    void linear_gradients_match_differences() {
        Stream stream(1, Purpose::test);
        Linear<double> layer(4, 3, stream);
        layer.bias.randomize(1, stream);
        MatrixD x = random_matrix(6, 4, 3);
        const MatrixD c = random_matrix(6, 3, 4);
        MatrixD dx;
        layer.backward(x, c);
        layer.backward_input(c, dx);
        const auto loss = [&] {
            MatrixD y;
            layer.forward(x, y);
            return against(c, y);
        };
        QVERIFY(gradient_error(x, dx, loss) < kTolerance);
        QVERIFY(gradient_error(layer.weight.value, layer.weight.gradient, loss) < kTolerance);
        QVERIFY(gradient_error(layer.bias.value, layer.bias.gradient, loss) < kTolerance);
    }

    void backward_adds_up_over_calls() {
        Stream stream(1, Purpose::test);
        Linear<double> layer(2, 2, stream);
        const MatrixD x = random_matrix(3, 2, 5);
        const MatrixD dy = random_matrix(3, 2, 6);
        layer.backward(x, dy);
        const MatrixD once = layer.weight.gradient;
        layer.backward(x, dy);
        QVERIFY(layer.weight.gradient.isApprox(2 * once));
    }

    void embedding_scatter_matches_differences() {
        Stream stream(2, Purpose::test);
        Embedding<double> table(6, 3, 1.0, stream);
        const std::vector<std::uint32_t> ids = {4, 1, kNoRow, 4, 0};
        const MatrixD c = random_matrix(5, 3, 7);
        table.scatter(ids, c);
        QCOMPARE(table.touched, (std::vector<std::uint32_t>{0, 1, 4}));
        MatrixD gradient = MatrixD::Zero(6, 3);
        for (std::size_t t = 0; t < table.touched.size(); ++t) {
            gradient.row(table.touched[t]) = table.gradient.row(static_cast<Eigen::Index>(t));
        }
        const double error = gradient_error(table.value, gradient, [&] {
            MatrixD y(5, 3);
            table.gather(ids, y);
            return against(c, y);
        });
        QVERIFY(error < kTolerance);
        MatrixD y(5, 3);
        table.gather(ids, y);
        QVERIFY(y.row(2).isZero());
    }

    void activation_gradients_match_differences() {
        QVERIFY(activation_error(relu_forward<double>, relu_backward<double>) < kTolerance);
        QVERIFY(activation_error(silu_forward<double>, silu_backward<double>) < kTolerance);
        QVERIFY(activation_error(gelu_forward<double>, gelu_backward<double>) < kTolerance);
    }

    // silu(1) = 1 / (1 + e^-1); gelu(1) by the tanh form is 0.841192.
    void activations_have_their_known_values() {
        const MatrixD x = (MatrixD(1, 3) << -2, 0, 1).finished();
        MatrixD y;
        relu_forward(x, y);
        QVERIFY(y.isApprox((MatrixD(1, 3) << 0, 0, 1).finished()));
        silu_forward(x, y);
        QVERIFY(y.isApprox((MatrixD(1, 3) << -0.2384058, 0, 0.7310586).finished(), 1e-6));
        gelu_forward(x, y);
        QVERIFY(y.isApprox((MatrixD(1, 3) << -0.0454023, 0, 0.8411920).finished(), 1e-6));
    }

    void layer_norm_gradient_matches_differences() {
        MatrixD x = random_matrix(4, 6, 8);
        const MatrixD c = random_matrix(4, 6, 9);
        MatrixD y, dx;
        VectorD inverse_deviation;
        const auto loss = [&] {
            layer_norm_forward(x, y, inverse_deviation);
            return against(c, y);
        };
        loss();
        layer_norm_backward(y, inverse_deviation, c, dx);
        QVERIFY(std::abs(y.row(2).mean()) < 1e-12);
        QVERIFY(std::abs(y.row(2).squaredNorm() / 6 - 1) < 1e-5);
        QVERIFY(gradient_error(x, dx, loss) < kTolerance);
    }

    void unit_gradient_matches_differences() {
        MatrixD x = random_matrix(4, 5, 10);
        const MatrixD c = random_matrix(4, 5, 11);
        MatrixD y, dx;
        VectorD inverse_norm;
        const auto loss = [&] {
            unit_forward(x, y, inverse_norm);
            return against(c, y);
        };
        loss();
        unit_backward(y, inverse_norm, c, dx);
        QVERIFY(std::abs(y.row(1).norm() - 1) < 1e-12);
        QVERIFY(gradient_error(x, dx, loss) < kTolerance);
    }

    void dropout_keeps_the_mean_and_its_gradient_matches_differences() {
        MatrixD x = random_matrix(4, 5, 12);
        const MatrixD c = random_matrix(4, 5, 13);
        MatrixD y, mask, dx;
        const auto loss = [&] {
            Stream stream(3, Purpose::test);
            dropout_forward(x, 0.4, stream, y, mask);
            return against(c, y);
        };
        loss();
        dropout_backward(mask, c, dx);
        QVERIFY(gradient_error(x, dx, loss) < kTolerance);

        Stream stream(4, Purpose::test);
        const MatrixD ones = MatrixD::Ones(100, 100);
        dropout_forward(ones, 0.4, stream, y, mask);
        QVERIFY(std::abs(y.mean() - 1) < 0.03);
        std::vector<std::uint32_t> ids(10000, 5);
        drop_ids(ids, 0.3, stream);
        const auto dropped = std::ranges::count(ids, kNoRow);
        QVERIFY(dropped > 2800 && dropped < 3200);
    }

    void softmax_loss_gradient_matches_differences() {
        MatrixD s = random_matrix(5, 5, 14);
        const std::vector<std::uint32_t> items = {7, 3, 7, 1, 2};  // rows 0 and 2 share a positive
        const VectorD log_p = -random_matrix(5, 1, 15).cwiseAbs();
        MatrixD gradient = s;
        in_batch_softmax<double>(gradient, items, log_p);
        const double error = gradient_error(s, gradient, [&] {
            MatrixD copy = s;
            return in_batch_softmax<double>(copy, items, log_p);
        });
        QVERIFY(error < kTolerance);
        QCOMPARE(gradient(0, 2) + 1, 1.0);
        QCOMPARE(gradient(2, 0) + 1, 1.0);
    }

    // Equal logits: ln n. With probabilities p the corrected softmax of row i is (1/p_i) / sum
    // 1/p_j.
    void softmax_loss_has_its_known_values() {
        const std::vector<std::uint32_t> items = {0, 1, 2};
        MatrixD s = MatrixD::Constant(3, 3, 0.7);
        QVERIFY(std::abs(in_batch_softmax<double>(s, items, {}) - std::log(3.0)) < 1e-12);

        const VectorD p = (VectorD(3) << 0.5, 0.25, 0.125).finished();
        s.setConstant(0.7);
        const double loss = in_batch_softmax<double>(s, items, p.array().log().matrix());
        const double expected = -(std::log(2.0 / 14) + std::log(4.0 / 14) + std::log(8.0 / 14)) / 3;
        QVERIFY(std::abs(loss - expected) < 1e-12);

        // A duplicate of the positive is no negative: two rows are left with themselves and one
        // other.
        const std::vector<std::uint32_t> twins = {4, 4, 5};
        s.setZero();
        const double masked = (2 * std::log(2.0) + std::log(3.0)) / 3;
        QVERIFY(std::abs(in_batch_softmax<double>(s, twins, {}) - masked) < 1e-12);
    }

    // First step: m / (1-b1) = g and sqrt(v / (1-b2)) = |g|, so w moves by rate * sign(g), plus the
    // decay.
    void adamw_first_step_is_the_sign_of_the_gradient() {
        Parameter<double> p(1, 2);
        p.value << 2, -3;
        p.gradient << 0.5, -4;
        AdamW optimiser({.learning_rate = 0.1, .weight_decay = 0.01});
        optimiser.begin_step();
        optimiser.update(p);
        QVERIFY(p.value.isApprox(
            (MatrixD(1, 2) << 2 - 0.1 - 0.1 * 0.02, -3 + 0.1 + 0.1 * 0.03).finished(), 1e-7));
        QVERIFY(p.gradient.isZero());
    }

    // Two steps of gradient 1, then 3, rate .1: m = .39, v = .009999; corrected m = .39/.19, v =
    // .009999/.001999.
    void adamw_second_step_matches_hand_work() {
        Parameter<double> p(1, 1);
        AdamW optimiser({.learning_rate = 0.1});
        for (const double gradient : {1.0, 3.0}) {
            p.gradient(0, 0) = gradient;
            optimiser.begin_step();
            optimiser.update(p);
        }
        const double expected = -0.1 - 0.1 * (0.39 / 0.19) / std::sqrt(0.009999 / 0.001999);
        QVERIFY(std::abs(p.value(0, 0) - expected) < 1e-7);
    }

    void row_sparse_update_moves_touched_rows_as_a_dense_one_would() {
        Stream stream(5, Purpose::test);
        Embedding<double> table(5, 2, 1.0, stream);
        Parameter<double> dense(5, 2);
        dense.value = table.value;
        const MatrixD before = table.value;
        const std::vector<std::uint32_t> ids = {3, 1, 3};
        const MatrixD dy = random_matrix(3, 2, 16);
        AdamW optimiser({.learning_rate = 0.05});
        optimiser.begin_step();
        table.scatter(ids, dy);
        dense.gradient.row(3) = dy.row(0) + dy.row(2);
        dense.gradient.row(1) = dy.row(1);
        optimiser.update(table);
        optimiser.update(dense);
        QVERIFY(table.value.isApprox(dense.value, 1e-12));
        QCOMPARE(table.value.row(0), before.row(0));
        QVERIFY(table.value.row(3) != before.row(3));
    }

    void clipping_scales_all_gradients_by_their_common_norm() {
        Parameter<double> a(1, 1), b(1, 1);
        a.gradient << 3;
        b.gradient << 4;
        QCOMPARE(clip_gradients(10, a, b), 5.0);
        QCOMPARE(a.gradient(0, 0), 3.0);
        QCOMPARE(clip_gradients(1, a, b), 5.0);
        QCOMPARE(a.gradient(0, 0), 0.6);
        QCOMPARE(b.gradient(0, 0), 0.8);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(NnTest)
#include "nn_test.moc"
