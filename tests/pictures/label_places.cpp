#include "tests/pictures/label_places.h"

#include <QPaintEngine>
#include <QPainter>
#include <QWidget>
#include <algorithm>
#include <cstdlib>
#include <map>

namespace cascadelab {
namespace {

constexpr int kInk = 40;  // of 255: so far a channel leaves the ground's

// Listens to painters and draws nothing.
class LabelEngine : public QPaintEngine {
  public:
    LabelEngine() : QPaintEngine(AllFeatures) {}
    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    Type type() const override { return User; }
    void updateState(const QPaintEngineState& now) override {
        if (now.state() & DirtyTransform) m_transform = now.transform();
    }
    void drawTextItem(const QPointF& at, const QTextItem& item) override {
        const QRectF box(at.x(), at.y() - item.ascent(), item.width(),
                         item.ascent() + item.descent());
        labels.push_back({item.text(), m_transform.mapRect(box).toAlignedRect()});
    }
    void drawPath(const QPainterPath&) override {}
    void drawPolygon(const QPointF*, int, PolygonDrawMode) override {}
    void drawPolygon(const QPoint*, int, PolygonDrawMode) override {}
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}
    void drawTiledPixmap(const QRectF&, const QPixmap&, const QPointF&) override {}
    void drawImage(const QRectF&, const QImage&, const QRectF&, Qt::ImageConversionFlags) override {
    }

    std::vector<LabelPlace> labels;

  private:
    QTransform m_transform;
};

// A picture in size and resolution, with that engine.
class LabelDevice : public QImage {
  public:
    explicit LabelDevice(QSize size) : QImage(size, Format_RGB32) {}
    QPaintEngine* paintEngine() const override { return &engine; }
    mutable LabelEngine engine;
};

// The most frequent colour of a place.
QRgb groundOf(const QImage& picture, const QRect& place) {
    std::map<QRgb, int> counts;
    for (int y = place.top(); y <= place.bottom(); ++y)
        for (int x = place.left(); x <= place.right(); ++x) ++counts[picture.pixel(x, y)];
    const auto most =
        std::ranges::max_element(counts, {}, [](const auto& entry) { return entry.second; });
    return most == counts.end() ? 0 : most->first;
}

}  // namespace

std::vector<LabelPlace> labelPlaces(QWidget& widget) {
    LabelDevice device(widget.size());
    widget.render(&device);
    return std::move(device.engine.labels);
}

QImage withPartsOfAPixel(const QImage& picture, QPoint towards, double share) {
    QImage aside = picture.convertToFormat(QImage::Format_RGB32);
    QImage further = aside;
    QPainter(&further).drawImage(towards, aside);
    QPainter painter(&aside);
    painter.setOpacity(share);
    painter.drawImage(0, 0, further);
    return aside;
}

QImage withMoved(const QImage& picture, const QRect& place, QPoint by) {
    const QImage words = picture.copy(place);
    QImage moved = withErased(picture, place);
    QPainter(&moved).drawImage(place.topLeft() + by, words);
    return moved;
}

QImage withErased(const QImage& picture, const QRect& place) {
    QImage erased = picture;
    const QRect inside = place.intersected(picture.rect());
    if (!inside.isEmpty()) QPainter(&erased).fillRect(inside, QColor(groundOf(picture, inside)));
    return erased;
}

int inkIn(const QImage& picture, const QRect& place) {
    const QRect inside = place.intersected(picture.rect());
    if (inside.isEmpty()) return 0;
    const QRgb ground = groundOf(picture, inside);
    int ink = 0;
    for (int y = inside.top(); y <= inside.bottom(); ++y) {
        for (int x = inside.left(); x <= inside.right(); ++x) {
            const QRgb pixel = picture.pixel(x, y);
            ink += std::max({std::abs(qRed(pixel) - qRed(ground)),
                             std::abs(qGreen(pixel) - qGreen(ground)),
                             std::abs(qBlue(pixel) - qBlue(ground))}) > kInk;
        }
    }
    return ink;
}

}  // namespace cascadelab
