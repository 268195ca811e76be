// One request through the fleet: bars stand on the scale of their ticks, wait before service inside
// their station's time, and what is measured here is told from what is modelled.
#include "ui/views/fleet_request/fleet_request_view.h"

#include <rapidcheck.h>

#include <QtTest>
#include <cmath>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

FleetWaterfall someFall() {
    FleetWaterfall fall;
    const auto count = *rc::gen::inRange<std::size_t>(1, enum_count<FleetStation> + 1);
    for (std::size_t s = 0; s < count; ++s) {
        FleetSpan span;
        span.station = every<FleetStation>[s];
        span.begin_s = *rc::gen::inRange(0, 300) / 1000.0;
        span.wait_s = *rc::gen::inRange(0, 200) / 1000.0;
        span.service_s = *rc::gen::inRange(0, 100) / 1000.0;
        // Retries come before the call that answered; a call that timed out was never served whole.
        span.end_s = span.begin_s + *rc::gen::inRange(0, 400) / 1000.0;
        span.critical = *rc::gen::arbitrary<bool>();
        fall.spans.push_back(span);
    }
    return fall;
}

}  // namespace

class FleetRequestViewTest : public QObject {
    Q_OBJECT
  private slots:
    void bars_stand_inside_and_on_the_scale() {
        QVERIFY(rc::check([] {
            const auto fall = someFall();
            const double budget = *rc::gen::element(0.0, 50.0, 200.0, 2000.0);
            const QRectF area(0, 0, *rc::gen::inRange(300, 1600), *rc::gen::inRange(190, 1000));
            const auto layout = layoutFleetRequest(fall, budget, area);
            if (layout.pixels_ms <= 0) return;
            RC_ASSERT(layout.rows.size() == fall.spans.size());
            const QRectF frame = layout.frame.adjusted(-1e-6, -1e-6, 1e-6, 1e-6);
            RC_ASSERT(area.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(layout.frame));
            for (const FleetSpanRow& row : layout.rows) {
                const FleetSpan& span = fall.spans[row.span];
                for (const QRectF& bar : {row.whole, row.wait, row.service}) {
                    if (bar.isEmpty()) continue;
                    RC_ASSERT(frame.contains(bar));
                }
                RC_ASSERT(std::abs(row.whole.left() - layout.frame.left() -
                                   1000 * span.begin_s * layout.pixels_ms) < 1e-6);
                RC_ASSERT(std::abs(row.whole.width() -
                                   1000 * (span.end_s - span.begin_s) * layout.pixels_ms) < 1e-6);
                RC_ASSERT(row.wait.left() >= row.whole.left() - 1e-6);
                RC_ASSERT(row.wait.right() <= row.service.left() + 1e-6);
                RC_ASSERT(std::abs(row.service.right() - row.whole.right()) < 1e-6);
                RC_ASSERT(row.name.right() <= row.own.left() && row.own.right() < frame.left());
                RC_ASSERT(row.value.right() <= area.right() + 7);
            }
            for (const FleetRequestTick& tick : layout.ticks)
                RC_ASSERT(std::abs(tick.x - layout.frame.left() -
                                   tick.text.toDouble() * layout.pixels_ms) < 1e-6);
            RC_ASSERT((layout.budgetX > 0) == (budget > 0));
            RC_ASSERT(layout.budgetX <= layout.frame.right());
        }));
    }
    void rows_do_not_cover_each_other() {
        QVERIFY(rc::check([] {
            const auto fall = someFall();
            const QRectF area(0, 0, *rc::gen::inRange(300, 1600), *rc::gen::inRange(190, 1000));
            const auto layout = layoutFleetRequest(fall, 200, area);
            for (std::size_t r = 1; r < layout.rows.size(); ++r)
                RC_ASSERT(layout.rows[r].row.top() >= layout.rows[r - 1].row.bottom() - 1e-6);
            if (!layout.legend.isNull() && !layout.rows.empty())
                RC_ASSERT(layout.rows.back().row.bottom() <= layout.legend.top());
        }));
    }
    void the_heading_says_what_became_of_it() {
        Selection selection;
        FleetRequestView view(selection);
        view.resize(520, 400);
        const auto snapshot = demoSnapshot();
        view.setSnapshot(snapshot);
        QVERIFY(view.subtitle().contains("served in"));
        auto late = std::make_shared<FleetSection>(*snapshot->fleet);
        late->waterfall->request.outcome = FleetOutcome::fallback;
        auto later = std::make_shared<Snapshot>(*snapshot);
        later->fleet = late;
        view.setSnapshot(later);
        QVERIFY(view.subtitle().contains("another page instead"));
    }
    void our_own_stage_stands_beside_the_station_as_measured() {
        Selection selection;
        FleetRequestView view(selection);
        view.resize(520, 400);
        const auto snapshot = demoSnapshot();
        view.setSnapshot(snapshot);
        const auto* table = view.table();
        for (const FleetSpanRow& row : view.placed().rows) {
            const FleetSpan& span = snapshot->fleet->waterfall->spans[row.span];
            const QString words = view.wordsAt(row.name.center());
            const double own_us = ownMeanUs(snapshot->latency.get(), span.station);
            QCOMPARE(words.contains("measured here"), own_us > 0);
            QVERIFY(words.contains("modelled"));
            const QVariant cell = table->index(int(row.span), 7).data();
            QCOMPARE(cell.toDouble(), own_us);
            QCOMPARE(table->index(int(row.span), 4).data().toDouble(), 1000 * span.wait_s);
        }
        QVERIFY(ownMeanUs(snapshot->latency.get(), FleetStation::ranking) > 0);
        QCOMPARE(ownMeanUs(snapshot->latency.get(), FleetStation::edge), 0.0);
        QCOMPARE(ownMeanUs(nullptr, FleetStation::ranking), 0.0);
    }
    void without_a_request_it_says_so() {
        Selection selection;
        FleetRequestView view(selection);
        view.resize(520, 400);
        auto snapshot = std::make_shared<Snapshot>();
        snapshot->fleet = std::make_shared<FleetSection>();
        view.setSnapshot(snapshot);
        QVERIFY(view.subtitle().isEmpty());
        QCOMPARE(view.table()->rowCount(), 0);
        QVERIFY(!view.grab().isNull());
    }
};

QTEST_MAIN(FleetRequestViewTest)
#include "fleet_request_view_test.moc"
