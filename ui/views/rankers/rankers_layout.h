// Where the frontier of rankers lies in a rectangle: quality upward, time of a request to the right
// on a logarithmic axis. Pure; any thread.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>
#include <vector>

#include "engine/sim/snapshot/snapshot.h"
#include "ui/plot/ticks.h"

namespace cascadelab {

enum class RankerMeasure { ndcg, auc, log_loss };
inline constexpr std::size_t kRankerMeasureCount = 3;
QString measureLabel(RankerMeasure measure);  // "NDCG@10"
double measured(const RankerPoint& point, RankerMeasure measure);
QString measureText(double value);  // four decimals, "none" for NaN
QString rankerName(std::size_t model);

struct FrontierTick {
    double at = 0;  // px along its axis
    QString text;
};
struct FrontierPoint {
    std::size_t round = 0;  // position in the rounds given
    QPointF at;
};
struct FrontierModel {
    std::size_t model = 0;
    std::vector<FrontierPoint> trail;  // oldest first; the last is now
    QRectF label;                      // of the name, and under it the words; empty: no room
    QString name, words;               // no words: no room for them
};
struct RankersLayout {
    QRectF frame;
    std::vector<FrontierTick> across, up;
    std::vector<FrontierModel> models;
    std::vector<QPointF> best;  // corners of the frontier: nothing is both better and quicker
};

// The axes of a picture before are kept where the new points still fill them (ticks.h).
struct FrontierAxes {
    AxisRange quality, decades;  // decades: log10 of ms
};
// The newest rounds with measured times, at most twelve. Log loss grows downward, so that better is
// always up.
RankersLayout layoutRankers(const std::vector<RankerRoundView>& rounds, RankerMeasure measure,
                            QRectF area, FrontierAxes& axes);

}  // namespace cascadelab
