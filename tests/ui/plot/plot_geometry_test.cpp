// Ticks, labels and picking: the arithmetic under every picture.
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <random>

#include "ui/plot/label_placement.h"
#include "ui/plot/plane_transform.h"
#include "ui/plot/point_grid.h"
#include "ui/plot/ticks.h"
#include "ui/words/numbers.h"

using namespace cascadelab;

class PlotGeometryTest : public QObject {
    Q_OBJECT
  private slots:
    void ticks_are_round_and_inside();
    void tick_texts_have_the_decimals_of_their_step();
    void an_axis_grows_in_steps();
    void time_ticks_name_days_and_hours();
    void placed_labels_never_overlap();
    void a_label_without_room_is_absent();
    void spread_labels_keep_apart_and_near();
    void rows_keep_intervals_apart();
    void the_grid_finds_what_a_full_search_finds();
    void zoom_keeps_the_point_under_the_pointer();
};

void PlotGeometryTest::ticks_are_round_and_inside() {
    QCOMPARE(niceTicks(0, 100, 5), (std::vector<double>{0, 50, 100}));
    QCOMPARE(niceTicks(0, 100, 6), (std::vector<double>{0, 20, 40, 60, 80, 100}));
    QCOMPARE(niceTicks(-1, 1, 5), (std::vector<double>{-1, -0.5, 0, 0.5, 1}));
    std::mt19937 engine(1);
    std::uniform_real_distribution<double> exponent(-6, 9), share(0, 1);
    int compared = 0;
    for (int i = 0; i < 2000; ++i) {
        const double low = (share(engine) - 0.5) * std::pow(10, exponent(engine));
        const double high = low + std::pow(10, exponent(engine)) * (0.1 + share(engine));
        const int most = 2 + i % 8;
        const auto ticks = niceTicks(low, high, most);
        QVERIFY(static_cast<int>(ticks.size()) <= most);
        for (double tick : ticks)
            QVERIFY(tick >= low - (high - low) * 1e-6 && tick <= high + (high - low) * 1e-6);
        // Far from 0 a double does not tell one step from the next.
        if (ticks.size() < 2 || std::abs(low) > 1e4 * (high - low)) continue;
        ++compared;
        const double step = ticks[1] - ticks[0];
        const double digit = step / std::pow(10, std::floor(std::log10(step) + 1e-6));
        QVERIFY2(
            std::abs(digit - 1) < 1e-3 || std::abs(digit - 2) < 1e-3 || std::abs(digit - 5) < 1e-3,
            qPrintable(QString::number(step)));
        const double first = ticks[0] / step;
        QVERIFY(std::abs(first - std::round(first)) < 1e-3);
    }
    QVERIFY(compared > 800);
    QVERIFY(niceTicks(1, 1, 5).empty());
    QVERIFY(niceTicks(0, std::nan(""), 5).empty());
}

void PlotGeometryTest::tick_texts_have_the_decimals_of_their_step() {
    const auto texts = [](double low, double high, double factor = 1) {
        std::vector<double> ticks = niceTicks(low, high, 6);
        for (double& tick : ticks) tick *= factor;
        return tickTexts(ticks).join(' ');
    };
    QCOMPARE(texts(1, 9), "2 4 6 8");
    QCOMPARE(texts(0, 1), "0.0 0.2 0.4 0.6 0.8 1.0");
    QCOMPARE(texts(0.1, 0.35, 100), "10 15 20 25 30 35");
    QCOMPARE(texts(-0.02, 0.02),
             QString("-0.02 -0.01 0.00 0.01 0.02").replace(QChar(0x2d), QChar(0x2212)));
    QCOMPARE(texts(0, 5000), "0 1,000 2,000 3,000 4,000 5,000");
    QCOMPARE(texts(0, 25000), "0 5k 10k 15k 20k 25k");
    QCOMPARE(texts(9.9999, 10.0001).section(' ', 0, 0), "9.99990");
}

void PlotGeometryTest::an_axis_grows_in_steps() {
    const AxisRange first = steppedRange(0.12, 0.71);
    QVERIFY(first.low <= 0.12 && first.high >= 0.71);
    QVERIFY(first.high - first.low < 2 * (0.71 - 0.12));
    QCOMPARE(steppedRange(0.10, 0.75, first), first);  // still inside: nothing moves
    QVERIFY(steppedRange(0.10, 0.95, first).high >= 0.95);
    QVERIFY(!(steppedRange(0.40, 0.44, first) == first));  // far too wide: closes in
    const AxisRange flat = steppedRange(5, 5);
    QVERIFY(flat.low < 5 && flat.high > 5);
}

void PlotGeometryTest::time_ticks_name_days_and_hours() {
    const auto days = timeTicks(0, 11 * kDay + 5 * kHour, 7);
    QCOMPARE(days.front().label, QStringLiteral("Day 1"));
    QVERIFY(days.size() <= 7);
    for (const TimeTick& tick : days) QCOMPARE(second_of_day(tick.time_s), Seconds{0});
    const auto hours = timeTicks(9 * kHour, 21 * kHour, 5);
    QCOMPARE(hours.front().time_s, 9 * kHour);
    QCOMPARE(hours.front().label, QStringLiteral("09:00"));
}

void PlotGeometryTest::placed_labels_never_overlap() {
    std::mt19937 engine(3);
    std::uniform_real_distribution<double> place(0, 300);
    std::size_t there = 0;
    for (int round = 0; round < 200; ++round) {
        std::vector<LabelWish> wishes;
        for (int i = 0; i < 8; ++i)
            wishes.push_back({{place(engine), place(engine)}, {60, 14}, double(round % 30)});
        const QRectF area(0, 0, 300, 300);
        const std::vector<QRectF> taken = {{100, 100, 80, 40}};
        const auto placed = placeLabels(wishes, area, taken);
        QCOMPARE(placed.size(), wishes.size());
        for (std::size_t a = 0; a < placed.size(); ++a) {
            if (!placed[a]) continue;
            ++there;
            QVERIFY(area.contains(*placed[a]));
            QVERIFY(!placed[a]->intersects(taken[0]));
            for (std::size_t b = 0; b < a; ++b)
                QVERIFY(!placed[b] || !placed[a]->intersects(*placed[b]));
        }
    }
    QVERIFY(there > 800);  // of 1,600
}

void PlotGeometryTest::a_label_without_room_is_absent() {
    const std::vector<LabelWish> wishes = {{{10, 13}, {18, 12}, 0}, {{10, 13}, {18, 12}, 0}};
    const auto placed = placeLabels(wishes, QRectF(0, 0, 20, 20));
    QVERIFY(placed[0].has_value());
    QVERIFY(!placed[1].has_value());
}

void PlotGeometryTest::spread_labels_keep_apart_and_near() {
    const std::vector<double> wanted = {50, 52, 49, 120, 3};
    const auto placed = spreadLabels(wanted, 20, 0, 200);
    std::vector<double> sorted;
    for (const auto& place : placed) {
        QVERIFY(place.has_value());
        QVERIFY(*place >= 10 && *place <= 190);
        sorted.push_back(*place);
    }
    QCOMPARE(*placed[3], 120.0);
    QVERIFY(*placed[2] < *placed[0] && *placed[0] < *placed[1]);  // order is kept
    std::ranges::sort(sorted);
    for (std::size_t i = 1; i < sorted.size(); ++i) QVERIFY(sorted[i] - sorted[i - 1] >= 20 - 1e-9);

    const auto tight = spreadLabels(wanted, 20, 0, 65);
    QCOMPARE(std::ranges::count_if(tight, [](auto& p) { return p.has_value(); }), 3);
    QVERIFY(!tight[3] && !tight[4]);
}

void PlotGeometryTest::rows_keep_intervals_apart() {
    const std::vector<Interval> intervals = {{0, 50}, {40, 90}, {45, 60}, {95, 120}};
    QCOMPARE(assignRows(intervals, 2, 4), (std::vector<int>{0, 1, -1, 0}));
}

void PlotGeometryTest::the_grid_finds_what_a_full_search_finds() {
    std::mt19937 engine(11);
    std::normal_distribution<float> place(0, 1);
    std::vector<std::array<float, 2>> points;
    for (int i = 0; i < 3000; ++i) {
        const float x = place(engine);
        points.push_back({x, place(engine)});
    }
    points.push_back(points[17]);  // a tie goes to the lower index
    const PointGrid grid(points);
    for (int i = 0; i < 500; ++i) {
        const float x = place(engine), y = i == 0 ? 50.0f : place(engine), radius = 0.08f;
        std::optional<std::size_t> expected;
        float best = radius * radius;
        for (std::size_t k = 0; k < points.size(); ++k) {
            const float dx = points[k][0] - x, dy = points[k][1] - y;
            if (dx * dx + dy * dy > best || (expected && dx * dx + dy * dy == best)) continue;
            best = dx * dx + dy * dy;
            expected = k;
        }
        QCOMPARE(grid.nearest(points, x, y, radius), expected);
    }
    QCOMPARE(grid.nearest(points, points[17][0], points[17][1], 0.01f),
             std::optional<std::size_t>(17));
    QVERIFY(!PointGrid().nearest({}, 0, 0, 1));
}

void PlotGeometryTest::zoom_keeps_the_point_under_the_pointer() {
    const PlaneTransform fitted = fitPlane({-2, -1, 4, 2}, {0, 0, 400, 400});
    QCOMPARE(fitted.scale, 100.0);
    QCOMPARE(fitted.toScreen({0, 0}), QPointF(200, 200));
    QCOMPARE(fitted.toScreen({1, 1}), QPointF(300, 100));  // the second axis points up
    const QPointF pointer(130, 270);
    const PlaneTransform closer = fitted.zoomed(3, pointer);
    QCOMPARE(closer.toMap(pointer), fitted.toMap(pointer));
    QCOMPARE(closer.toScreen(closer.toMap({5, 6})), QPointF(5, 6));
}

QTEST_GUILESS_MAIN(PlotGeometryTest)
#include "plot_geometry_test.moc"
