#include "ui/views/index/index_layout.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "engine/base/text.h"
#include "ui/plot/ink.h"
#include "ui/plot/label_placement.h"
#include "ui/plot/ticks.h"
#include "ui/theme/theme.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {

namespace {

constexpr double kLeft = 44, kBottom = 30, kTop = 24, kRight = 12;  // room for the axes' words
constexpr double kReach = 14;                                       // of the pointer, px
constexpr double kLabelHeight = 15;

QString tr(const char* text) {
    return QCoreApplication::translate("IndexView", text);
}

// Both axes: what is shown and where it lands.
struct Scales {
    QRectF frame;
    double lowMs = 0.01, highMs = 1, lowRecall = 0;

    double x(double ms) const {
        return frame.left() + frame.width() * std::log(ms / lowMs) / std::log(highMs / lowMs);
    }
    double y(double recall) const {
        return frame.bottom() - frame.height() * (recall - lowRecall) / (1 - lowRecall);
    }
    QPointF at(const IndexPoint& point) const { return {x(point.ms), y(point.recall)}; }
};

Scales scalesOf(const IndexStudy& study, QRectF frame) {
    double low = 1e9, high = 0, recall = 1;
    for (const IndexCurve& curve : study.curves) {
        for (const IndexPoint& point : curve.points) {
            low = std::min(low, std::max(1e-4, point.ms));
            high = std::max(high, point.ms);
            recall = std::min(recall, point.recall);
        }
    }
    Scales scales;
    scales.frame = frame;
    scales.lowMs = low / 1.3;
    scales.highMs = std::max(high * 1.3, scales.lowMs * 4);
    scales.lowRecall = std::clamp(std::floor(recall * 10) / 10, 0.0, 0.9);
    return scales;
}

// 1, 2 and 5 times the powers of ten that lie on the axis.
std::vector<IndexTick> msTicks(const Scales& scales) {
    std::vector<IndexTick> ticks;
    const auto lowest = static_cast<int>(std::floor(std::log10(scales.lowMs)));
    const auto highest = static_cast<int>(std::ceil(std::log10(scales.highMs)));
    for (int power = lowest; power <= highest; ++power) {
        for (double factor : {1.0, 2.0, 5.0}) {
            const double ms = factor * std::pow(10.0, power);
            if (ms < scales.lowMs || ms > scales.highMs) continue;
            ticks.push_back({scales.x(ms), QString::number(ms, 'g', 3)});
        }
    }
    return ticks;
}

std::vector<IndexTick> recallTicks(const Scales& scales) {
    std::vector<IndexTick> ticks;
    const int most = std::max(3, static_cast<int>(scales.frame.height() / 34));
    for (double recall : niceTicks(scales.lowRecall, 1, most))
        ticks.push_back({scales.y(recall), percentText(recall)});
    return ticks;
}

// Where a breadth lies on a measured curve, between its neighbours.
std::optional<QPointF> placeOf(double breadth, const IndexCurve& curve,
                               const std::vector<QPointF>& points) {
    if (points.empty()) return std::nullopt;
    if (breadth <= curve.points.front().breadth) return points.front();
    for (std::size_t i = 1; i < points.size(); ++i) {
        const double from = curve.points[i - 1].breadth, to = curve.points[i].breadth;
        if (breadth > to) continue;
        return points[i - 1] + (points[i] - points[i - 1]) * ((breadth - from) / (to - from));
    }
    return points.back();
}

double breadthNow(IndexChoice kind, const IndexStudy& study, const RetrievalParams& now) {
    switch (kind) {
        case IndexChoice::exact:
            return 0;
        case IndexChoice::hnsw:
            return static_cast<double>(std::max<std::int64_t>(study.k, now.hnsw_breadth));
        case IndexChoice::ivf:
            return static_cast<double>(now.ivf_probes);
    }
    return 0;
}

// Names at the curves' right ends, moved apart where they would touch.
void placeNames(IndexLayout& layout, QRectF area) {
    std::vector<LabelWish> wishes;
    std::vector<QRectF> taken;
    for (const IndexTrace& trace : layout.traces) {
        const QString name = indexName(trace.curve->kind);
        wishes.push_back(
            {trace.points.back(), {textWidth(font(Type::small, true), name) + 4, kLabelHeight}, 8});
        for (QPointF point : trace.points)
            taken.push_back(QRectF(point - QPointF(4, 4), QSizeF(8, 8)));
        if (trace.now) taken.push_back(nowPlace(*trace.now));
    }
    const auto places = placeLabels(wishes, area, taken);
    for (std::size_t i = 0; i < places.size(); ++i) layout.traces[i].label = places[i];
}

}  // namespace

QString indexName(IndexChoice kind) {
    switch (kind) {
        case IndexChoice::exact:
            return tr("Exact");
        case IndexChoice::hnsw:
            return QStringLiteral("HNSW");
        case IndexChoice::ivf:
            return QStringLiteral("IVF");
    }
    return {};
}

QString breadthText(IndexChoice kind, const IndexPoint& point) {
    switch (kind) {
        case IndexChoice::exact:
            return tr("all vectors");
        case IndexChoice::hnsw:
            return tr("ef %1").arg(countText(point.breadth));
        case IndexChoice::ivf:
            return point.breadth == 1 ? tr("1 probe")
                                      : tr("%1 probes").arg(countText(point.breadth));
    }
    return {};
}

QString pointSentence(const IndexCurve& curve, std::size_t point) {
    const IndexPoint& measured = curve.points[point];
    return tr("%1, %2: finds %3 of the nearest in %4, %5 queries a second")
        .arg(indexName(curve.kind), breadthText(curve.kind, measured),
             withUnit(toText(fixed_text(100 * measured.recall, 1)), QStringLiteral("%")),
             microsText(1000 * measured.ms), countText(std::round(1000 / measured.ms)));
}

QRectF nowPlace(QPointF now) {
    return {now + QPointF(-12, 9), QSizeF(24, 14)};
}

IndexLayout layoutIndexStudy(const IndexStudy& study, const RetrievalParams& now, QRectF area) {
    IndexLayout layout;
    layout.frame = area.adjusted(kLeft, kTop, -kRight, -kBottom);
    const Scales scales = scalesOf(study, layout.frame);
    layout.across = msTicks(scales);
    layout.upwards = recallTicks(scales);
    for (const IndexCurve& curve : study.curves) {
        IndexTrace trace;
        trace.curve = &curve;
        for (const IndexPoint& point : curve.points) trace.points.push_back(scales.at(point));
        if (curve.kind == now.index)
            trace.now = placeOf(breadthNow(curve.kind, study, now), curve, trace.points);
        layout.traces.push_back(trace);
    }
    placeNames(layout, layout.frame);
    return layout;
}

std::optional<IndexHit> indexHitAt(const IndexLayout& layout, QPointF position) {
    std::optional<IndexHit> hit;
    double nearest = kReach;
    for (std::size_t t = 0; t < layout.traces.size(); ++t) {
        for (std::size_t p = 0; p < layout.traces[t].points.size(); ++p) {
            const QPointF away = layout.traces[t].points[p] - position;
            const double distance = std::hypot(away.x(), away.y());
            if (distance >= nearest) continue;
            nearest = distance;
            hit = IndexHit{t, p};
        }
    }
    return hit;
}

}  // namespace cascadelab
