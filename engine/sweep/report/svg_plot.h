// Plots as SVG text that stands in a page by itself: no script, no font or picture from elsewhere,
// every word escaped. Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cascadelab {

std::string escaped(std::string_view text);  // for text and attributes of HTML and SVG

// Bars from 0, one below the other; low and high: the ends of an interval, NaN for none.
struct Bar {
    std::string label;
    double value = 0, low = 0, high = 0;
};
std::string bar_plot(std::string_view unit, std::span<const Bar> bars);

struct CurvePoint {
    double x = 0, y = 0, low = 0, high = 0;
};
std::string curve_plot(std::string_view x_label, std::string_view y_label,
                       std::span<const CurvePoint> points, bool is_log_x);

// marked points are drawn in another colour and shape, and joined in the order of x.
struct ScatterPoint {
    double x = 0, y = 0;
    bool is_marked = false;
    std::string title;  // said when pointed at
};
std::string scatter_plot(std::string_view x_label, std::string_view y_label,
                         std::span<const ScatterPoint> points);

// One line a row through one place an axis. rows: one value an axis; a NaN leaves a gap.
struct ParallelRow {
    std::vector<double> values;
    bool is_marked = false;
    std::string title;
};
std::string parallel_plot(std::span<const std::string> axes, std::span<const ParallelRow> rows);

}  // namespace cascadelab
