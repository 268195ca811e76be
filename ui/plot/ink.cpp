#include "ui/plot/ink.h"

#include <QFontMetricsF>
#include <QPainterPath>
#include <cmath>

namespace cascadelab {

void haloText(QPainter& painter, QRectF place, Qt::Alignment alignment, const QString& text,
              const QColor& colour, const QColor& halo) {
    const QFontMetricsF metrics(painter.font());
    const double width = metrics.horizontalAdvance(text);
    double x = place.left();
    if (alignment & Qt::AlignHCenter) x = place.center().x() - width / 2;
    if (alignment & Qt::AlignRight) x = place.right() - width;
    const double y = place.center().y() + (metrics.ascent() - metrics.descent()) / 2;

    QPainterPath path;
    path.addText(QPointF(std::round(x), std::round(y)), painter.font(), text);
    QColor soft = halo;
    soft.setAlphaF(0.82f);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.strokePath(path, QPen(soft, 3.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setPen(colour);
    painter.drawText(QPointF(std::round(x), std::round(y)), text);
    painter.restore();
}

void lineText(QPainter& painter, QRectF place, Qt::Alignment alignment, const QString& text,
              const QColor& colour) {
    painter.setPen(colour);
    const QFontMetricsF metrics(painter.font());
    const QString shown = metrics.horizontalAdvance(text) <= place.width() + 0.5
                              ? text
                              : metrics.elidedText(text, Qt::ElideRight, place.width());
    painter.drawText(place, static_cast<int>(alignment) | Qt::TextSingleLine | Qt::TextDontClip,
                     shown);
}

double textWidth(const QFont& font, const QString& text) {
    return std::ceil(QFontMetricsF(font).horizontalAdvance(text));
}

QString fittingText(const QFont& font, double width, const QStringList& texts) {
    for (const QString& text : texts)
        if (textWidth(font, text) <= width) return text;
    return texts.isEmpty() ? QString() : texts.back();
}

void emptyText(QPainter& painter, QRectF area, const QString& text, const Theme& theme) {
    painter.setFont(font(Type::body));
    painter.setPen(theme.dim);
    const double margin = std::min(24.0, area.width() / 8);
    painter.drawText(area.adjusted(margin, 0, -margin, 0), Qt::AlignCenter | Qt::TextWordWrap,
                     text);
}

}  // namespace cascadelab
