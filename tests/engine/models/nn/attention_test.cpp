#include <QtTest>
#include <cmath>

#include "engine/models/nn/causal_attention.h"
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

SequenceRows rows_of(std::initializer_list<Eigen::Index> lengths) {
    SequenceRows rows;
    for (const Eigen::Index length : lengths) rows.add(length);
    return rows;
}

class AttentionTest : public QObject {
    Q_OBJECT
  private slots:
    void layer_norm_with_gain_and_bias_matches_differences() {
        Stream stream(1, Purpose::test);
        LayerNorm<double> layer(6);
        layer.gain.randomize(1, stream);
        layer.bias.randomize(1, stream);
        MatrixD x = random_matrix(4, 6, 2);
        const MatrixD c = random_matrix(4, 6, 3);
        MatrixD y, dx;
        const auto loss = [&] {
            layer.forward(x, y);
            return against(c, y);
        };
        loss();
        layer.backward(c, dx);
        QVERIFY(gradient_error(x, dx, loss) < kTolerance);
        QVERIFY(gradient_error(layer.gain.value, layer.gain.gradient, loss) < kTolerance);
        QVERIFY(gradient_error(layer.bias.value, layer.bias.gradient, loss) < kTolerance);
    }

    void cross_entropy_matches_differences_and_starts_at_the_log_of_the_classes() {
        MatrixD logits = random_matrix(4, 5, 4);
        const std::vector<std::uint32_t> targets = {3, 0, kNoTarget, 4};
        MatrixD gradient = logits;
        softmax_cross_entropy<double>(gradient, targets);
        const double error = gradient_error(logits, gradient, [&] {
            MatrixD copy = logits;
            return softmax_cross_entropy<double>(copy, targets);
        });
        QVERIFY(error < kTolerance);
        QVERIFY(gradient.row(2).isZero());
        logits.setConstant(-3);
        QVERIFY(std::abs(softmax_cross_entropy<double>(logits, targets) - std::log(5.0)) < 1e-12);
        const std::vector<std::uint32_t> none(4, kNoTarget);
        QCOMPARE(softmax_cross_entropy<double>(logits, none), 0.0);
    }

    void causal_attention_matches_differences() {
        for (const Eigen::Index heads : {1, 2}) {
            const SequenceRows rows = rows_of({3, 0, 1, 5});
            MatrixD qkv = random_matrix(9, 12, 5);
            const MatrixD c = random_matrix(9, 4, 6);
            CausalAttention<double> attention(heads);
            MatrixD y, d_qkv;
            const auto loss = [&] {
                attention.forward(rows, qkv, y);
                return against(c, y);
            };
            loss();
            attention.backward(rows, qkv, c, d_qkv);
            QVERIFY(gradient_error(qkv, d_qkv, loss) < kTolerance);
        }
    }

    void a_row_sees_nothing_after_it_and_nothing_of_other_sequences() {
        const SequenceRows rows = rows_of({4, 3});
        MatrixD qkv = random_matrix(7, 12, 7);
        CausalAttention<double> attention(2);
        MatrixD before, after;
        attention.forward(rows, qkv, before);
        QVERIFY(before.row(0).isApprox(qkv.row(0).tail(4)));
        qkv.row(2).setConstant(9);
        attention.forward(rows, qkv, after);
        QCOMPARE(after.topRows(2), before.topRows(2));
        QVERIFY(after.row(2) != before.row(2) && after.row(3) != before.row(3));
        QCOMPARE(after.bottomRows(3), before.bottomRows(3));
    }

    void one_row_against_the_cache_is_the_row_of_the_whole() {
        const SequenceRows rows = rows_of({7});
        const Matrix qkv = random_matrix(7, 24, 8).cast<float>();
        CausalAttention<float> attention(2);
        Matrix whole;
        attention.forward(rows, qkv, whole);
        Vector scores(7);
        Matrix out(1, 8);
        for (Eigen::Index i = 0; i < 7; ++i) {
            attend_row(qkv.row(i).head(8), qkv.block(0, 8, i + 1, 8), qkv.block(0, 16, i + 1, 8), 2,
                       scores, out);
            QVERIFY((out - whole.row(i)).cwiseAbs().maxCoeff() < 1e-6f);
        }
    }
};

}  // namespace

QTEST_GUILESS_MAIN(AttentionTest)
#include "attention_test.moc"
