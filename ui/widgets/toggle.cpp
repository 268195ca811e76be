#include "ui/widgets/toggle.h"

#include <QPainter>

namespace cascadelab {

Toggle::Toggle(QWidget* parent) : QAbstractButton(parent) {
    setCheckable(true);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void Toggle::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void Toggle::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF body(2, 3, 28, 14);
    painter.setPen(hasFocus() ? QPen(m_theme.text, 1) : QPen(Qt::NoPen));
    painter.setBrush(isChecked() ? m_theme.accent : m_theme.track);
    painter.drawRoundedRect(body, 7, 7);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChecked() ? m_theme.onAccent : m_theme.dim);
    painter.drawEllipse(QPointF(isChecked() ? body.right() - 7 : body.left() + 7, 10), 4.5, 4.5);
}

}  // namespace cascadelab
