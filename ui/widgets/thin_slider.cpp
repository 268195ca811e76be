#include "ui/widgets/thin_slider.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTimer>
#include <QWheelEvent>
#include <algorithm>

namespace cascadelab {
namespace {

constexpr int kRange = 10000;         // what assistive technology sees
constexpr double kMargin = 7;         // room for the handle at both ends
constexpr int kSettleAfter_ms = 250;  // a series of key presses is one edit

}  // namespace

ThinSlider::ThinSlider(QWidget* parent) : QAbstractSlider(parent), m_settle(new QTimer(this)) {
    setOrientation(Qt::Horizontal);
    setRange(0, kRange);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    m_settle->setSingleShot(true);
    m_settle->setInterval(kSettleAfter_ms);
    connect(m_settle, &QTimer::timeout, this, [this] {
        m_held = false;
        emit settled();
    });
}

void ThinSlider::setPosition(double position) {
    if (position == m_position) return;
    m_position = position;
    setValue(qRound(position * kRange));
    update();
}

void ThinSlider::setTick(double position) {
    m_tick = position;
    update();
}

void ThinSlider::setChanged(bool changed) {
    if (changed == m_changed) return;
    m_changed = changed;
    update();
}

void ThinSlider::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void ThinSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double y = height() / 2.0;
    const double at = xAt(m_position);
    const QColor fill = m_changed ? m_theme.accent : mixed(m_theme.dim, m_theme.panel, 0.2);

    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.track);
    painter.drawRoundedRect(QRectF(0, y - 1.5, width(), 3), 1.5, 1.5);
    painter.setBrush(fill);
    painter.drawRoundedRect(QRectF(0, y - 1.5, at, 3), 1.5, 1.5);
    painter.setBrush(m_changed ? m_theme.dim : m_theme.track);
    painter.drawRect(QRectF(xAt(m_tick) - 0.5, y - 5, 1, 10));

    const double radius = m_held || hasFocus() ? 7 : 6;
    if (hasFocus()) {
        painter.setBrush(mixed(m_theme.panel, m_theme.accent, 0.3));
        painter.drawEllipse(QPointF(at, y), radius + 2, radius + 2);
    }
    painter.setPen(QPen(m_changed ? m_theme.accent : m_theme.dim, 2));
    painter.setBrush(m_theme.panel);
    painter.drawEllipse(QPointF(at, y), radius - 0.5, radius - 0.5);
}

void ThinSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return event->ignore();
    m_held = true;
    m_moved = false;
    // A press on the handle holds it where it is; elsewhere it comes to the hand.
    if (std::abs(event->position().x() - xAt(m_position)) > 8) {
        m_moved = true;
        emit moved(positionAt(event->position().x()));
    }
    update();
}

void ThinSlider::mouseMoveEvent(QMouseEvent* event) {
    if (!m_held || !(event->buttons() & Qt::LeftButton)) return;
    m_moved = true;
    emit moved(positionAt(event->position().x()));
}

void ThinSlider::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_held) return;
    m_held = false;
    update();
    if (m_moved) emit settled();
}

void ThinSlider::mouseDoubleClickEvent(QMouseEvent*) {
    m_held = false;
    emit resetRequested();
}

void ThinSlider::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Down:
            return nudge(-1);
        case Qt::Key_Right:
        case Qt::Key_Up:
            return nudge(1);
        case Qt::Key_PageDown:
            return nudge(-10);
        case Qt::Key_PageUp:
            return nudge(10);
        case Qt::Key_Delete:
            emit resetRequested();
            return;
        default:
            event->ignore();  // space and the transport's other keys go on to the window
    }
}

void ThinSlider::wheelEvent(QWheelEvent* event) {
    if (!hasFocus()) return event->ignore();
    if (event->angleDelta().y() != 0) nudge(event->angleDelta().y() > 0 ? 1 : -1);
    event->accept();
}

double ThinSlider::positionAt(double x) const {
    return std::clamp((x - kMargin) / (width() - 2 * kMargin), 0.0, 1.0);
}

double ThinSlider::xAt(double position) const {
    return kMargin + position * (width() - 2 * kMargin);
}

void ThinSlider::nudge(int steps) {
    m_held = true;
    emit nudgedBy(steps);
    m_settle->start();
}

}  // namespace cascadelab
