// One person's bubble: every item by how much they would value it, the best in the middle, a sector
// a topic; and which of them the cascade found and showed. Pure; window's thread only for the fonts
// it measures.
#pragma once

#include <QPointF>
#include <QRectF>
#include <optional>
#include <vector>

#include "engine/sim/snapshot/snapshot.h"

namespace cascadelab {

inline constexpr std::size_t kBubbleTopics = 8;

// How far an item came; each step includes those before.
enum class BubbleStep { exists, retrieved, shown };

struct BubbleItem {
    ItemId item;
    std::size_t rank = 0;  // 0: the person would value it most of all
    BubbleStep step = BubbleStep::exists;
    bool loved = false;  // among the oracle's best, which are items that may be shown
};
struct BubbleCounts {
    std::size_t exists = 0, retrieved = 0, shown = 0, loved = 0;
    std::size_t loved_retrieved = 0, loved_shown = 0;
};
struct BubbleContent {
    std::vector<BubbleItem> items;  // by ItemId
    BubbleCounts all;
    std::array<BubbleCounts, kBubbleTopics> topic;
};
// Of the person in focus; nothing without an explained request. What was released later than the
// request, or has no worth yet, is left out.
std::optional<BubbleContent> bubbleContent(const PersonView& person, const Cards& cards);

struct BubbleDot {
    BubbleItem item;
    QPointF at;
    double radius = 0;
};
struct BubbleRing {
    std::size_t rank = 0;  // of the last item inside
    double radius = 0;
    QRectF label;
};
struct BubbleRow {
    std::optional<std::size_t> topic;  // none: everything
    QRectF line, name;
    std::array<QRectF, 4> value;  // exist, retrieved, shown, best
};
struct BubbleLayout {
    QPointF centre;
    double radius = 0;
    std::vector<BubbleRing> rings;
    std::array<QPointF, kBubbleTopics> spokeEnd;  // where each sector begins
    std::array<QRectF, kBubbleTopics> topic;      // names around the circle
    std::vector<BubbleDot> dots;                  // in the order to paint: the furthest come last
    QRectF legend;
    std::vector<BubbleRow> rows;  // the first has the headers; none where there is no room
    std::array<QRectF, 4> header;
};
BubbleLayout layoutBubble(const BubbleContent& content, const Cards& cards, QRectF area);
// The dot on top under a position; what merely exists is not asked unless it is loved.
std::optional<BubbleDot> bubbleAt(const BubbleLayout& layout, QPointF position);

}  // namespace cascadelab
