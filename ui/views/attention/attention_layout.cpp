#include "ui/views/attention/attention_layout.h"

#include <algorithm>
#include <numeric>

namespace cascadelab {
namespace {

constexpr double kBlockLabel = 52;  // left of the strip: "block 1"
constexpr double kCellHeight = 18;
constexpr double kStripTop = 16;   // what the strip's axis shows
constexpr double kStripFoot = 34;  // "oldest", "now" and the head of the rows
constexpr double kRowHeight = 20;
constexpr double kValueWidth = 48;
constexpr double kLabelShare = 0.6;  // of a row, for the title and when it was

}  // namespace

std::vector<double> meanAttention(const AttentionPicture& picture) {
    std::vector<double> mean(picture.events.size(), 0);
    const Eigen::Index blocks = picture.weight.rows();
    for (std::size_t e = 0; e < mean.size() && blocks > 0; ++e)
        mean[e] = static_cast<double>(picture.weight.col(static_cast<Eigen::Index>(e)).sum()) /
                  static_cast<double>(blocks);
    return mean;
}

AttentionLayout layoutAttention(const AttentionPicture& picture, QRectF area) {
    AttentionLayout layout;
    const auto events = static_cast<Eigen::Index>(picture.events.size());
    const Eigen::Index blocks = picture.weight.rows();
    if (events == 0 || blocks == 0) return layout;
    layout.strip = {area.left() + kBlockLabel, area.top() + kStripTop, area.width() - kBlockLabel,
                    kCellHeight * static_cast<double>(blocks)};
    const double width = layout.strip.width() / static_cast<double>(events);
    for (Eigen::Index b = 0; b < blocks; ++b) {
        const float most = std::max(picture.weight.row(b).maxCoeff(), 1e-9f);
        for (Eigen::Index e = 0; e < events; ++e) {
            const QRectF box(layout.strip.left() + width * static_cast<double>(e),
                             layout.strip.top() + kCellHeight * static_cast<double>(b), width,
                             kCellHeight - 2);
            layout.cells.push_back({static_cast<std::size_t>(b), static_cast<std::size_t>(e), box,
                                    static_cast<double>(picture.weight(b, e) / most)});
        }
    }

    const std::vector<double> mean = meanAttention(picture);
    std::vector<std::size_t> order(mean.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return mean[a] != mean[b] ? mean[a] > mean[b] : a > b;
    });
    const double top = layout.strip.bottom() + kStripFoot;
    const double room = area.bottom() - top;
    const auto count =
        std::min(order.size(), static_cast<std::size_t>(std::max(0.0, room / kRowHeight)));
    const double label = kLabelShare * area.width();
    for (std::size_t i = 0; i < count; ++i) {
        const double y = top + kRowHeight * static_cast<double>(i);
        const double longest = area.width() - label - kValueWidth - 8;
        const double share = mean[order[i]] / std::max(mean[order.front()], 1e-9);
        AttentionRow row;
        row.event = order[i];
        row.weight = mean[order[i]];
        row.line = {area.left(), y, area.width(), kRowHeight};
        row.label = {area.left(), y, label - 8, kRowHeight};
        row.bar = {area.left() + label, y + 5, std::max(2.0, longest * share), kRowHeight - 10};
        row.value = {row.bar.right() + 6, y, kValueWidth, kRowHeight};
        layout.rows.push_back(row);
    }
    return layout;
}

std::optional<std::size_t> attendedEventAt(const AttentionLayout& layout, QPointF position) {
    for (const AttentionCell& cell : layout.cells)
        if (cell.box.contains(position)) return cell.event;
    for (const AttentionRow& row : layout.rows)
        if (row.line.contains(position)) return row.event;
    return std::nullopt;
}

}  // namespace cascadelab
