#include "ui/views/limits/limits_layout.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cascadelab {
namespace {

constexpr double kSentence = 34, kOneLine = 20;  // px; two lines where it is narrow
constexpr double kOneLineFrom = 540;
constexpr double kHead = 30;                       // names of columns and of ticks
constexpr double kLegend = 18, kLegendFrom = 260;  // px
constexpr double kWords = 76;                      // "1.2× 1.4×"
constexpr double kTallestRow = 40;
constexpr double kLoadFrom = 620, kWaitFrom = 420;  // px of width
constexpr double kLoad = 66, kBusy = 44, kWait = 60;
constexpr double kTickRoom = 30;

double firstToBreak(const StationSection& station) {
    return std::min(station.work_limit, station.load_limit);
}

}  // namespace

double limitShare(double times) {
    if (!(times > 1)) return 0;
    return std::min(1.0, std::log2(times) / std::log2(kMostTimes));
}

std::vector<std::size_t> limitsOrder(const std::vector<StationSection>& stations) {
    std::vector<std::size_t> order(stations.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t s) { return firstToBreak(stations[s]); });
    return order;
}

LimitsLayout layoutLimits(const std::vector<StationSection>& stations, QRectF area) {
    LimitsLayout layout;
    const double sentence =
        std::min(area.width() >= kOneLineFrom ? kOneLine : kSentence, area.height() / 4);
    const double head = std::min(kHead, area.height() / 4);
    layout.sentence = {area.left(), area.top(), area.width(), sentence};
    layout.head = {area.left(), area.top() + sentence, area.width(), head};
    double bottom = area.bottom();
    const bool hasLegend = area.height() >= kLegendFrom;
    if (hasLegend) bottom -= kLegend;
    const double top = layout.head.bottom();
    const auto count = static_cast<double>(std::max<std::size_t>(1, stations.size()));
    const double row = std::clamp((bottom - top) / count, 1.0, kTallestRow);
    const double names = std::clamp(0.24 * area.width(), 60.0, 150.0);
    const double load = area.width() >= kLoadFrom ? kLoad : 0;
    const double wait = area.width() >= kWaitFrom ? kWait : 0;
    const double left = area.left() + names + load + kBusy + wait;
    layout.frame = {left, top, std::max(20.0, area.right() - left - kWords), row * count};
    if (hasLegend)
        layout.legend = {area.left(), layout.frame.bottom() + 2, area.width(), kLegend - 2};
    const double unit = layout.frame.width() / std::log2(kMostTimes);
    const double step = unit >= kTickRoom ? 1 : unit * 2 >= kTickRoom ? 2 : 3;
    for (double power = 0; power <= std::log2(kMostTimes); power += step)
        layout.ticks.push_back({left + power * unit, QStringLiteral("%1×").arg(std::exp2(power))});
    for (const std::size_t station : limitsOrder(stations)) {
        LimitRow line;
        line.station = station;
        const double y = top + row * static_cast<double>(layout.rows.size());
        line.row = {area.left(), y, area.width(), row};
        double x = area.left();
        const auto column = [&](double wide) {
            const QRectF place(x, y, std::max(0.0, wide - 6), row);
            x += wide;
            return wide > 0 ? place : QRectF();
        };
        line.name = column(names);
        line.load = column(load);
        line.busy = column(kBusy);
        line.wait = column(wait);
        const double high = std::clamp(0.3 * row, 1.0, 10.0);
        const auto bar = [&](double times, double middle) {
            return QRectF(left, middle - high / 2, limitShare(times) * layout.frame.width(), high);
        };
        line.work = bar(stations[station].work_limit, y + 0.3 * row);
        line.servers = bar(stations[station].load_limit, y + 0.7 * row);
        line.words = {layout.frame.right() + 6, y, kWords - 6, row};
        layout.rows.push_back(line);
    }
    return layout;
}

}  // namespace cascadelab
