// The geometry of a study's plot: where its axes, lines, rings and labels stand. Painted by
// StudyChart. Pure; window's thread only for the fonts it measures.
#pragma once

#include <QPolygonF>
#include <QRectF>
#include <QString>
#include <vector>

#include "engine/run/studies/study.h"

namespace cascadelab {

struct StudyTick {
    double at = 0;  // pixels along the axis
    QString label;
};
struct StudyLine {
    QString name;
    std::size_t category = 0;  // of its colour; own and published of one name share it
    QPolygonF own;             // joined by a line, dots alone when x counts kinds
    QPolygonF published;       // rings
    QRectF label;              // null: no room
};
struct StudyChartLayout {
    QRectF plot;
    std::vector<StudyTick> x, y;
    std::vector<StudyLine> lines;
    QRectF xLabel, yLabel;
    bool kinds = false;  // x counts kinds: nothing is joined
};

StudyChartLayout layoutStudyChart(const StudyPlot& plot, QSizeF size);

}  // namespace cascadelab
