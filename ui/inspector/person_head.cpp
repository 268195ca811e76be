#include "ui/inspector/person_head.h"

#include <QPainter>
#include <QVBoxLayout>

#include "ui/widgets/elided_label.h"

namespace cascadelab {

PersonHead::PersonHead(QWidget* parent)
    : QWidget(parent),
      m_name(new ElidedLabel(Type::heading, true)),
      m_facts(new ElidedLabel(Type::small, false, &Theme::dim)) {
    setFixedHeight(40);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(44, 2, 0, 2);
    layout->setSpacing(0);
    layout->addWidget(m_name);
    layout->addWidget(m_facts);
}

void PersonHead::setPerson(const QString& name, const QString& facts, std::size_t topic) {
    if (topic != m_topic || name != m_name->text()) update();
    m_topic = topic;
    m_name->setText(name);
    m_facts->setText(facts);
}

void PersonHead::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void PersonHead::paintEvent(QPaintEvent*) {
    if (m_name->text().isEmpty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF circle(1, 4, 32, 32);
    const QColor fill = m_theme.categoryColor(m_topic);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawEllipse(circle);
    painter.setPen(inkOn(fill));
    painter.setFont(cascadelab::font(Type::heading, true));
    painter.drawText(circle, Qt::AlignCenter, m_name->text().left(1));
}

}  // namespace cascadelab
