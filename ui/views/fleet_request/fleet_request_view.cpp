#include "ui/views/fleet_request/fleet_request_view.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/plot/ink.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr double kCriticalDot = 3;  // px
constexpr double kTight = 14;       // px; lower rows are said in smaller type
constexpr std::size_t kWaitCategory = 1, kServiceCategory = 0;

}  // namespace

FleetRequestView::FleetRequestView(Selection& selection, QWidget* parent)
    : FleetPicture(selection,
                   tr("One request through the modelled fleet: wait and service at every station "
                      "over time, with the budget."),
                   parent) {}

QString FleetRequestView::outcomeText() const {
    const FleetRequest& request = fleet().waterfall->request;
    const QString time = milliText(1000 * request.latency_s);
    const QString budget = milliText(fleet().budget_ms);
    switch (request.outcome) {
        case FleetOutcome::served:
            return fleet().budget_ms > 0 ? tr("served in %1 of %2").arg(time, budget)
                                         : tr("served in %1").arg(time);
        case FleetOutcome::late:
            return tr("late: %1 for a budget of %2").arg(time, budget);
        case FleetOutcome::fallback:
            return tr("another page instead, after %1").arg(time);
        case FleetOutcome::dropped:
            return tr("failed after %1, and nothing came").arg(time);
        case FleetOutcome::waiting:
            return tr("still on its way after %1").arg(time);
    }
    return {};
}

QString FleetRequestView::subtitle() const {
    if (!hasPicture()) return {};
    return tr("%1 · one request near p99, modelled · our own stages measured here")
        .arg(outcomeText());
}

PictureView::Lack FleetRequestView::lack() const {
    if (!FleetPicture::hasPicture()) return FleetPicture::lack();
    return {tr("No request was followed through the fleet in the last tick. Press play.")};
}

void FleetRequestView::place() {
    m_layout = {};
    if (!hasPicture()) return;
    m_layout = layoutFleetRequest(*fleet().waterfall, fleet().budget_ms,
                                  QRectF(rect()).adjusted(0, 0, -2, -2));
}

std::vector<QPointF> FleetRequestView::stops() const {
    std::vector<QPointF> places;
    for (const FleetSpanRow& row : m_layout.rows) places.push_back(row.name.center());
    return places;
}

QString FleetRequestView::wordsAt(QPointF position) const {
    if (!hasPicture()) return {};
    for (const FleetSpanRow& row : m_layout.rows) {
        if (!row.row.contains(position)) continue;
        const FleetSpan& span = fleet().waterfall->spans[row.span];
        QStringList lines;
        lines << tr("%1, modelled: began %2 after the request and took %3.")
                     .arg(toText(station_row(span.station).label), milliText(1000 * span.begin_s),
                          milliText(1000 * (span.end_s - span.begin_s)));
        lines << tr("Its slowest call waited %1 and was served for %2.")
                     .arg(milliText(1000 * span.wait_s), milliText(1000 * span.service_s));
        if (span.shards > 1) lines << tr("All %1 shards had to answer.").arg(span.shards);
        lines << (span.critical ? tr("The request waited for this one.")
                                : tr("The request did not wait for this one."));
        const double own_us = ownMeanUs(measured(), span.station);
        if (own_us > 0)
            lines << tr("Our own stage took %1 on average in the last hour, measured here.")
                         .arg(microsText(own_us));
        return lines.join(QLatin1Char('\n'));
    }
    return {};
}

void FleetRequestView::paint(QPainter& painter) const {
    paintHead(painter);
    for (const FleetSpanRow& row : m_layout.rows) paintRow(painter, row);
    paintBudget(painter);
    if (!m_layout.legend.isNull()) paintLegend(painter);
}

void FleetRequestView::paintHead(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    const QRectF& frame = m_layout.frame;
    for (const FleetRequestTick& tick : m_layout.ticks) {
        const double x = std::round(tick.x) + 0.5;
        painter.setPen(theme().grid);
        painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()));
        lineText(painter, {tick.x - 30, frame.top() - 14, 60, 12}, Qt::AlignCenter, tick.text,
                 theme().dim);
    }
    if (m_layout.rows.empty()) return;
    const FleetSpanRow& first = m_layout.rows.front();
    const double top = m_layout.head.top();
    lineText(painter, {first.name.left(), top, first.name.width(), 14}, Qt::AlignVCenter,
             tr("station"), theme().dim);
    const double own = first.own.width() + 6;
    lineText(painter, {first.own.left(), top, own, 14}, Qt::AlignVCenter, tr("measured"),
             theme().dim);
    lineText(painter, {first.own.left(), top + 14, own, 14}, Qt::AlignVCenter, tr("here"),
             theme().dim);
    const double free = std::max(0.0, budgetLabel().left() - frame.left() - 6);
    lineText(painter, {frame.left(), top, free, 14}, Qt::AlignVCenter,
             fittingText(painter.font(), free,
                         {tr("modelled, ms after the request"), tr("modelled, ms"), tr("ms")}),
             theme().dim);
}

void FleetRequestView::paintRow(QPainter& painter, const FleetSpanRow& row) const {
    const FleetSpan& span = fleet().waterfall->spans[row.span];
    const bool isTight = row.row.height() < kTight;
    const Type type = isTight ? Type::tiny : Type::small;
    if (row.critical) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().accent);
        painter.drawEllipse(QPointF(row.row.left() + 4, row.row.center().y()), kCriticalDot,
                            kCriticalDot);
    }
    painter.setFont(cascadelab::font(type, row.critical));
    lineText(painter, row.name, Qt::AlignVCenter, stationName(span),
             row.critical ? theme().text : theme().dim);
    painter.setFont(cascadelab::font(type));
    const double own_us = ownMeanUs(measured(), span.station);
    lineText(painter, row.own, Qt::AlignVCenter,
             own_us > 0 ? microsText(own_us) : QStringLiteral("–"), theme().dim);
    // Retries and pauses are a thin line; waiting is hatched, service is solid.
    painter.setPen(QPen(theme().dim, 1));
    painter.drawLine(QPointF(row.whole.left(), row.whole.center().y()),
                     QPointF(row.whole.right(), row.whole.center().y()));
    const QColor wait = theme().categoryColor(kWaitCategory);
    const QColor service = theme().categoryColor(kServiceCategory);
    if (row.wait.width() > 0) {
        painter.fillRect(row.wait, mixed(theme().panel, wait, 0.25));
        painter.fillRect(row.wait, QBrush(wait, Qt::BDiagPattern));
    }
    QRectF solid = row.service;
    solid.setWidth(std::max(1.5, solid.width()));
    painter.fillRect(solid, row.critical ? service : mixed(theme().panel, service, 0.55));
    lineText(painter, row.value, Qt::AlignVCenter, milliText(1000 * (span.end_s - span.begin_s)),
             row.critical ? theme().text : theme().dim);
}

void FleetRequestView::paintBudget(QPainter& painter) const {
    if (m_layout.budgetX <= 0) return;
    const QRectF& frame = m_layout.frame;
    painter.setPen(QPen(theme().bad, 1.2, Qt::DashLine));
    const double x = std::round(m_layout.budgetX) + 0.5;
    painter.drawLine(QPointF(x, frame.top()), QPointF(x, frame.bottom()));
    painter.setFont(cascadelab::font(Type::tiny));
    lineText(painter, budgetLabel(), Qt::AlignVCenter, budgetText(), theme().badText);
}

QString FleetRequestView::budgetText() const {
    return tr("budget %1").arg(milliText(fleet().budget_ms));
}

// Over the budget's line, inside the picture; without a budget where the axis ends.
QRectF FleetRequestView::budgetLabel() const {
    const double top = m_layout.head.top();
    if (m_layout.budgetX <= 0) return {m_layout.frame.right(), top, 0, 14};
    const double wide = textWidth(cascadelab::font(Type::tiny), budgetText());
    return {std::min(m_layout.budgetX - wide / 2, width() - wide - 2.0), top, wide, 14};
}

void FleetRequestView::paintLegend(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    const QRectF& line = m_layout.legend;
    double left = line.left();
    const auto swatch = [&](const QBrush& brush, const QString& words) {
        const double wide = textWidth(painter.font(), words);
        if (left + 16 + wide > line.right()) return;
        painter.fillRect(QRectF(left, line.center().y() - 4, 12, 8), brush);
        lineText(painter, {left + 17, line.top(), wide, line.height()}, Qt::AlignVCenter, words,
                 theme().dim);
        left += 17 + wide + 14;
    };
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme().accent);
    painter.drawEllipse(QPointF(left + 4, line.center().y()), kCriticalDot, kCriticalDot);
    const QString critical = tr("what the request waited for");
    const double wide = textWidth(painter.font(), critical);
    lineText(painter, {left + 12, line.top(), wide, line.height()}, Qt::AlignVCenter, critical,
             theme().dim);
    left += 12 + wide + 14;
    swatch(QBrush(theme().categoryColor(kWaitCategory), Qt::BDiagPattern), tr("waits"));
    swatch(theme().categoryColor(kServiceCategory), tr("is served"));
    swatch(QBrush(theme().dim, Qt::HorPattern), tr("retries and pauses"));
}

PictureView::Twin FleetRequestView::twin() const {
    struct Row {
        FleetSpan span;
        double own_us;
    };
    std::vector<Row> rows;
    for (const FleetSpan& span : fleet().waterfall->spans)
        rows.push_back({span, ownMeanUs(measured(), span.station)});
    const auto cell = [rows](int row, int column) -> QVariant {
        const auto& [span, own_us] = rows[static_cast<std::size_t>(row)];
        switch (column) {
            case 0:
                return toText(station_row(span.station).label);
            case 1:
                return span.shards;
            case 2:
                return 1000 * span.begin_s;
            case 3:
                return 1000 * span.end_s;
            case 4:
                return 1000 * span.wait_s;
            case 5:
                return 1000 * span.service_s;
            case 6:
                return span.critical ? FleetRequestView::tr("critical") : QString();
            default:
                return own_us > 0 ? QVariant(own_us) : QVariant(QString());
        }
    };
    return {{tr("Station"), tr("Shards"), tr("Begin, modelled, ms"), tr("End, modelled, ms"),
             tr("Wait, modelled, ms"), tr("Service, modelled, ms"), tr("Path"),
             tr("Our own stage, measured here, µs")},
            static_cast<int>(rows.size()),
            cell};
}

}  // namespace cascadelab
