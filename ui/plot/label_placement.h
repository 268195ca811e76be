// Finds room for labels: none ever covers another. Pure; any thread.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <optional>
#include <span>
#include <vector>

namespace cascadelab {

struct LabelWish {
    QPointF anchor;       // what the label names
    QSizeF size;          // of its text
    double distance = 0;  // preferred distance from the anchor, e.g. the radius of a cluster
};

// Places labels near their anchors, first come first served: above, then below, beside, then
// further out. All rectangles lie inside `area` and outside `taken`; a label without room is
// absent.
std::vector<std::optional<QRectF>> placeLabels(std::span<const LabelWish> wishes, QRectF area,
                                               std::span<const QRectF> taken = {});

// Moves labels of one height along a line as little as needed: centres inside
// [low + height / 2, high - height / 2] and at least `height` apart. When not all fit, the last of
// `wanted` are absent.
std::vector<std::optional<double>> spreadLabels(std::span<const double> wanted, double height,
                                                double low, double high);

struct Interval {
    double from = 0, to = 0;
};
// A row for each interval so that no two in a row touch; -1 where `rows` rows are not enough.
std::vector<int> assignRows(std::span<const Interval> intervals, int rows, double gap);

}  // namespace cascadelab
