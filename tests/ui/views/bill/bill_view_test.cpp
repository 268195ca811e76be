// The bill: the stack is as long as what stages cost, dearest first; every item is a row or counted
// among the rest; and money is said so that nothing is lost.
#include "ui/views/bill/bill_view.h"

#include <rapidcheck.h>

#include <QtTest>
#include <cmath>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

Bill someBill() {
    std::vector<BillItem> items;
    const auto count = *rc::gen::inRange(1, 30);
    for (int i = 0; i < count; ++i) {
        BillItem item;
        item.stage = "stage " + std::to_string(*rc::gen::inRange(0, 12));
        item.label = "item " + std::to_string(i);
        item.quantity = *rc::gen::inRange(1, 100000);
        items.push_back(item);
    }
    return bill_of(items, default_prices(), 1e9, 1e6);
}

}  // namespace

class BillViewTest : public QObject {
    Q_OBJECT
  private slots:
    void stages_hold_every_item_once_the_dearest_first() {
        QVERIFY(rc::check([] {
            const Bill bill = someBill();
            const auto stages = billStages(bill);
            std::size_t lines = 0;
            double sum = 0;
            for (std::size_t s = 0; s < stages.size(); ++s) {
                if (s > 0) RC_ASSERT(stages[s].usd <= stages[s - 1].usd);
                double usd = 0;
                for (std::size_t l = 0; l < stages[s].lines.size(); ++l) {
                    const BillLine& line = bill.lines[stages[s].lines[l]];
                    RC_ASSERT(line.item.stage == stages[s].stage);
                    if (l > 0) RC_ASSERT(line.usd <= bill.lines[stages[s].lines[l - 1]].usd);
                    usd += line.usd;
                    ++lines;
                }
                RC_ASSERT(std::abs(usd - stages[s].usd) < 1e-6 * usd);
                sum += usd;
            }
            RC_ASSERT(lines == bill.lines.size());
            RC_ASSERT(std::abs(sum - bill.month_usd()) < 1e-6 * sum);
        }));
    }
    void the_stack_is_filled_by_the_shares_of_the_stages() {
        QVERIFY(rc::check([] {
            const Bill bill = someBill();
            const auto stages = billStages(bill);
            const QRectF area(0, 0, *rc::gen::inRange(300, 1600), *rc::gen::inRange(180, 1000));
            const auto layout = layoutBill(bill, stages, *rc::gen::arbitrary<bool>(), area);
            double left = layout.stack.left();
            for (const BillPart& part : layout.parts) {
                RC_ASSERT(std::abs(part.box.left() - left) < 1e-6);
                RC_ASSERT(std::abs(part.box.width() / layout.stack.width() -
                                   stages[part.stage].usd / bill.month_usd()) < 1e-9);
                if (!part.name.isNull())
                    RC_ASSERT(part.box.contains(part.name) && part.name.width() > 30);
                left = part.box.right();
            }
            RC_ASSERT(std::abs(left - layout.stack.right()) < 1e-6);
        }));
    }
    void rows_stand_inside_and_do_not_cover_each_other() {
        QVERIFY(rc::check([] {
            const Bill bill = someBill();
            const QRectF area(0, 0, *rc::gen::inRange(300, 1600), *rc::gen::inRange(180, 1000));
            const auto layout =
                layoutBill(bill, billStages(bill), *rc::gen::arbitrary<bool>(), area);
            RC_ASSERT((layout.rows.size() == bill.lines.size()) == layout.rest.isNull());
            double top = layout.stack.bottom();
            const QRectF around = area.adjusted(-1e-6, -1e-6, 1e-6, 1e-6);
            for (const BillRow& row : layout.rows) {
                RC_ASSERT(around.contains(row.row) && row.row.top() >= top - 1e-6);
                RC_ASSERT(!row.row.intersects(layout.chart));
                double right = row.row.left();
                for (const QRectF& part : {row.swatch, row.label, row.how, row.usd, row.bar}) {
                    if (part.isNull()) continue;
                    RC_ASSERT(part.left() >= right - 1e-6);
                    right = part.right();
                }
                RC_ASSERT(right <= row.row.right() + 1e-6);
                top = row.row.bottom();
            }
            if (!layout.rest.isNull())
                RC_ASSERT(layout.rest.top() >= top - 1e-6 && around.contains(layout.rest));
            if (!layout.chart.isNull()) RC_ASSERT(around.contains(layout.chart));
        }));
    }
    void money_is_said_with_the_digits_that_matter() {
        QCOMPARE(dollarText(0.0093), QStringLiteral("$0.0093"));
        QCOMPARE(dollarText(0.28), QStringLiteral("$0.280"));
        QCOMPARE(dollarText(4.2), QStringLiteral("$4.20"));
        QCOMPARE(dollarText(980000), QStringLiteral("$980,000"));
        QCOMPARE(dollarText(1120000).remove(QChar(0x2009)), QStringLiteral("$1.12M"));
        QCOMPARE(dollarText(0), QStringLiteral("$0.00"));
        QCOMPARE(dollarText(std::nan("")), QStringLiteral("no value"));
    }
    void the_table_holds_the_whole_bill() {
        Selection selection;
        BillView view(selection);
        view.resize(330, 220);
        const auto snapshot = demoSnapshot();
        const Bill& bill = snapshot->fleet->bill;
        view.setSnapshot(snapshot);
        QVERIFY(view.subtitle().contains("modelled"));
        QVERIFY(!view.placed().rest.isNull());
        const auto* table = view.table();
        QCOMPARE(table->rowCount(), int(bill.lines.size()));
        double sum = 0;
        for (int row = 0; row < table->rowCount(); ++row)
            sum += table->index(row, 5).data().toDouble();
        QVERIFY(std::abs(sum - bill.month_usd()) < 1e-6 * sum);
        for (std::size_t r = 0; r < view.placed().rows.size(); ++r)
            QCOMPARE(table->index(int(r), 1).data().toString(),
                     QString::fromStdString(bill.lines[view.placed().rows[r].line].item.label));
    }
    void a_stage_and_an_item_say_their_money() {
        Selection selection;
        BillView view(selection);
        view.resize(930, 780);
        view.setSnapshot(demoSnapshot());
        const QString stage = view.wordsAt(view.placed().parts[0].box.center());
        QVERIFY(stage.contains("modelled") && stage.contains("% of the bill"));
        const QString item = view.wordsAt(view.placed().rows[0].label.center());
        QVERIFY(item.contains("modelled") && item.contains("on average"));
    }
    void a_fleet_that_has_cost_nothing_says_so() {
        Selection selection;
        BillView view(selection);
        view.resize(520, 400);
        auto snapshot = std::make_shared<Snapshot>();
        snapshot->fleet = std::make_shared<FleetSection>();
        view.setSnapshot(snapshot);
        QVERIFY(view.subtitle().isEmpty());
        QVERIFY(!view.grab().isNull());
    }
};

QTEST_MAIN(BillViewTest)
#include "bill_view_test.moc"
