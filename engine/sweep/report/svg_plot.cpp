#include "engine/sweep/report/svg_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/text.h"

namespace cascadelab {
namespace {

// Okabe and Ito (2008): told apart by people who see fewer colours, and by shape besides.
constexpr const char* kBlue = "#0072b2";
constexpr const char* kOrange = "#d55e00";
constexpr double kWidth = 640;

std::string place(double value) {
    return fixed_text(value, 1);
}

// Short enough for an axis.
std::string tick_text(double value) {
    const double size = std::abs(value);
    if (size >= 1000) return fixed_text(value, 0);
    if (size >= 10 || value == 0) return fixed_text(value, 1);
    return fixed_text(value, size >= 0.1 ? 2 : 4);
}

// From values to places of the picture.
struct Scale1 {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    double from = 0, to = 1;
    bool is_log = false;

    void take(double value) {
        if (!std::isfinite(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    double at(double value) const {
        if (!(high > low)) return (from + to) / 2;
        const double share =
            is_log ? std::log(value / low) / std::log(high / low) : (value - low) / (high - low);
        return from + (to - from) * share;
    }
};

std::string opened(double height) {
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + place(kWidth) + " " +
           place(height) + "\" role=\"img\" font-size=\"12\" fill=\"currentColor\">\n";
}

std::string line(double x1, double y1, double x2, double y2, std::string_view colour) {
    return "<line x1=\"" + place(x1) + "\" y1=\"" + place(y1) + "\" x2=\"" + place(x2) +
           "\" y2=\"" + place(y2) + "\" stroke=\"" + std::string(colour) + "\"/>\n";
}

std::string words(double x, double y, std::string_view anchor, std::string_view text) {
    return "<text x=\"" + place(x) + "\" y=\"" + place(y) + "\" text-anchor=\"" +
           std::string(anchor) + "\">" + escaped(text) + "</text>\n";
}

std::string path_of(std::span<const std::pair<double, double>> places, std::string_view colour,
                    double opacity) {
    std::string out = "<path fill=\"none\" stroke=\"" + std::string(colour) +
                      "\" stroke-opacity=\"" + fixed_text(opacity, 2) + "\" d=\"";
    for (std::size_t i = 0; i < places.size(); ++i)
        out += (i == 0 ? "M" : "L") + place(places[i].first) + " " + place(places[i].second);
    return out + "\"/>\n";
}

// The frame of a plot over two axes, with the ends of both written at it.
std::string frame(const Scale1& x, const Scale1& y, std::string_view x_label,
                  std::string_view y_label) {
    std::string out = line(x.from, y.from, x.to, y.from, "currentColor");
    out += line(x.from, y.from, x.from, y.to, "currentColor");
    if (!std::isfinite(x.low) || !std::isfinite(y.low)) return out;
    out += words(x.from, y.from + 16, "middle", tick_text(x.low));
    out += words(x.to, y.from + 16, "middle", tick_text(x.high));
    out += words((x.from + x.to) / 2, y.from + 16, "middle", x_label);
    out += words(x.from - 4, y.from, "end", tick_text(y.low));
    out += words(x.from - 4, y.to + 10, "end", tick_text(y.high));
    return out + words(x.from, y.to - 6, "start", y_label);
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

std::string bar_plot(std::string_view unit, std::span<const Bar> bars) {
    constexpr double kRow = 24;
    const double height = kRow * static_cast<double>(bars.size()) + 30;
    Scale1 x{.from = 230, .to = kWidth - 70};
    x.take(0);
    for (const Bar& bar : bars) {
        for (const double value : {bar.value, bar.low, bar.high}) x.take(value);
    }
    std::string out = opened(height);
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const Bar& bar = bars[i];
        const double y = kRow * static_cast<double>(i) + 4;
        out += words(222, y + 13, "end", bar.label);
        if (!std::isfinite(bar.value)) continue;
        const double begin = std::min(x.at(0), x.at(bar.value));
        out += "<rect x=\"" + place(begin) + "\" y=\"" + place(y) + "\" width=\"" +
               place(std::abs(x.at(bar.value) - x.at(0))) + "\" height=\"16\" fill=\"" + kBlue +
               "\"/>\n";
        if (std::isfinite(bar.low) && std::isfinite(bar.high))
            out += line(x.at(bar.low), y + 8, x.at(bar.high), y + 8, kOrange);
        out += words(kWidth - 4, y + 13, "end", tick_text(bar.value));
    }
    return out + words(230, height - 6, "start", unit) + "</svg>\n";
}

std::string curve_plot(std::string_view x_label, std::string_view y_label,
                       std::span<const CurvePoint> points, bool is_log_x) {
    constexpr double kHeight = 240;
    Scale1 x{.from = 70, .to = kWidth - 30, .is_log = is_log_x};
    Scale1 y{.from = kHeight - 30, .to = 30};
    for (const CurvePoint& point : points) {
        x.take(point.x);
        for (const double value : {point.y, point.low, point.high}) y.take(value);
    }
    std::string out = opened(kHeight) + frame(x, y, x_label, y_label);
    std::vector<std::pair<double, double>> places;
    for (const CurvePoint& point : points) {
        if (!std::isfinite(point.y)) continue;
        places.emplace_back(x.at(point.x), y.at(point.y));
        if (std::isfinite(point.low) && std::isfinite(point.high))
            out += line(x.at(point.x), y.at(point.low), x.at(point.x), y.at(point.high), kOrange);
        out += "<circle cx=\"" + place(x.at(point.x)) + "\" cy=\"" + place(y.at(point.y)) +
               "\" r=\"3\" fill=\"" + kBlue + "\"/>\n";
    }
    return out + path_of(places, kBlue, 1) + "</svg>\n";
}

std::string scatter_plot(std::string_view x_label, std::string_view y_label,
                         std::span<const ScatterPoint> points) {
    constexpr double kHeight = 360;
    Scale1 x{.from = 70, .to = kWidth - 30};
    Scale1 y{.from = kHeight - 30, .to = 30};
    for (const ScatterPoint& point : points) {
        x.take(point.x);
        y.take(point.y);
    }
    std::string out = opened(kHeight) + frame(x, y, x_label, y_label);
    std::vector<std::pair<double, double>> frontier;
    for (const ScatterPoint& point : points) {
        if (!std::isfinite(point.x) || !std::isfinite(point.y)) continue;
        const double px = x.at(point.x), py = y.at(point.y);
        if (point.is_marked) frontier.emplace_back(px, py);
        out += point.is_marked ? "<rect x=\"" + place(px - 4) + "\" y=\"" + place(py - 4) +
                                     "\" width=\"8\" height=\"8\" fill=\"" + kOrange + "\">"
                               : "<circle cx=\"" + place(px) + "\" cy=\"" + place(py) +
                                     "\" r=\"3\" fill=\"" + kBlue + "\" fill-opacity=\"0.6\">";
        out += "<title>" + escaped(point.title) + "</title>";
        out += point.is_marked ? "</rect>\n" : "</circle>\n";
    }
    std::ranges::sort(frontier);
    return out + path_of(frontier, kOrange, 0.6) + "</svg>\n";
}

std::string parallel_plot(std::span<const std::string> axes, std::span<const ParallelRow> rows) {
    constexpr double kHeight = 300;
    const double between =
        axes.size() > 1 ? (kWidth - 120) / static_cast<double>(axes.size() - 1) : 0;
    std::vector<Scale1> scales;
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
        scales.push_back({.from = kHeight - 40, .to = 40});
        for (const ParallelRow& row : rows) scales.back().take(row.values[axis]);
    }
    const auto x_of = [&](std::size_t axis) { return 60 + between * static_cast<double>(axis); };
    std::string out = opened(kHeight);
    // Those marked lie above the others.
    for (const bool is_marked : {false, true}) {
        for (const ParallelRow& row : rows) {
            if (row.is_marked != is_marked) continue;
            std::vector<std::pair<double, double>> places;
            for (std::size_t axis = 0; axis < axes.size(); ++axis) {
                if (std::isfinite(row.values[axis]))
                    places.emplace_back(x_of(axis), scales[axis].at(row.values[axis]));
            }
            out += "<g><title>" + escaped(row.title) + "</title>" +
                   path_of(places, is_marked ? kOrange : kBlue, is_marked ? 1 : 0.25) + "</g>\n";
        }
    }
    for (std::size_t axis = 0; axis < axes.size(); ++axis) {
        out += line(x_of(axis), 40, x_of(axis), kHeight - 40, "currentColor");
        const double y = axis % 2 == 0 ? 14 : 28;  // neighbours' names do not touch
        out += words(x_of(axis), y, "middle", axes[axis]);
        if (!std::isfinite(scales[axis].low)) continue;
        out += words(x_of(axis), kHeight - 24, "middle", tick_text(scales[axis].low));
        out += words(x_of(axis), 39, "middle", tick_text(scales[axis].high));
    }
    return out + "</svg>\n";
}

}  // namespace cascadelab
