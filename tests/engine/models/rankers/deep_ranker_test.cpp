// The deep ranker: gradients of its layers and of the whole net, where it starts, when it stops,
// what it says of itself.
#include "engine/models/rankers/deep_ranker.h"

#include <QtTest>
#include <cmath>
#include <limits>

#include "engine/base/random.h"
#include "engine/models/rankers/deep_ranker_net.h"
#include "tests/engine/models/gradient_check.h"

using namespace cascadelab;
using nn::gradient_error;
using nn::MatrixD;
using nn::random_matrix;

namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
constexpr double kTolerance = 1e-6;

// Column 0 is missing now and then, column 1 a category of four, column 2 a plain number.
Matrix some_rows(Eigen::Index count, std::uint64_t seed) {
    Matrix rows(count, 3);
    Stream stream(seed, Purpose::test);
    for (Eigen::Index r = 0; r < count; ++r) {
        rows(r, 0) = static_cast<float>(stream.normal());
        if (stream.chance(0.2)) rows(r, 0) = kMissing;
        rows(r, 1) = static_cast<float>(stream.below(4));
        rows(r, 2) = static_cast<float>(stream.lognormal(10, 1));
    }
    return rows;
}

// Two outcomes; the second is asked only where the first came. The product of a category and a
// number decides, and a missing value speaks for the first.
Matrix outcomes_of(const Matrix& rows, std::uint64_t seed) {
    Matrix labels(rows.rows(), 2);
    Stream stream(seed, Purpose::test, 1);
    for (Eigen::Index r = 0; r < rows.rows(); ++r) {
        const double side = rows(r, 1) >= 2 ? 1 : -1;
        const double lean = std::isnan(rows(r, 0)) ? 2 : 2 * side * rows(r, 0);
        labels(r, 0) = stream.chance(1 / (1 + std::exp(-lean))) ? 1.0f : 0.0f;
        const bool second = stream.chance(rows(r, 2) > 10 ? 0.8 : 0.2);
        labels(r, 1) = labels(r, 0) == 0 ? kMissing : second ? 1.0f : 0.0f;
    }
    return labels;
}

std::vector<float> predicted(const OutcomeModel& model, const Matrix& rows) {
    std::vector<float> out(static_cast<std::size_t>(rows.rows() * model.outcomes()));
    model.predict(rows.data(), static_cast<std::size_t>(rows.rows()), out);
    return out;
}

double log_odds(double probability) {
    return std::log(probability / (1 - probability));
}

class DeepRankerTest : public QObject {
    Q_OBJECT
  private slots:
    void cross_gradients_are_exact() {
        Stream stream(1, Purpose::test);
        nn::Cross<double> cross(5, stream);
        cross.inner.bias.value = random_matrix(1, 5, 2);
        MatrixD x0 = random_matrix(4, 5, 3), x = random_matrix(4, 5, 4);
        const MatrixD dy = random_matrix(4, 5, 5);
        MatrixD between, y, d_between, dx, dx0 = MatrixD::Zero(4, 5);
        const auto loss = [&] {
            cross.forward(x0, x, between, y);
            return y.cwiseProduct(dy).sum();
        };
        loss();
        cross.backward_input(x0, between, dy, d_between, dx, dx0);
        cross.backward(x, d_between);
        QVERIFY(gradient_error(x, dx, loss) < kTolerance);
        QVERIFY(gradient_error(x0, dx0, loss) < kTolerance);
        QVERIFY(gradient_error(cross.inner.weight.value, cross.inner.weight.gradient, loss) <
                kTolerance);
        QVERIFY(gradient_error(cross.inner.bias.value, cross.inner.bias.gradient, loss) <
                kTolerance);
    }

    // x1 = x0 (W x0 + b) + x0 with one dimension, worked by hand.
    void a_cross_layer_multiplies_with_the_input() {
        Stream stream(1, Purpose::test);
        nn::Cross<double> cross(1, stream);
        cross.inner.weight.value(0, 0) = 2;
        cross.inner.bias.value(0, 0) = -1;
        MatrixD x0(1, 1), between, y;
        x0(0, 0) = 3;
        cross.forward(x0, x0, between, y);
        QCOMPARE(y(0, 0), 3.0 * (2 * 3 - 1) + 3);
    }

    void loss_gradients_are_exact_and_rows_not_asked_are_silent() {
        const Matrix labels = (Matrix(3, 2) << 1, 0, 0, kMissing, 1, 1).finished();
        MatrixD logits = 3 * random_matrix(3, 2, 6);
        const auto loss = [&] {
            MatrixD copy = logits;
            return nn::binary_cross_entropy(copy, labels).sum();
        };
        MatrixD gradient = logits;
        nn::binary_cross_entropy(gradient, labels);
        QCOMPARE(gradient(1, 1), 0.0);
        QVERIFY(gradient_error(logits, gradient, loss) < kTolerance);
        MatrixD even = MatrixD::Zero(3, 2);
        const auto start = nn::binary_cross_entropy(even, labels);
        QVERIFY(std::abs(start[0] - std::log(2)) < 1e-12);
        QVERIFY(std::abs(start[1] - std::log(2) * 2 / 3) < 1e-12);
    }

    void knots_are_categories_or_quantiles() {
        const nn::Knots category = nn::knots_of({2, 0, 1, 1, 2, kMissing, 0});
        QCOMPARE(category.count, std::size_t(3));
        std::vector<float> many;
        for (int i = 0; i <= 3000; ++i) many.push_back(static_cast<float>(i * i));
        const nn::Knots numbers = nn::knots_of(many);
        QCOMPARE(numbers.count, nn::kMostKnots);
        QCOMPARE(numbers.at.front(), 0.0f);
        QCOMPARE(numbers.at.back(), 9e6f);
        QCOMPARE(numbers.at[5], 1e6f);  // a third of the values lie below 1000^2

        // Between two knots their vectors mix; beyond the last there is only the last.
        const Matrix rows = (Matrix(3, 1) << 0, 1, 3).finished();
        Stream stream(1, Purpose::test);
        nn::KnotEmbedding<double> embedding(rows, 2, 1, stream);
        const Matrix asked = (Matrix(4, 1) << 2, 3, 9, kMissing).finished();
        std::vector<nn::KnotPlace> places;
        MatrixD y;
        embedding.place(asked.data(), 4, places);
        embedding.forward(places, y);
        const auto& table = embedding.table.value;
        QVERIFY((y.row(0) - (table.row(1) + table.row(2)) / 2).norm() < 1e-12);
        QVERIFY((y.row(1) - table.row(2)).norm() < 1e-12);
        QVERIFY((y.row(2) - table.row(2)).norm() < 1e-12);
        QVERIFY((y.row(3) - table.row(3)).norm() < 1e-12);
    }

    void whole_net_gradients_are_exact() {
        const Matrix rows = some_rows(12, 7);
        const Matrix labels = outcomes_of(rows, 7);
        Stream stream(8, Purpose::test);
        const DeepShape shape{.embedding = 2, .hidden = 6, .cross_layers = 2, .heads = 2};
        DeepRankerNet<double> net(rows, shape, stream);
        net.heads.weight.randomize(0.5, stream);
        DeepActivations<double> at;
        DeepSlopes<double> slopes;
        net.learn(rows, labels, at, slopes);
        const auto loss = [&] {
            net.forward(rows.data(), 12, at);
            MatrixD logits = at.logits;
            return nn::binary_cross_entropy(logits, labels).sum();
        };
        DeepRankerNet<double>::visit_parameters(net, [&](nn::Parameter<double>& p) {
            QVERIFY(p.gradient.norm() > 0);
            QVERIFY(gradient_error(p.value, p.gradient, loss) < kTolerance);
        });
    }

    void it_starts_from_the_shares_of_positives() {
        const Matrix rows = some_rows(1000, 9);
        Matrix labels(1000, 2);
        for (Eigen::Index r = 0; r < 1000; ++r) labels.row(r) << float(r % 2), float(r % 10 == 0);
        const auto model = train_deep_ranker(rows, labels, {.epochs = 0});
        const double rare = -0.1 * std::log(0.1) - 0.9 * std::log(0.9);
        QVERIFY(std::abs(model->held_out_loss()[0] - (std::log(2) + rare)) < 1e-4);
        const std::vector<float> p = predicted(*model, rows);
        QVERIFY(std::abs(p.front() - 0.5f) < 1e-5f && std::abs(p.back() - 0.1f) < 1e-5f);
    }

    void products_categories_and_gaps_are_learned() {
        const Matrix rows = some_rows(6000, 10);
        const auto model =
            train_deep_ranker(rows, outcomes_of(rows, 10), {.hidden = 16, .epochs = 15});
        QVERIFY(model->held_out_loss().back() < 0.85 * model->held_out_loss().front());
        const auto click = [&](float a, float b) {
            const Matrix row = (Matrix(1, 3) << a, b, 10).finished();
            return predicted(*model, row)[0];
        };
        QVERIFY(click(1, 3) > 0.75f && click(-1, 3) < 0.25f);
        QVERIFY(click(1, 0) < 0.25f && click(-1, 0) > 0.75f);
        QVERIFY(click(kMissing, 0) > 0.75f && click(kMissing, 3) > 0.75f);
    }

    void contributions_are_complete() {
        const Matrix rows = some_rows(4000, 11);
        const auto model =
            train_deep_ranker(rows, outcomes_of(rows, 11), {.hidden = 16, .epochs = 6});
        const std::vector<float> p = predicted(*model, rows.topRows(50));
        for (int outcome : {0, 1}) {
            const Matrix parts = model->contributions(rows.data(), 50, outcome);
            QCOMPARE(parts.cols(), Eigen::Index(4));
            for (Eigen::Index r = 0; r < 50; ++r) {
                const double odds = log_odds(p[static_cast<std::size_t>(50 * outcome + r)]);
                QVERIFY(std::abs(parts.row(r).cast<double>().sum() - odds) < 2e-3);
            }
            // What stands before any column is the same for every row.
            QCOMPARE(parts(0, 3), parts(49, 3));
        }
    }

    // A few rows of pure noise: the longer it learns, the worse it does on rows it has not seen.
    void training_stops_at_the_best_epoch() {
        const Matrix rows = some_rows(600, 12);
        Matrix labels(600, 1);
        Stream stream(12, Purpose::test);
        for (Eigen::Index r = 0; r < 600; ++r) labels(r, 0) = stream.chance(0.5) ? 1.0f : 0.0f;
        const DeepRankerSettings settings{.epochs = 50, .batch = 32, .held_out = 0.2};
        const auto model = train_deep_ranker(rows, labels, settings);
        const auto loss = model->held_out_loss();
        const auto best = std::ranges::min_element(loss) - loss.begin();
        QCOMPARE(loss.size(), static_cast<std::size_t>(best + 1 + settings.patience));
        // And what is published is the model of that epoch.
        const Matrix newest = rows.bottomRows(120);
        double now = 0;
        const std::vector<float> p = predicted(*model, newest);
        for (Eigen::Index r = 0; r < 120; ++r) {
            const double given = p[static_cast<std::size_t>(r)];
            now -= std::log(labels(480 + r, 0) > 0 ? given : 1 - given) / 120;
        }
        QVERIFY(std::abs(now - loss[static_cast<std::size_t>(best)]) < 1e-4);
    }

    void twice_the_same_training_gives_the_same_bytes() {
        const Matrix rows = some_rows(900, 13);
        const Matrix labels = outcomes_of(rows, 13);
        const DeepRankerSettings settings{.hidden = 8, .epochs = 2, .seed = 4};
        const auto bytes = train_deep_ranker(rows, labels, settings)->bytes();
        QVERIFY(bytes == train_deep_ranker(rows, labels, settings)->bytes());
        DeepRankerSettings other = settings;
        other.seed = 5;
        QVERIFY(bytes != train_deep_ranker(rows, labels, other)->bytes());
    }

    void cancelled_training_returns_null() {
        const Matrix rows = some_rows(400, 14);
        QVERIFY(!train_deep_ranker(rows, outcomes_of(rows, 14), {}, [](double) { return false; }));
    }
};

}  // namespace

QTEST_GUILESS_MAIN(DeepRankerTest)
#include "deep_ranker_test.moc"
