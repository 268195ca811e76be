// Geometry of amounts that flow through columns and get less but for what enters on the way: nodes
// stacked in columns, ribbons between them that narrow by what was lost. Pure; any thread.
#pragma once

#include <QPainterPath>
#include <QRectF>
#include <vector>

namespace cascadelab {

// amounts[column][series].
using SankeyAmounts = std::vector<std::vector<double>>;

enum class SankeyScale { linear, logarithmic };  // width ~ amount, or ~ log(1 + amount)

struct SankeyRibbon {
    std::size_t column = 0;  // it leads from here to the next
    std::size_t series = 0;
    double x0 = 0, top0 = 0, bottom0 = 0;  // where it leaves
    double x1 = 0, top1 = 0, bottom1 = 0;  // where it arrives
    double lost = 0;                       // amount that does not arrive

    QPainterPath outline() const;
    double middleAt(double share) const;  // y of its middle line, share 0..1 of the way
};

struct Sankey {
    std::vector<std::vector<QRectF>> nodes;  // [column][series]
    std::vector<SankeyRibbon> ribbons;       // by column, then series
    double unit = 0;                         // screen units of one amount (or one natural log)

    double bottomOf(std::size_t column) const;
};

// Lays the columns over `area` from left to right, each centred. The first column's series stand
// `firstGap` apart, all others 2. The tallest column fills the area. entered: what of each amount
// did not come from the column before; empty: nothing. No ribbon leads to it.
Sankey layoutSankey(const SankeyAmounts& amounts, QRectF area, SankeyScale scale, double nodeWidth,
                    double firstGap, const SankeyAmounts& entered = {});

}  // namespace cascadelab
