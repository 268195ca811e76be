#include "ui/widgets/chip.h"

#include <QPainter>

namespace cascadelab {

Chip::Chip(QWidget* parent) : QWidget(parent) {
    setFont(cascadelab::font(Type::small));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void Chip::setText(const QString& text) {
    if (text == m_text) return;
    m_text = text;
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

void Chip::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QSize Chip::sizeHint() const {
    return {fontMetrics().horizontalAdvance(m_text) + 22, 20};
}

void Chip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.border);
    painter.setBrush(m_theme.raised);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2);
    painter.setPen(m_theme.dim);
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

}  // namespace cascadelab
