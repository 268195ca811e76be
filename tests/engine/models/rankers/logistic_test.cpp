#include "engine/models/rankers/logistic.h"

#include <QFile>
#include <QtTest>
#include <cmath>
#include <limits>

#include "engine/base/random.h"
#include "tests/house/places.h"

using namespace cascadelab;

namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

struct Table {
    Matrix rows;
    std::vector<float> labels;
};

// Three columns, the last of which says nothing.
Table leaning(Eigen::Index count, std::uint64_t seed) {
    Table table{Matrix(count, 3), {}};
    Stream stream(seed, Purpose::test);
    for (Eigen::Index r = 0; r < count; ++r) {
        for (Eigen::Index c = 0; c < 3; ++c)
            table.rows(r, c) = static_cast<float>(stream.normal(5, 2));
        const double lean = 0.8 * table.rows(r, 0) - 0.5 * table.rows(r, 1) - 2;
        table.labels.push_back(stream.chance(1 / (1 + std::exp(-lean))) ? 1.0f : 0.0f);
    }
    return table;
}

std::vector<float> predicted(const OutcomeModel& model, const Matrix& rows) {
    std::vector<float> out(static_cast<std::size_t>(rows.rows()));
    model.predict(rows.data(), out.size(), out);
    return out;
}

class LogisticTest : public QObject {
    Q_OBJECT
  private slots:
    // One column of two values: without a penalty the probabilities are the shares of positives.
    void two_groups_get_their_own_shares() {
        Matrix rows(10, 1);
        std::vector<float> labels;
        for (Eigen::Index r = 0; r < 10; ++r) {
            rows(r, 0) = r < 4 ? -3.0f : 7.0f;
            labels.push_back(r == 0 || r >= 6 ? 1.0f : 0.0f);  // 1 of 4, 4 of 6
        }
        const auto model = train_logistic(rows, labels, {.penalty = 1e-9});
        QVERIFY(std::abs(predicted(*model, rows)[0] - 1.0f / 4) < 1e-5f);
        QVERIFY(std::abs(predicted(*model, rows)[9] - 4.0f / 6) < 1e-5f);
    }

    void it_agrees_with_another_implementation() {
        QFile file(source_path("tests/fixtures/logistic_reference.txt"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QStringList lines = QString::fromUtf8(file.readAll()).trimmed().split('\n');
        const QStringList penalties = lines[0].split(' ').mid(1);
        Matrix rows(lines.size() - 1, 4);
        std::vector<float> labels;
        for (qsizetype i = 1; i < lines.size(); ++i) {
            const QStringList words = lines[i].split(' ');
            for (int c = 0; c < 4; ++c) rows(i - 1, c) = words[c].toFloat();
            labels.push_back(words[4].toFloat());
        }
        for (qsizetype p = 0; p < penalties.size(); ++p) {
            const auto model = train_logistic(rows, labels, {.penalty = penalties[p].toDouble()});
            const std::vector<float> found = predicted(*model, rows);
            for (qsizetype i = 1; i < lines.size(); ++i) {
                const float expected = lines[i].split(' ')[5 + p].toFloat();
                QVERIFY(std::abs(found[static_cast<std::size_t>(i - 1)] - expected) < 1e-5f);
            }
        }
    }

    void contributions_sum_to_the_log_odds() {
        const Table table = leaning(400, 1);
        const auto model = train_logistic(table.rows, table.labels, {});
        const Matrix parts = model->contributions(table.rows.data(), 400, 0);
        QCOMPARE(parts.cols(), Eigen::Index(4));
        const std::vector<float> p = predicted(*model, table.rows);
        for (Eigen::Index r = 0; r < 400; ++r) {
            const double odds = parts.row(r).cast<double>().sum();
            QVERIFY(std::abs(1 / (1 + std::exp(-odds)) - p[static_cast<std::size_t>(r)]) < 1e-5);
        }
        // The two columns that decide stand out from the one that does not.
        QVERIFY(parts.col(0).norm() > 4 * parts.col(2).norm());
        QVERIFY(parts.col(1).norm() > 4 * parts.col(2).norm());
        // Contributions are centred: over the training rows they cancel.
        QVERIFY(std::abs(parts.col(0).mean()) < 1e-3f);
    }

    void a_missing_value_has_a_weight_of_its_own() {
        Table table = leaning(2000, 2);
        Stream stream(3, Purpose::test);
        for (std::size_t r = 0; r < table.labels.size(); ++r) {
            if (!stream.chance(0.3)) continue;
            table.rows(static_cast<Eigen::Index>(r), 2) = kMissing;
            table.labels[r] = stream.chance(0.9) ? 1.0f : 0.0f;
        }
        const auto model = train_logistic(table.rows, table.labels, {});
        Matrix row = Matrix::Constant(1, 3, 5.0f);
        const float known = predicted(*model, row)[0];
        row(0, 2) = kMissing;
        QVERIFY(predicted(*model, row)[0] > known + 0.1f);
        // Where training never missed a value, a missing one counts as the mean.
        Matrix mean(1, 3);
        mean << table.rows.col(0).mean(), 5, 5;
        row << kMissing, 5, 5;
        QVERIFY(std::abs(predicted(*model, row)[0] - predicted(*model, mean)[0]) < 1e-4f);
        QVERIFY(model->contributions(row.data(), 1, 0).allFinite());
    }

    void a_constant_column_and_a_certain_outcome_are_harmless() {
        Table table = leaning(300, 4);
        table.rows.col(2).setConstant(0.1f);
        const auto model = train_logistic(table.rows, table.labels, {});
        QCOMPARE(model->contributions(table.rows.data(), 1, 0)(0, 2), 0.0f);
        const std::vector<float> never(300, 0.0f);
        for (const float p : predicted(*train_logistic(table.rows, never, {}), table.rows))
            QVERIFY(std::abs(p - 1e-4f) < 1e-6f);
    }

    // Perfectly separable rows have no best weights without a penalty.
    void separable_rows_converge() {
        Matrix rows(40, 1);
        std::vector<float> labels;
        for (Eigen::Index r = 0; r < 40; ++r) {
            rows(r, 0) = static_cast<float>(r);
            labels.push_back(r < 20 ? 0.0f : 1.0f);
        }
        const std::vector<float> p = predicted(*train_logistic(rows, labels, {}), rows);
        QVERIFY(p.front() < 0.02f && p.back() > 0.98f && std::ranges::is_sorted(p));
    }

    void a_heavier_penalty_says_less() {
        const Table table = leaning(300, 5);
        const auto spread = [&](double penalty) {
            const auto model = train_logistic(table.rows, table.labels, {.penalty = penalty});
            return model->contributions(table.rows.data(), 300, 0).leftCols(3).norm();
        };
        QVERIFY(spread(1) > spread(30) && spread(30) > 2 * spread(3000));
    }

    void twice_the_same_training_gives_the_same_bytes() {
        const Table table = leaning(900, 6);
        const auto model = train_logistic(table.rows, table.labels, {});
        QVERIFY(model->bytes() == train_logistic(table.rows, table.labels, {})->bytes());
        QCOMPARE(model->bytes().size(), std::size_t(4 * (3 * 3 + 1)));
    }

    void cancelled_training_returns_null() {
        const Table table = leaning(200, 7);
        QVERIFY(!train_logistic(table.rows, table.labels, {}, [](double) { return false; }));
    }
};

}  // namespace

QTEST_GUILESS_MAIN(LogisticTest)
#include "logistic_test.moc"
