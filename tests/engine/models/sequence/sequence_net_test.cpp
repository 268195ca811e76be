#include "engine/models/sequence/sequence_net.h"

#include <QtTest>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "engine/base/text.h"
#include "tests/engine/models/gradient_check.h"
#include "tests/house/places.h"

using namespace cascadelab;
using namespace cascadelab::nn;

namespace {

constexpr double kTolerance = 1e-6;

double against(const MatrixD& c, const MatrixD& y) {
    return c.cwiseProduct(y).sum();
}

// Sequences of these lengths whose events are `step_s` apart, more from one to the next.
SequenceContext context_of(std::initializer_list<Eigen::Index> lengths, std::int64_t step_s) {
    SequenceContext context;
    std::vector<std::int64_t> happened, asked;
    for (const Eigen::Index length : lengths) {
        context.rows.add(length);
        std::int64_t at = 1000;
        for (Eigen::Index i = 0; i < length; ++i) {
            happened.push_back(at);
            at += step_s * (i + 1) * (i + 1);
            asked.push_back(at);
        }
    }
    bucket_lags(context.rows, happened, asked, context.lags);
    return context;
}

// Two sequences, one of a single event, over six items of which one lost its id; row 2 does not
// count and a negative of row 1 is its positive.
SequenceBatch tiny_batch() {
    SequenceBatch batch;
    batch.context = context_of({3, 1}, 40);
    batch.item = {0, 3, 1, 3};
    batch.place = {0, 1, 2, 0};
    batch.action = {1, 2, 1, 0};
    batch.watch_bucket = {0, 7, 3, 3};
    batch.surface = {4, 4, 5, 0};
    batch.targets.positive = {3, 1, kNoTarget, 2};
    batch.targets.negative = {0, 2, 1, 0, 3, 4, 2, 2};
    batch.items = {0, 1, 3, 4, 6};
    batch.ids = {0, 1, 3, kNoRow, 6};
    return batch;
}

SequenceSettings tiny_settings(SequenceBlock block) {
    return {.block = block,
            .dims = 4,
            .blocks = 2,
            .heads = 2,
            .length = 4,
            .temperature = 0.5,
            .seed = 3};
}

// Matrices by name, as tests/fixtures/hstu_reference.py wrote them.
std::map<std::string, MatrixD> read_reference() {
    std::ifstream file(source_path("tests/fixtures/hstu_reference.txt").toStdString());
    std::map<std::string, MatrixD> matrices;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string name, number;
        Eigen::Index rows = 0, columns = 0;
        words >> name >> rows >> columns;
        MatrixD& matrix = matrices[name];
        matrix.resize(rows, columns);
        for (Eigen::Index i = 0; i < matrix.size(); ++i) {
            words >> number;
            matrix.data()[i] = parse_number(number).value();
        }
    }
    return matrices;
}

class SequenceNetTest : public QObject {
    Q_OBJECT
  private slots:
    void hstu_attention_matches_differences() {
        const SequenceContext context = context_of({3, 0, 1, 4}, 40);
        Stream stream(1, Purpose::test);
        HstuAttention<double> attention(5, 2, stream);
        attention.position.randomize(1, stream);
        attention.time.randomize(1, stream);
        MatrixD vqk = random_matrix(8, 12, 2);
        const MatrixD c = random_matrix(8, 4, 3);
        MatrixD y, d_vqk(8, 12);
        const auto loss = [&] {
            attention.forward(context.rows, context.lags, vqk, y);
            return against(c, y);
        };
        loss();
        attention.backward(context.rows, context.lags, vqk, c, d_vqk);
        QVERIFY(gradient_error(vqk, d_vqk, loss) < kTolerance);
        QVERIFY(gradient_error(attention.position.value, attention.position.gradient, loss) <
                kTolerance);
        QVERIFY(gradient_error(attention.time.value, attention.time.gradient, loss) < kTolerance);
    }

    // ln(1) / .301 = 0, ln(60) / .301 = 13.6, ln(86400) / .301 = 37.8
    void time_buckets_have_their_known_values() {
        QCOMPARE(time_bucket(0), 0);
        QCOMPARE(time_bucket(1), 0);
        QCOMPARE(time_bucket(60), 13);
        QCOMPARE(time_bucket(-86400), 37);
        QCOMPARE(time_bucket(std::numeric_limits<std::int64_t>::max()), 128);
    }

    void a_layer_agrees_with_an_independent_implementation() {
        const std::map<std::string, MatrixD> reference = read_reference();
        QVERIFY(reference.contains("output"));
        const MatrixD& x = reference.at("x");
        const Eigen::Index n = x.rows(), length = (reference.at("position").cols() + 1) / 2;
        Stream stream(9, Purpose::test);
        HstuBlock<float> block({x.cols(), 2, length}, stream);
        block.projection.value = reference.at("projection").cast<float>();
        // Of the 2N - 1 distances the causal half is kept.
        block.attention.position.value = reference.at("position").leftCols(length).cast<float>();
        block.attention.time.value = reference.at("time").cast<float>();
        block.output.weight.value = reference.at("weight").cast<float>();
        block.output.bias.value = reference.at("bias").cast<float>();
        SequenceContext context;
        context.rows.add(n);
        std::vector<std::int64_t> times;
        for (const double t : reference.at("happened").reshaped()) times.push_back(std::llround(t));
        times.push_back(std::llround(reference.at("request")(0, 0)));
        bucket_lags(context.rows, std::span(times).first(times.size() - 1),
                    std::span(times).subspan(1), context.lags);
        Matrix y;
        SequenceNoise silence{0, stream};
        block.forward(context, x.cast<float>(), silence, y);
        const double error = (y.cast<double>() - reference.at("output")).cwiseAbs().maxCoeff();
        QVERIFY2(error < 1e-5, qPrintable(QString::number(error)));
    }

    void sampled_softmax_matches_differences() {
        PeopleAndItems<double> units{random_matrix(3, 4, 4), random_matrix(5, 4, 5)};
        const SampledTargets targets{{2, kNoTarget, 0}, {1, 2, 4, 0, 0, 0, 3, 3, 0}};
        PeopleAndItems<double> d, unused;
        d.items.setZero(5, 4);
        sampled_softmax(units, targets, 0.7, d);
        const auto loss = [&] {
            unused.items.setZero(5, 4);
            return sampled_softmax(units, targets, 0.7, unused);
        };
        QVERIFY(gradient_error(units.people, d.people, loss) < kTolerance);
        QVERIFY(gradient_error(units.items, d.items, loss) < kTolerance);
    }

    // Equal scores: ln(1 + R), less where a negative is the positive and masked.
    void sampled_softmax_has_its_known_values() {
        const PeopleAndItems<double> units{MatrixD::Constant(2, 3, 0.1),
                                           MatrixD::Constant(4, 3, 0.2)};
        PeopleAndItems<double> d;
        d.items.setZero(4, 3);
        const double all = sampled_softmax(units, {{0, 3}, {1, 2, 3, 0, 1, 2}}, 0.05, d);
        QVERIFY(std::abs(all - std::log(4.0)) < 1e-12);
        const double masked = sampled_softmax(units, {{0, 3}, {0, 0, 3, 0, 1, 2}}, 0.05, d);
        QVERIFY(std::abs(masked - (std::log(2.0) + std::log(4.0)) / 2) < 1e-12);
    }

    void every_gradient_of_the_whole_net_matches_differences() {
        const Matrix features = random_matrix(7, 3, 6).cast<float>();
        const SequenceBatch batch = tiny_batch();
        for (const SequenceBlock block : {SequenceBlock::hstu, SequenceBlock::sasrec}) {
            SequenceNet<double> net(tiny_settings(block), 7, 3);
            Stream stream(7, Purpose::test);
            // Weights far from their small start, so that every path carries weight.
            net.each_parameter([&](Parameter<double>& p) { p.randomize(0.4, stream); });
            const SequenceNoise noise{0.3, Stream(8, Purpose::test)};
            net.learn(batch, features, noise);
            SequenceNet<double> probe = net;
            const auto loss = [&] { return probe.learn(batch, features, noise); };
            std::vector<MatrixD> gradients;
            net.each_parameter([&](Parameter<double>& p) { gradients.push_back(p.gradient); });
            std::size_t at = 0;
            probe.each_parameter([&](Parameter<double>& p) {
                const double error = gradient_error(p.value, gradients[at++], loss);
                QVERIFY2(error < kTolerance, qPrintable(QString("%1: %2").arg(at).arg(error)));
            });
            QVERIFY(at > 10);
            MatrixD ids = MatrixD::Zero(7, 4);
            for (std::size_t t = 0; t < net.ids.touched.size(); ++t) {
                ids.row(net.ids.touched[t]) = net.ids.gradient.row(static_cast<Eigen::Index>(t));
            }
            QVERIFY(ids.norm() > 1e-3);
            QVERIFY(gradient_error(probe.ids.value, ids, loss) < kTolerance);
        }
    }
};

}  // namespace

QTEST_GUILESS_MAIN(SequenceNetTest)
#include "sequence_net_test.moc"
