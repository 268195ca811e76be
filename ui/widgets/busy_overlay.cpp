#include "ui/widgets/busy_overlay.h"

#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>
#include <cmath>

namespace cascadelab {
namespace {

constexpr int kShowAfter_ms = 500;

}  // namespace

BusyOverlay::BusyOverlay(QWidget* parent)
    : QWidget(parent),
      m_box(new QWidget),
      m_text(new QLabel),
      m_progress(new QProgressBar),
      m_cancel(new QPushButton(tr("Cancel"))),
      m_delay(new QTimer(this)) {
    m_box->setFixedWidth(300);
    m_text->setProperty("role", "heading");
    m_text->setWordWrap(true);
    m_progress->setTextVisible(false);
    auto* layout = new QVBoxLayout(m_box);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(m_text);
    layout->addWidget(m_progress);
    layout->addWidget(m_cancel, 0, Qt::AlignRight);
    auto* outer = new QVBoxLayout(this);
    outer->addWidget(m_box, 0, Qt::AlignCenter);
    m_delay->setSingleShot(true);
    m_delay->setInterval(kShowAfter_ms);
    connect(m_delay, &QTimer::timeout, this, [this] {
        setGeometry(parentWidget()->rect());
        show();
        raise();
    });
    connect(m_cancel, &QPushButton::clicked, this, &BusyOverlay::cancelled);
    parent->installEventFilter(this);
    hide();
}

void BusyOverlay::setWork(const std::optional<QString>& text, double progress) {
    if (!text) {
        m_delay->stop();
        hide();
        return;
    }
    if (m_text->text() != *text) m_text->setText(*text);
    m_progress->setRange(0, progress < 0 ? 0 : 1000);
    if (progress >= 0) m_progress->setValue(static_cast<int>(std::lround(progress * 1000)));
    if (isHidden() && !m_delay->isActive()) m_delay->start();
}

void BusyOverlay::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void BusyOverlay::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = m_theme.window;
    veil.setAlphaF(0.55f);
    painter.fillRect(rect(), veil);
    painter.setPen(m_theme.border);
    painter.setBrush(m_theme.panel);
    painter.drawRoundedRect(QRectF(m_box->geometry()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

bool BusyOverlay::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

}  // namespace cascadelab
