// The loop view: squares are as large as what they count, what was shown most leads, an earlier day
// can be looked at, and items are selected where they stand.
#include "ui/views/loop/loop_view.h"

#include <rapidcheck.h>

#include <QtTest>
#include <cmath>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

double areaOf(const QRectF& box) {
    return box.width() * box.height();
}

LoopPicture someDays() {
    LoopPicture picture;
    const auto days = *rc::gen::inRange(1, 60);
    for (int day = 1; day <= days; ++day) {
        const double catalogue = *rc::gen::inRange(10, 5000);
        const double shown = std::floor(catalogue * *rc::gen::inRange(0, 101) / 100);
        picture.days.push_back({day * kDay, catalogue, shown, shown / 2});
    }
    return picture;
}

}  // namespace

class LoopViewTest : public QObject {
    Q_OBJECT
  private slots:
    void a_day_counts_what_was_shown_and_how_evenly() {
        Cards cards;
        cards.items.resize(4);
        cards.items[3].released_s = 2 * kDay;
        const auto shown = [](std::vector<std::uint32_t> impressions) {
            return std::make_shared<const std::vector<std::uint32_t>>(std::move(impressions));
        };
        const std::vector<ExposurePoint> exposure = {{kDay, shown({5, 5, 0, 0})},
                                                     {3 * kDay, shown({9, 0, 0, 0})}};
        const auto days = loopDays(exposure, cards);
        QCOMPARE(days[0].catalogue, 3.0);
        QCOMPARE(days[0].shown, 2.0);
        QVERIFY(std::abs(days[0].effective - 2) < 1e-9);
        QCOMPARE(days[1].catalogue, 4.0);
        QVERIFY(std::abs(days[1].effective - 1) < 1e-9);
        const auto exposed = exposedItems(std::vector<std::uint32_t>{2, 0, 6, 2});
        QCOMPARE(exposed.size(), std::size_t{3});
        QCOMPARE(exposed[0].item, ItemId{2});
        QCOMPARE(exposed[0].share, 0.6);
        QCOMPARE(exposed[1].item, ItemId{0});
    }

    void squares_are_as_large_as_what_they_count() {
        QVERIFY(rc::check([] {
            const LoopPicture picture = someDays();
            const QRectF area(0, 0, *rc::gen::inRange(330, 1200), *rc::gen::inRange(180, 900));
            const LoopLayout layout = layoutLoop(picture, area);
            RC_ASSERT(!layout.squares.empty());
            RC_ASSERT(layout.squares.back().day + 1 == picture.days.size());
            const LoopSquare& some = layout.squares.front();
            const double scale = areaOf(some.catalogue) / picture.days[some.day].catalogue;
            for (const LoopSquare& square : layout.squares) {
                const LoopDay& day = picture.days[square.day];
                RC_ASSERT(std::abs(areaOf(square.catalogue) - scale * day.catalogue) < 1e-6);
                RC_ASSERT(std::abs(areaOf(square.shown) - scale * day.shown) < 1e-6);
                RC_ASSERT(std::abs(areaOf(square.effective) - scale * day.effective) < 1e-6);
                RC_ASSERT(area.contains(square.name));
                RC_ASSERT(square.cell.right() <= layout.names.left() + 1e-9);
            }
            RC_ASSERT(layout.names.right() <= area.right() + 1e-9);
            for (std::size_t i = 1; i < layout.squares.size(); ++i)
                RC_ASSERT(layout.squares[i - 1].day < layout.squares[i].day);
        }));
    }

    void rows_fit_and_fall() {
        LoopPicture picture = someDaysOnce();
        std::vector<std::uint32_t> impressions;
        for (std::uint32_t i = 0; i < 50; ++i) impressions.push_back(i);
        picture.exposed = exposedItems(impressions);
        const LoopLayout layout = layoutLoop(picture, {0, 0, 350, 240});
        QVERIFY(layout.rows.size() >= 3 && layout.map.isNull());
        for (std::size_t i = 0; i < layout.rows.size(); ++i) {
            QVERIFY(layout.rows[i].line.bottom() <= 240 && layout.rows[i].value.right() <= 350);
            if (i > 0) QVERIFY(layout.rows[i].bar.width() <= layout.rows[i - 1].bar.width());
        }
    }

    void an_earlier_day_can_be_looked_at() {
        Selection selection;
        LoopView view(selection);
        view.resize(700, 500);
        view.show();
        const auto snapshot = demoSnapshot();
        view.setSnapshot(snapshot);
        QCOMPARE(view.shownDay() + 1, snapshot->exposure->size());
        const auto now = view.grab().toImage();
        const LoopSquare first = view.placed().squares.front();
        QTest::mouseClick(&view, Qt::LeftButton, {}, first.cell.center().toPoint());
        QCOMPARE(view.shownDay(), first.day);
        QVERIFY(view.grab().toImage() != now);
        // It stays when the run goes on.
        const auto later = std::make_shared<Snapshot>(*snapshot);
        later->exposure = std::make_shared<std::vector<ExposurePoint>>(*snapshot->exposure);
        view.setSnapshot(later);
        QCOMPARE(view.shownDay(), first.day);
        view.showDay(snapshot->exposure->size() - 1);
        QCOMPARE(view.grab().toImage(), now);
    }

    void items_are_selected_in_list_and_map() {
        Selection selection;
        LoopView view(selection);
        view.resize(700, 500);
        view.show();
        view.setSnapshot(demoSnapshot());
        const LoopRow row = view.placed().rows[1];
        QTest::mouseClick(&view, Qt::LeftButton, {}, row.line.center().toPoint());
        QCOMPARE(selection.item(), row.exposed.item);
        QVERIFY(view.wordsAt(row.line.center()).contains(QStringLiteral("impressions")));
        const LoopDot dot = view.placed().dots.back();
        QVERIFY(dot.radius > 0);
        QTest::mouseClick(&view, Qt::LeftButton, {}, dot.at.toPoint());
        QCOMPARE(selection.item(), dot.item);
        QVERIFY(view.wordsAt(view.placed().squares[0].cell.center())
                    .contains(QStringLiteral("Effective catalogue")));
    }

    void the_monitor_is_told_on_the_card() {
        Selection selection;
        LoopView view(selection);
        const auto snapshot = std::make_shared<Snapshot>(*demoSnapshot());
        view.setSnapshot(snapshot);
        QVERIFY(view.tag().isEmpty());
        const auto halted = std::make_shared<Snapshot>(*snapshot);
        halted->generative.halted = true;
        view.setSnapshot(halted);
        QVERIFY(!view.tag().isEmpty());
    }

  private:
    static LoopPicture someDaysOnce() {
        LoopPicture picture;
        picture.days = {{kDay, 50, 49, 20}, {2 * kDay, 50, 30, 4}};
        return picture;
    }
};

QTEST_MAIN(LoopViewTest)
#include "loop_view_test.moc"
