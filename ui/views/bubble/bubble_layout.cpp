#include "ui/views/bubble/bubble_layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <ranges>

namespace cascadelab {
namespace {

constexpr double kName = 15, kNameWidth = 92;  // of a topic around the circle
constexpr double kLegend = 18;                 // px under the circle, a line
constexpr double kLegendWidth = 440;           // px that all of it takes in one line
constexpr double kRow = 20, kColumn = 64, kLeastColumn = 47, kFirst = 108;
constexpr double kTable = kFirst + 4 * kColumn + 8;
constexpr double kLeastTable = kFirst + 4 * kLeastColumn + 8;
constexpr double kTableHeight = kRow + 16 * (kBubbleTopics + 1);
constexpr double kCircleShare = 0.6;  // of its radius that the table must leave
constexpr double kGap = 14;
constexpr double kInnermost = 0.06;  // of the radius: where the best item lies
constexpr double kReach = 3;         // px beyond a dot
constexpr double kGolden = 0.6180339887498949;

// Spreads items of a sector: neighbours by id stand far apart.
double angleOf(std::size_t topic, ItemId item) {
    const double inside = std::fmod(static_cast<double>(item.index()) * kGolden, 1.0);
    const double sector = static_cast<double>(topic) + 0.03 + 0.94 * inside;
    return 2 * std::numbers::pi * sector / static_cast<double>(kBubbleTopics) -
           std::numbers::pi / 2;
}

// By the logarithm of the rank, so that the ten best get as much room as the thousand after them.
double reachOf(std::size_t rank, std::size_t items) {
    const double most = std::log1p(static_cast<double>(std::max<std::size_t>(items, 2) - 1));
    return kInnermost + (1 - kInnermost) * std::log1p(static_cast<double>(rank)) / most;
}

double radiusOf(const BubbleItem& item) {
    if (item.loved) return 5;
    switch (item.step) {
        case BubbleStep::exists:
            return 1;
        case BubbleStep::retrieved:
            return 2.2;
        case BubbleStep::shown:
            return 4;
    }
    return 1;
}

// What is painted above what.
int heightOf(const BubbleItem& item) {
    return (item.loved ? 4 : 0) + static_cast<int>(item.step);
}

void count(const BubbleItem& item, BubbleCounts& counts) {
    ++counts.exists;
    counts.retrieved += item.step >= BubbleStep::retrieved;
    counts.shown += item.step >= BubbleStep::shown;
    counts.loved += item.loved;
    counts.loved_retrieved += item.loved && item.step >= BubbleStep::retrieved;
    counts.loved_shown += item.loved && item.step >= BubbleStep::shown;
}

// The largest radius inside an area, with room for the topics' names around it.
double roomFor(QRectF map) {
    return std::min(map.width() / 2 - kNameWidth * 0.72, map.height() / 2 - kName - 6);
}

void layRings(BubbleLayout& layout, std::size_t items) {
    for (std::size_t rank = 10; rank < items; rank *= 10) {
        const double radius = layout.radius * reachOf(rank - 1, items);
        layout.rings.push_back(
            {rank, radius, {layout.centre.x() + 3, layout.centre.y() - radius - 6, 64, 12}});
    }
}

void layTopics(BubbleLayout& layout) {
    for (std::size_t t = 0; t < kBubbleTopics; ++t) {
        const auto turn = [&](double place) {
            const double angle =
                2 * std::numbers::pi * place / kBubbleTopics - std::numbers::pi / 2;
            return QPointF(std::cos(angle), std::sin(angle));
        };
        layout.spokeEnd[t] = layout.centre + layout.radius * turn(static_cast<double>(t));
        const QPointF out = turn(static_cast<double>(t) + 0.5);
        const QPointF at = layout.centre + (layout.radius + 5) * out;
        const double left = out.x() < 0 ? at.x() - kNameWidth : at.x();
        const double top = at.y() + (out.y() - 1) / 2 * kName;
        layout.topic[t] = {left, top, kNameWidth, kName};
    }
}

void layRows(BubbleLayout& layout, QRectF area) {
    const std::size_t rows = kBubbleTopics + 1;
    const double column = (area.width() - kFirst - 8) / 4;
    const double height =
        std::clamp((area.height() - kRow) / static_cast<double>(rows), 15.0, 28.0);
    double y = area.top() + std::max(0.0, (area.height() - kRow - height * rows) / 2);
    for (std::size_t c = 0; c < layout.header.size(); ++c)
        layout.header[c] = {area.left() + kFirst + column * static_cast<double>(c), y, column,
                            kRow};
    y += kRow;
    for (std::size_t r = 0; r < rows && y + height <= area.bottom() + 0.5; ++r, y += height) {
        BubbleRow row;
        if (r > 0) row.topic = r - 1;
        row.line = {area.left(), y, area.width(), height};
        row.name = {area.left(), y, kFirst - 6, height};
        for (std::size_t c = 0; c < row.value.size(); ++c)
            row.value[c] = {layout.header[c].left(), y, column, height};
        layout.rows.push_back(row);
    }
}

}  // namespace

std::optional<BubbleContent> bubbleContent(const PersonView& person, const Cards& cards) {
    if (!person.trace || !person.worth) return std::nullopt;
    const std::vector<float>& worth = *person.worth;
    const std::size_t items = std::min(worth.size(), cards.items.size());
    std::vector<std::size_t> order(items);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return worth[a] != worth[b] ? worth[a] > worth[b] : a < b;
    });
    BubbleContent content;
    content.items.resize(items);
    for (std::size_t rank = 0; rank < items; ++rank) {
        content.items[order[rank]].item = ItemId(order[rank]);
        content.items[order[rank]].rank = rank;
    }
    for (const Candidate& candidate : person.trace->candidates) {
        if (candidate.item.index() >= items) continue;
        content.items[candidate.item.index()].step =
            candidate.position >= 0 ? BubbleStep::shown : BubbleStep::retrieved;
    }
    for (const OracleItem& best : person.trace->oracle)
        if (best.item.index() < items) content.items[best.item.index()].loved = true;
    for (const BubbleItem& item : content.items) {
        count(item, content.all);
        count(item, content.topic[cards.items[item.item.index()].topic % kBubbleTopics]);
    }
    return content;
}

BubbleLayout layoutBubble(const BubbleContent& content, const Cards& cards, QRectF area) {
    BubbleLayout layout;
    const double legend = area.width() < kLegendWidth ? 2 * kLegend - 2 : kLegend;
    QRectF map = area.adjusted(0, 0, 0, -legend);
    layout.legend = {area.left(), area.bottom() - legend + 2, area.width(), legend - 2};
    // The table stands where it leaves the circle more room, and nowhere when that is too little.
    const double table = std::min(kTable, area.width());
    const QRectF beside = map.adjusted(0, 0, -kTable - kGap, 0);
    const QRectF above = map.adjusted(0, 0, 0, -kTableHeight - kGap);
    const bool isBeside = roomFor(beside) >= roomFor(above);
    const QRectF left = isBeside ? beside : above;
    if (area.width() >= kLeastTable && roomFor(left) >= kCircleShare * roomFor(map)) {
        if (isBeside)
            layRows(layout, {left.right() + kGap, area.top(), table, map.height()});
        else
            layRows(layout,
                    {area.center().x() - table / 2, left.bottom() + kGap, table, kTableHeight});
        map = left;
    }
    layout.centre = map.center();
    layout.radius = std::max(20.0, roomFor(map));
    layRings(layout, content.items.size());
    layTopics(layout);
    for (const BubbleItem& item : content.items) {
        const std::size_t topic = cards.items[item.item.index()].topic % kBubbleTopics;
        const double angle = angleOf(topic, item.item);
        const double away = layout.radius * reachOf(item.rank, content.items.size());
        layout.dots.push_back({item,
                               layout.centre + away * QPointF(std::cos(angle), std::sin(angle)),
                               radiusOf(item)});
    }
    std::ranges::stable_sort(layout.dots, {},
                             [](const BubbleDot& dot) { return heightOf(dot.item); });
    return layout;
}

std::optional<BubbleDot> bubbleAt(const BubbleLayout& layout, QPointF position) {
    for (const BubbleDot& dot : std::views::reverse(layout.dots)) {
        if (dot.item.step == BubbleStep::exists && !dot.item.loved) break;
        const QPointF away = dot.at - position;
        if (std::hypot(away.x(), away.y()) <= dot.radius + kReach) return dot;
    }
    return std::nullopt;
}

}  // namespace cascadelab
