// Two orders of one list: every item stands where both orders put it, and what was read of it is
// told under the pointer and in the table.
#include "ui/views/simulated_llm/simulated_llm_view.h"

#include <QtTest>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

std::shared_ptr<const Snapshot> reordered(bool is_asked = true) {
    auto snapshot = std::make_shared<Snapshot>(*demoSnapshot());
    auto focus = std::make_shared<PersonView>(*snapshot->focus);
    auto trace = std::make_shared<CascadeTrace>(*focus->trace);
    trace->language = {.calls = 1,
                       .series = 1,
                       .prompt_tokens = 3512,
                       .answer_tokens = 3,
                       .omitted = 1,
                       .text =
                           "The person says: I want nature\nPut in order, best first, by "
                           "number:\n1. One | drama | slow\n2. Two | comedy | loud\n3. Three | "
                           "nature | vast\n",
                       .before = {ItemId(0), ItemId(1), ItemId(2)},
                       .after = {ItemId(2), ItemId(0), ItemId(1)}};
    if (!is_asked) trace->language = {};
    focus->trace = trace;
    snapshot->focus = focus;
    return snapshot;
}

}  // namespace

class SimulatedLlmViewTest : public QObject {
    Q_OBJECT
  private slots:
    void an_item_stands_where_both_orders_put_it() {
        const auto trace = reordered()->focus->trace;
        const auto layout = layoutSimulatedLlm(trace->language, {0, 0, 400, 300});
        QCOMPARE(layout.items.size(), std::size_t{3});
        QCOMPARE(layout.items[0].item, ItemId(2));
        QCOMPARE(layout.items[0].before, std::size_t{2});
        QVERIFY(layout.items[0].left.top() > layout.items[1].left.top());
        QVERIFY(layout.items[0].right.top() < layout.items[1].right.top());
        for (const ReorderedItem& item : layout.items) {
            QVERIFY(item.left.right() <= item.right.left());
            QVERIFY(item.right.right() <= 400);
            QVERIFY(item.right.bottom() <= layout.foot.top());
        }
    }
    void what_has_no_room_is_left_out() {
        const auto trace = reordered()->focus->trace;
        const auto low = layoutSimulatedLlm(trace->language, {0, 0, 400, 64});
        for (const ReorderedItem& item : low.items)
            QVERIFY(item.left.isNull() || item.left.bottom() <= low.foot.top());
        QVERIFY(low.items.size() < 3);
        QVERIFY(layoutSimulatedLlm({}, {0, 0, 400, 300}).items.empty());
        QVERIFY(layoutSimulatedLlm(trace->language, {0, 0, 400, 10}).items.empty());
    }
    void the_pointer_tells_what_was_read() {
        Selection selection;
        SimulatedLlmView view(selection);
        view.resize(440, 300);
        view.setSnapshot(reordered());
        QVERIFY(view.tag().contains("simulated"));
        const QString words = view.wordsAt(view.placed().items[0].right.center());
        QVERIFY2(words.contains("Three | nature | vast"), qPrintable(words));
        QVERIFY2(words.contains("place 3 by the ranker, 1 after"), qPrintable(words));
        QVERIFY(view.subtitle().contains("3,512 tokens read"));
    }
    void the_table_holds_the_whole_text() {
        Selection selection;
        SimulatedLlmView view(selection);
        view.resize(440, 300);
        view.setSnapshot(reordered());
        const auto* table = view.table();
        QCOMPARE(table->rowCount(), 5);
        QCOMPARE(table->index(0, 2).data().toString(), QString("The person says: I want nature"));
        QCOMPARE(table->index(2, 0).data().toInt(), 2);
        QCOMPARE(table->index(4, 0).data().toInt(), 1);
        QCOMPARE(table->index(4, 2).data().toString(), QString("Three | nature | vast"));
    }
    void nobody_asked_says_how_to_ask() {
        Selection selection;
        SimulatedLlmView view(selection);
        view.resize(440, 300);
        view.setSnapshot(reordered(false));
        QVERIFY(view.tag().isEmpty());
        QVERIFY(view.placed().items.empty());
        QVERIFY(!view.grab().isNull());
    }
};

QTEST_MAIN(SimulatedLlmViewTest)
#include "simulated_llm_view_test.moc"
