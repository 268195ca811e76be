// One person's bubble: everything is counted once, the nearer to the middle the more valued, in its
// topic's sector, and what they would have loved is told apart by whether it was shown.
#include "ui/views/bubble/bubble_view.h"

#include <QtTest>
#include <cmath>
#include <numbers>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

// Four items of two topics; 2 is worth most and was shown, 0 comes next and was not found.
PersonView somebody() {
    PersonView person;
    auto trace = std::make_shared<CascadeTrace>();
    trace->candidates.resize(2);
    trace->candidates[0].item = ItemId(2u);
    trace->candidates[0].position = 0;
    trace->candidates[0].fate = Fate::shown;
    trace->candidates[1].item = ItemId(3u);
    trace->candidates[1].position = -1;
    trace->candidates[1].fate = Fate::score;
    trace->oracle = {{ItemId(2u), 3, LossStage::kept}, {ItemId(0u), 2, LossStage::retrieval}};
    person.trace = trace;
    person.worth = std::make_shared<const std::vector<float>>(std::vector<float>{2, 0, 3, 1});
    return person;
}

Cards fourItems() {
    Cards cards;
    cards.items.resize(4);
    cards.items[1].topic = cards.items[3].topic = 5;
    return cards;
}

}  // namespace

class BubbleViewTest : public QObject {
    Q_OBJECT
  private slots:
    void everything_is_counted_once() {
        const auto content = bubbleContent(somebody(), fourItems());
        QVERIFY(content);
        QCOMPARE(content->all.exists, std::size_t{4});
        QCOMPARE(content->all.retrieved, std::size_t{2});
        QCOMPARE(content->all.shown, std::size_t{1});
        QCOMPARE(content->all.loved, std::size_t{2});
        QCOMPARE(content->all.loved_retrieved, std::size_t{1});
        QCOMPARE(content->all.loved_shown, std::size_t{1});
        QCOMPARE(content->topic[0].exists, std::size_t{2});
        QCOMPARE(content->topic[0].loved, std::size_t{2});
        QCOMPARE(content->topic[5].retrieved, std::size_t{1});
        QCOMPARE(content->items[2].rank, std::size_t{0});
        QCOMPARE(content->items[0].rank, std::size_t{1});
        QCOMPARE(content->items[1].rank, std::size_t{3});
        PersonView none = somebody();
        none.trace = nullptr;
        QVERIFY(!bubbleContent(none, fourItems()));
        // Released after the request: worth nothing yet.
        Cards more = fourItems();
        more.items.resize(9);
        QCOMPARE(bubbleContent(somebody(), more)->items.size(), std::size_t{4});
    }

    void the_more_valued_the_nearer_and_in_its_sector() {
        const auto snapshot = demoSnapshot();
        const auto content = bubbleContent(*snapshot->focus, *snapshot->cards);
        for (const QRectF area :
             {QRectF(0, 0, 1000, 600), QRectF(0, 0, 320, 300), QRectF(0, 0, 306, 460)}) {
            const BubbleLayout layout = layoutBubble(*content, *snapshot->cards, area);
            QCOMPARE(layout.dots.size(), content->items.size());
            std::vector<double> away(content->items.size());
            for (const BubbleDot& dot : layout.dots) {
                const QPointF from = dot.at - layout.centre;
                away[dot.item.rank] = std::hypot(from.x(), from.y());
                QVERIFY(away[dot.item.rank] <= layout.radius + 1e-6);
                const double turn = std::atan2(from.y(), from.x()) / (2 * std::numbers::pi) + 1.25;
                const auto sector = static_cast<std::size_t>(std::fmod(turn, 1.0) * 8);
                QCOMPARE(sector, std::size_t{snapshot->cards->items[dot.item.item.index()].topic});
            }
            QVERIFY(std::ranges::is_sorted(away));
            for (const BubbleRing& ring : layout.rings)
                QVERIFY(std::abs(away[ring.rank - 1] - ring.radius) < 1e-6);
            for (const QRectF& name : layout.topic) {
                QVERIFY(name.top() >= area.top() - 1 && name.bottom() <= area.bottom() + 1);
            }
            // The table stands wherever it leaves the circle most of its room.
            QVERIFY(layout.rows.empty() == (area.height() < 400));
            for (const BubbleRow& row : layout.rows) {
                QVERIFY(area.adjusted(-1, -1, 1, 1).contains(row.line));
                QVERIFY(row.value.back().right() <= row.line.right() + 1e-6);
                QVERIFY(row.line.top() > layout.centre.y() + layout.radius ||
                        row.line.left() > layout.centre.x() + layout.radius);
            }
        }
    }

    void what_was_found_lies_above_what_merely_exists() {
        const auto snapshot = demoSnapshot();
        Selection selection;
        BubbleView view(selection);
        view.resize(1000, 600);
        view.show();
        view.setSnapshot(snapshot);
        const BubbleDot top = view.placed().dots.back();
        QVERIFY(top.item.loved);
        QTest::mouseClick(&view, Qt::LeftButton, {}, top.at.toPoint());
        QCOMPARE(selection.item(), top.item.item);
        QVERIFY(view.wordsAt(top.at).contains(QStringLiteral("among the best")));
        QVERIFY(view.subtitle().contains(QStringLiteral("10 best")));
        QVERIFY(view.wordsAt(view.placed().rows[0].line.center())
                    .contains(QStringLiteral("items exist")));
        QCOMPARE(view.table()->index(0, 0).data().toInt(), 1);
        QCOMPARE(view.table()->rowCount(), int(snapshot->items));
    }

    void a_preview_is_told_on_the_card() {
        Selection selection;
        BubbleView view(selection);
        auto snapshot = std::make_shared<Snapshot>(*demoSnapshot());
        view.setSnapshot(snapshot);
        QVERIFY(view.tag().isEmpty());
        auto person = std::make_shared<PersonView>(*snapshot->focus);
        auto trace = std::make_shared<CascadeTrace>(*person->trace);
        trace->preview = true;
        person->trace = trace;
        auto later = std::make_shared<Snapshot>(*snapshot);
        later->focus = person;
        view.setSnapshot(later);
        QVERIFY(!view.tag().isEmpty());
    }
};

QTEST_MAIN(BubbleViewTest)
#include "bubble_view_test.moc"
