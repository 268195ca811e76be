// Where the attention over a person's past stands: a strip of cells, one a block and event, oldest
// event left, and under it the events that were looked at most. Pure; any thread.
#pragma once

#include <QRectF>
#include <optional>
#include <vector>

#include "engine/cascade/request/trace.h"

namespace cascadelab {

struct AttentionCell {
    std::size_t block = 0, event = 0;
    QRectF box;
    double amount = 0;  // weight over the largest of its block, 0..1
};
struct AttentionRow {
    std::size_t event = 0;
    double weight = 0;  // mean over the blocks, 0..1
    QRectF line, label, bar, value;
};
struct AttentionLayout {
    QRectF strip;
    std::vector<AttentionCell> cells;
    std::vector<AttentionRow> rows;  // strongest first; ties by the newer event
};

// Mean weight over the blocks of every event; they sum to 1.
std::vector<double> meanAttention(const AttentionPicture& picture);

AttentionLayout layoutAttention(const AttentionPicture& picture, QRectF area);
// The event under a position, in the strip or in a row.
std::optional<std::size_t> attendedEventAt(const AttentionLayout& layout, QPointF position);

}  // namespace cascadelab
