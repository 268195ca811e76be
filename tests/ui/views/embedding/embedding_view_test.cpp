// The embedding map under the pointer: what is seen is what is picked, and the frame stands still.
#include <QSignalSpy>
#include <QVariantAnimation>
#include <QWheelEvent>
#include <QtTest>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/plot/motion.h"
#include "ui/view/selection.h"
#include "ui/views/embedding/embedding_view.h"

using namespace cascadelab;

namespace {

// Four items at the corners of a square, one person in its middle.
std::shared_ptr<Snapshot> square() {
    auto cards = std::make_shared<Cards>();
    cards->topics.fill("Topic");
    cards->items.resize(4);
    cards->items[2].title = "The Third";
    cards->people.resize(1);
    auto map = std::make_shared<MapView>();
    map->items = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};
    map->people = {{0.5f, 0.5f}};
    map->people_topic = {3};
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->cards = cards;
    snapshot->map = map;
    return snapshot;
}

struct Shown {
    Selection selection;
    EmbeddingView view{selection};

    explicit Shown(std::shared_ptr<const Snapshot> snapshot) {
        view.resize(400, 400);
        view.setTheme(Theme::dark());
        view.setSnapshot(std::move(snapshot));
        view.show();
        view.grab();
    }
    // Where the square's corner (x, y) is: the frame has a margin of 4 and 5 % of air.
    static QPointF corner(double x, double y) {
        const double scale = 392 / 1.1;
        return {200 + (x - 0.5) * scale, 200 - (y - 0.5) * scale};
    }
};

}  // namespace

class EmbeddingViewTest : public QObject {
    Q_OBJECT
  private slots:
    void the_pointer_picks_the_nearest_within_reach();
    void a_click_selects_and_empty_ground_clears();
    void the_wheel_keeps_the_place_under_the_pointer();
    void hidden_people_are_not_picked();
    void points_arrive_at_once_when_motion_is_reduced();
    void a_new_model_keeps_the_frame_while_it_fits();
    void styles_name_topic_and_kind();
    void the_middle_of_a_topic_is_its_median();
};

void EmbeddingViewTest::the_pointer_picks_the_nearest_within_reach() {
    Shown shown(square());
    const auto pick = shown.view.pickAt(Shown::corner(0, 1) + QPointF(5, -3));
    QVERIFY(pick && pick->item == ItemId{2} && !pick->person.valid());
    QVERIFY((pick->place - Shown::corner(0, 1)).manhattanLength() < 0.01);
    const auto person = shown.view.pickAt({200, 203});
    QVERIFY(person && person->person == PersonId{0} && !person->item.valid());
    QVERIFY(!shown.view.pickAt(Shown::corner(0, 1) + QPointF(9, 0)));
}

void EmbeddingViewTest::a_click_selects_and_empty_ground_clears() {
    Shown shown(square());
    QTest::mouseClick(&shown.view, Qt::LeftButton, {}, Shown::corner(1, 0).toPoint());
    QVERIFY(shown.selection.isItem(ItemId{1}));
    QTest::mouseClick(&shown.view, Qt::LeftButton, {}, {200, 200});
    QVERIFY(shown.selection.isPerson(PersonId{0}));
    QTest::mouseClick(&shown.view, Qt::LeftButton, {}, {120, 200});
    QVERIFY(shown.selection.empty());
}

void EmbeddingViewTest::the_wheel_keeps_the_place_under_the_pointer() {
    Shown shown(square());
    const QPointF at = Shown::corner(1, 1);
    QWheelEvent wheel(at, at, {}, {0, 480}, {}, {}, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&shown.view, &wheel);
    const auto pick = shown.view.pickAt(at);
    QVERIFY(pick && pick->item == ItemId{3});
    QVERIFY((pick->place - at).manhattanLength() < 0.01);
    QVERIFY(!shown.view.pickAt({200, 200}));  // the person moved away
    QTest::keyClick(&shown.view, Qt::Key_Minus);
    for (int i = 0; i < 8; ++i) QTest::keyClick(&shown.view, Qt::Key_Minus);
    QVERIFY(shown.view.pickAt({200, 200}));  // never smaller than everything
}

void EmbeddingViewTest::hidden_people_are_not_picked() {
    Shown shown(square());
    QVERIFY(shown.view.subtitle().contains(QStringLiteral("people")));
    shown.view.menuActions().front()->setChecked(false);
    QVERIFY(!shown.view.pickAt({200, 200}));
    QVERIFY(!shown.view.subtitle().contains(QStringLiteral("people")));
}

void EmbeddingViewTest::points_arrive_at_once_when_motion_is_reduced() {
    const auto moved = [] {
        auto snapshot = square();
        auto map = std::make_shared<MapView>(*snapshot->map);
        map->version = 1;
        map->items[0] = {0.3f, 0.3f};
        snapshot->map = map;
        return snapshot;
    };
    const auto still = [](Shown& shown) { return shown.view.grab().toImage(); };
    qApp->setProperty(kReducedMotion, true);
    Shown target(square()), jumped(square());
    target.view.setSnapshot(moved());
    const QImage arrived = still(target);
    qApp->setProperty(kReducedMotion, false);
    jumped.view.setSnapshot(moved());
    auto* way = jumped.view.findChild<QVariantAnimation*>();
    QCOMPARE(way->state(), QAbstractAnimation::Running);
    QCOMPARE(way->duration(), kGlideMs);
    QVERIFY(still(jumped) != arrived);
    way->setCurrentTime(kGlideMs / 3);
    QVERIFY(still(jumped) != arrived);
    way->setCurrentTime(kGlideMs);
    QCOMPARE(still(jumped), arrived);  // where the other stood at once
}

void EmbeddingViewTest::a_new_model_keeps_the_frame_while_it_fits() {
    const QRectF first = steadyFrame({0, 0, 10, 6}, {});
    QVERIFY(first.contains(QRectF(0, 0, 10, 6)));
    QCOMPARE(steadyFrame({0.2, 0.1, 9.7, 5.5}, first), first);
    QVERIFY(steadyFrame({0, 0, 14, 6}, first).contains(QRectF(0, 0, 14, 6)));
    QVERIFY(steadyFrame({0, 0, 3, 2}, first).width() < 5);  // no longer fills it
}

void EmbeddingViewTest::styles_name_topic_and_kind() {
    const auto snapshot = square();
    const auto styles = embeddingStyles(*snapshot->map, *snapshot->cards);
    QCOMPARE(styles, (std::vector<std::uint8_t>{0, 0, 0, 0, kTopicCount + 3}));
    QCOMPARE(embeddingLook(Theme::dark(), 1.5).size(), 2 * kTopicCount);
}

void EmbeddingViewTest::the_middle_of_a_topic_is_its_median() {
    Cards cards;
    cards.items.resize(5);
    MapView map;
    map.items = {{0, 5}, {1, 5}, {2, 5}, {3, 5}, {100, 5}};
    const auto places = topicPlaces(map, cards);
    QCOMPARE(places.size(), std::size_t{1});
    QCOMPARE(places[0].middle, QPointF(2, 5));
    QCOMPARE(places[0].spread, 1.0);
}

QTEST_MAIN(EmbeddingViewTest)
#include "embedding_view_test.moc"
