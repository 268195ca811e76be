// The geometry of a study's plot: where its axes, lines, rings and labels stand. Painted by
// XyChart. Pure; window's thread only for the fonts it measures.
#pragma once

#include <QPolygonF>
#include <QRectF>
#include <QString>
#include <vector>

#include "engine/studies/study.h"

namespace cascadelab {

struct XyTick {
    double at = 0;  // pixels along the axis
    QString label;
};
struct XyLine {
    QString name;
    std::size_t category = 0;  // of its colour; own and published of one name share it
    QPolygonF own;             // joined by a line, dots alone when x counts kinds
    QPolygonF published;       // rings
    QRectF label;              // null: no room
};
struct XyChartLayout {
    QRectF plot;
    std::vector<XyTick> x, y;
    std::vector<XyLine> lines;
    QRectF xLabel, yLabel;
    bool kinds = false;  // x counts kinds: nothing is joined
};

XyChartLayout layoutXyChart(const StudyPlot& plot, QSizeF size);

}  // namespace cascadelab
