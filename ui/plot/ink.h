// Small things every painted picture needs: words over points, words cut to a width, the sentence
// of an empty view. Window's thread.
#pragma once

#include <QFont>
#include <QPainter>
#include <QString>
#include <QStringList>

#include "ui/theme/theme.h"

namespace cascadelab {

// One line of text with a soft edge in `halo`, readable over points and ribbons.
void haloText(QPainter& painter, QRectF place, Qt::Alignment alignment, const QString& text,
              const QColor& colour, const QColor& halo);
// One line of text, cut with an ellipsis when it does not fit.
void lineText(QPainter& painter, QRectF place, Qt::Alignment alignment, const QString& text,
              const QColor& colour);
// Width of a line of text in a font, rounded up.
double textWidth(const QFont& font, const QString& text);
// The first of the texts that fits into a width, the last when none does: the longest way to say it
// first.
QString fittingText(const QFont& font, double width, const QStringList& texts);
// What would fill an empty view, in its middle.
void emptyText(QPainter& painter, QRectF area, const QString& text, const Theme& theme);

}  // namespace cascadelab
