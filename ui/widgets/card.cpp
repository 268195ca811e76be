#include "ui/widgets/card.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/theme/icons.h"
#include "ui/widgets/chip.h"
#include "ui/widgets/elided_label.h"

namespace cascadelab {

Card::Card(QWidget* parent)
    : QWidget(parent),
      m_title(new ElidedLabel(Type::heading, true)),
      m_subtitle(new ElidedLabel(Type::small, false, &Theme::dim)),
      m_tag(new Chip),
      m_button(new QToolButton),
      m_menu(new QMenu(this)) {
    m_button->setMenu(m_menu);
    m_button->setPopupMode(QToolButton::InstantPopup);
    m_button->setFixedSize(26, 22);
    m_button->setFocusPolicy(Qt::TabFocus);

    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_title, 1);
    head->addWidget(m_tag);
    head->addWidget(m_button);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 9, 8, 10);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_subtitle);
    layout->addSpacing(6);
    m_slot = new QVBoxLayout;
    layout->addLayout(m_slot, 1);
}

void Card::setTitle(const QString& title) {
    m_title->setText(title);
    setAccessibleName(title);
    m_button->setAccessibleName(tr("Menu of %1").arg(title));
    m_button->setToolTip(tr("What this place shows, its data and its size"));
}

void Card::setSubtitle(const QString& subtitle) {
    m_subtitle->setText(subtitle);
}

void Card::setTag(const QString& tag) {
    m_tag->setText(tag);
}

QString Card::title() const {
    return m_title->text();
}

void Card::setBody(QWidget* body) {
    if (body == m_body) return;
    if (m_body) {
        m_slot->removeWidget(m_body);
        m_body->hide();
    }
    m_body = body;
    if (!body) return;
    m_slot->addWidget(body, 1);
    body->show();
}

void Card::setTheme(const Theme& theme) {
    m_theme = theme;
    m_button->setIcon(icon("more", theme.dim));
    update();
}

void Card::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.border);
    painter.setBrush(m_theme.panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

void Card::mouseDoubleClickEvent(QMouseEvent* event) {
    // The title and the line below it, over the whole width.
    if (event->position().y() <= m_subtitle->geometry().bottom()) emit titleDoubleClicked();
}

}  // namespace cascadelab
