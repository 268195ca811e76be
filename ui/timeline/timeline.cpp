#include "ui/timeline/timeline.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>
#include <utility>

#include "engine/base/text.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr double kLineY = 56, kSparkTop = 30, kFlagTop = 13;

}  // namespace

Timeline::Timeline(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    setAccessibleName(tr("Timeline"));
    setAccessibleDescription(tr("Marks, keyframes and progress; a click goes to that moment"));
}

void Timeline::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    m_snapshot = std::move(snapshot);
    layOut();
}

void Timeline::setMetric(Metric metric) {
    m_metric = metric;
    layOut();
}

void Timeline::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void Timeline::layOut() {
    if (!m_snapshot) return update();
    const QFontMetrics metrics(cascadelab::font(Type::small));
    m_geometry = layOutTimeline(*m_snapshot, m_metric, width(), [&](const QString& text) {
        return static_cast<double>(metrics.horizontalAdvance(text)) + 2;
    });
    update();
}

void Timeline::resizeEvent(QResizeEvent*) {
    layOut();
}

void Timeline::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), m_theme.panel);
    painter.fillRect(QRect(0, 0, width(), 1), m_theme.border);
    if (!m_snapshot) return;
    paintSpark(painter);
    paintLine(painter);
    paintFlags(painter);
    paintCorner(painter);
    paintHover(painter);
}

void Timeline::paintSpark(QPainter& painter) const {
    if (m_geometry.spark.size() < 2) return;
    const auto at = [](const QPointF& p) {
        return QPointF(p.x(), kLineY - 4 - p.y() * (kLineY - 4 - kSparkTop));
    };
    QPainterPath area(QPointF(m_geometry.spark.front().x(), kLineY));
    for (const QPointF& point : m_geometry.spark) area.lineTo(at(point));
    area.lineTo(m_geometry.spark.back().x(), kLineY);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mixed(m_theme.panel, m_theme.accent, m_theme.isDark ? 0.25 : 0.18));
    painter.drawPath(area);
}

void Timeline::paintLine(QPainter& painter) const {
    const TimelineGeometry& g = m_geometry;
    painter.setFont(cascadelab::font(Type::tiny));
    for (const auto& day : g.days) {
        const bool labelled = !day.label.isEmpty();
        painter.fillRect(QRectF(day.x - 0.5, kLineY + 3, 1, labelled ? 8 : 4),
                         labelled ? m_theme.faint : m_theme.track);
        if (!labelled) continue;
        painter.setPen(m_theme.dim);
        painter.drawText(QPointF(day.x + 4, kLineY + 19), day.label);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.track);
    painter.drawRoundedRect(QRectF(g.left, kLineY - 1.5, g.right - g.left, 3), 1.5, 1.5);
    painter.setBrush(m_theme.accent);
    painter.drawRoundedRect(QRectF(g.left, kLineY - 1.5, g.now_x - g.left, 3), 1.5, 1.5);
    // Keyframes one can go back to exactly: quiet notches in the line.
    double last = -10;
    for (const double x : g.keyframes) {
        if (x - last < 4) continue;
        painter.fillRect(QRectF(x - 0.5, kLineY - 1.5, 1, 3), m_theme.panel);
        last = x;
    }
    painter.setBrush(m_theme.accent);
    painter.setPen(QPen(m_theme.panel, 2));
    painter.drawEllipse(QPointF(g.now_x, kLineY), 7, 7);
}

QColor Timeline::flagColor(const Mark& mark) const {
    if (mark.incident) return m_theme.badText;
    // The latest thing done stands out; what was before it and what is planned stays quiet.
    bool latest = !mark.planned;
    for (const Mark& other : m_snapshot->marks) {
        latest = latest && (other.planned || other.time_s <= mark.time_s);
    }
    return latest ? m_theme.warnText : m_theme.dim;
}

void Timeline::paintFlags(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::small));
    for (const auto& flag : m_geometry.flags) {
        const Mark& mark = m_snapshot->marks[flag.mark];
        const QColor color = flagColor(mark);
        painter.setPen(QPen(color, 1, mark.planned ? Qt::DotLine : Qt::DashLine));
        painter.drawLine(QPointF(flag.x, kFlagTop + 8), QPointF(flag.x, kLineY - 2));
        QPainterPath sign(QPointF(flag.x - 4, kFlagTop));
        sign.lineTo(flag.x + 4, kFlagTop);
        sign.lineTo(flag.x + 4, kFlagTop + 6);
        sign.lineTo(flag.x, kFlagTop + 10);
        sign.lineTo(flag.x - 4, kFlagTop + 6);
        sign.closeSubpath();
        painter.setPen(QPen(color, 1));
        painter.setBrush(mark.planned ? QBrush(m_theme.panel) : QBrush(color));
        painter.drawPath(sign);
        if (!flag.label.isEmpty()) {
            painter.setPen(color);
            painter.drawText(flag.label, Qt::AlignLeft | Qt::AlignVCenter, markText(mark));
        }
    }
}

void Timeline::paintCorner(QPainter& painter) const {
    // As they stand: the spacing grows when memory is full.
    const std::vector<Seconds>& frames = m_snapshot->keyframes;
    const double keyframe_h =
        frames.size() < 2 ? 0
                          : static_cast<double>(frames.back() - frames[frames.size() - 2]) / kHour;
    QString text = toText(metric_info(m_metric).label).toLower();
    if (keyframe_h > 0) {
        text += tr(" · keyframe every %1").arg(withUnit(toText(number_text(keyframe_h)), tr("h")));
    }
    if (m_snapshot->is_frame) text = tr("frame: the exact state comes when you let go");
    if (!m_snapshot->hash.empty()) text += tr(" · hash %1").arg(toText(m_snapshot->hash).left(8));
    painter.setFont(cascadelab::font(Type::small));
    const double width = painter.fontMetrics().horizontalAdvance(text);
    const QRectF place(m_geometry.right - width, 10, width + 1, 16);
    // Only where no mark has its words.
    for (const auto& flag : m_geometry.flags) {
        if (std::max(flag.x, flag.label.right()) > place.left() - 12) return;
    }
    painter.setPen(m_theme.dim);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, text);
}

void Timeline::paintHover(QPainter& painter) const {
    if (m_hoverX < 0) return;
    painter.setPen(QPen(m_theme.dim, 1));
    painter.drawLine(QPointF(m_hoverX, kSparkTop), QPointF(m_hoverX, kLineY + 6));
}

QString Timeline::hoverText(double x) const {
    const auto& flags = m_geometry.flags;
    const auto under =
        std::ranges::find_if(flags, [&](const auto& flag) { return std::abs(flag.x - x) <= 5; });
    QString text;
    for (auto flag = under; flag != flags.end() && flag->x == under->x; ++flag)
        text += markText(m_snapshot->marks[flag->mark]) + "\n";
    if (under != flags.end()) return text + momentText(m_snapshot->marks[under->mark].time_s);
    const Seconds time_s = m_geometry.timeAt(x);
    text = weekdayText(time_s) + ", " + momentText(time_s);
    text += "\n" +
            (time_s > m_snapshot->now_s ? tr("Click runs to here") : tr("Click goes back to here"));
    return text;
}

void Timeline::mouseMoveEvent(QMouseEvent* event) {
    if (!m_snapshot) return;
    m_hoverX = std::clamp(event->position().x(), m_geometry.left, m_geometry.right);
    QToolTip::showText(event->globalPosition().toPoint(), hoverText(m_hoverX), this);
    update();
    if (!m_pressed) return;
    // A frame an hour: the same one is not asked for twice.
    const Seconds hour = m_geometry.timeAt(m_hoverX) / kHour * kHour;
    if (hour != std::exchange(m_lookedAt, hour)) emit lookRequested(hour);
}

void Timeline::mousePressEvent(QMouseEvent* event) {
    if (!m_snapshot || event->button() != Qt::LeftButton) return;
    m_pressed = true;
    m_lookedAt = -1;
}

void Timeline::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !std::exchange(m_pressed, false)) return;
    if (m_snapshot) emit seekRequested(m_geometry.timeAt(event->position().x()));
}

void Timeline::leaveEvent(QEvent*) {
    m_hoverX = -1;
    update();
}

void Timeline::contextMenuEvent(QContextMenuEvent* event) {
    QMenu menu(this);
    menu.addSection(tr("Sparkline"));
    for (std::size_t m = 0; m < enum_count<Metric>; ++m) {
        const auto metric = static_cast<Metric>(m);
        QAction* action = menu.addAction(toText(metric_info(metric).label));
        action->setCheckable(true);
        action->setChecked(metric == m_metric);
        connect(action, &QAction::triggered, this, [this, metric] { setMetric(metric); });
    }
    menu.exec(event->globalPos());
}

}  // namespace cascadelab
