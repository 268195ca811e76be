#include "ui/plot/label_placement.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace cascadelab {

namespace {

constexpr double kMargin = 2;  // screen units kept free between labels

bool isFree(const QRectF& place, QRectF area, std::span<const QRectF> taken,
            std::span<const std::optional<QRectF>> placed) {
    if (!area.contains(place)) return false;
    const QRectF grown = place.adjusted(-kMargin, -kMargin, kMargin, kMargin);
    const auto touches = [&](const QRectF& other) { return grown.intersects(other); };
    return std::ranges::none_of(taken, touches) &&
           std::ranges::none_of(placed,
                                [&](const auto& other) { return other && touches(*other); });
}

std::optional<QRectF> findPlace(const LabelWish& wish, QRectF area, std::span<const QRectF> taken,
                                std::span<const std::optional<QRectF>> placed) {
    constexpr std::array<QPointF, 8> kDirections = {
        QPointF{0, -1},     QPointF{0, 1},       QPointF{1, 0},     QPointF{-1, 0},
        QPointF{0.7, -0.7}, QPointF{-0.7, -0.7}, QPointF{0.7, 0.7}, QPointF{-0.7, 0.7}};
    for (int ring = 0; ring < 8; ++ring) {
        const double distance = wish.distance + ring * wish.size.height();
        for (QPointF direction : kDirections) {
            // The label's edge, not its middle, keeps the distance.
            const QPointF middle =
                wish.anchor + QPointF(direction.x() * (distance + wish.size.width() / 2),
                                      direction.y() * (distance + wish.size.height() / 2));
            QRectF place({}, wish.size);
            place.moveCenter(middle);
            if (isFree(place, area, taken, placed)) return place;
        }
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::optional<QRectF>> placeLabels(std::span<const LabelWish> wishes, QRectF area,
                                               std::span<const QRectF> taken) {
    std::vector<std::optional<QRectF>> placed;
    for (const LabelWish& wish : wishes) placed.push_back(findPlace(wish, area, taken, placed));
    return placed;
}

std::vector<std::optional<double>> spreadLabels(std::span<const double> wanted, double height,
                                                double low, double high) {
    std::vector<std::optional<double>> result(wanted.size());
    const auto room =
        static_cast<std::size_t>(std::max(0.0, std::floor((high - low) / height + 1e-9)));
    std::vector<std::size_t> order(std::min(wanted.size(), room));
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });

    // Neighbours that touch become a group that stands around the mean of its wishes.
    struct Group {
        double sum;         // of the wished centre of the group's first label
        std::size_t count;  // labels
    };
    const auto start = [&](const Group& g) {
        const double first = g.sum / static_cast<double>(g.count);
        const double length = static_cast<double>(g.count) * height;
        return std::clamp(first, low + height / 2, std::max(low, high - length) + height / 2);
    };
    std::vector<Group> groups;
    for (std::size_t i : order) {
        groups.push_back({wanted[i], 1});
        while (groups.size() > 1) {
            Group& upper = groups[groups.size() - 2];
            const Group& lower = groups.back();
            const double length = static_cast<double>(upper.count) * height;
            if (start(upper) + length <= start(lower) + 1e-9) break;
            upper.sum += lower.sum - static_cast<double>(lower.count) * length;
            upper.count += lower.count;
            groups.pop_back();
        }
    }
    std::size_t next = 0;
    for (const Group& group : groups)
        for (std::size_t i = 0; i < group.count; ++i)
            result[order[next++]] = start(group) + static_cast<double>(i) * height;
    return result;
}

std::vector<int> assignRows(std::span<const Interval> intervals, int rows, double gap) {
    std::vector<int> result;
    for (std::size_t i = 0; i < intervals.size(); ++i) {
        int row = 0;
        const auto touches = [&](std::size_t other) {
            return result[other] == row && intervals[i].from < intervals[other].to + gap &&
                   intervals[other].from < intervals[i].to + gap;
        };
        const auto isTaken = [&] {
            for (std::size_t other = 0; other < i; ++other)
                if (touches(other)) return true;
            return false;
        };
        while (row < rows && isTaken()) ++row;
        result.push_back(row < rows ? row : -1);
    }
    return result;
}

}  // namespace cascadelab
