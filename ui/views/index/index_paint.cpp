// The painter's half of the index view: axes, curves and their names over a finished layout.
#include <QPainter>
#include <QPushButton>
#include <array>

#include "ui/plot/ink.h"
#include "ui/views/index/index_view.h"

namespace cascadelab {

namespace {

std::size_t categoryOf(IndexChoice kind) {
    switch (kind) {
        case IndexChoice::exact:
            return 7;
        case IndexChoice::hnsw:
            return 0;
        case IndexChoice::ivf:
            return 1;
    }
    return 7;
}

// Shapes tell the kinds apart besides colour.
void drawPoint(QPainter& painter, IndexChoice kind, QPointF at, double r) {
    const double tip = 1.4 * r;
    const std::array<QPointF, 4> diamond = {at - QPointF(0, tip), at + QPointF(tip, 0),
                                            at + QPointF(0, tip), at - QPointF(tip, 0)};
    switch (kind) {
        case IndexChoice::exact:
            return painter.drawRect(QRectF(at - QPointF(r, r), QSizeF(2 * r, 2 * r)));
        case IndexChoice::hnsw:
            return painter.drawEllipse(at, r, r);
        case IndexChoice::ivf:
            return painter.drawPolygon(diamond.data(), 4);
    }
}

}  // namespace

PictureView::Lack IndexView::lack() const {
    return {
        tr("An approximate index finds most of the nearest items in a fraction of the time. How "
           "many, and how much faster, is measured here: exact against HNSW against IVF."),
        tr("Measure"), m_measure->toolTip()};
}

void IndexView::paint(QPainter& painter) const {
    paintAxes(painter);
    for (const IndexTrace& trace : m_layout.traces) paintTrace(painter, trace);
}

void IndexView::paintAxes(QPainter& painter) const {
    const QRectF& frame = m_layout.frame;
    painter.setFont(cascadelab::font(Type::tiny));
    for (const IndexTick& tick : m_layout.upwards) {
        const double y = std::round(tick.at) + 0.5;
        painter.setPen(theme().grid);
        painter.drawLine(QPointF(frame.left(), y), QPointF(frame.right(), y));
        lineText(painter, QRectF(0, y - 7, frame.left() - 6, 14), Qt::AlignRight | Qt::AlignVCenter,
                 tick.text, theme().dim);
    }
    for (const IndexTick& tick : m_layout.across) {
        const double x = std::round(tick.at) + 0.5;
        painter.setPen(theme().grid);
        painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()));
        lineText(painter, QRectF(x - 24, frame.bottom() + 2, 48, 13), Qt::AlignCenter, tick.text,
                 theme().dim);
    }
    lineText(painter, QRectF(0, frame.top() - 23, frame.right(), 13), Qt::AlignVCenter,
             tr("Recall, share of the exact nearest that is found"), theme().dim);
    lineText(painter, QRectF(frame.left(), frame.bottom() + 15, frame.width(), 14),
             Qt::AlignRight | Qt::AlignVCenter, tr("CPU time a query, ms, logarithmic"),
             theme().dim);
}

void IndexView::paintTrace(QPainter& painter, const IndexTrace& trace) const {
    const QColor colour = theme().categoryColor(categoryOf(trace.curve->kind));
    painter.setPen(QPen(colour, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(trace.points.data(), static_cast<int>(trace.points.size()));
    for (std::size_t p = 0; p < trace.points.size(); ++p) {
        const bool isHit =
            m_hit && m_layout.traces[m_hit->trace].curve == trace.curve && m_hit->point == p;
        painter.setPen(QPen(theme().panel, 1));
        painter.setBrush(colour);
        drawPoint(painter, trace.curve->kind, trace.points[p], isHit ? 5 : 3.2);
    }
    if (trace.now) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().text, 1.6));
        painter.drawEllipse(*trace.now, 8, 8);
        painter.setFont(cascadelab::font(Type::tiny));
        haloText(painter, nowPlace(*trace.now), Qt::AlignCenter, tr("now"), theme().text,
                 theme().panel);
    }
    if (!trace.label) return;
    painter.setFont(cascadelab::font(Type::small, true));
    haloText(painter, *trace.label, Qt::AlignCenter, indexName(trace.curve->kind),
             theme().categoryText(categoryOf(trace.curve->kind)), theme().panel);
}

}  // namespace cascadelab
