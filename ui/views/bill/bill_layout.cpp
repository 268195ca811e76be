#include "ui/views/bill/bill_layout.h"

#include <algorithm>
#include <functional>

namespace cascadelab {
namespace {

constexpr double kFigures = 36, kStack = 26, kGap = 8;
constexpr double kRow = 18, kTallestRow = 26;
constexpr double kLeastName = 46;  // px that a part of the stack needs for its name
constexpr double kHowFrom = 560;   // px; a narrower bill leaves the arithmetic to the pointer
constexpr double kUsd = 66;
constexpr double kChartShare = 0.3, kLeastChart = 110, kChartFrom = 380;  // px
constexpr double kTallestChart = 340;
constexpr double kTwoColumns = 820;  // px; from there the chart stands beside the rows

BillRow rowAt(std::size_t stage, std::size_t line, double share, QRectF place) {
    BillRow row;
    row.stage = stage;
    row.line = line;
    row.row = place;
    row.swatch = {place.left(), place.center().y() - 4, 8, 8};
    const bool hasHow = place.width() >= kHowFrom;
    const double bars = 0.16 * place.width();
    const double words = place.width() - 16 - kUsd - bars;
    const double label = hasHow ? 0.54 * words : words;
    row.label = {place.left() + 16, place.top(), label - 8, place.height()};
    if (hasHow)
        row.how = {place.left() + 16 + label, place.top(), words - label - 8, place.height()};
    row.usd = {place.right() - bars - kUsd, place.top(), kUsd - 8, place.height()};
    row.bar = {place.right() - bars, place.center().y() - 3, bars * share, 6};
    return row;
}

}  // namespace

std::vector<BillStage> billStages(const Bill& bill) {
    std::vector<BillStage> stages;
    for (const StageCost& cost : bill.by_stage()) stages.push_back({cost.stage, cost.usd, {}});
    std::ranges::stable_sort(stages, std::greater{}, &BillStage::usd);
    for (BillStage& stage : stages) {
        for (std::size_t line = 0; line < bill.lines.size(); ++line)
            if (bill.lines[line].item.stage == stage.stage) stage.lines.push_back(line);
        std::ranges::stable_sort(stage.lines, std::greater{},
                                 [&](std::size_t line) { return bill.lines[line].usd; });
    }
    return stages;
}

BillLayout layoutBill(const Bill& bill, const std::vector<BillStage>& stages, bool hasChart,
                      QRectF area) {
    BillLayout layout;
    layout.figures = {area.left(), area.top(), area.width(), std::min(kFigures, area.height() / 3)};
    layout.stack = {area.left(), layout.figures.bottom() + 4, area.width(),
                    std::min(kStack, area.height() / 5)};
    const double month = bill.month_usd();
    double left = layout.stack.left();
    for (std::size_t s = 0; s < stages.size() && month > 0; ++s) {
        BillPart part;
        part.stage = s;
        const double wide = layout.stack.width() * stages[s].usd / month;
        part.box = {left, layout.stack.top(), wide, layout.stack.height()};
        if (wide >= kLeastName) part.name = part.box.adjusted(6, 0, -4, 0);
        layout.parts.push_back(part);
        left += wide;
    }
    QRectF below = area;
    below.setTop(layout.stack.bottom() + kGap);
    if (hasChart && area.height() >= kChartFrom) {
        if (area.width() >= kTwoColumns) {
            const double wide = 0.36 * below.width();
            layout.chart = {below.right() - wide, below.top(), wide,
                            std::min(kTallestChart, below.height())};
            below.setRight(layout.chart.left() - 2 * kGap);
        } else {
            const double high = std::max(kLeastChart, kChartShare * below.height());
            layout.chart = {below.left(), below.bottom() - high, below.width(), high};
            below.setBottom(layout.chart.top() - kGap);
        }
    }
    double most = 0;
    for (const BillLine& line : bill.lines) most = std::max(most, line.usd);
    const auto room = static_cast<std::size_t>(std::max(0.0, below.height() / kRow));
    const bool fits = room >= bill.lines.size();
    const std::size_t shown = fits ? bill.lines.size() : room > 0 ? room - 1 : 0;
    const auto lines = static_cast<double>(std::max<std::size_t>(1, bill.lines.size()));
    const double high = std::clamp(below.height() / lines, kRow, kTallestRow);
    double top = below.top();
    for (std::size_t s = 0; s < stages.size(); ++s) {
        for (const std::size_t line : stages[s].lines) {
            if (layout.rows.size() >= shown) break;
            const double share = most > 0 ? bill.lines[line].usd / most : 0;
            layout.rows.push_back(rowAt(s, line, share, {below.left(), top, below.width(), high}));
            top += high;
        }
    }
    if (!fits && room > 0) layout.rest = {below.left(), top, below.width(), kRow};
    return layout;
}

}  // namespace cascadelab
