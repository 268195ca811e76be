// How the plane of a map lands on the screen: one scale for both axes, the second axis upward, then
// a shift. Not for charts with units; those have axes of their own. A value; any thread.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <algorithm>

namespace cascadelab {

struct PlaneTransform {
    double scale = 1;  // screen units a map unit
    double dx = 0;     // screen x of the map's origin
    double dy = 0;     // screen y of the map's origin

    QPointF toScreen(QPointF map) const { return {map.x() * scale + dx, dy - map.y() * scale}; }
    QPointF toMap(QPointF screen) const {
        return {(screen.x() - dx) / scale, (dy - screen.y()) / scale};
    }
    PlaneTransform moved(QPointF by) const { return {scale, dx + by.x(), dy + by.y()}; }
    // Grows by a factor while the map point under `anchor` (screen) stays where it is.
    PlaneTransform zoomed(double factor, QPointF anchor) const {
        return {scale * factor, anchor.x() + (dx - anchor.x()) * factor,
                anchor.y() + (dy - anchor.y()) * factor};
    }
    // For a picture with `ratio` device pixels a screen unit.
    PlaneTransform onDevice(double ratio) const { return {scale * ratio, dx * ratio, dy * ratio}; }

    friend bool operator==(const PlaneTransform&, const PlaneTransform&) = default;
};

// The largest transform that shows all of `map` inside `screen`, centred.
inline PlaneTransform fitPlane(QRectF map, QRectF screen) {
    const double width = std::max(map.width(), 1e-9);
    const double height = std::max(map.height(), 1e-9);
    const double scale = std::max(1e-9, std::min(screen.width() / width, screen.height() / height));
    return {scale, screen.center().x() - map.center().x() * scale,
            screen.center().y() + map.center().y() * scale};
}

}  // namespace cascadelab
