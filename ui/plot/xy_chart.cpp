#include "ui/plot/xy_chart.h"

#include <QPainter>

#include "ui/plot/ink.h"
#include "ui/plot/xy_chart_layout.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

constexpr double kRing = 4.5;
constexpr double kDot = 2.5;

void paintAxes(QPainter& painter, const XyChartLayout& layout, const Theme& theme) {
    const QRectF& plot = layout.plot;
    painter.setFont(font(Type::small));
    for (const XyTick& tick : layout.y) {
        painter.setPen(QPen(theme.grid, 1));
        painter.drawLine(QPointF(plot.left(), tick.at), QPointF(plot.right(), tick.at));
        lineText(painter, QRectF(0, tick.at - 8, plot.left() - 8, 16),
                 Qt::AlignRight | Qt::AlignVCenter, tick.label, theme.dim);
    }
    const double room = layout.kinds && !layout.x.empty()
                            ? plot.width() / static_cast<double>(layout.x.size())
                            : 80;
    for (const XyTick& tick : layout.x) {
        lineText(painter, QRectF(tick.at - room / 2, plot.bottom() + 6, room, 16), Qt::AlignCenter,
                 tick.label, theme.dim);
    }
}

void paintLine(QPainter& painter, const XyLine& line, bool joined, const Theme& theme) {
    const QColor colour = theme.categoryColor(line.category);
    painter.setPen(QPen(colour, 1.8));
    painter.setBrush(Qt::NoBrush);
    if (joined) painter.drawPolyline(line.own);
    painter.setBrush(colour);
    // Dots say which places were measured, as long as they can be told apart.
    if (!joined || line.own.size() <= 12) {
        for (const QPointF& point : line.own) painter.drawEllipse(point, kDot, kDot);
    }
    painter.setPen(QPen(theme.categoryText(line.category), 1.6));
    painter.setBrush(theme.window);
    for (const QPointF& point : line.published) painter.drawEllipse(point, kRing, kRing);
    if (line.label.isNull()) return;
    painter.setFont(font(Type::small, true));
    lineText(painter, line.label, Qt::AlignLeft | Qt::AlignVCenter, line.name,
             theme.categoryText(line.category));
}

}  // namespace

XyChart::XyChart(QWidget* parent) : QWidget(parent) {
    setMinimumHeight(180);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void XyChart::setPlot(const StudyPlot& plot) {
    m_plot = plot;
    setAccessibleName(toText(plot.title));
    setAccessibleDescription(tr("%1 over %2: lines are this program, rings are what was published.")
                                 .arg(toText(plot.y_label), toText(plot.x_label)));
    update();
}

void XyChart::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void XyChart::paintEvent(QPaintEvent*) {
    if (m_plot.own.empty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const XyChartLayout layout = layoutXyChart(m_plot, size());
    paintAxes(painter, layout, m_theme);
    for (const XyLine& line : layout.lines) paintLine(painter, line, !layout.kinds, m_theme);
    painter.setFont(cascadelab::font(Type::small));
    lineText(painter, layout.yLabel, Qt::AlignLeft | Qt::AlignVCenter, toText(m_plot.y_label),
             m_theme.dim);
    lineText(painter, layout.xLabel, Qt::AlignRight | Qt::AlignVCenter, toText(m_plot.x_label),
             m_theme.dim);
}

}  // namespace cascadelab
