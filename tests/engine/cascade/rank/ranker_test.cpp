// Rankers of every kind keep the same promises to a request.
#include "engine/cascade/rank/ranker.h"

#include <QtTest>
#include <cmath>

#include "engine/base/random.h"

using namespace cascadelab;

namespace {

// Three columns and four outcomes; what follows a click only follows a click.
ShownRows some_log(Eigen::Index count, bool clicked) {
    ShownRows log{Matrix(count, 3), Matrix(count, 4), {}};
    Stream stream(5, Purpose::test);
    for (Eigen::Index r = 0; r < count; ++r) {
        if (r % 10 == 0) log.requests.push_back(r);
        for (int c = 0; c < 3; ++c) log.rows(r, c) = static_cast<float>(stream.normal());
        const bool click = clicked && stream.chance(1 / (1 + std::exp(-2 * log.rows(r, 0) + 1)));
        const bool watch = stream.chance(1 / (1 + std::exp(-2 * log.rows(r, 1))));
        const bool like = stream.chance(0.3);
        const bool refused = stream.chance(0.1);
        log.labels.row(r) << float(click), float(click && watch), float(click && like),
            float(!click && refused);
    }
    return log;
}

RankingParams params_of(RankingModel model) {
    RankingParams params;
    params.model = model;
    params.trees = 40;
    params.depth = 3;
    params.deep_hidden = 16;
    params.deep_epochs = 12;
    return params;
}

std::vector<OutcomeScores> scores_of(const Ranker& ranker, const Matrix& rows) {
    const auto count = static_cast<std::size_t>(rows.rows());
    std::vector<float> scratch(kOutcomeCount * count);
    std::vector<OutcomeScores> out(count);
    predict_outcomes(ranker, rows.data(), count, scratch, out);
    return out;
}

class RankerTest : public QObject {
    Q_OBJECT
  private slots:
    void every_kind_keeps_the_promises_data() {
        QTest::addColumn<int>("model");
        for (const RankingModelRow& kind : kRankingModels)
            QTest::newRow(std::string(kind.name).c_str()) << static_cast<int>(kind.value);
    }
    void every_kind_keeps_the_promises() {
        QFETCH(int, model);
        const ShownRows log = some_log(4000, true);
        const auto params = params_of(static_cast<RankingModel>(model));
        const auto ranker = train_ranker(log, params, 1);
        QVERIFY(ranker);
        double click = 0, clicked = 0;
        std::array<double, 3> high{}, low{};  // sums of watch of a click, rows, click
        const std::vector<OutcomeScores> scores = scores_of(*ranker, log.rows);
        for (std::size_t i = 0; i < scores.size(); ++i) {
            const auto row = static_cast<Eigen::Index>(i);
            const OutcomeScores& s = scores[i];
            QVERIFY(s.click > 0 && s.click < 1 && s.not_interested > 0 && s.not_interested < 1);
            QVERIFY(s.watch < s.click && s.like < s.click);
            click += s.click;
            clicked += log.labels(row, 0);
            auto& side = log.rows(row, 1) > 0 ? high : low;
            side[0] += s.watch / s.click;
            side[1] += 1;
            side[2] += s.click;
        }
        // It is calibrated on what it learned from, and a watch is learned from clicks alone.
        // One score for all outcomes cannot tell a watch from a click: what makes a watch likelier
        // lifts the item as a whole. Its scale is learned from a fifth of the log.
        const bool one_score = params.model == RankingModel::lambdamart;
        QVERIFY2(std::abs(click / clicked - 1) < (one_score ? 0.15 : 0.1),
                 qPrintable(QString::number(click / clicked)));
        if (one_score) {
            QVERIFY(high[2] / high[1] > low[2] / low[1] + 0.03);
        } else {
            QVERIFY(high[0] / high[1] > low[0] / low[1] + 0.3);
        }

        // An explanation of the click adds up to it.
        const Matrix why = explain_click(*ranker, log.rows.data(), 20);
        QCOMPARE(why.cols(), Eigen::Index(4));
        for (Eigen::Index r = 0; r < 20; ++r) {
            const double p = 1 / (1 + std::exp(-why.row(r).cast<double>().sum()));
            QVERIFY(std::abs(p - scores[static_cast<std::size_t>(r)].click) < 1e-3);
        }
    }

    // Early logs may hold no click at all.
    void a_log_without_clicks_is_learned_from_data() { every_kind_keeps_the_promises_data(); }
    void a_log_without_clicks_is_learned_from() {
        QFETCH(int, model);
        const ShownRows log = some_log(600, false);
        const auto params = params_of(static_cast<RankingModel>(model));
        const auto ranker = train_ranker(log, params, 1);
        for (const OutcomeScores& s : scores_of(*ranker, log.rows))
            QVERIFY(s.click < 0.05f && std::isfinite(s.watch) && std::isfinite(s.like));
    }

    void cancelled_training_returns_null_data() { every_kind_keeps_the_promises_data(); }
    void cancelled_training_returns_null() {
        QFETCH(int, model);
        const ShownRows log = some_log(600, true);
        const auto params = params_of(static_cast<RankingModel>(model));
        QVERIFY(!train_ranker(log, params, 1, [](double) { return false; }));
    }

    void progress_never_falls() {
        const ShownRows log = some_log(600, true);
        for (const auto model : {RankingModel::xgboost, RankingModel::deep}) {
            double last = 0;
            bool rises = true;
            train_ranker(log, params_of(model), 1, [&](double share) {
                rises = rises && share >= last && share <= 1;
                last = share;
                return true;
            });
            QVERIFY(rises && last > 0.2);
        }
    }
};

}  // namespace

QTEST_GUILESS_MAIN(RankerTest)
#include "ranker_test.moc"
