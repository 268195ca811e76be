#include "ui/views/latency/latency_view.h"

#include <QPainter>
#include <algorithm>

#include "ui/plot/ink.h"
#include "ui/plot/line_chart.h"
#include "ui/words/items.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {

namespace {

constexpr double kChartShare = 0.45;      // of the height, for the percentiles
constexpr double kLowestWaterfall = 158;  // px; under it the rows of the waterfall touch
constexpr double kLowestChart = 60;       // px; under it the axis of days is cut

struct Percentile {
    const char* label;
    float LatencyPoint::*value;
    std::size_t category;
};
constexpr std::array<Percentile, 3> kPercentiles = {Percentile{"p99", &LatencyPoint::p99_us, 1},
                                                    Percentile{"p95", &LatencyPoint::p95_us, 3},
                                                    Percentile{"p50", &LatencyPoint::p50_us, 0}};

}  // namespace

LatencyView::LatencyView(Selection& selection, QWidget* parent)
    : PictureView(selection,
                  tr("Stages of one request over time, and percentiles by virtual hour."), parent),
      m_chart(new LineChart(this)) {
    m_chart->setAccessibleName(tr("Percentiles of the time of a request"));
    m_chart->hide();
}

QString LatencyView::subtitle() const {
    if (!hasPicture()) return {};
    QStringList parts;
    if (m_trace)
        parts << tr("one request")
              << tr("%1, %2").arg(personName(*snapshot(), m_trace->person),
                                  microsText(m_fall.total_us));
    if (!m_chart->isHidden()) parts << tr("below: percentiles by virtual hour");
    return parts.join(QStringLiteral(" · "));
}

void LatencyView::setTheme(const Theme& theme) {
    m_chart->setTheme(theme);
    PictureView::setTheme(theme);
}

bool LatencyView::take() {
    const auto trace = snapshot() && snapshot()->focus ? snapshot()->focus->trace : nullptr;
    const auto points = snapshot() ? snapshot()->latency : nullptr;
    const bool isSame = trace == m_trace && points == m_points;
    m_points = points;
    m_trace = trace;
    return !isSame;
}

void LatencyView::place() {
    const bool hadChart = !m_chart->isHidden();
    const double room = std::clamp(height() - kLowestWaterfall, 0.0, kChartShare * height());
    const bool hasChart = m_points && m_points->size() >= 2 && (!m_trace || room >= kLowestChart);
    const double chart = hasChart ? room : 0;
    if (m_trace)
        m_fall = layoutWaterfall(m_trace->start_us, m_trace->measured_us,
                                 QRectF(0, 0, width(), height() - chart - 6));
    const int top = m_trace ? std::min(height() - static_cast<int>(chart),
                                       static_cast<int>(m_fall.frame.bottom()) + 14)
                            : height() - static_cast<int>(chart);
    m_chart->setVisible(hasChart);
    if (hadChart != hasChart) emit headingChanged();  // it says whether they are there
    m_chart->setGeometry(0, top, width(), height() - top);
    fillChart();
}

std::vector<QPointF> LatencyView::stops() const {
    std::vector<QPointF> places;
    for (const WaterfallRow& row : m_fall.rows) places.push_back(row.label.center());
    return m_trace ? places : std::vector<QPointF>{};
}

void LatencyView::fillChart() {
    if (!m_points || m_points->size() < 2) return;
    float most = 0;
    for (const LatencyPoint& point : *m_points) most = std::max(most, point.p99_us);
    const bool inMs = most >= 1000;
    ChartContent content;
    ChartPanel panel;
    panel.axis = inMs ? tr("Time of a request, ms") : tr("Time of a request, µs");
    panel.factor = inMs ? 0.001 : 1;
    panel.range = {0, steppedRange(0, most).high};
    panel.valueText = microsText;
    for (const LatencyPoint& point : *m_points) content.times.push_back(point.time_s);
    for (const Percentile& percentile : kPercentiles) {
        ChartSeries series;
        series.label = QString::fromLatin1(percentile.label);
        series.value = microsText(m_points->back().*percentile.value);
        series.colour = theme().categoryColor(percentile.category);
        series.ink = theme().categoryText(percentile.category);
        for (const LatencyPoint& point : *m_points) series.y.push_back(point.*percentile.value);
        panel.series.push_back(series);
    }
    content.panels.push_back(panel);
    m_chart->setContent(std::move(content));
}

PictureView::Lack LatencyView::lack() const {
    return {tr("The first request is timed stage by stage here. Press play to get there.")};
}

void LatencyView::paint(QPainter& painter) const {
    if (m_trace) return paintWaterfall(painter);
    emptyText(painter, QRectF(0, 0, width(), m_chart->y()),
              tr("The first request of the person in focus shows its stages here."), theme());
}

void LatencyView::paintWaterfall(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    for (const WaterfallTick& tick : m_fall.ticks) {
        const double x = std::round(tick.x) + 0.5;
        painter.setPen(theme().grid);
        painter.drawLine(QPointF(x, m_fall.frame.top()), QPointF(x, m_fall.frame.bottom()));
        lineText(painter, QRectF(tick.x - 30, m_fall.frame.top() - 14, 60, 12), Qt::AlignCenter,
                 tick.text, theme().dim);
    }
    lineText(painter, QRectF(0, m_fall.frame.top() - 14, m_fall.frame.left() - 20, 12),
             Qt::AlignVCenter, tr("Stage, %1").arg(m_fall.unit), theme().dim);
    const bool tight = m_fall.frame.height() / double(enum_count<CascadeStage>) < 13;
    painter.setFont(cascadelab::font(tight ? Type::tiny : Type::small));
    for (const WaterfallRow& row : m_fall.rows) {
        lineText(painter, row.label, Qt::AlignVCenter, row.name,
                 row.ran ? theme().text : theme().dim);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().categoryColor(stageCategory(row.stage)));
        if (row.ran) painter.drawRoundedRect(row.bar, 2, 2);
        lineText(painter, row.value, Qt::AlignVCenter, row.words, theme().dim);
    }
}

QString LatencyView::wordsAt(QPointF position) const {
    if (!m_trace) return {};
    for (const WaterfallRow& row : m_fall.rows) {
        const QRectF line(0, row.label.top(), width(), row.label.height());
        if (!line.contains(position)) continue;
        const auto s = index_of(row.stage);
        QString text = row.ran ? tr("%1 began %2 after the request and took %3.")
                                     .arg(row.name, microsText(m_trace->start_us[s]), row.words)
                               : tr("%1 did not run in this request.").arg(row.name);
        if (m_points && !m_points->empty())
            text += tr("\nMean of the last hour: %1.")
                        .arg(microsText(m_points->back().stage_mean_us[s]));
        return text;
    }
    return {};
}

PictureView::Twin LatencyView::twin() const {
    const auto cell = [trace = m_trace, points = m_points](int row, int column) -> QVariant {
        const auto s = static_cast<std::size_t>(row);
        if (column == 0) return toText(cascade_stage_label(static_cast<CascadeStage>(s)));
        if (column == 3)
            return points && !points->empty() ? QVariant(points->back().stage_mean_us[s])
                                              : QString();
        if (!trace) return QString();
        return column == 1 ? trace->start_us[s] : trace->measured_us[s];
    };
    return {{tr("Stage"), tr("Begin, µs"), tr("Took, µs"), tr("Mean of the last hour, µs")},
            static_cast<int>(enum_count<CascadeStage>),
            cell};
}

}  // namespace cascadelab
