// The point layer: every point lands where the transform says, none is lost, and more threads draw
// the same picture.
#include <QtTest>
#include <random>

#include "ui/plot/splatter.h"

using namespace cascadelab;

namespace {

struct PointSet {
    std::vector<float> x, y;
    std::vector<std::uint8_t> style;

    void add(float px, float py, std::uint8_t s = 0) {
        x.push_back(px);
        y.push_back(py);
        style.push_back(s);
    }
    SplatPoints view() const { return {x, y, style}; }
};

PointSet cloud(std::size_t count) {
    PointSet set;
    std::mt19937 engine(7);
    std::uniform_real_distribution<float> place(0, 100);
    for (std::size_t i = 0; i < count; ++i) {
        const float x = place(engine);
        set.add(x, place(engine), static_cast<std::uint8_t>(i % 3));
    }
    return set;
}

const std::vector<SplatStyle> kStyles = {
    {.colour = qRgb(255, 0, 0)}, {.colour = qRgb(0, 255, 0)}, {.colour = qRgb(0, 0, 255)}};
const std::vector<QRgb> kPalette = {qRgb(255, 0, 0), qRgb(0, 255, 0), qRgb(0, 0, 255)};

}  // namespace

class SplatterTest : public QObject {
    Q_OBJECT
  private slots:
    void a_mark_stands_where_the_transform_says();
    void every_point_is_counted_in_its_pixel();
    void points_outside_are_left_out();
    void a_pixel_shows_the_mean_colour_of_its_points();
    void more_threads_draw_the_same_picture();
    void zooming_in_turns_density_into_marks();
    void device_pixels_follow_the_ratio();
};

void SplatterTest::a_mark_stands_where_the_transform_says() {
    PointSet set;
    set.add(2, 3);
    Splatter splatter;
    const PlaneTransform transform{10, 5, 67};
    const QImage image = splatter.draw(set.view(), kStyles, transform, {60, 60});
    QCOMPARE(splatter.visible(), std::size_t{1});

    double weight = 0, sumX = 0, sumY = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const double alpha = qAlpha(image.pixel(x, y));
            weight += alpha;
            sumX += alpha * (x + 0.5);
            sumY += alpha * (y + 0.5);
        }
    }
    QVERIFY(weight > 0);
    QVERIFY(std::abs(sumX / weight - 25) < 0.2);
    QVERIFY(std::abs(sumY / weight - 37) < 0.2);
}

void SplatterTest::every_point_is_counted_in_its_pixel() {
    const PointSet set = cloud(50'000);
    const PlaneTransform transform{2.5, -20, 230};
    const QSize size(200, 180);
    std::vector<std::uint32_t> expected(200 * 180);
    std::size_t inside = 0;
    for (std::size_t i = 0; i < set.x.size(); ++i) {
        const float x = set.x[i] * 2.5f - 20, y = 230 - set.y[i] * 2.5f;
        if (x < 0 || x >= 200 || y < 0 || y >= 180) continue;
        ++expected[static_cast<std::size_t>(y) * 200 + static_cast<std::size_t>(x)];
        ++inside;
    }
    Workers workers(2);
    DensityRaster raster;
    QCOMPARE(raster.count(set.view(), kPalette, transform, size, workers), inside);
    for (int y = 0; y < 180; ++y)
        for (int x = 0; x < 200; ++x)
            QCOMPARE(raster.countAt(x, y), expected[static_cast<std::size_t>(y * 200 + x)]);
}

void SplatterTest::points_outside_are_left_out() {
    PointSet set;
    for (float far : {-1e9f, -0.001f, 10.0f, 1e9f}) set.add(far, -5), set.add(5, -far);
    set.add(0, 0);
    set.add(9.99f, -9.99f);
    Workers workers;
    DensityRaster raster;
    QCOMPARE(raster.count(set.view(), kPalette, {}, {10, 10}, workers), std::size_t{2});
    Splatter splatter;
    splatter.draw(set.view(), kStyles, {}, {10, 10});
    QCOMPARE(splatter.visible(), std::size_t{2});
}

void SplatterTest::a_pixel_shows_the_mean_colour_of_its_points() {
    PointSet set;
    // Far more points than a pixel's colour sums hold: the hue must stand.
    for (int i = 0; i < 3000; ++i) set.add(4.5f, -4.5f, static_cast<std::uint8_t>(i % 2));
    Workers workers;
    DensityRaster raster;
    raster.count(set.view(), kPalette, {}, {9, 9}, workers);
    QCOMPARE(raster.countAt(4, 4), 3000u);
    QImage image(9, 9, QImage::Format_ARGB32_Premultiplied);
    raster.tone(image, workers);
    const QColor colour = image.pixelColor(4, 4);
    QCOMPARE(colour.alpha(), 255);
    QVERIFY(std::abs(colour.red() - 127) <= 3 && std::abs(colour.green() - 127) <= 3);
    QCOMPARE(colour.blue(), 0);
    QCOMPARE(image.pixelColor(3, 4).alpha(), 0);
}

void SplatterTest::more_threads_draw_the_same_picture() {
    const PointSet set = cloud(150'000);
    Splatter one(1), three(3);
    const PlaneTransform transform{3, 0, 300};
    const QImage alone = one.draw(set.view(), kStyles, transform, {300, 300});
    QVERIFY(one.asDensity());
    QCOMPARE(three.draw(set.view(), kStyles, transform, {300, 300}), alone);
}

void SplatterTest::zooming_in_turns_density_into_marks() {
    const PointSet set = cloud(100'000);
    Splatter splatter;
    splatter.draw(set.view(), kStyles, {3, 0, 300}, {300, 300});
    QVERIFY(splatter.asDensity());
    QCOMPARE(splatter.visible(), std::size_t{100'000});
    splatter.draw(set.view(), kStyles, {30, -1500, 1800}, {300, 300});
    QVERIFY(!splatter.asDensity());
    QVERIFY(splatter.visible() > 500 && splatter.visible() < 2000);
}

void SplatterTest::device_pixels_follow_the_ratio() {
    PointSet set;
    set.add(10, -10);
    Splatter splatter;
    const QImage image = splatter.draw(set.view(), kStyles, {}, {40, 30}, 2);
    QCOMPARE(image.size(), QSize(80, 60));
    QVERIFY(qAlpha(image.pixel(20, 20)) > 200);
    QCOMPARE(qAlpha(image.pixel(10, 10)), 0);
}

QTEST_GUILESS_MAIN(SplatterTest)
#include "splatter_test.moc"
