#include "ui/views/loop/loop_layout.h"

#include <algorithm>
#include <cmath>
#include <ranges>

namespace cascadelab {
namespace {

constexpr double kHead = 15;
constexpr double kNames = 112;  // beside the squares: "catalogue 2,000"
// Px a day: where room ends, fewer days stand for all.
constexpr double kLeastCell = 34, kMostCell = 84, kDaysAcross = 11;
constexpr double kSquaresShare = 0.36;  // of the height
constexpr double kMostSquare = 150;
constexpr double kDayName = 14;
constexpr double kGap = 10;
constexpr double kMapWidth = 440;  // a narrower view has no map
constexpr double kRow = 18, kValue = 54;
constexpr double kMostDot = 9;  // px, radius of the item shown most

// 2^entropy of the shares, as the effective catalogue of the metrics.
double effectiveSize(std::span<const std::uint32_t> impressions, double total) {
    double bits = 0;
    for (const std::uint32_t count : impressions) {
        const double share = count / total;
        if (share > 0) bits -= share * std::log2(share);
    }
    return std::exp2(bits);
}

QRectF squareOf(double items, double most, double side, QPointF corner) {
    const double length = most > 0 ? side * std::sqrt(std::max(0.0, items) / most) : 0;
    return {corner.x(), corner.y() - length, length, length};
}

// Days that stand for all of them: the first, the last and some between, evenly.
std::vector<std::size_t> chosenDays(std::size_t days, std::size_t atMost) {
    std::vector<std::size_t> chosen;
    const std::size_t count = std::min(days, std::max<std::size_t>(atMost, 1));
    for (std::size_t i = 0; i < count; ++i)
        chosen.push_back(count == 1 ? days - 1 : i * (days - 1) / (count - 1));
    return chosen;
}

void laySquares(const LoopPicture& picture, QRectF area, LoopLayout& layout) {
    layout.squaresHead = {area.left(), area.top(), area.width(), kHead - 2};
    const double cell = std::clamp(area.width() / kDaysAcross, kLeastCell, kMostCell);
    const double room = std::max(cell, area.width() - kNames);
    const auto chosen = chosenDays(picture.days.size(), static_cast<std::size_t>(room / cell));
    const double tall = area.height() - kHead - kDayName;
    const double pitch =
        std::min(room / static_cast<double>(chosen.size()), std::min(tall, kMostSquare) + 12);
    const double side = std::max(1.0, std::min({pitch - 6, tall, kMostSquare}));
    double most = 0;
    for (const LoopDay& day : picture.days) most = std::max(most, day.catalogue);
    const double foot = area.top() + kHead + side;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        const LoopDay& day = picture.days[chosen[i]];
        const QPointF corner(area.left() + pitch * static_cast<double>(i), foot);
        LoopSquare square;
        square.day = chosen[i];
        square.cell = {corner.x(), area.top() + kHead, pitch, side + kDayName};
        square.catalogue = squareOf(day.catalogue, most, side, corner);
        square.shown = squareOf(day.shown, most, side, corner);
        square.effective = squareOf(day.effective, most, side, corner);
        square.name = {corner.x(), foot + 1, pitch - 2, kDayName - 1};
        layout.squares.push_back(square);
    }
    const double right = layout.squares.back().cell.right();
    layout.names = {right + 4, area.top() + kHead, area.right() - right - 4,
                    std::max(side, 3 * 14.0)};
}

void layMap(const LoopPicture& picture, QRectF area, LoopLayout& layout) {
    layout.mapHead = {area.left(), area.top(), area.width(), kHead - 2};
    layout.map = area.adjusted(0, kHead, 0, 0);
    if (picture.places.empty()) return;
    std::array<float, 2> low = picture.places.front(), high = low;
    for (const auto& place : picture.places)
        for (std::size_t axis = 0; axis < 2; ++axis) {
            low[axis] = std::min(low[axis], place[axis]);
            high[axis] = std::max(high[axis], place[axis]);
        }
    const QRectF inner = layout.map.adjusted(kMostDot, kMostDot, -kMostDot, -kMostDot);
    const auto at = [&](std::size_t item) {
        const auto part = [&](std::size_t axis) {
            const double width = std::max(1e-6, static_cast<double>(high[axis] - low[axis]));
            return static_cast<double>(picture.places[item][axis] - low[axis]) / width;
        };
        return QPointF(inner.left() + part(0) * inner.width(),
                       inner.bottom() - part(1) * inner.height());
    };
    for (std::size_t i = 0; i < picture.places.size(); ++i)
        layout.dots.push_back({ItemId(i), at(i), 0});
    const double most =
        picture.exposed.empty() ? 1 : static_cast<double>(picture.exposed.front().impressions);
    for (const ExposedItem& exposed : std::views::reverse(picture.exposed)) {
        if (exposed.item.index() >= picture.places.size()) continue;
        const double share = static_cast<double>(exposed.impressions) / most;
        layout.dots.push_back(
            {exposed.item, at(exposed.item.index()), std::max(1.6, kMostDot * std::sqrt(share))});
    }
}

void layList(const LoopPicture& picture, QRectF area, LoopLayout& layout) {
    layout.listHead = {area.left(), area.top(), area.width(), kHead - 2};
    const double top = area.top() + kHead;
    const auto fits = static_cast<std::size_t>(std::max(0.0, (area.bottom() - top) / kRow));
    const double label = 0.56 * area.width();
    for (std::size_t i = 0; i < std::min(fits, picture.exposed.size()); ++i) {
        LoopRow row;
        row.exposed = picture.exposed[i];
        row.line = {area.left(), top + kRow * static_cast<double>(i), area.width(), kRow};
        row.label = {area.left(), row.line.top(), label - 8, kRow};
        const double longest = std::max(4.0, area.width() - label - kValue - 6);
        const double part = row.exposed.share / picture.exposed.front().share;
        row.bar = {area.left() + label, row.line.top() + 5, std::max(2.0, longest * part),
                   kRow - 10};
        row.value = {area.right() - kValue, row.line.top(), kValue, kRow};
        layout.rows.push_back(row);
    }
}

}  // namespace

std::vector<LoopDay> loopDays(std::span<const ExposurePoint> exposure, const Cards& cards) {
    std::vector<Seconds> released;
    for (const ItemView& item : cards.items) released.push_back(item.released_s);
    std::ranges::sort(released);
    std::vector<LoopDay> days;
    for (const ExposurePoint& point : exposure) {
        const std::vector<std::uint32_t>& impressions = *point.impressions;
        LoopDay day;
        day.time_s = point.time_s;
        day.catalogue = static_cast<double>(std::ranges::upper_bound(released, point.time_s) -
                                            released.begin());
        double total = 0;
        for (const std::uint32_t count : impressions) {
            total += count;
            day.shown += count > 0 ? 1 : 0;
        }
        if (total > 0) day.effective = effectiveSize(impressions, total);
        days.push_back(day);
    }
    return days;
}

std::vector<ExposedItem> exposedItems(std::span<const std::uint32_t> impressions) {
    std::uint64_t total = 0;
    for (const std::uint32_t count : impressions) total += count;
    std::vector<ExposedItem> items;
    for (std::size_t i = 0; i < impressions.size(); ++i)
        if (impressions[i] > 0)
            items.push_back({ItemId(i), impressions[i],
                             static_cast<double>(impressions[i]) / static_cast<double>(total)});
    std::ranges::sort(items, [](const ExposedItem& a, const ExposedItem& b) {
        return a.impressions != b.impressions ? a.impressions > b.impressions : a.item < b.item;
    });
    return items;
}

LoopLayout layoutLoop(const LoopPicture& picture, QRectF area) {
    LoopLayout layout;
    if (picture.days.empty()) return layout;
    QRectF top = area;
    top.setHeight(std::max(60.0, kSquaresShare * area.height()));
    laySquares(picture, top, layout);
    QRectF below = area;
    below.setTop(std::max(layout.names.bottom(), layout.squares.back().cell.bottom()) + kGap);
    if (area.width() < kMapWidth || picture.places.empty()) {
        layList(picture, below, layout);
        return layout;
    }
    QRectF left = below;
    left.setWidth(0.46 * below.width());
    layMap(picture, left, layout);
    below.setLeft(left.right() + 2 * kGap);
    layList(picture, below, layout);
    return layout;
}

std::optional<ExposedItem> exposedItemAt(const LoopPicture& picture, const LoopLayout& layout,
                                         QPointF position) {
    for (const LoopRow& row : layout.rows)
        if (row.line.contains(position)) return row.exposed;
    for (const LoopDot& dot : std::views::reverse(layout.dots)) {
        if (dot.radius <= 0) break;
        const QPointF away = dot.at - position;
        if (std::hypot(away.x(), away.y()) > dot.radius + 2) continue;
        const auto found = std::ranges::find(picture.exposed, dot.item, &ExposedItem::item);
        if (found != picture.exposed.end()) return *found;
    }
    return std::nullopt;
}

std::optional<std::size_t> loopDayAt(const LoopLayout& layout, QPointF position) {
    for (const LoopSquare& square : layout.squares)
        if (square.cell.contains(position)) return square.day;
    return std::nullopt;
}

}  // namespace cascadelab
