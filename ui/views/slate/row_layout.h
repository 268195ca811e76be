// Where the headings and cards of a page in rows lie: rows under each other, each one line that may
// be longer than the view is wide. Pure geometry; any thread.
#pragma once

#include <QRectF>
#include <span>
#include <vector>

#include "engine/cascade/request/trace.h"

namespace cascadelab {

inline constexpr double kCardGap = 10, kCardWords = 42;  // pixels; words lie under a picture
inline constexpr double kSmallestCard = 118, kFlattestPicture = 52;

struct RowsLayout {
    std::vector<QRectF> headings;  // one a row, as wide as the view
    std::vector<QRectF> cards;     // one an item, in reading order; rows are not scrolled
    double height = 0;             // of all rows
};

// Cards as large as all rows fit into the height, but never too small to read: then the rows are
// higher than the view. Rows that are wider end with the beginning of a card, so that one sees that
// they go on.
RowsLayout layOutRows(std::span<const PageRow> rows, double width, double height);

}  // namespace cascadelab
