#include "ui/widgets/section_header.h"

#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>

namespace cascadelab {

SectionHeader::SectionHeader(const QString& title, bool collapsible, QWidget* parent)
    : QAbstractButton(parent), m_collapsible(collapsible) {
    setText(title);
    setAccessibleName(title);
    setFont(cascadelab::font(Type::capitals));
    setCheckable(collapsible);
    setChecked(true);
    setFocusPolicy(collapsible ? Qt::TabFocus : Qt::NoFocus);
    setAttribute(Qt::WA_TransparentForMouseEvents, !collapsible);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    if (collapsible) setCursor(Qt::PointingHandCursor);
}

void SectionHeader::setTitle(const QString& title) {
    if (title == text()) return;
    setText(title);
    setAccessibleName(title);
}

void SectionHeader::setNote(const QString& note, bool important) {
    if (note == m_note && important == m_important) return;
    m_note = note;
    m_important = important;
    setAccessibleDescription(note);
    update();
}

void SectionHeader::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void SectionHeader::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double y = height() / 2.0;
    QRect line = rect();
    if (m_collapsible) {
        QPainterPath chevron;
        if (isChecked()) {
            chevron.moveTo(2, y - 2);
            chevron.lineTo(6, y + 2);
            chevron.lineTo(10, y - 2);
        } else {
            chevron.moveTo(4, y - 4);
            chevron.lineTo(8, y);
            chevron.lineTo(4, y + 4);
        }
        painter.setPen(QPen(m_theme.dim, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(chevron);
        line.setLeft(18);
    }
    const QFont noteFont = cascadelab::font(Type::small);
    const int noteWidth =
        m_note.isEmpty() ? 0 : QFontMetrics(noteFont).horizontalAdvance(m_note) + 8;
    painter.setPen(hasFocus() ? m_theme.accentText : m_theme.dim);
    painter.setFont(font());
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(text(), Qt::ElideRight, line.width() - noteWidth));
    painter.setFont(noteFont);
    painter.setPen(m_important ? m_theme.warnText : m_theme.dim);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, m_note);
}

void SectionHeader::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return click();
    QAbstractButton::keyPressEvent(event);
}

}  // namespace cascadelab
