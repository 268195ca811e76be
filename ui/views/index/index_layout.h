// Where the curves of an index study stand: recall upwards, milliseconds a query to the right on a
// logarithmic axis, one curve a kind, named at its end. Pure; any thread.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>
#include <optional>
#include <vector>

#include "engine/bench/index_study.h"

namespace cascadelab {

struct IndexTick {
    double at = 0;  // x or y
    QString text;   // empty: a line without words
};
struct IndexTrace {
    const IndexCurve* curve = nullptr;  // of the study that was laid out
    std::vector<QPointF> points;        // one a measurement
    std::optional<QRectF> label;        // its name; absent when there is no room
    std::optional<QPointF> now;         // the setting that serves now; only on its kind's curve
};
struct IndexLayout {
    QRectF frame;
    std::vector<IndexTick> across, upwards;  // milliseconds; recall
    std::vector<IndexTrace> traces;          // in the order of the study's curves
};

QRectF nowPlace(QPointF now);  // of the word below the marker of the present setting
IndexLayout layoutIndexStudy(const IndexStudy& study, const RetrievalParams& now, QRectF area);

QString indexName(IndexChoice kind);                             // "HNSW"
QString breadthText(IndexChoice kind, const IndexPoint& point);  // "ef 750"
QString pointSentence(const IndexCurve& curve, std::size_t point);

struct IndexHit {
    std::size_t trace = 0, point = 0;
};
// The measurement nearest to a position, within reach of the pointer.
std::optional<IndexHit> indexHitAt(const IndexLayout& layout, QPointF position);

}  // namespace cascadelab
