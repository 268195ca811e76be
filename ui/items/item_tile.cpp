#include "ui/items/item_tile.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace cascadelab {

ItemTile::ItemTile(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ItemTile::setContent(const ItemTileContent& content) {
    if (content == m_content) return;
    if (content.item != m_content.item) m_artwork = artworkOf(content.item, content.topic);
    m_content = content;
    setAccessibleName(content.title);
    setAccessibleDescription(content.line);
    update();
}

void ItemTile::setSelected(bool selected) {
    if (selected == m_selected) return;
    m_selected = selected;
    update();
}

void ItemTile::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void ItemTile::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool bright = m_selected || hasFocus() || underMouse();
    painter.setPen(QPen(m_selected || hasFocus() ? m_theme.accent
                        : underMouse()           ? m_theme.faint
                                                 : m_theme.border));
    painter.setBrush(bright ? m_theme.raised : m_theme.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    paintArtwork(painter, QRectF(6, 7, 50, height() - 14), m_artwork, m_theme);

    // Right column first: the words on the left get what remains.
    const QRect right(width() - 96, 6, 88, height() - 12);
    painter.setFont(cascadelab::font(Type::tiny, true));
    const int badgeWidth = painter.fontMetrics().horizontalAdvance(m_content.badge);
    painter.setPen(m_content.promising ? m_theme.goodText : m_theme.warnText);
    painter.drawText(right.adjusted(0, 0, 0, -17), Qt::AlignRight | Qt::AlignVCenter,
                     m_content.badge);
    painter.setFont(cascadelab::font(Type::small));
    const int valueWidth = painter.fontMetrics().horizontalAdvance(m_content.value);
    painter.setPen(m_theme.text);
    painter.drawText(right.adjusted(0, 17, 0, 0), Qt::AlignRight | Qt::AlignVCenter,
                     m_content.value);

    const int left = 66, end = width() - 8;
    painter.setFont(cascadelab::font(Type::body, true));
    const QRect title(left, 6, end - left - badgeWidth - 8, 17);
    painter.drawText(
        title, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_content.title, Qt::ElideRight, title.width()));
    painter.setFont(cascadelab::font(Type::small));
    painter.setPen(m_theme.dim);
    const QRect line(left, 23, end - left - valueWidth - 8, 17);
    painter.drawText(
        line, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(m_content.line, Qt::ElideRight, line.width()));
    if (m_content.clicked) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.accent);
        painter.drawRoundedRect(QRectF(1, 12, 3, height() - 24), 1.5, 1.5);
    }
}

void ItemTile::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) emit chosen(m_content.item);
}

void ItemTile::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        emit chosen(m_content.item);
        return;
    }
    QWidget::keyPressEvent(event);
}

void ItemTile::enterEvent(QEnterEvent*) {
    update();
}

void ItemTile::leaveEvent(QEvent*) {
    update();
}

}  // namespace cascadelab
