// The losses view: bars are as high as what they say, pieces never overlap, a group can be chosen.
#include "ui/views/losses/losses_view.h"

#include <rapidcheck.h>

#include <QtTest>
#include <cmath>

#include "tests/house/places.h"
#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

// Shares that sum to 1, or parts in utility of which re-ranking's may be below 0.
LossBar someBar(LossUnit unit, std::size_t day) {
    LossBar bar{static_cast<Seconds>(day + 1) * kDay, 0, {}};
    double sum = 0;
    for (double& part : bar.part) sum += part = *rc::gen::inRange(0, 100) + 0.5;
    for (double& part : bar.part) part /= unit == LossUnit::items ? sum : 50;
    if (unit == LossUnit::utility) {
        bar.part[index_of(LossStage::kept)] = 0;
        if (*rc::gen::arbitrary<bool>()) bar.part[index_of(LossStage::rerank)] *= -1;
    }
    return bar;
}

}  // namespace

class LossesViewTest : public QObject {
    Q_OBJECT
  private slots:
    void a_day_ends_with_its_last_point() {
        MetricSeries series;
        for (int hour = 3; hour <= 51; hour += 3) {
            MetricPoint point;
            point.time_s = hour * kHour;
            const auto put = [&](Metric metric, float value) {
                for (float& group : point.value[metric]) group = value;
            };
            put(Metric::lost_order, 0.01f * static_cast<float>(hour));
            put(Metric::recall_slate, 1 - 0.01f * static_cast<float>(hour));
            put(Metric::regret_order, 2);
            put(Metric::regret_rerank, -0.5f);
            series.push_back(point);
        }
        const auto days = lossDays(series, 0, LossUnit::items);
        QCOMPARE(days.size(), std::size_t{3});
        QVERIFY(std::abs(days[0].lost() - 0.24) < 1e-6);
        QVERIFY(std::abs(days[1].lost() - 0.48) < 1e-6);
        QVERIFY(std::abs(days[1].part.back() - 0.52) < 1e-6);
        const auto groups = lossGroups(series, LossUnit::utility);
        QCOMPARE(groups.size(), kGroupCount);
        QVERIFY(std::abs(groups[2].lost() - 1.5) < 1e-6);
        QCOMPARE(groups[2].part.back(), 0.0);
    }
    void bars_are_as_high_as_their_parts_and_stand_inside() {
        QVERIFY(rc::check([] {
            const LossUnit unit = *rc::gen::element(LossUnit::items, LossUnit::utility);
            std::vector<LossBar> days, groups;
            const auto count = *rc::gen::inRange<std::size_t>(1, 80);
            for (std::size_t day = 0; day < count; ++day) days.push_back(someBar(unit, day));
            for (std::size_t group = 0; group < kGroupCount; ++group)
                groups.push_back(someBar(unit, group));
            const QRectF area(0, 0, *rc::gen::inRange(300, 1500), *rc::gen::inRange(200, 900));
            std::array<double, enum_count<LossStage>> words;
            words.fill(80);
            const auto layout = layoutLosses(days, groups, unit, words, area);
            RC_ASSERT(!layout.dayBars.empty() && layout.dayBars.back().bar + 1 == days.size());
            RC_ASSERT(layout.days.right() < layout.groups.left());
            double perUnit = 0;
            for (const auto* kind : {&layout.dayBars, &layout.groupBars}) {
                const auto& bars = kind == &layout.dayBars ? days : groups;
                for (const PlacedBar& placed : *kind) {
                    for (const LossPiece& piece : placed.pieces) {
                        RC_ASSERT(area.contains(piece.box));
                        const double part = bars[placed.bar].part[index_of(piece.stage)];
                        if (perUnit == 0) perUnit = piece.box.height() / std::abs(part);
                        RC_ASSERT(std::abs(piece.box.height() - std::abs(part) * perUnit) < 1e-6);
                        RC_ASSERT((piece.box.top() >= layout.zero - 1e-9) == (part < 0));
                        for (const LossPiece& other : placed.pieces) {
                            if (&other != &piece)
                                RC_ASSERT(other.box.bottom() <= piece.box.top() + 1e-9 ||
                                          piece.box.bottom() <= other.box.top() + 1e-9);
                        }
                    }
                }
            }
            for (const LossLegend& entry : layout.legend) {
                RC_ASSERT(entry.swatch.top() > layout.days.bottom());
                RC_ASSERT(entry.words.bottom() <= area.bottom() + 1e-9);
            }
        }));
    }
    void days_and_groups_are_named_at_every_width() {
        Selection selection;
        LossesView view(selection);
        view.setSnapshot(demoSnapshot());
        for (const int width : {306, 520, 940}) {
            view.resize(width, 400);
            view.grab();
            const auto& days = view.placed().dayBars;
            const auto first =
                std::ranges::find_if(days, [](const PlacedBar& bar) { return !bar.name.isNull(); });
            QVERIFY(first != days.end());
            QVERIFY2(view.dayName(*first).startsWith(QStringLiteral("Day ")),
                     qPrintable(view.dayName(*first)));
            for (const PlacedBar& group : view.placed().groupBars) QVERIFY(!group.name.isNull());
        }
    }
    void a_group_is_chosen_by_click_and_by_key() {
        Selection selection;
        LossesView view(selection);
        view.resize(700, 420);
        view.show();
        view.setSnapshot(demoSnapshot());
        QCOMPARE(view.shownGroup(), std::size_t{0});
        const QImage all = view.grab().toImage();
        const PlacedBar niche = view.placed().groupBars[2];
        QTest::mouseClick(&view, Qt::LeftButton, {}, niche.cell.center().toPoint());
        QCOMPARE(view.shownGroup(), std::size_t{2});
        QVERIFY(view.grab().toImage() != all);
        QTest::keyClick(&view, Qt::Key_Left);
        QCOMPARE(view.shownGroup(), std::size_t{1});
        view.showUtility(true);
        const QString folder = build_path("pictures");
        QDir().mkpath(folder);
        for (const bool dark : {true, false}) {
            applyTheme(&view, dark ? Theme::dark() : Theme::light());
            QVERIFY(view.grab().save(
                folder + (dark ? "/losses-utility-dark.png" : "/losses-utility-light.png")));
        }
        QVERIFY(view.table()->rowCount() > 0);
        QVERIFY(view.table()->headerData(2, Qt::Horizontal).toString().contains("utility"));
    }
};

QTEST_MAIN(LossesViewTest)
#include "losses_view_test.moc"
