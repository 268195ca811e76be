// LambdaMART learns orders, keeps them through its probabilities, and says the same twice.
#include "engine/models/rankers/lambdamart.h"

#include <QtTest>
#include <cmath>
#include <numeric>

#include "engine/base/random.h"

using namespace cascadelab;

namespace {

constexpr Eigen::Index kPageRows = 8;

struct Log {
    Matrix rows, labels;
    std::vector<Eigen::Index> pages;
};

// Column 0 tells how good an item is for its page; column 1 is the page's own mood, which says how
// often anything is clicked there and nothing of the order; column 2 is noise.
Log some_log(Eigen::Index pages) {
    Log log{Matrix(pages * kPageRows, 3), Matrix(pages * kPageRows, 4), {}};
    Stream stream(5, Purpose::test);
    for (Eigen::Index page = 0; page < pages; ++page) {
        log.pages.push_back(page * kPageRows);
        const double mood = stream.normal();
        for (Eigen::Index r = page * kPageRows; r < (page + 1) * kPageRows; ++r) {
            const double good = stream.normal();
            log.rows.row(r) << float(good), float(mood), float(stream.normal());
            const auto says = [&](double lean) { return stream.chance(1 / (1 + std::exp(-lean))); };
            const bool click = says(1.5 * good + mood - 1.5), watch = click && says(good);
            const bool like = watch && stream.chance(0.3), refused = !click && says(-good - 2);
            log.labels.row(r) << float(click), float(watch), float(like), float(refused);
        }
    }
    return log;
}

LambdaMartSettings settings_of(int trees) {
    LambdaMartSettings settings;
    settings.trees.trees = trees;
    settings.trees.depth = 3;
    settings.trees.learning_rate = 0.2;
    return settings;
}

// outcomes x rows.
std::vector<float> predicted(const OutcomeModel& model, const Matrix& rows) {
    std::vector<float> out(kOutcomeCount * static_cast<std::size_t>(rows.rows()));
    model.predict(rows.data(), static_cast<std::size_t>(rows.rows()), out);
    return out;
}

}  // namespace

class LambdaMartTest : public QObject {
    Q_OBJECT

    const Log m_log = some_log(3000);
    std::shared_ptr<const OutcomeModel> m_model;

    std::shared_ptr<const OutcomeModel> train(const LambdaMartSettings& settings,
                                              const Progress& progress = {}) const {
        return train_lambdamart(m_log.rows, m_log.labels, m_log.pages, settings, progress);
    }

  private slots:
    void initTestCase() {
        m_model = train(settings_of(40));
        QVERIFY(m_model);
    }

    // On pages it has never seen, of two items the better one nearly always comes first.
    void better_items_of_a_page_come_first() {
        Stream stream(9, Purpose::test);
        int right = 0, asked = 0;
        for (int pair = 0; pair < 400; ++pair) {
            Matrix two(2, 3);
            const float mood = static_cast<float>(stream.normal());
            for (Eigen::Index i = 0; i < 2; ++i)
                two.row(i) << static_cast<float>(stream.normal()), mood,
                    static_cast<float>(stream.normal());
            if (std::abs(two(0, 0) - two(1, 0)) < 0.5f) continue;
            const auto p = predicted(*m_model, two);
            ++asked;
            right += (p[0] > p[1]) == (two(0, 0) > two(1, 0));
        }
        QVERIFY2(asked > 200 && right > 0.9 * asked, qPrintable(QString::number(right)));
    }

    // One score, four maps: whatever is likelier to be clicked is likelier watched and liked of a
    // click, and no likelier refused.
    void outcomes_keep_one_order() {
        const auto p = predicted(*m_model, m_log.rows);
        const auto count = static_cast<std::size_t>(m_log.rows.rows());
        for (std::size_t i = 1; i < count; ++i) {
            const auto rises = [&](std::size_t outcome) {
                return p[outcome * count + i] - p[outcome * count + i - 1];
            };
            if (rises(0) <= 0) continue;
            QVERIFY(rises(1) >= 0 && rises(2) >= 0 && rises(3) <= 0);
        }
    }

    // Means of the predictions are those of what happened: of an impression, and of a click.
    void probabilities_are_calibrated() {
        const auto p = predicted(*m_model, m_log.rows);
        const auto count = static_cast<std::size_t>(m_log.rows.rows());
        for (std::size_t o = 0; o < kOutcomeCount; ++o) {
            double said = 0, happened = 0, rows = 0;
            for (std::size_t i = 0; i < count; ++i) {
                const auto row = static_cast<Eigen::Index>(i);
                if ((o == 1 || o == 2) && m_log.labels(row, 0) == 0) continue;
                said += static_cast<double>(p[o * count + i]);
                happened += static_cast<double>(m_log.labels(row, static_cast<Eigen::Index>(o)));
                ++rows;
            }
            QVERIFY2(std::abs(said - happened) / rows < 0.05,
                     qPrintable(QString("%1: %2 %3").arg(o).arg(said / rows).arg(happened / rows)));
        }
    }

    void contributions_add_up_to_log_odds() {
        const Matrix asked = m_log.rows.topRows(50);
        const auto p = predicted(*m_model, asked);
        for (int outcome = 0; outcome < m_model->outcomes(); ++outcome) {
            const Matrix parts = m_model->contributions(asked.data(), 50, outcome);
            QCOMPARE(parts.cols(), Eigen::Index{4});
            for (Eigen::Index i = 0; i < asked.rows(); ++i) {
                const float said = p[static_cast<std::size_t>(outcome * 50 + i)];
                QVERIFY(std::abs(std::log(said / (1 - said)) - parts.row(i).sum()) < 1e-3f);
            }
        }
    }

    void training_twice_gives_the_same_bytes() {
        QVERIFY(train(settings_of(40))->bytes() == m_model->bytes());
        QVERIFY(train(settings_of(39))->bytes() != m_model->bytes());
    }

    // Where pages end matters: the same rows as one page are another lesson.
    void pages_are_told_apart() {
        const auto as_one = train_lambdamart(m_log.rows, m_log.labels, {}, settings_of(40));
        QVERIFY(as_one->bytes() != m_model->bytes());
    }

    void cancelled_training_returns_null() {
        int calls = 0;
        QVERIFY(!train(settings_of(40), [&](double) { return ++calls < 3; }));
        QCOMPARE(calls, 3);
    }
};

QTEST_GUILESS_MAIN(LambdaMartTest)
#include "lambdamart_test.moc"
