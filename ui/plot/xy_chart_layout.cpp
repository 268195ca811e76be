#include "ui/plot/xy_chart_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/plot/ink.h"
#include "ui/plot/label_placement.h"
#include "ui/plot/ticks.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

constexpr double kTop = 26;     // the label of the y axis
constexpr double kBottom = 42;  // ticks and label of the x axis
constexpr double kRight = 8;
constexpr double kLabelGap = 8;  // between a line's end and its name
constexpr double kLabelHeight = 16;
constexpr double kTickGap = 8;
constexpr double kWidestLabel = 170;

struct Bounds {
    double low = std::numeric_limits<double>::infinity(), high = -low;

    void add(double value) {
        if (!std::isfinite(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

// One axis: values to pixels, logarithmic when asked.
struct Scale {
    double low, high;  // of the (logarithmic) value
    double from, to;   // pixels
    bool logarithmic = false;

    double inner(double value) const { return logarithmic ? std::log10(value) : value; }
    double at(double value) const {
        return from + (inner(value) - low) / (high - low) * (to - from);
    }
};

void forEachCurve(const StudyPlot& plot, auto visit) {
    for (const StudyCurve& curve : plot.own) visit(curve, true);
    for (const StudyCurve& curve : plot.published) visit(curve, false);
}

AxisRange rangeOf(const StudyPlot& plot, std::vector<double> StudyCurve::*values) {
    Bounds bounds;
    forEachCurve(plot, [&](const StudyCurve& curve, bool) {
        for (const double value : curve.*values) bounds.add(value);
    });
    return bounds.low <= bounds.high ? AxisRange{bounds.low, bounds.high} : AxisRange{};
}

Scale xScale(const StudyPlot& plot, double from, double to) {
    AxisRange range = rangeOf(plot, &StudyCurve::x);
    if (!plot.x_names.empty())
        return {-0.5, static_cast<double>(plot.x_names.size()) - 0.5, from, to};
    if (plot.logarithmic_x) return {std::log10(range.low), std::log10(range.high), from, to, true};
    if (range.low == range.high) range = steppedRange(range.low, range.high);
    return {range.low, range.high, from, to};
}

std::vector<XyTick> named(const std::vector<double>& values, const Scale& scale) {
    std::vector<XyTick> ticks;
    const QStringList texts = tickTexts(values);
    for (std::size_t i = 0; i < values.size(); ++i)
        ticks.push_back({scale.at(values[i]), texts[static_cast<qsizetype>(i)]});
    return ticks;
}

// Epochs and counts have nothing between them to name.
bool isCounted(const StudyPlot& plot) {
    bool whole = true;
    forEachCurve(plot, [&](const StudyCurve& curve, bool) {
        for (const double x : curve.x) whole &= x == std::round(x);
    });
    return whole;
}

std::vector<XyTick> xTicks(const StudyPlot& plot, const Scale& scale) {
    std::vector<XyTick> ticks;
    for (std::size_t i = 0; i < plot.x_names.size(); ++i) {
        ticks.push_back({scale.at(static_cast<double>(i)), toText(plot.x_names[i])});
    }
    if (!ticks.empty()) return ticks;
    if (scale.logarithmic) {
        for (double value = std::pow(10, std::ceil(scale.low - 1e-9));
             std::log10(value) <= scale.high + 1e-9; value *= 10) {
            ticks.push_back({scale.at(value), plainText(value)});
        }
        return ticks;
    }
    const int most = std::max(2, static_cast<int>((scale.to - scale.from) / 80));
    std::vector<double> values = niceTicks(scale.low, scale.high, most);
    if (isCounted(plot))
        std::erase_if(values, [](double value) { return value != std::round(value); });
    return named(values, scale);
}

XyLine& lineNamed(const std::string& name, std::vector<XyLine>& lines) {
    const QString text = toText(name);
    const auto found = std::ranges::find(lines, text, &XyLine::name);
    if (found != lines.end()) return *found;
    lines.push_back({text, lines.size(), {}, {}, {}});
    return lines.back();
}

// Names stand beside the ends of their lines, apart from each other.
void placeNames(XyChartLayout& layout, double right) {
    std::vector<double> wanted;
    for (const XyLine& line : layout.lines) {
        const QPolygonF& points = line.own.isEmpty() ? line.published : line.own;
        wanted.push_back(points.isEmpty() ? layout.plot.center().y() : points.last().y());
    }
    const auto placed =
        spreadLabels(wanted, kLabelHeight, layout.plot.top() - 8, layout.plot.bottom() + 8);
    for (std::size_t i = 0; i < placed.size(); ++i) {
        if (!placed[i]) continue;
        const double left = layout.plot.right() + kLabelGap;
        layout.lines[i].label = {left, *placed[i] - kLabelHeight / 2, right - left, kLabelHeight};
    }
}

double widestName(const StudyPlot& plot) {
    double widest = 0;
    forEachCurve(plot, [&](const StudyCurve& curve, bool) {
        widest = std::max(widest, textWidth(font(Type::small, true), toText(curve.name)));
    });
    return std::min(widest, kWidestLabel);
}

}  // namespace

XyChartLayout layoutXyChart(const StudyPlot& plot, QSizeF size) {
    XyChartLayout layout;
    layout.kinds = !plot.x_names.empty();
    const AxisRange values = rangeOf(plot, &StudyCurve::y);
    const AxisRange y = steppedRange(values.low, values.high);
    const int most = std::max(2, static_cast<int>((size.height() - kTop - kBottom) / 40));
    const std::vector<double> ticks = niceTicks(y.low, y.high, most);
    double left = 0;
    for (const QString& text : tickTexts(ticks))
        left = std::max(left, textWidth(font(Type::small), text) + kTickGap);
    const double right = size.width() - kRight;
    layout.plot = QRectF(QPointF(left, kTop),
                         QPointF(std::max(left + 40, right - widestName(plot) - kLabelGap),
                                 std::max(kTop + 40, size.height() - kBottom)));
    const Scale vertical{y.low, y.high, layout.plot.bottom(), layout.plot.top()};
    const Scale horizontal = xScale(plot, layout.plot.left() + 6, layout.plot.right() - 6);
    layout.y = named(ticks, vertical);
    layout.x = xTicks(plot, horizontal);
    forEachCurve(plot, [&](const StudyCurve& curve, bool own) {
        XyLine& line = lineNamed(curve.name, layout.lines);
        QPolygonF& points = own ? line.own : line.published;
        for (std::size_t i = 0; i < curve.x.size(); ++i) {
            if (!std::isfinite(curve.y[i])) continue;
            points << QPointF(horizontal.at(curve.x[i]), vertical.at(curve.y[i]));
        }
    });
    placeNames(layout, right);
    layout.yLabel = {0, 0, size.width(), kTop - 8};
    layout.xLabel = {layout.plot.left(), size.height() - 18, layout.plot.width(), 18};
    return layout;
}

}  // namespace cascadelab
