#include "ui/plot/sankey.h"

#include <algorithm>
#include <cmath>

#include "engine/base/error.h"

namespace cascadelab {

namespace {

constexpr double kRounding = 1e-6;  // of amounts that are means
constexpr double kGap = 2;          // screen units between the series of a column

double widthOf(double amount, SankeyScale scale) {
    return scale == SankeyScale::linear ? amount : std::log1p(amount);
}

double smooth(double share) {
    return share * share * (3 - 2 * share);
}

}  // namespace

QPainterPath SankeyRibbon::outline() const {
    const double middle = (x0 + x1) / 2;
    QPainterPath path({x0, top0});
    path.cubicTo({middle, top0}, {middle, top1}, {x1, top1});
    path.lineTo(x1, bottom1);
    path.cubicTo({middle, bottom1}, {middle, bottom0}, {x0, bottom0});
    path.closeSubpath();
    return path;
}

double SankeyRibbon::middleAt(double share) const {
    const double from = (top0 + bottom0) / 2, to = (top1 + bottom1) / 2;
    return from + (to - from) * smooth(share);
}

double Sankey::bottomOf(std::size_t column) const {
    double bottom = 0;
    for (const QRectF& node : nodes[column]) bottom = std::max(bottom, node.bottom());
    return bottom;
}

Sankey layoutSankey(const SankeyAmounts& amounts, QRectF area, SankeyScale scale, double nodeWidth,
                    double firstGap, const SankeyAmounts& entered) {
    Sankey sankey;
    if (amounts.empty() || amounts.front().empty()) return sankey;
    const std::size_t series = amounts.front().size();
    const auto gapOf = [&](std::size_t column) { return column == 0 ? firstGap : kGap; };
    const auto gapsOf = [&](std::size_t column) { return gapOf(column) * double(series - 1); };

    // One unit for all columns, so that widths can be compared across the picture.
    std::vector<double> sums(amounts.size(), 0);
    for (std::size_t c = 0; c < amounts.size(); ++c) {
        CHECK(amounts[c].size() == series);
        for (double amount : amounts[c]) sums[c] += widthOf(amount, scale);
    }
    sankey.unit = 1e30;
    for (std::size_t c = 0; c < amounts.size(); ++c)
        if (sums[c] > 0)
            sankey.unit = std::min(sankey.unit, std::max(1.0, area.height() - gapsOf(c)) / sums[c]);
    if (sankey.unit == 1e30) sankey.unit = 0;

    const double step = amounts.size() > 1
                            ? (area.width() - nodeWidth) / static_cast<double>(amounts.size() - 1)
                            : 0;
    for (std::size_t c = 0; c < amounts.size(); ++c) {
        double y = area.center().y() - (sums[c] * sankey.unit + gapsOf(c)) / 2;
        std::vector<QRectF> column;
        for (double amount : amounts[c]) {
            const double height = widthOf(amount, scale) * sankey.unit;
            column.emplace_back(area.left() + double(c) * step, y, nodeWidth, height);
            y += height + gapOf(c);
        }
        sankey.nodes.push_back(column);
    }
    for (std::size_t c = 0; c + 1 < amounts.size(); ++c) {
        for (std::size_t s = 0; s < series; ++s) {
            const double arriving = amounts[c + 1][s] - (entered.empty() ? 0.0 : entered[c + 1][s]);
            CHECK(arriving <= amounts[c][s] + kRounding);
            const QRectF &from = sankey.nodes[c][s], &to = sankey.nodes[c + 1][s];
            // Who entered stands at the lower end of the bar, where no ribbon ends.
            const double width = amounts[c + 1][s] > 0
                                     ? to.height() * std::max(0.0, arriving) / amounts[c + 1][s]
                                     : 0;
            sankey.ribbons.push_back({c, s, from.right(), from.top(), from.bottom(), to.left(),
                                      to.top(), to.top() + width, amounts[c][s] - arriving});
        }
    }
    return sankey;
}

}  // namespace cascadelab
