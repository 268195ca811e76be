#include "ui/views/funnel/funnel_layout.h"

#include <algorithm>
#include <cmath>

#include "ui/plot/ink.h"
#include "ui/plot/label_placement.h"
#include "ui/words/numbers.h"

namespace cascadelab {

namespace {

constexpr double kNodeWidth = 11;
constexpr double kHeadHeight = 34;
constexpr double kLine = 13;        // height of a line of small words
constexpr double kLostHeight = 16;  // of the number under a column
constexpr double kOracleHeight = 44;
constexpr double kEdge = 15;    // free to the right of the last column, for its head
constexpr double kNamed = 260;  // px; a narrower funnel names no sources, they are said on hover
constexpr double kNoNames = 24;

FunnelStep stepAt(std::size_t index) {
    return static_cast<FunnelStep>(index);
}

QString sourceWords(const FunnelCounts& counts, Source source) {
    return toText(source_label(source)) + QStringLiteral("  ") + countText(counts.left[0][source]);
}

void placeHeads(FunnelLayout& layout, QRectF area) {
    const auto& nodes = layout.sankey.nodes;
    const double half = (nodes[2].front().x() - nodes[1].front().x()) / 2;
    for (std::size_t step = 0; step < kFunnelStepCount; ++step) {
        const QRectF node = layout.sankey.nodes[step].front();
        QRectF head(node.center().x() - half, area.top(), 2 * half, kHeadHeight);
        if (step == 0) {
            const double right = std::max(node.right(), nodes[1].front().center().x() - half);
            head = {area.left(), area.top(), right - area.left(), kHeadHeight};
        }
        if (step + 1 == kFunnelStepCount) head.moveRight(area.right());
        layout.heads.push_back(head);
    }
}

void placeSources(FunnelLayout& layout, const FunnelCounts& counts, std::span<const Source> sources,
                  QRectF flow, double gutter) {
    std::vector<double> wanted;
    for (const QRectF& node : layout.sankey.nodes.front()) wanted.push_back(node.center().y());
    const auto spread =
        spreadLabels(wanted, kLine, flow.top() - kLine / 2, flow.bottom() + kLine / 2);
    for (std::size_t i = 0; i < sources.size(); ++i) {
        PlacedWords words{{}, sourceWords(counts, sources[i])};
        if (spread[i] && gutter > kNoNames)
            words.place = {flow.left() - gutter, *spread[i] - kLine / 2, gutter - 6, kLine};
        layout.sources.push_back(words);
    }
}

void placeLost(FunnelLayout& layout, const FunnelCounts& counts) {
    for (std::size_t step = 0; step < kFunnelStepCount; ++step) {
        const double lost = counts.lost(stepAt(step));
        if (lost < 0.005) {
            layout.lost.push_back({});
            continue;
        }
        const QString words = QChar(0x2212) + countText(lost);
        QRectF place(0, layout.sankey.bottomOf(step) + 4,
                     textWidth(font(Type::small, true), words) + 2, kLostHeight - 2);
        place.moveCenter({layout.sankey.nodes[step].front().center().x(), place.center().y()});
        layout.lost.push_back({place, words});
    }
}

// In a narrow funnel the numbers of neighbours would run into one another.
void dropTouching(std::vector<PlacedWords>& lost) {
    for (std::size_t step = 1; step < lost.size(); ++step)
        for (std::size_t before = 0; before < step; ++before)
            if (lost[step].place.intersects(lost[before].place)) lost[step].place = {};
}

// Reasons in words under each number; false when two of them would touch or leave the area.
bool stackReasons(FunnelLayout& layout, const FunnelCounts& counts, QRectF area, double floor) {
    const QFont words = font(Type::tiny);
    std::vector<QRectF> blocks;
    for (std::size_t step = 0; step < kFunnelStepCount; ++step) {
        std::vector<PlacedWords> lines;
        double width = 0;
        for (const FunnelReason& reason : counts.reasons[step]) {
            lines.push_back({{}, reason.text + QLatin1Char(' ') + countText(reason.count)});
            width = std::max(width, textWidth(words, lines.back().text));
        }
        if (!lines.empty()) {
            const QRectF anchor = layout.lost[step].place;
            QRectF block(anchor.center().x() - width / 2, anchor.bottom(), width,
                         kLine * double(lines.size()));
            if (block.right() > area.right()) block.moveRight(area.right());
            const QRectF wide = block.adjusted(-4, 0, 4, 0);
            bool touches = std::ranges::any_of(
                blocks, [&](const QRectF& other) { return other.intersects(wide); });
            for (std::size_t other = 0; other < kFunnelStepCount; ++other)
                touches |= other != step && layout.lost[other].place.intersects(wide);
            if (touches || block.bottom() > floor) {
                layout.reasons.clear();
                return false;
            }
            blocks.push_back(wide);
            for (std::size_t i = 0; i < lines.size(); ++i)
                lines[i].place = {block.left(), block.top() + kLine * double(i), width, kLine};
        }
        layout.reasons.push_back(lines);
    }
    return true;
}

void placeRows(FunnelLayout& layout, const FunnelCounts& counts, QRectF strip) {
    // Where not all fit, the steps that lost most; the others say it on hover.
    std::vector<FunnelStep> steps;
    for (std::size_t step = 1; step < kFunnelStepCount; ++step)
        if (!layout.lost[step].text.isEmpty()) steps.push_back(stepAt(step));
    const auto room =
        static_cast<std::size_t>(std::max(0.0, std::floor(strip.height() / kLine + 0.01)));
    while (steps.size() > room) {
        const auto lostLess = [&](FunnelStep a, FunnelStep b) {
            return counts.lost(a) < counts.lost(b);
        };
        steps.erase(std::ranges::min_element(steps, lostLess));
    }
    for (FunnelStep step : steps) {
        const double y = strip.top() + kLine * double(layout.rows.size());
        layout.rows.push_back(
            {{strip.left(), y, strip.width(), kLine},
             stepHead(step) + QStringLiteral(": ") + reasonsSentence(counts, step)});
    }
    layout.rowSteps = steps;
}

void placeOracle(FunnelLayout& layout, std::span<const LossShare> shares, QRectF area) {
    layout.oracle = {area.left(), area.bottom() - kOracleHeight, area.width(), kOracleHeight};
    int total = 0;
    for (const LossShare& share : shares) total += share.count;
    constexpr double kGap = 2;
    const double room = area.width() - kGap * double(shares.size() - 1);
    double x = area.left();
    for (const LossShare& share : shares) {
        const double width = room * share.count / total;
        layout.losses.emplace_back(x, area.bottom() - 18, width, 16);
        x += width + kGap;
    }
}

}  // namespace

FunnelLayout layoutFunnel(const FunnelCounts& counts, std::span<const Source> sources,
                          std::span<const LossShare> shares, SankeyScale scale, QRectF area) {
    FunnelLayout layout;
    double gutter = 0;
    for (Source source : sources)
        gutter = std::max(gutter, textWidth(font(Type::tiny), sourceWords(counts, source)) + 10);
    if (area.width() < kNamed) gutter = kNoNames;
    const double oracle = shares.empty() ? 0 : kOracleHeight + 6;
    const SankeyAmounts amounts = funnelAmounts(counts, sources);
    const SankeyAmounts entries = funnelEntries(counts, sources);

    // First as if every reason had room under its column, then with a strip of rows below.
    const auto build = [&](double below) {
        const QRectF flow(area.left() + gutter, area.top() + kHeadHeight + 8,
                          area.width() - gutter - kEdge + kNodeWidth / 2,
                          std::max(40.0, area.height() - kHeadHeight - 8 - oracle - below));
        layout = {};
        layout.sankey = layoutSankey(amounts, flow, scale, kNodeWidth,
                                     std::min(9.0, flow.height() / 20), entries);
        placeHeads(layout, area);
        placeSources(layout, counts, sources, flow, gutter);
        placeLost(layout, counts);
        return flow;
    };
    const QRectF flow = build(40);
    if (!stackReasons(layout, counts, area, flow.bottom() + 40)) {
        int rows = 0;
        for (std::size_t step = 1; step < kFunnelStepCount; ++step)
            rows += counts.lost(stepAt(step)) >= 0.005;
        // Every source keeps a line of its own before the rows get theirs.
        const double flowNeeds = kLine * double(sources.size()) + 4;
        const double free = area.height() - kHeadHeight - 16 - oracle - kLostHeight - flowNeeds;
        const double strip = kLine * std::clamp(std::floor(free / kLine), 0.0, double(rows));
        const QRectF tight = build(strip + kLostHeight + 8);
        placeRows(layout, counts,
                  {area.left(), tight.bottom() + kLostHeight + 6, area.width(), strip});
    }
    dropTouching(layout.lost);
    if (!shares.empty()) placeOracle(layout, shares, area);
    return layout;
}

}  // namespace cascadelab
