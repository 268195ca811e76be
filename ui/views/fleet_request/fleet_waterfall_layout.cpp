#include "ui/views/fleet_request/fleet_waterfall_layout.h"

#include <algorithm>

#include "ui/plot/ink.h"
#include "ui/plot/ticks.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

constexpr double kHead = 30;         // names of columns and of ticks
constexpr double kLegend = 20;       // below the bars
constexpr double kLegendFrom = 230;  // px of height
constexpr double kDot = 12;          // left of the names, for what is critical
constexpr double kOwn = 56;          // of "190 µs"
constexpr double kWords = 56;        // of "93.4 ms", right of the longest bar
constexpr double kTallestRow = 36;
constexpr double kNumber = 44;     // px of "93.4 ms" itself
constexpr double kStep = 5;        // px beside the budget's line
constexpr double kLongest = 1.06;  // of the time shown, so that the budget line is inside

double nameWidth(const FleetWaterfall& fall, double room) {
    double widest = 0;
    for (const FleetSpan& span : fall.spans)
        widest = std::max(widest, textWidth(font(Type::small, span.critical), stationName(span)));
    return std::min(widest + kDot + 8, 0.34 * room);
}

FleetSpanRow rowOf(const FleetSpan& span, QRectF row, const FleetRequestLayout& layout) {
    const auto x = [&](double seconds) {
        return layout.frame.left() + std::max(0.0, 1000 * seconds) * layout.pixels_ms;
    };
    const double service_s = std::max(span.begin_s, span.end_s - span.service_s);
    const double wait_s = std::max(span.begin_s, service_s - span.wait_s);
    const double height = std::clamp(0.56 * row.height(), 3.0, 16.0);
    const auto bar = [&](double from_s, double to_s) {
        return QRectF(x(from_s), row.center().y() - height / 2, std::max(0.0, x(to_s) - x(from_s)),
                      height);
    };
    FleetSpanRow line;
    line.critical = span.critical;
    line.row = row;
    line.whole = bar(span.begin_s, span.end_s);
    line.wait = bar(wait_s, service_s);
    line.service = bar(service_s, span.end_s);
    line.value = {line.whole.right() + 6, row.top(), kWords, row.height()};
    // Words never stand on the budget's line: they step over it.
    if (line.value.left() < layout.budgetX + kStep && line.value.left() + kNumber > layout.budgetX)
        line.value.moveLeft(layout.budgetX + kStep);
    return line;
}

}  // namespace

QString stationName(const FleetSpan& span) {
    const QString label = toText(station_row(span.station).label);
    return span.shards > 1 ? label + QStringLiteral(" × %1").arg(span.shards) : label;
}

FleetRequestLayout layoutFleetRequest(const FleetWaterfall& fall, double budget_ms, QRectF area) {
    FleetRequestLayout layout;
    const bool hasLegend = area.height() >= kLegendFrom;
    const double names = nameWidth(fall, area.width());
    const double left = area.left() + names + kOwn;
    const double room = area.height() - kHead - (hasLegend ? kLegend + 4 : 0);
    const auto count = static_cast<double>(std::max<std::size_t>(1, fall.spans.size()));
    const double row = std::clamp(room / count, 1.0, kTallestRow);
    layout.head = {area.left(), area.top(), area.width(), kHead};
    layout.frame = {left, area.top() + kHead, std::max(20.0, area.right() - left - kWords),
                    row * count};

    if (hasLegend) layout.legend = {area.left(), layout.frame.bottom() + 4, area.width(), kLegend};
    double longest_ms = budget_ms > 0 ? budget_ms : 0;
    for (const FleetSpan& span : fall.spans) longest_ms = std::max(longest_ms, 1000 * span.end_s);
    if (longest_ms <= 0) return layout;
    layout.pixels_ms = layout.frame.width() / (kLongest * longest_ms);
    if (budget_ms > 0) layout.budgetX = layout.frame.left() + budget_ms * layout.pixels_ms;
    const int most = std::max(2, static_cast<int>(layout.frame.width() / 60));
    for (const double tick : niceTicks(0, kLongest * longest_ms, most))
        layout.ticks.push_back(
            {layout.frame.left() + tick * layout.pixels_ms, QString::number(tick, 'g', 6)});
    for (std::size_t s = 0; s < fall.spans.size(); ++s) {
        const double top = layout.frame.top() + row * static_cast<double>(s);
        FleetSpanRow line = rowOf(fall.spans[s], {area.left(), top, area.width(), row}, layout);
        line.span = s;
        line.name = {area.left() + kDot, top, std::max(0.0, names - kDot - 8), row};
        line.own = {area.left() + names, top, kOwn - 8, row};
        layout.rows.push_back(line);
    }
    return layout;
}

}  // namespace cascadelab
