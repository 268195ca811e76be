#include "ui/views/fleet/fleet_view.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/plot/ink.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

constexpr double kDot = 4, kDotStep = 6;  // px, of a call that waits
constexpr double kFillStrength = 0.3;     // of the colour of how busy a box is, on its surface
constexpr double kMark = 4;               // px, half of the mark of an incident

// Words that fit, the longest way to say it first; the shortest is both together.
QString timesText(const StationSection& station, const QFont& font, double width) {
    const QString wait = milliText(station.wait_ms), service = milliText(station.service_ms);
    return fittingText(font, width,
                       {FleetView::tr("waits %1, serves %2").arg(wait, service),
                        FleetView::tr("%1 + %2").arg(wait, service),
                        milliText(station.wait_ms + station.service_ms)});
}

QString serversText(const StationSection& station) {
    const QString servers = countText(station.servers);
    if (station.starting <= 0) return servers;
    return FleetView::tr("%1 + %2").arg(servers, countText(station.starting));
}

void paintMark(QPainter& painter, QPointF at, const Theme& theme) {
    const QPolygonF triangle({at + QPointF(0, -kMark), at + QPointF(kMark, kMark - 0.5),
                              at + QPointF(-kMark, kMark - 0.5)});
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.bad);
    painter.drawPolygon(triangle);
}

}  // namespace

FleetView::FleetView(Selection& selection, QWidget* parent)
    : FleetPicture(selection,
                   tr("The stations of the modelled fleet in the order in which a request passes "
                      "them, with how busy they are and who waits."),
                   parent) {}

QString FleetView::subtitle() const {
    if (!hasPicture()) return {};
    return tr("modelled p99 %1 of %2, p95 %3, p50 %4 · fallback %5 · %6 requests/s in each of %7 "
              "cells")
        .arg(milliText(fleet().p99_ms), milliText(fleet().budget_ms), milliText(fleet().p95_ms),
             milliText(fleet().p50_ms), percentText(fleet().fallback_share),
             countText(std::round(fleet().requests_per_s)), countText(fleet().cells));
}

void FleetView::place() {
    m_layout = {};
    if (!hasPicture()) return;
    m_layout = layoutFleet(fleet().stations, fleet().incidents.size(),
                           QRectF(rect()).adjusted(1, 1, -1, -1));
}

std::vector<QPointF> FleetView::stops() const {
    std::vector<QPointF> places;
    for (const FleetBox& place : m_layout.boxes) places.push_back(place.box.center());
    return places;
}

QString FleetView::wordsAt(QPointF position) const {
    if (!hasPicture()) return {};
    if (m_layout.incidents.contains(position)) {
        QStringList lines;
        for (const std::string& incident : fleet().incidents) lines << toText(incident);
        return lines.join(QLatin1Char('\n'));
    }
    for (const FleetBox& place : m_layout.boxes)
        if (place.box.contains(position)) return wordsOf(fleet().stations[place.station]);
    return {};
}

QString FleetView::wordsOf(const StationSection& station) const {
    QStringList lines;
    lines << tr("%1, modelled: %2 of the time of %3 servers is used.")
                 .arg(toText(station.label), percentText(station.utilisation),
                      countText(station.servers));
    if (station.starting > 0) lines << tr("%1 more are starting.").arg(countText(station.starting));
    lines << tr("%1 calls come in a second; %2 wait now.")
                 .arg(countText(station.calls_per_s), countText(station.queue));
    lines << tr("A call waits %1 and is served for %2.")
                 .arg(milliText(station.wait_ms), milliText(station.service_ms));
    if (station.station == FleetStation::features)
        lines << tr("Memory has %1 of what is read.").arg(percentText(fleet().hit_share));
    if (station.shards > 1)
        lines << tr("A request asks all %1 shards and waits for the slowest.").arg(station.shards);
    if (station.failed_share > 0)
        lines
            << tr("%1 of calls fail, after the last retry.").arg(percentText(station.failed_share));
    if (station.suffers) lines << tr("An incident is under way here.");
    return lines.join(QLatin1Char('\n'));
}

void FleetView::paint(QPainter& painter) const {
    paintIncidents(painter);
    paintWires(painter);
    if (m_layout.isList) paintHead(painter);
    for (const FleetBox& place : m_layout.boxes) {
        paintFrame(painter, place);
        paintStation(painter, place);
    }
}

void FleetView::paintIncidents(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::small));
    const auto lines =
        static_cast<std::size_t>(std::max(1.0, m_layout.incidents.height() / kIncidentLine));
    for (std::size_t i = 0; i < fleet().incidents.size() && i < lines; ++i) {
        QRectF line = m_layout.incidents;
        line.setTop(line.top() + kIncidentLine * static_cast<double>(i));
        line.setHeight(kIncidentLine);
        paintMark(painter, {line.left() + 6, line.center().y()}, theme());
        QString words = toText(fleet().incidents[i]);
        const std::size_t more = fleet().incidents.size() - lines;
        if (i + 1 == lines && fleet().incidents.size() > lines)
            words += tr(" · and %1 more").arg(more);
        lineText(painter, line.adjusted(16, 0, 0, 0), Qt::AlignVCenter, words, theme().badText);
    }
}

void FleetView::paintWires(QPainter& painter) const {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().track, 1.2));
    for (const FleetWire& wire : m_layout.wires) {
        const double bend = (wire.end.x() - wire.begin.x()) / 2;
        QPainterPath path(wire.begin);
        path.cubicTo(wire.begin + QPointF(bend, 0), wire.end - QPointF(bend, 0), wire.end);
        painter.drawPath(path);
    }
}

void FleetView::paintHead(QPainter& painter) const {
    if (m_layout.boxes.empty()) return;
    painter.setFont(cascadelab::font(Type::tiny));
    const FleetBox& first = m_layout.boxes.front();
    const auto say = [&](QRectF column, double right, const QStringList& words) {
        if (column.isNull()) return;
        const double wide = right - column.left();
        lineText(painter, {column.left(), m_layout.head.top(), wide, m_layout.head.height()},
                 Qt::AlignVCenter, fittingText(painter.font(), wide, words), theme().dim);
    };
    say(first.name, first.name.right(), {tr("station")});
    say(first.bar, first.busy.right(), {tr("servers busy, %"), tr("busy, %")});
    say(first.queue, first.queue.right(), {tr("calls waiting"), tr("waiting"), tr("queue")});
    say(first.servers, first.servers.right(), {tr("servers, starting"), tr("servers")});
    say(first.times, first.times.right(),
        {tr("wait and service of a call"), tr("wait + service"), tr("times")});
}

// On the map a box is filled from the left as far as its servers are busy; in a list a bar is.
void FleetView::paintFrame(QPainter& painter, const FleetBox& place) const {
    const StationSection& station = fleet().stations[place.station];
    const double share = std::clamp(station.utilisation, 0.0, 1.0);
    const QColor colour = busyColour(station.utilisation, theme());
    painter.setPen(Qt::NoPen);
    if (!m_layout.isList) {
        QPainterPath shape;
        shape.addRoundedRect(place.box, 5, 5);
        painter.fillPath(shape, theme().raised);
        painter.save();
        painter.setClipPath(shape);
        QRectF filled = place.box;
        filled.setWidth(share * filled.width());
        painter.fillRect(filled, mixed(theme().raised, colour, kFillStrength));
        painter.restore();
        painter.setBrush(Qt::NoBrush);
        painter.setPen(
            QPen(station.suffers ? theme().bad : theme().border, station.suffers ? 2 : 1));
        painter.drawPath(shape);
        return;
    }
    painter.setBrush(theme().track);
    painter.drawRoundedRect(place.bar, 3, 3);
    QRectF filled = place.bar;
    filled.setWidth(std::max(2.0, share * filled.width()));
    painter.setBrush(colour);
    if (share > 0) painter.drawRoundedRect(filled, 3, 3);
    if (station.suffers)
        paintMark(painter, {place.box.left() + 4, place.box.center().y()}, theme());
}

void FleetView::paintStation(QPainter& painter, const FleetBox& place) const {
    const StationSection& station = fleet().stations[place.station];
    const bool isTight = m_layout.isList && place.box.height() < 15;
    const QString label = toText(station.label);
    const QFont strong = cascadelab::font(Type::small, true);
    const bool isStrong = !m_layout.isList && textWidth(strong, label) <= place.name.width();
    painter.setFont(isStrong ? strong : cascadelab::font(isTight ? Type::tiny : Type::small));
    lineText(painter, place.name, Qt::AlignVCenter, label, theme().text);
    painter.setFont(cascadelab::font(isTight ? Type::tiny : Type::small));
    const QString busy = percentText(station.utilisation);
    if (m_layout.isList)
        lineText(painter, place.busy, Qt::AlignVCenter, busy,
                 busyInk(station.utilisation, theme()));
    else
        paintBusyWords(painter, place.busy, station);
    painter.setFont(cascadelab::font(Type::tiny));
    if (!place.times.isNull())
        lineText(painter, place.times, Qt::AlignVCenter,
                 timesText(station, painter.font(), place.times.width()),
                 m_layout.isList ? theme().dim : theme().text);
    if (!place.queue.isNull()) paintQueue(painter, place.queue, station);
    if (!place.servers.isNull()) paintServers(painter, place.servers, station);
}

// At the feature store also how often memory has what is read.
void FleetView::paintBusyWords(QPainter& painter, QRectF line,
                               const StationSection& station) const {
    if (line.isNull()) return;
    painter.setFont(cascadelab::font(Type::tiny, true));
    QString words = tr("%1 busy").arg(percentText(station.utilisation));
    if (station.station == FleetStation::features)
        words += tr(", hits %1").arg(percentText(fleet().hit_share));
    lineText(painter, line, Qt::AlignVCenter, words, theme().text);
}

// The number, and a dot a call as far as there is room.
void FleetView::paintQueue(QPainter& painter, QRectF strip, const StationSection& station) const {
    const double waiting = std::round(station.queue);
    const QString number = m_layout.isList ? countText(waiting) : tr("%1 wait").arg(waiting);
    const double words = textWidth(painter.font(), number);
    const QColor ink = m_layout.isList ? theme().dim : theme().text;
    lineText(painter, strip, Qt::AlignVCenter, number, ink);
    const double left = strip.left() + words + 6;
    const double fitting = std::floor((strip.right() - left) / kDotStep);
    painter.setPen(Qt::NoPen);
    // Calls that wait longer than they are served are in trouble.
    painter.setBrush(station.wait_ms > station.service_ms ? theme().bad : theme().warn);
    for (double dot = 0; dot < std::min(waiting, fitting); ++dot)
        painter.drawEllipse(QPointF(left + kDotStep * dot + kDot / 2, strip.center().y()), kDot / 2,
                            kDot / 2);
}

// Their number, and a strip of those that serve with those that start hatched behind.
void FleetView::paintServers(QPainter& painter, QRectF strip, const StationSection& station) const {
    QRectF words = strip, bar = strip;
    if (m_layout.isList) {
        words.setWidth(std::min(54.0, 0.6 * strip.width()));
        bar.setLeft(words.right() + 2);
        bar = QRectF(bar.left(), strip.center().y() - 3, bar.width(), 6);
        lineText(painter, words, Qt::AlignVCenter, serversText(station), theme().dim);
    } else {
        words.setHeight(strip.height() - 8);
        bar.setTop(words.bottom() + 1);
        bar.setHeight(6);
        const QString servers =
            station.starting > 0 ? tr("%1 servers, %2 starting")
                                       .arg(countText(station.servers), countText(station.starting))
                                 : tr("%1 servers").arg(countText(station.servers));
        lineText(painter, words, Qt::AlignVCenter,
                 fittingText(painter.font(), words.width(), {servers, serversText(station)}),
                 theme().text);
    }
    const double all = station.servers + station.starting;
    if (all <= 0 || bar.width() < 6) return;
    QRectF serving = bar;
    serving.setWidth(bar.width() * station.servers / all);
    painter.setPen(Qt::NoPen);
    painter.fillRect(serving, theme().dim);
    if (station.starting <= 0) return;
    const QRectF starting(serving.right(), bar.top(), bar.right() - serving.right(), bar.height());
    painter.fillRect(starting, QBrush(theme().text, Qt::BDiagPattern));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().dim, 1));
    painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5));
}

PictureView::Twin FleetView::twin() const {
    const auto cell = [fleet = m_fleet](int row, int column) -> QVariant {
        const StationSection& station = fleet->stations[static_cast<std::size_t>(row)];
        switch (column) {
            case 0:
                return toText(station.label);
            case 1:
                return station.utilisation;
            case 2:
                return station.queue;
            case 3:
                return station.servers;
            case 4:
                return station.starting;
            case 5:
                return station.wait_ms;
            case 6:
                return station.service_ms;
            case 7:
                return station.calls_per_s;
            case 8:
                return station.shards;
            case 9:
                return station.failed_share;
            default:
                return station.suffers ? FleetView::tr("incident") : QString();
        }
    };
    return {{tr("Station (modelled)"), tr("Busy, share"), tr("Calls waiting"), tr("Servers"),
             tr("Servers starting"), tr("Wait, ms"), tr("Service, ms"), tr("Calls a second"),
             tr("Shards"), tr("Failed, share"), tr("Incident")},
            static_cast<int>(fleet().stations.size()),
            cell};
}

}  // namespace cascadelab
