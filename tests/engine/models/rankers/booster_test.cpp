#include "engine/models/rankers/booster.h"

#include <QDir>
#include <QtTest>
#include <atomic>
#include <cmath>
#include <thread>

#include "engine/base/random.h"

using namespace cascadelab;

namespace {

struct Table {
    Matrix rows;
    std::vector<float> labels;
};

// Positive where exactly one of the first two columns is high; the rest is noise.
Table exclusive_or(Eigen::Index count, std::uint64_t seed) {
    Table table{Matrix(count, 4), {}};
    Stream stream(seed, Purpose::test);
    for (Eigen::Index r = 0; r < count; ++r) {
        for (Eigen::Index c = 0; c < 4; ++c)
            table.rows(r, c) = static_cast<float>(stream.uniform());
        const bool left = table.rows(r, 0) > 0.5f;
        const bool right = table.rows(r, 1) > 0.5f;
        table.labels.push_back(left != right ? 1.0f : 0.0f);
    }
    return table;
}

std::vector<float> predicted(const Booster& booster, const Matrix& rows) {
    std::vector<float> out(static_cast<std::size_t>(rows.rows()));
    booster.predict(rows.data(), out.size(), out);
    return out;
}

class BoosterTest : public QObject {
    Q_OBJECT
  private slots:
    void exclusive_or_is_learned() {
        const Table train = exclusive_or(3000, 1);
        const Table test = exclusive_or(500, 2);
        const auto booster = train_booster(train.rows, train.labels, {});
        QCOMPARE(booster->columns(), 4);
        QCOMPARE(booster->trees(), 25);
        const std::vector<float> p = predicted(*booster, test.rows);
        int right = 0;
        for (std::size_t i = 0; i < p.size(); ++i)
            right += (p[i] > 0.5f) == (test.labels[i] > 0.5f);
        QVERIFY2(right > 485, qPrintable(QString::number(right)));
    }

    void contributions_sum_to_the_margin() {
        const Table table = exclusive_or(800, 3);
        const auto booster = train_booster(table.rows, table.labels, {.trees = 10, .depth = 3});
        const Matrix contributions = booster->contributions(table.rows.data(), 50, 0);
        QCOMPARE(contributions.rows(), Eigen::Index(50));
        QCOMPARE(contributions.cols(), Eigen::Index(5));
        const std::vector<float> p = predicted(*booster, table.rows);
        for (Eigen::Index r = 0; r < 50; ++r) {
            const double margin = contributions.row(r).cast<double>().sum();
            const double probability = 1 / (1 + std::exp(-margin));
            QVERIFY(std::abs(probability - p[static_cast<std::size_t>(r)]) < 1e-4);
        }
        // Bias alone differs from row to row in nothing, the two working columns do.
        QVERIFY(std::abs(contributions(0, 4) - contributions(1, 4)) < 1e-4f);
        QVERIFY(contributions.col(0).norm() > 5 * contributions.col(2).norm());
    }

    void the_base_score_is_the_share_of_positives() {
        // Nothing to split on: the prediction is the prior.
        const Matrix rows = Matrix::Zero(100, 2);
        std::vector<float> labels(100, 0.0f);
        for (int i = 0; i < 20; ++i) labels[static_cast<std::size_t>(i)] = 1;
        const auto booster = train_booster(rows, labels, {.trees = 1});
        QVERIFY(std::abs(predicted(*booster, rows)[0] - 0.2f) < 1e-4f);
    }

    void twice_the_same_training_gives_the_same_bytes() {
        const Table table = exclusive_or(1000, 4);
        const BoosterSettings settings{.trees = 12, .subsample = 0.7, .seed = 9};
        const auto a = train_booster(table.rows, table.labels, settings)->bytes();
        const auto b = train_booster(table.rows, table.labels, settings)->bytes();
        QVERIFY(a == b);
        BoosterSettings other = settings;
        other.seed = 10;
        QVERIFY(a != train_booster(table.rows, table.labels, other)->bytes());
    }

    void a_loaded_booster_is_the_same_model() {
        const Table table = exclusive_or(600, 5);
        const auto booster = train_booster(table.rows, table.labels, {});
        const auto loaded = load_booster(booster->bytes());
        QVERIFY(loaded.ok());
        QCOMPARE(predicted(*loaded.value(), table.rows), predicted(*booster, table.rows));
        QVERIFY(loaded.value()->bytes() == booster->bytes());
    }

    // OpenMP threads that wait beside other work cost more than they bring.
    void no_call_starts_a_thread() {
        const Table table = exclusive_or(600, 8);
        const auto before = QDir("/proc/self/task").entryList(QDir::Dirs).size();
        const auto booster = train_booster(table.rows, table.labels, {});
        predicted(*booster, table.rows);
        booster->contributions(table.rows.data(), 100, 0);
        QVERIFY(load_booster(booster->bytes()).ok());
        QCOMPARE(QDir("/proc/self/task").entryList(QDir::Dirs).size(), before);
    }

    void junk_is_not_a_model() {
        const std::vector<std::uint8_t> junk = {'j', 'u', 'n', 'k'};
        QVERIFY(!load_booster(junk).ok());
        QVERIFY(!load_booster({}).ok());
    }

    void cancelled_training_returns_null() {
        const Table table = exclusive_or(200, 6);
        int calls = 0;
        const auto booster =
            train_booster(table.rows, table.labels, {.trees = 10}, [&](double share) {
                ++calls;
                return share < 0.25;
            });
        QVERIFY(booster == nullptr);
        QCOMPARE(calls, 3);
    }

    // Two threads predict with one booster while others train: as the run does it, only faster.
    void prediction_and_training_do_not_disturb_each_other() {
        const Table table = exclusive_or(1500, 7);
        const BoosterSettings settings{.trees = 15, .subsample = 0.8, .seed = 3};
        const auto serving = train_booster(table.rows, table.labels, settings);
        const std::vector<float> expected = predicted(*serving, table.rows);
        const Matrix expected_parts = serving->contributions(table.rows.data(), 20, 0);
        std::atomic<int> wrong = 0;
        std::atomic<int> training = 2;
        const auto train = [&] {
            for (int i = 0; i < 8; ++i) {
                const auto again = train_booster(table.rows, table.labels, settings);
                wrong += again->bytes() != serving->bytes();
            }
            --training;
        };
        const auto predict = [&] {
            do {
                wrong += predicted(*serving, table.rows) != expected;
                wrong += serving->contributions(table.rows.data(), 20, 0) != expected_parts;
            } while (training > 0);
        };
        {
            const std::jthread threads[] = {std::jthread(train), std::jthread(train),
                                            std::jthread(predict), std::jthread(predict)};
        }
        QCOMPARE(wrong.load(), 0);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(BoosterTest)
#include "booster_test.moc"
