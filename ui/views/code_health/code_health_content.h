// What the chart of code health shows: perplexity and dead codes level by level, and how far codes
// tell items apart, over virtual time. Pure; any thread.
#pragma once

#include <span>

#include "engine/sim/snapshot/snapshot.h"
#include "ui/plot/line_chart.h"

namespace cascadelab {

// alphabet: codes of every level as they are now. withDead: dead codes get a panel of their own
// when there were some; otherwise they are said beside the perplexity. Nothing without points.
ChartContent codeHealthContent(std::span<const CodeHealthPoint> points,
                               std::span<const int> alphabet, std::span<const Mark> marks,
                               bool withDead, const Theme& theme);

}  // namespace cascadelab
