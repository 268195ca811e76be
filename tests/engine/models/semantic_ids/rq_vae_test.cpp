// The RQ-VAE: gradients of its quantiser and of the whole net, what it learns, and how it fails.
#include "engine/models/semantic_ids/rq_vae.h"

#include <QtTest>

#include "engine/models/semantic_ids/code_health.h"
#include "engine/models/semantic_ids/rq_vae_net.h"
#include "engine/models/semantic_ids/tokenizer.h"
#include "tests/engine/models/gradient_check.h"

using namespace cascadelab;
using nn::gradient_error;
using nn::MatrixD;
using nn::random_matrix;

namespace {

constexpr double kTolerance = 1e-6;

nn::VectorQuantise<double> some_quantiser(Eigen::Index levels, Eigen::Index codes,
                                          Eigen::Index dims) {
    nn::VectorQuantise<double> quantiser;
    for (Eigen::Index l = 0; l < levels; ++l) {
        quantiser.levels.emplace_back(codes, dims);
        quantiser.levels.back().value = random_matrix(codes, dims, 20 + l) / double(l + 1);
    }
    return quantiser;
}

// What the gradient is the slope of: choices, and all behind a stop of the gradient, stay as they
// were; z and the codes move.
class Frozen {
  public:
    Frozen(const nn::QuantiseActivations<double>& at, const MatrixD& y) : m_at(at) {
        m_offset = y - at.residual.front();
    }

    MatrixD output(const MatrixD& z) const { return z + m_offset; }

    double loss(const MatrixD& z, const nn::VectorQuantise<double>& quantiser) const {
        double sum = 0;
        const std::size_t levels = quantiser.levels.size();
        for (std::size_t l = 0; l < levels; ++l) {
            for (Eigen::Index r = 0; r < z.rows(); ++r) {
                const auto code = m_at.code[static_cast<std::size_t>(r) * levels + l];
                const auto stopped = m_at.residual[l].row(r);
                sum += (stopped - quantiser.levels[l].value.row(code)).squaredNorm();
                const auto moved = z.row(r) - m_at.residual.front().row(r);
                sum += quantiser.commitment * (m_at.residual[l + 1].row(r) + moved).squaredNorm();
            }
        }
        return sum / double(z.rows());
    }

  private:
    nn::QuantiseActivations<double> m_at;
    MatrixD m_offset;
};

// Points on a curved sheet of three dimensions, in more dimensions of very different scale.
Matrix sheet(Eigen::Index items, Eigen::Index dims, std::uint64_t seed) {
    Stream stream(seed, Purpose::test);
    const auto normal = [&](Eigen::Index rows, Eigen::Index columns) {
        Matrix matrix(rows, columns);
        for (Eigen::Index i = 0; i < matrix.size(); ++i)
            matrix.data()[i] = static_cast<float>(stream.normal());
        return matrix;
    };
    const Matrix weights = normal(3, dims);
    Matrix rows = (normal(items, 3) * weights).array().tanh().matrix();
    rows += 0.1f * normal(items, dims);
    for (Eigen::Index d = 0; d < dims; ++d) rows.col(d) *= d % 2 == 0 ? 100.0f : 0.01f;
    return rows;
}

TokenizerSettings small() {
    TokenizerSettings settings{.kind = TokenizerKind::rq_vae, .levels = 3, .codes = 32};
    settings.rq_vae = {.hidden = 32, .latent = 8, .epochs = 20, .batch = 64};
    settings.seed = 3;
    return settings;
}

class RqVaeTest : public QObject {
    Q_OBJECT
  private slots:
    // z = 2.5; codes 0, 2 leave .5; codes 1, -1 leave -.5. Loss 1.25 (.25 + .25).
    void quantising_matches_hand_work() {
        nn::VectorQuantise<double> quantiser = some_quantiser(2, 2, 1);
        quantiser.levels[0].value << 0, 2;
        quantiser.levels[1].value << 1, -1;
        nn::QuantiseActivations<double> at;
        MatrixD y, dz;
        quantiser.forward(MatrixD::Constant(1, 1, 2.5), at, y);
        QCOMPARE(at.code, (std::vector<std::uint32_t>{1, 0}));
        QCOMPARE(y(0, 0), 3.0);
        QCOMPARE(quantiser.loss(at), 1.25 * 0.5);
        // Straight through, and .25 x 2 x (.5 - .5) from commitment; the codes' own: -2 x what is
        // left.
        quantiser.backward(at, MatrixD::Constant(1, 1, 7), dz);
        QCOMPARE(dz(0, 0), 7.0);
        QCOMPARE(quantiser.levels[0].gradient(1, 0), -1.0);
        QCOMPARE(quantiser.levels[1].gradient(0, 0), 1.0);
        QCOMPARE(quantiser.levels[0].gradient(0, 0), 0.0);
    }

    void quantiser_gradients_are_exact() {
        nn::VectorQuantise<double> quantiser = some_quantiser(3, 5, 4);
        MatrixD z = random_matrix(9, 4, 1);
        const MatrixD dy = random_matrix(9, 4, 2);
        nn::QuantiseActivations<double> at;
        MatrixD y, dz;
        quantiser.forward(z, at, y);
        const Frozen frozen(at, y);
        const auto loss = [&] {
            return frozen.output(z).cwiseProduct(dy).sum() + frozen.loss(z, quantiser);
        };
        QVERIFY(std::abs(frozen.loss(z, quantiser) - quantiser.loss(at)) < 1e-12);
        quantiser.backward(at, dy, dz);
        QVERIFY(gradient_error(z, dz, loss) < kTolerance);
        for (auto& level : quantiser.levels)
            QVERIFY(gradient_error(level.value, level.gradient, loss) < kTolerance);
    }

    void whole_net_gradients_are_exact() {
        Stream stream(4, Purpose::test);
        RqVaeNet<double> net({.inputs = 5, .hidden = 6, .latent = 3, .levels = 2, .codes = 4},
                             stream);
        for (auto& level : net.quantiser.levels) level.randomize(0.7, stream);
        net.reconstruction_weight = 0.6;
        const MatrixD x = random_matrix(8, 5, 5);
        RqVaeActivations<double> at;
        const double learned = net.learn(x, at);
        const Frozen frozen(at.quantised, at.y);
        const auto loss = [&] {
            RqVaeActivations<double> moved;
            net.encode(x, moved);
            moved.y = frozen.output(moved.z);
            net.decode(moved);
            return 0.6 * (moved.x - x).squaredNorm() / 8 + frozen.loss(moved.z, net.quantiser);
        };
        QVERIFY(std::abs(loss() - learned) < 1e-12);
        RqVaeNet<double>::visit_parameters(net, [&](nn::Parameter<double>& p) {
            QVERIFY(p.gradient.norm() > 0);
            QVERIFY(gradient_error(p.value, p.gradient, loss) < kTolerance);
        });
    }

    void it_learns_codes_that_live_and_tell_items_apart() {
        const auto built = tokenize(sheet(3000, 12, 6), small());
        QCOMPARE(built->loss.size(), std::size_t{20});
        QVERIFY(built->loss.back() < 0.2 * built->loss.front());
        for (std::size_t l = 0; l < 3; ++l) QVERIFY(built->error[l + 1] < 0.7 * built->error[l]);
        for (const LevelHealth& level : code_health(built->ids).levels) {
            QVERIFY(level.perplexity > 25);
            QCOMPARE(level.dead_codes, 0);
        }
    }

    // A mean over 64 dimensions beside sums: rows shrink onto a few codes. Reset, codes live on.
    void mismatched_loss_scales_collapse_the_codes() {
        const auto level_one = [](bool mismatched, bool reset_dead) {
            TokenizerSettings settings = small();
            settings.reset_dead = reset_dead;
            settings.rq_vae.mean_reconstruction = mismatched;
            return code_health(tokenize(sheet(3000, 64, 6), settings)->ids).levels.front();
        };
        const LevelHealth sound = level_one(false, false);
        const LevelHealth collapsed = level_one(true, false);
        QVERIFY(sound.perplexity > 16 && sound.dead_codes < 16);
        QVERIFY(collapsed.perplexity < sound.perplexity / 2 && collapsed.dead_codes > 20);
        QCOMPARE(level_one(true, true).dead_codes, 0);
    }

    void codes_that_start_as_noise_die_unless_reset() {
        TokenizerSettings settings = small();
        settings.start = KmeansStart::random_normal;
        settings.reset_dead = false;
        const Matrix vectors = sheet(3000, 12, 6);
        const auto dead = [&] {
            int codes = 0;
            for (const LevelHealth& level : code_health(tokenize(vectors, settings)->ids).levels)
                codes += level.dead_codes;
            return codes;
        };
        const int noise = dead();
        QVERIFY(noise > 50);
        settings.start = KmeansStart::plus_plus;
        QVERIFY(dead() < noise / 2);
        settings.start = KmeansStart::random_normal;
        settings.reset_dead = true;
        QVERIFY(dead() < noise / 4);
    }

    void new_items_are_coded_by_the_trained_encoder() {
        TokenizerSettings settings = small();
        settings.rq_vae.epochs = 2;
        settings.extra_digit = false;
        const Matrix vectors = sheet(400, 12, 7);
        const auto built = tokenize(vectors, settings);
        SemanticIds ids = built->ids;
        append_ids(ids, built->tokenizer, vectors);
        for (std::size_t i = 0; i < 400; ++i)
            QVERIFY(std::ranges::equal(ids.path(ItemId(i)), ids.path(ItemId(400 + i))));
    }

    void any_number_of_threads_gives_the_same_ids() {
        TokenizerSettings settings = small();
        settings.rq_vae.epochs = 2;
        const Matrix vectors = sheet(700, 12, 8);
        const auto alone = tokenize(vectors, settings);
        for (const int threads : {1, 2, 3, 8}) {
            Workers workers(threads);
            const auto together = tokenize(vectors, settings, &workers);
            QCOMPARE(together->ids.path_of, alone->ids.path_of);
            QCOMPARE(together->loss, alone->loss);
        }
        settings.seed = 4;
        QVERIFY(tokenize(vectors, settings)->ids.path_of != alone->ids.path_of);
    }

    void a_cancelled_training_returns_null() {
        int epochs = 0;
        const auto stop = [&](double) { return ++epochs < 3; };
        QVERIFY(!tokenize(sheet(200, 4, 9), small(), nullptr, stop));
        QCOMPARE(epochs, 3);
    }

    // A dimension that never varies says nothing, and none may say more for its unit.
    void units_of_the_input_do_not_matter() {
        TokenizerSettings settings = small();
        settings.rq_vae.epochs = 1;
        Matrix vectors = sheet(300, 4, 10);
        vectors.col(2).setConstant(5);
        const auto before = tokenize(vectors, settings);
        vectors.col(0) *= 8;
        vectors.col(1).array() -= 0.5f;
        const auto after = tokenize(vectors, settings);
        QVERIFY(std::abs(before->loss[0] - after->loss[0]) < 1e-3 * before->loss[0]);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(RqVaeTest)
#include "rq_vae_test.moc"
