// Where everything on the timeline stands: days, marks and their words, keyframes, the sparkline.
// A pure function of the moment and the size; tested without a window.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>
#include <functional>
#include <vector>

#include "engine/sim/snapshot/snapshot.h"

namespace cascadelab {

struct TimelineGeometry {
    struct Tick {
        double x = 0;
        QString label;  // empty between labelled days
    };
    struct Flag {
        double x = 0;
        std::size_t mark = 0;  // position in Snapshot::marks
        QRectF label;          // empty when there is no room for its words
    };

    double left = 0, right = 0;  // pixels of day 1, 00:00 and of the end
    Seconds end_s = kDay;
    double now_x = 0;
    std::vector<Tick> days;
    std::vector<Flag> flags;  // by time
    std::vector<double> keyframes;
    std::vector<QPointF> spark;  // y: 0 at the lowest value, 1 at the highest

    double xAt(Seconds time_s) const;
    Seconds timeAt(double x) const;  // inside the run, on whole minutes
};

// `textWidth` measures a mark's words in pixels.
TimelineGeometry layOutTimeline(const Snapshot& snapshot, Metric metric, double width,
                                const std::function<double(const QString&)>& textWidth);

// "search: Documentary", or "planned: peak holiday, day 18" while it is ahead.
QString markText(const Mark& mark);

}  // namespace cascadelab
