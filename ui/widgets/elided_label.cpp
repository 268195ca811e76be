#include "ui/widgets/elided_label.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

namespace cascadelab {

ElidedLabel::ElidedLabel(Type type, bool strong, Role role, QWidget* parent)
    : QWidget(parent), m_type(type), m_role(role) {
    setFont(cascadelab::font(type, strong));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString& text) {
    if (text == m_text) return;
    const bool grew =
        fontMetrics().horizontalAdvance(text) != fontMetrics().horizontalAdvance(m_text);
    m_text = text;
    setAccessibleName(text);
    if (grew) updateGeometry();
    update();
}

void ElidedLabel::setRole(Role role) {
    if (role == m_role) return;
    m_role = role;
    update();
}

void ElidedLabel::setStrong(bool strong) {
    const QFont wanted = cascadelab::font(m_type, strong);
    if (wanted == font()) return;
    setFont(wanted);
    updateGeometry();
}

void ElidedLabel::reserve(const QString& widest) {
    if (widest == m_widest) return;
    m_widest = widest;
    updateGeometry();
}

void ElidedLabel::setAlignment(Qt::Alignment alignment) {
    m_alignment = alignment;
    update();
}

bool ElidedLabel::isElided() const {
    return fontMetrics().horizontalAdvance(m_text) > width();
}

void ElidedLabel::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QSize ElidedLabel::sizeHint() const {
    const int wide = std::max(fontMetrics().horizontalAdvance(m_text),
                              fontMetrics().horizontalAdvance(m_widest));
    return {wide + 1, fontMetrics().height() + 1};
}

QSize ElidedLabel::minimumSizeHint() const {
    return {std::min(sizeHint().width(), 24), sizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(isEnabled() ? m_theme.*m_role : m_theme.faint);
    painter.drawText(rect(), static_cast<int>(m_alignment) | Qt::TextSingleLine,
                     fontMetrics().elidedText(m_text, Qt::ElideRight, width()));
}

bool ElidedLabel::event(QEvent* event) {
    // The whole text on hover only when it is cut and nobody set a better explanation.
    if (event->type() == QEvent::ToolTip && toolTip().isEmpty() && isElided()) {
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), m_text, this);
        return true;
    }
    return QWidget::event(event);
}

}  // namespace cascadelab
