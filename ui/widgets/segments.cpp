#include "ui/widgets/segments.h"

#include <QFontMetricsF>
#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace cascadelab {

namespace {

constexpr int kPadding = 8;  // screen units left and right of each word
constexpr int kHeight = 20;

double widthOf(const QString& word) {
    return std::ceil(QFontMetricsF(font(Type::small)).horizontalAdvance(word)) + 2 * kPadding;
}

}  // namespace

Segments::Segments(QStringList choices, QWidget* parent)
    : QWidget(parent), m_choices(std::move(choices)) {
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAccessibleName(m_choices.join(QStringLiteral(" / ")));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Segments::setCurrent(int index) {
    index = std::clamp(index, 0, static_cast<int>(m_choices.size()) - 1);
    if (index == m_current) return;
    m_current = index;
    setAccessibleDescription(m_choices[index]);
    update();
    emit currentChanged(index);
}

void Segments::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QSize Segments::sizeHint() const {
    double width = 0;
    for (const QString& word : m_choices) width += widthOf(word);
    return {static_cast<int>(width), kHeight};
}

QRectF Segments::segment(int index) const {
    double x = 0;
    for (int i = 0; i < index; ++i) x += widthOf(m_choices[i]);
    return {x, 0, widthOf(m_choices[index]), kHeight};
}

void Segments::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(QPointF(), QSizeF(sizeHint())).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(hasFocus() ? m_theme.accent : m_theme.border);
    painter.setBrush(m_theme.raised);
    painter.drawRoundedRect(frame, 5, 5);
    for (int i = 0; i < m_choices.size(); ++i) {
        const bool isCurrent = i == m_current;
        if (isCurrent) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.track);
            painter.drawRoundedRect(segment(i).adjusted(2, 2, -2, -2), 4, 4);
        }
        painter.setFont(cascadelab::font(Type::small, isCurrent));
        painter.setPen(isCurrent ? m_theme.text : m_theme.dim);
        painter.drawText(segment(i), Qt::AlignCenter, m_choices[i]);
    }
}

void Segments::mousePressEvent(QMouseEvent* event) {
    for (int i = 0; i < m_choices.size(); ++i)
        if (segment(i).contains(event->position())) setCurrent(i);
}

void Segments::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Left) return setCurrent(m_current - 1);
    if (event->key() == Qt::Key_Right) return setCurrent(m_current + 1);
    QWidget::keyPressEvent(event);
}

}  // namespace cascadelab
