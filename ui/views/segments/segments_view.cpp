#include "ui/views/segments/segments_view.h"

#include <QAction>
#include <QActionGroup>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ui/plot/ink.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr int kButtons = 24;             // px
constexpr std::size_t kMostMetrics = 9;  // more panels than that cannot be read
constexpr double kDot = 4.5;
constexpr double kFineShare = 0.1;  // a range of shares below it needs a decimal

// A value as fine as its axis can show it.
QString amountText(double value, AxisRange range, std::string_view unit) {
    const bool isFine = unit == "share" && range.high - range.low <= kFineShare;
    return isFine ? valueText(100 * value, "%") : valueText(value, unit);
}

// The ends of an axis with as many decimals as they need: "0°" and "20°", "1.0" and "1.5 bits".
std::pair<QString, QString> endTexts(const SegmentMetric& content) {
    const auto& [per, name] = content.axis;
    const std::array ends = {content.range.low / per, content.range.high / per};
    const QStringList texts = tickTexts(ends);
    const bool isTight = name.empty() || name == "°";
    return {texts[0], texts[1] + (isTight ? QString() : QString(QChar(0x2009))) + toText(name)};
}

}  // namespace

SegmentsView::SegmentsView(Selection& selection, QWidget* parent)
    : PictureView(selection,
                  tr("Metrics by segment of people, from a value then to the value now."), parent),
      m_metrics({Metric::topic_entropy_bits, Metric::taste_drift_deg, Metric::ndcg_at_10,
                 Metric::repeat_rate, Metric::session_length_s, Metric::click_rate}),
      m_metricsButton(new QPushButton(tr("Metrics…"), this)),
      m_metricsMenu(new QMenu(this)) {
    makeMenus();
}

void SegmentsView::makeMenus() {
    m_metricsButton->setProperty("role", "link");
    m_metricsButton->setCursor(Qt::PointingHandCursor);
    m_metricsButton->setToolTip(tr("Choose up to %1 metrics").arg(kMostMetrics));
    m_metricsMenu->setToolTipsVisible(true);
    connect(m_metricsButton, &QPushButton::clicked, this, [this] {
        m_metricsMenu->popup(m_metricsButton->mapToGlobal(QPoint(0, m_metricsButton->height())));
    });
    // Filled when opened, so that it always shows the present choice.
    connect(m_metricsMenu, &QMenu::aboutToShow, this, [this] {
        m_metricsMenu->clear();
        for (std::size_t m = 0; m < enum_count<Metric>; ++m) {
            const auto metric = static_cast<Metric>(m);
            QAction* action = m_metricsMenu->addAction(toText(metric_info(metric).label));
            action->setToolTip(toText(metric_info(metric).help));
            action->setCheckable(true);
            action->setChecked(std::ranges::count(m_metrics, metric) > 0);
            action->setEnabled(action->isChecked() || m_metrics.size() < kMostMetrics);
            connect(action, &QAction::toggled, this, [this, metric](bool on) {
                std::vector<Metric> chosen = m_metrics;
                std::erase(chosen, metric);
                if (on) chosen.push_back(metric);
                showMetrics(std::move(chosen));
            });
        }
    });
    auto* group = new QActionGroup(this);
    for (const QString& text :
         {tr("Since the first day"), tr("Since a day before"), tr("Since a week before")}) {
        QAction* action = group->addAction(text);
        action->setCheckable(true);
        const auto since = static_cast<SegmentSince>(m_sinceActions.size());
        action->setChecked(since == m_since);
        connect(action, &QAction::triggered, this, [this, since] { compareWith(since); });
        m_sinceActions.append(action);
    }
}

QString SegmentsView::subtitle() const {
    if (m_content.empty()) return {};
    return tr("24 h until %1 (ring) and %2 (dot), by segment")
        .arg(momentText(m_content.front().then_s), momentText(m_content.front().now_s));
}

QString SegmentsView::tag() const {
    if (!isCut()) return {};
    return tr("%1 of %2 metrics fit").arg(m_layout.panels.size()).arg(m_content.size());
}

bool SegmentsView::take() {
    const auto series = snapshot() ? snapshot()->series : nullptr;
    if (series == m_series) return false;
    m_series = series;
    m_content = contentNow();
    return true;
}

void SegmentsView::showMetrics(std::vector<Metric> metrics) {
    m_metrics = std::move(metrics);
    refresh();
}

void SegmentsView::compareWith(SegmentSince since) {
    m_since = since;
    m_sinceActions[static_cast<int>(since)]->setChecked(true);
    refresh();
}

std::vector<SegmentMetric> SegmentsView::contentNow() const {
    return m_series ? segmentMetrics(*m_series, m_metrics, m_since) : std::vector<SegmentMetric>{};
}

void SegmentsView::refresh() {
    m_content = contentNow();
    renew();
}

void SegmentsView::place() {
    m_metricsButton->setVisible(m_series && !m_series->empty());
    m_metricsButton->setGeometry(0, 0, m_metricsButton->sizeHint().width(), kButtons);
    const bool wasCut = isCut();
    m_layout = layoutSegments(m_content, QRectF(rect()).adjusted(0, kButtons + 6, 0, 0));
    if (wasCut || isCut()) emit headingChanged();  // the tag says how many fit
}

std::vector<QPointF> SegmentsView::stops() const {
    std::vector<QPointF> places;
    for (const SegmentPanel& panel : m_layout.panels) {
        places.push_back(panel.head.center());
        for (const SegmentRow& row : panel.rows) places.push_back(row.line.center());
    }
    return places;
}

PictureView::Lack SegmentsView::lack() const {
    if (m_series && !m_series->empty()) return {tr("Choose metrics to compare the segments by.")};
    return {
        tr("Metrics of every segment stand here once a few hours have been measured. Press play "
           "to get there.")};
}

void SegmentsView::paint(QPainter& painter) const {
    for (const SegmentPanel& panel : m_layout.panels) paintPanel(painter, panel);
}

void SegmentsView::paintPanel(QPainter& painter, const SegmentPanel& panel) const {
    const SegmentMetric& content = m_content[panel.metric];
    const MetricInfo& info = metric_info(content.metric);
    painter.setFont(cascadelab::font(Type::small, true));
    lineText(painter, panel.head, Qt::AlignVCenter, toText(info.label), theme().text);
    if (panel.rows.empty()) {
        painter.setFont(cascadelab::font(Type::small));
        lineText(painter, panel.head.translated(0, panel.head.height() + 2), Qt::AlignVCenter,
                 tr("nothing to measure in the last 24 h"), theme().dim);
        return;
    }
    for (const SegmentRow& row : panel.rows) paintRow(painter, row, content);
    painter.setFont(cascadelab::font(Type::tiny));
    const auto [low, high] = endTexts(content);
    lineText(painter, panel.low, Qt::AlignVCenter, low, theme().dim);
    // The values beside the tracks say the unit too.
    const QString end =
        fittingText(painter.font(), panel.high.width(), {high, high.section(QChar(0x2009), 0, 0)});
    lineText(painter, panel.high, Qt::AlignVCenter | Qt::AlignRight, end, theme().dim);
}

void SegmentsView::paintRow(QPainter& painter, const SegmentRow& row,
                            const SegmentMetric& content) const {
    const auto values = std::ranges::find(content.groups, row.group, &SegmentValues::group);
    // Everybody in the colour of words, the groups in theirs.
    const QColor colour = row.group == 0 ? theme().text : theme().categoryColor(row.group - 1);
    painter.setFont(cascadelab::font(Type::small));
    lineText(painter, row.label, Qt::AlignVCenter, toText(group_name(row.group)), theme().dim);
    painter.setPen(QPen(theme().grid, 1));
    painter.drawLine(QPointF(row.track.left(), row.line.center().y()),
                     QPointF(row.track.right(), row.line.center().y()));
    if (row.then) {
        painter.setPen(QPen(colour, 2));
        painter.drawLine(*row.then, row.now);
        painter.setPen(QPen(colour, 1.5));
        painter.setBrush(theme().panel);
        painter.drawEllipse(*row.then, kDot - 0.5, kDot - 0.5);
    }
    painter.setPen(QPen(theme().panel, 1));
    painter.setBrush(colour);
    painter.drawEllipse(row.now, kDot, kDot);
    painter.setFont(cascadelab::font(Type::small, row.group == 0));
    const std::string_view unit = metric_info(content.metric).unit;
    lineText(painter, row.value, Qt::AlignVCenter | Qt::AlignRight,
             amountText(values->now, content.range, unit), theme().text);
    if (row.change.isNull() || !row.then) return;
    painter.setFont(cascadelab::font(Type::tiny));
    lineText(painter, row.change, Qt::AlignVCenter | Qt::AlignRight,
             changeText(values->then, values->now, unit), theme().dim);
}

QString SegmentsView::wordsAt(QPointF position) const {
    const auto place = segmentAt(m_layout, position);
    if (!place) return {};
    const SegmentPanel& panel = m_layout.panels[place->panel];
    const SegmentMetric& content = m_content[panel.metric];
    const MetricInfo& info = metric_info(content.metric);
    if (!place->row) return toText(info.help);
    const SegmentValues& values = content.groups[*place->row];
    const QString who = toText(group_name(values.group));
    if (!std::isfinite(values.then))
        return tr("%1, %2: %3.\n%4")
            .arg(toText(info.label), who, valueText(values.now, info.unit), toText(info.help));
    return tr("%1, %2: %3, %4 from %5.\n%6")
        .arg(toText(info.label), who, valueText(values.now, info.unit),
             changeText(values.then, values.now, info.unit), valueText(values.then, info.unit),
             toText(info.help));
}

PictureView::Twin SegmentsView::twin() const {
    struct Line {
        Metric metric;
        SegmentValues values;
    };
    std::vector<Line> lines;
    for (const SegmentMetric& content : m_content)
        for (const SegmentValues& values : content.groups)
            lines.push_back({content.metric, values});
    const auto cell = [lines](int row, int column) -> QVariant {
        const Line& line = lines[static_cast<std::size_t>(row)];
        const MetricInfo& info = metric_info(line.metric);
        switch (column) {
            case 0:
                return toText(info.label);
            case 1:
                return toText(info.unit);
            case 2:
                return toText(group_name(line.values.group));
            case 3:
                return std::isfinite(line.values.then) ? QVariant(line.values.then) : QVariant();
            default:
                return line.values.now;
        }
    };
    return {{tr("Metric"), tr("Unit"), tr("Segment"), tr("Then"), tr("Now")},
            static_cast<int>(lines.size()),
            cell};
}

}  // namespace cascadelab
