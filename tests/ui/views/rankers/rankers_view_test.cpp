// The frontier of rankers: better is up, slower is right, a decade is as long as the next, and an
// empty view offers what fills it.
#include "ui/views/rankers/rankers_view.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QtTest>
#include <cmath>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

constexpr QRectF kArea(0, 0, 500, 360);

std::vector<RankerRoundView> oneRound() {
    RankerRoundView round;
    round.models[0] = {0.32f, 0.70f, 0.40f, 0.1f, 100};
    round.models[1] = {0.30f, 0.74f, 0.45f, 0.5f, 1000};
    round.models[2] = {0.31f, 0.72f, 0.43f, 2.0f, 10000};
    round.models[3] = {0.33f, 0.69f, 0.39f, 1.0f, 20000};
    return {round};
}

RankersLayout frontierOf(const std::vector<RankerRoundView>& rounds, RankerMeasure measure) {
    FrontierAxes axes;
    return layoutRankers(rounds, measure, kArea, axes);
}

}  // namespace

class RankersViewTest : public QObject {
    Q_OBJECT
  private slots:
    void better_is_up_and_slower_is_right() {
        for (const auto measure :
             {RankerMeasure::ndcg, RankerMeasure::auc, RankerMeasure::log_loss}) {
            const RankersLayout frontier = frontierOf(oneRound(), measure);
            QCOMPARE(frontier.models.size(), enum_count<RankingModel>);
            std::array<QPointF, 3> at;
            for (std::size_t m = 0; m < 3; ++m) {
                at[m] = frontier.models[m].trail.back().at;
                QVERIFY(frontier.frame.contains(at[m]));
                QVERIFY(kArea.contains(frontier.models[m].label));
            }
            QVERIFY(at[1].y() < at[2].y() && at[2].y() < at[0].y());
            QVERIFY(std::abs((at[1].x() - at[0].x()) - (at[2].x() - at[1].x())) < 0.01);
            // Nothing is better and quicker than the first two; the third is neither.
            QCOMPARE(frontier.best.front(), at[0]);
            QCOMPARE(frontier.best.back(), at[1]);
        }
    }

    void ticks_stand_where_their_numbers_say() {
        const RankersLayout frontier = frontierOf(oneRound(), RankerMeasure::auc);
        const QPointF at = frontier.models[1].trail.back().at;  // 1 ms
        QVERIFY(std::ranges::any_of(frontier.across, [&](const FrontierTick& tick) {
            return tick.text.toDouble() == 1 && std::abs(tick.at - at.x()) < 0.01;
        }));
        QVERIFY(frontier.up.size() >= 2);
        const auto value = [&](double y) {
            const FrontierTick &a = frontier.up.front(), &b = frontier.up.back();
            const double share = (y - a.at) / (b.at - a.at);
            return a.text.toDouble() + share * (b.text.toDouble() - a.text.toDouble());
        };
        QVERIFY(std::abs(value(at.y()) - 0.74) < 1e-4);
    }

    void rounds_without_a_measured_time_are_left_out() {
        auto rounds = oneRound();
        rounds.insert(rounds.begin(), rounds.front());
        rounds.front().models[2].score_us = std::numeric_limits<float>::quiet_NaN();
        QCOMPARE(frontierOf(rounds, RankerMeasure::auc).models[0].trail.size(), std::size_t(1));
        rounds.erase(rounds.begin() + 1);
        QVERIFY(frontierOf(rounds, RankerMeasure::auc).models.empty());
    }

    void axes_keep_still_while_the_points_move_little() {
        auto rounds = oneRound();
        FrontierAxes axes;
        layoutRankers(rounds, RankerMeasure::auc, kArea, axes);
        const FrontierAxes before = axes;
        rounds.push_back(rounds.front());
        rounds.back().models[1].auc = 0.738f;
        rounds.back().models[1].score_us = 900;
        layoutRankers(rounds, RankerMeasure::auc, kArea, axes);
        QVERIFY(axes.quality == before.quality && axes.decades == before.decades);
    }

    void an_empty_view_offers_the_comparison() {
        Selection selection;
        RankersView view(selection);
        view.resize(500, 400);
        view.show();
        auto snapshot = std::make_shared<Snapshot>();
        auto params = std::make_shared<Params>();
        snapshot->params = params;
        view.setSnapshot(snapshot);
        auto* button = view.findChild<QPushButton*>();
        QVERIFY(button && button->isVisible());
        QSignalSpy wished(&view, &View::parameterWished);
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(wished.size(), 1);
        QCOMPARE(wished[0][0].toString(), QStringLiteral("ranking.compare"));
        QCOMPARE(wished[0][1].toDouble(), 1.0);

        auto comparing = std::make_shared<Snapshot>();
        auto on = std::make_shared<Params>();
        on->ranking.compare = true;
        comparing->params = on;
        view.setSnapshot(comparing);
        QVERIFY(!button->isVisible());
        view.setSnapshot(demoSnapshot());
        QVERIFY(!button->isVisible() &&
                view.table()->rowCount() == 6 * int(enum_count<RankingModel>));
    }

    void the_table_says_it_newest_first() {
        Selection selection;
        RankersView view(selection);
        const auto snapshot = demoSnapshot();
        view.setSnapshot(snapshot);
        const auto cell = [&](int row, int column) {
            return view.table()->index(row, column).data();
        };
        const RankerRoundView& now = snapshot->rankers->back();
        QCOMPARE(cell(1, 1).toString(), QStringLiteral("XGBoost"));
        QCOMPARE(cell(1, 3).toDouble(), double(now.models[1].auc));
        QVERIFY(std::abs(cell(2, 5).toDouble() - double(now.models[2].score_us) / 1000) < 1e-9);
        QCOMPARE(cell(0, 7).toULongLong(), now.learned);
    }
};

QTEST_MAIN(RankersViewTest)
#include "rankers_view_test.moc"
