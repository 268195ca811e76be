// The timeline's geometry: time and place agree, words never run into the next flag.
#include <QSignalSpy>
#include <QtTest>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/timeline/timeline.h"

using namespace cascadelab;

namespace {

TimelineGeometry laidOut(const Snapshot& snapshot, double width) {
    return layOutTimeline(snapshot, Metric::click_rate, width, [](const QString& text) {
        return 6.0 * static_cast<double>(text.size());
    });
}

}  // namespace

class TimelineTest : public QObject {
    Q_OBJECT
  private slots:
    void time_and_place_agree();
    void words_end_before_the_next_flag();
    void a_note_speaks_for_the_settings_of_its_moment();
    void labelled_days_keep_their_distance();
    void sparkline_fills_its_height();
    void a_click_seeks_to_its_time();
    void dragging_looks_and_letting_go_seeks();
};

void TimelineTest::time_and_place_agree() {
    const auto snapshot = demoSnapshot();
    const auto g = laidOut(*snapshot, 1600);
    QCOMPARE(g.xAt(0), g.left);
    QCOMPARE(g.xAt(snapshot->end_s), g.right);
    QCOMPARE(g.now_x, g.xAt(snapshot->now_s));
    for (Seconds t = 0; t <= snapshot->end_s; t += 5 * kHour) {
        QVERIFY(std::abs(g.timeAt(g.xAt(t)) - t) <= 60);
    }
    QCOMPARE(g.timeAt(-50), Seconds{0});
    QCOMPARE(g.timeAt(9999), snapshot->end_s);
}

void TimelineTest::words_end_before_the_next_flag() {
    Snapshot snapshot = *demoSnapshot();
    for (int i = 0; i < 20; ++i) snapshot.marks.push_back({i * 40 * kHour, "a mark with words"});
    const auto g = laidOut(snapshot, 900);
    QCOMPARE(g.flags.size(), snapshot.marks.size());
    const auto silent =
        std::ranges::count_if(g.flags, [](const auto& flag) { return flag.label.isEmpty(); });
    QVERIFY(silent > 0 && silent < std::ssize(g.flags));  // some have room, some have none
    for (std::size_t i = 0; i + 1 < g.flags.size(); ++i) {
        QVERIFY(g.flags[i].x <= g.flags[i + 1].x);
        QVERIFY(g.flags[i].label.isEmpty() || g.flags[i].label.right() < g.flags[i + 1].x);
    }
}

void TimelineTest::a_note_speaks_for_the_settings_of_its_moment() {
    Snapshot snapshot = *demoSnapshot();
    snapshot.marks = {{kDay, "a note"}, {kDay, "a setting"}, {kDay, "another"}};
    const auto g = laidOut(snapshot, 900);
    QVERIFY(!g.flags[0].label.isEmpty());
    QVERIFY(g.flags[1].label.isEmpty() && g.flags[2].label.isEmpty());
}

void TimelineTest::labelled_days_keep_their_distance() {
    for (const double width : {400.0, 900.0, 1600.0, 3000.0}) {
        double last = -1000;
        int labels = 0;
        for (const auto& day : laidOut(*demoSnapshot(), width).days) {
            if (day.label.isEmpty()) continue;
            QVERIFY(day.x - last >= 60);
            last = day.x;
            ++labels;
        }
        QVERIFY(labels >= 3);
    }
}

void TimelineTest::sparkline_fills_its_height() {
    const auto g = laidOut(*demoSnapshot(), 1600);
    QCOMPARE(g.spark.size(), std::size_t{40});
    double low = 1, high = 0;
    for (const QPointF& point : g.spark)
        low = std::min(low, point.y()), high = std::max(high, point.y());
    QCOMPARE(low, 0.0);
    QCOMPARE(high, 1.0);
}

void TimelineTest::a_click_seeks_to_its_time() {
    Timeline timeline;
    timeline.resize(1600, 84);
    const auto snapshot = demoSnapshot();
    timeline.setSnapshot(snapshot);
    QList<Seconds> asked;
    connect(&timeline, &Timeline::seekRequested, this, [&](Seconds t) { asked << t; });
    QTest::mouseClick(&timeline, Qt::LeftButton, {}, {800, 56});
    QCOMPARE(asked.size(), 1);
    QVERIFY(std::abs(asked.front() - snapshot->end_s / 2) < kHour);
}

// The hand's way shows frames, an hour each and none twice; only letting go moves the run.
void TimelineTest::dragging_looks_and_letting_go_seeks() {
    Timeline timeline;
    timeline.resize(1600, 84);
    timeline.setSnapshot(demoSnapshot());
    QList<Seconds> looked, asked;
    connect(&timeline, &Timeline::lookRequested, this, [&](Seconds t) { looked << t; });
    connect(&timeline, &Timeline::seekRequested, this, [&](Seconds t) { asked << t; });
    QTest::mouseMove(&timeline, {700, 56});
    QVERIFY(looked.isEmpty());
    QTest::mousePress(&timeline, Qt::LeftButton, {}, {700, 56});
    for (const int x : {600, 600, 500}) {
        QMouseEvent move(QEvent::MouseMove, QPointF(x, 56), QPointF(x, 56), Qt::NoButton,
                         Qt::LeftButton, {});
        QApplication::sendEvent(&timeline, &move);
    }
    QCOMPARE(looked.size(), 2);
    QVERIFY(looked[0] > looked[1]);
    for (const Seconds time_s : looked) QCOMPARE(time_s % kHour, Seconds{0});
    QVERIFY(asked.isEmpty());
    QTest::mouseRelease(&timeline, Qt::LeftButton, {}, {500, 56});
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.front() / kHour * kHour, looked[1]);
}

QTEST_MAIN(TimelineTest)
#include "timeline_test.moc"
