#include "ui/views/lanes/lanes_view.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/text.h"
#include "ui/plot/ink.h"
#include "ui/plot/line_chart.h"
#include "ui/view/metric_lines.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr double kNames = 0.42;  // of the width of a hit line
constexpr double kShare = 44;    // px, of "93 %"

QString lagText(double seconds) {
    return seconds < 10 ? withUnit(toText(fixed_text(seconds, 1)), QStringLiteral("s"))
                        : durationText(seconds);
}

}  // namespace

LanesView::LanesView(Selection& selection, QWidget* parent)
    : FleetPicture(selection,
                   tr("Hits of memory, the lag of every partition of the stream, and the "
                      "arithmetic from the run to production."),
                   parent),
      m_chart(new LineChart(this)) {
    m_chart->setAccessibleName(tr("Lag of the stream and hits of memory over time"));
    m_chart->hide();
}

QString LanesView::subtitle() const {
    if (!hasPicture()) return {};
    return tr("modelled · memory hits %1, Zipf exponent %2 · worst of %3 partitions lags %4")
        .arg(percentText(fleet().hit_share), toText(fixed_text(fleet().zipf_exponent, 2)))
        .arg(fleet().partition_lag_s.size())
        .arg(lagText(worstLag()));
}

void LanesView::setTheme(const Theme& theme) {
    m_chart->setTheme(theme);
    FleetPicture::setTheme(theme);
}

double LanesView::worstLag() const {
    double worst = 0;
    for (const float lag_s : fleet().partition_lag_s)
        worst = std::max(worst, static_cast<double>(lag_s));
    return worst;
}

std::vector<LanesView::Hit> LanesView::hits() const {
    return {{tr("reads of this run"), tr("measured here, in the last hour"),
             fleet().measured_hit_share, false},
            {tr("at production size"),
             tr("modelled, from the run's Zipf exponent %1")
                 .arg(toText(fixed_text(fleet().zipf_exponent, 2))),
             fleet().hit_share, true}};
}

LanesView::Line LanesView::lineOf(const FeatureLane& feature) const {
    Line line;
    line.name = toText(feature.name);
    line.whose = toText(feature.lane);
    line.version = tr("v%1").arg(feature.version);
    line.behind = feature.behind_s < 0    ? tr("nothing yet")
                  : feature.behind_s == 0 ? tr("at once")
                                          : lagText(feature.behind_s);
    line.hits = feature.hit_share < 0 ? QStringLiteral("–") : percentText(feature.hit_share);
    line.says =
        tr("%1, of %2, version %3, %4 lane. Newest event that it can know: %5. Memory had %6.")
            .arg(line.name, toText(feature.entity))
            .arg(feature.version)
            .arg(line.whose, feature.behind_s > 0 ? tr("%1 old").arg(line.behind) : line.behind,
                 feature.hit_share < 0 ? tr("nothing to fetch")
                                       : tr("%1 of the fetches of this run").arg(line.hits));
    return line;
}

// Features of a lane are as old as each other; memory has as much of them as of whom they are.
std::vector<LanesView::Line> LanesView::lanes() const {
    struct Lane {
        Line line;
        QStringList names;
        double fewest = 1, most = -1;  // hits
    };
    std::vector<Lane> lanes;
    for (const FeatureLane& feature : fleet().features) {
        const Line line = lineOf(feature);
        auto lane = std::ranges::find(lanes, line.whose, [](const Lane& l) { return l.line.name; });
        if (lane == lanes.end()) {
            lane = lanes.insert(lanes.end(), Lane());
            lane->line.name = line.whose;
            lane->line.behind = line.behind;
        }
        lane->names.append(line.name);
        if (feature.hit_share < 0) continue;
        lane->fewest = std::min(lane->fewest, feature.hit_share);
        lane->most = std::max(lane->most, feature.hit_share);
    }
    std::vector<Line> all;
    for (Lane& lane : lanes) {
        const QString fewest = percentText(lane.fewest), most = percentText(lane.most);
        lane.line.whose = tr("features: %1").arg(lane.names.size());
        lane.line.hits = lane.most < 0    ? QStringLiteral("–")
                         : fewest == most ? most
                                          : tr("%1 to %2").arg(fewest, most);
        lane.line.says = tr("%1 lane: %2.").arg(lane.line.name, lane.names.join(tr(", ")));
        all.push_back(lane.line);
    }
    return all;
}

std::vector<LanesView::Line> LanesView::lines() const {
    if (!m_layout.isByFeature) return lanes();
    std::vector<Line> all;
    for (const FeatureLane& feature : fleet().features) all.push_back(lineOf(feature));
    return all;
}

void LanesView::place() {
    m_layout = {};
    m_chart->hide();
    if (!hasPicture()) return;
    m_layout = layoutLanes({hits().size(), fleet().partition_lag_s.size(), lanes().size(),
                            fleet().features.size(), fleet().arithmetic.size()},
                           QRectF(rect()).adjusted(0, 0, -2, -2));
    m_chart->setVisible(!m_layout.chart.isNull() && points().size() >= 2);
    m_chart->setGeometry(m_layout.chart.toRect());
    fillChart();
}

void LanesView::fillChart() {
    if (m_chart->isHidden()) return;
    ChartContent content;
    for (const FleetPoint& point : points()) content.times.push_back(point.time_s);
    const auto panel = [&](const QString& axis, const QString& label, double FleetPoint::*value,
                           std::size_t category) {
        ChartPanel made;
        made.axis = axis;
        ChartSeries line;
        line.label = label;
        line.colour = theme().categoryColor(category);
        line.ink = theme().categoryText(category);
        double low = std::nan(""), high = low;
        for (const FleetPoint& point : points()) {
            const double y = point.*value;
            line.y.push_back(y);
            if (!std::isfinite(y)) continue;
            low = std::isfinite(low) ? std::min(low, y) : y;
            high = std::isfinite(high) ? std::max(high, y) : y;
        }
        made.series.push_back(std::move(line));
        if (std::isfinite(low)) made.range = {low, high};
        return made;
    };
    ChartPanel lag =
        panel(tr("Lag of the stream, modelled, s"), tr("lag"), &FleetPoint::stream_lag_s, 1);
    lag.range = {0, steppedRange(0, std::max(0.001, lag.range.high)).high};
    lag.valueText = lagText;
    lag.series.front().value = lagText(points().back().stream_lag_s);
    ChartPanel memory =
        panel(tr("Hits of memory, modelled, %"), tr("hits"), &FleetPoint::hit_share, 0);
    memory.factor = 100;
    memory.range = metricRange(memory.range.low, memory.range.high, "share");
    memory.valueText = [](double share) { return percentText(share); };
    memory.series.front().value = percentText(points().back().hit_share);
    content.panels = {std::move(lag), std::move(memory)};
    content.marks = chartMarks(marks(), theme());
    m_chart->setContent(std::move(content));
}

std::vector<QPointF> LanesView::stops() const {
    std::vector<QPointF> places;
    for (const auto* boxes :
         {&m_layout.hits, &m_layout.cells, &m_layout.lines, &m_layout.arithmetic})
        for (const QRectF& box : *boxes) places.push_back(box.center());
    return places;
}

QString LanesView::wordsAt(QPointF position) const {
    if (!hasPicture()) return {};
    const auto found = [&](const std::vector<QRectF>& boxes) {
        const auto box = std::ranges::find_if(
            boxes, [&](const QRectF& place) { return place.contains(position); });
        return box == boxes.end() ? std::optional<std::size_t>()
                                  : static_cast<std::size_t>(box - boxes.begin());
    };
    if (const auto line = found(m_layout.hits)) {
        const Hit hit = hits()[*line];
        return tr("Memory has %1 of what is read, %2 (%3); the rest goes to the warehouse.")
            .arg(percentText(hit.share), hit.name, hit.says);
    }
    if (const auto partition = found(m_layout.cells))
        return tr("Partition %1 of %2: what is read there now is %3 old, modelled.")
            .arg(*partition + 1)
            .arg(fleet().partition_lag_s.size())
            .arg(lagText(static_cast<double>(fleet().partition_lag_s[*partition])));
    if (const auto line = found(m_layout.lines)) return lines()[*line].says;
    if (const auto line = found(m_layout.arithmetic)) return toText(fleet().arithmetic[*line]);
    return {};
}

void LanesView::paint(QPainter& painter) const {
    paintMemory(painter);
    paintLag(painter);
    paintLines(painter);
    if (m_layout.arithmeticHead.isNull()) return;
    paintHead(painter, m_layout.arithmeticHead,
              {tr("From the run to production, modelled"), tr("To production, modelled")});
    painter.setFont(cascadelab::font(Type::small));
    for (std::size_t i = 0; i < m_layout.arithmetic.size(); ++i)
        lineText(painter, m_layout.arithmetic[i], Qt::AlignVCenter, toText(fleet().arithmetic[i]),
                 theme().dim);
}

void LanesView::paintHead(QPainter& painter, QRectF place, const QStringList& words) const {
    painter.setFont(cascadelab::font(Type::small, true));
    lineText(painter, place, Qt::AlignVCenter, fittingText(painter.font(), place.width(), words),
             theme().text);
}

void LanesView::paintMemory(QPainter& painter) const {
    paintHead(painter, m_layout.memory, {tr("Memory has what is read"), tr("Memory hits")});
    painter.setFont(cascadelab::font(Type::small));
    const std::vector<Hit> all = hits();
    for (std::size_t i = 0; i < all.size(); ++i) {
        const QRectF& line = m_layout.hits[i];
        const double names = kNames * line.width();
        const QString tag = all[i].isModelled ? tr("modelled") : tr("measured here");
        lineText(
            painter, {line.left(), line.top(), names - 8, line.height()}, Qt::AlignVCenter,
            fittingText(painter.font(), names - 8, {all[i].name + QStringLiteral(", ") + tag, tag}),
            theme().dim);
        const QRectF bar(line.left() + names, line.center().y() - 4,
                         std::max(4.0, line.width() - names - kShare), 8);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().track);
        painter.drawRoundedRect(bar, 3, 3);
        QRectF filled = bar;
        filled.setWidth(bar.width() * std::clamp(all[i].share, 0.0, 1.0));
        painter.setBrush(theme().categoryColor(all[i].isModelled ? 0 : 2));
        painter.drawRoundedRect(filled, 3, 3);
        lineText(painter, {bar.right() + 6, line.top(), kShare - 6, line.height()},
                 Qt::AlignVCenter, percentText(all[i].share), theme().text);
    }
}

void LanesView::paintLag(QPainter& painter) const {
    const double worst = worstLag();
    QRectF head = m_layout.lagHead;
    head.setRight(m_layout.scale.left() - 8);
    paintHead(
        painter, head,
        {tr("Lag of each partition of the stream, modelled"), tr("Lag of each partition, modelled"),
         tr("Lag by partition, modelled"), tr("Lag, modelled")});
    for (std::size_t p = 0; p < m_layout.cells.size(); ++p) {
        const double share =
            worst > 0 ? static_cast<double>(fleet().partition_lag_s[p]) / worst : 0;
        const QRectF& cell = m_layout.cells[p];
        const double hair = cell.width() > 5 ? 1 : 0;
        painter.fillRect(cell.adjusted(0, 0, -hair, -std::min(hair, cell.height() / 4)),
                         cividis(std::clamp(share, 0.0, 1.0)));
    }
    // What the colours mean: from 0 to the worst.
    painter.setFont(cascadelab::font(Type::tiny));
    const QString most = lagText(worst);
    const double wide = textWidth(painter.font(), most);
    const double zero = textWidth(painter.font(), QStringLiteral("0"));
    const QRectF& scale = m_layout.scale;
    lineText(painter, scale, Qt::AlignRight | Qt::AlignVCenter, most, theme().dim);
    const QRectF ramp(scale.left() + zero + 4, scale.center().y() - 4,
                      scale.width() - wide - zero - 8, 8);
    lineText(painter, {scale.left(), scale.top(), zero, scale.height()}, Qt::AlignVCenter,
             QStringLiteral("0"), theme().dim);
    for (double x = 0; x < ramp.width(); ++x)
        painter.fillRect(QRectF(ramp.left() + x, ramp.top(), 1, ramp.height()),
                         cividis(x / ramp.width()));
}

void LanesView::paintLines(QPainter& painter) const {
    if (m_layout.linesHead.isNull()) return;
    // Shares of the width.
    const std::array<double, 5> columns = m_layout.isByFeature
                                              ? std::array{0.42, 0.20, 0.06, 0.18, 0.14}
                                              : std::array{0.24, 0.26, 0.0, 0.22, 0.28};
    const auto put = [&](const QRectF& place, const std::array<QString, 5>& words, bool isHead) {
        double left = place.left();
        painter.setFont(cascadelab::font(Type::small, isHead));
        for (std::size_t column = 0; column < words.size(); ++column) {
            const double width = columns[column] * place.width();
            const bool isNumber = column >= 3;
            lineText(painter, {left, place.top(), width - 6, place.height()},
                     (isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter, words[column],
                     isHead || column == 0 ? theme().text : theme().dim);
            left += width;
        }
    };
    put(m_layout.linesHead,
        {m_layout.isByFeature ? tr("Feature") : tr("Lane"), {}, {}, tr("behind"), tr("hits")},
        true);
    const std::vector<Line> all = lines();
    for (std::size_t i = 0; i < m_layout.lines.size(); ++i)
        put(m_layout.lines[i],
            {all[i].name, all[i].whose, all[i].version, all[i].behind, all[i].hits}, false);
}

PictureView::Twin LanesView::twin() const {
    struct Row {
        QString what;
        QVariant value;
        QString how;
    };
    std::vector<Row> rows;
    for (const Hit& hit : hits())
        rows.push_back({tr("Memory hits, %1, share").arg(hit.name), hit.share, hit.says});
    for (std::size_t p = 0; p < fleet().partition_lag_s.size(); ++p)
        rows.push_back({tr("Lag of partition %1, s").arg(p + 1),
                        static_cast<double>(fleet().partition_lag_s[p]), tr("modelled")});
    for (const FeatureLane& feature : fleet().features) {
        const Line line = lineOf(feature);
        rows.push_back({line.name, line.behind, line.says});
    }
    for (const std::string& line : fleet().arithmetic) {
        const QString text = toText(line);
        rows.push_back({text.section(QStringLiteral(": "), 0, 0),
                        text.section(QStringLiteral(": "), 1), tr("modelled")});
    }
    const auto cell = [rows](int row, int column) -> QVariant {
        const Row& line = rows[static_cast<std::size_t>(row)];
        return column == 0 ? QVariant(line.what) : column == 1 ? line.value : QVariant(line.how);
    };
    return {{tr("What"), tr("Value"), tr("How it is known")}, static_cast<int>(rows.size()), cell};
}

}  // namespace cascadelab
