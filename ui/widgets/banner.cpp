#include "ui/widgets/banner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

#include "ui/theme/icons.h"

namespace cascadelab {

Banner::Banner(QWidget* parent) : QWidget(parent), m_text(new QLabel), m_close(new QToolButton) {
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setAccessibleName(tr("Close the message"));
    m_close->setFocusPolicy(Qt::TabFocus);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(16, 8, 8, 8);
    line->addWidget(m_text, 1);
    line->addWidget(m_close, 0, Qt::AlignTop);
    connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    hide();
}

void Banner::say(const QString& sentence) {
    m_text->setText(sentence);
    setAccessibleName(sentence);
    show();
}

QString Banner::sentence() const {
    return isHidden() ? QString() : m_text->text();
}

void Banner::setTheme(const Theme& theme) {
    m_theme = theme;
    m_close->setIcon(icon("close", theme.dim));
    update();
}

void Banner::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.bad);
    painter.setBrush(mixed(m_theme.panel, m_theme.bad, 0.08));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

}  // namespace cascadelab
