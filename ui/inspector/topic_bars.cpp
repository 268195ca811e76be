#include "ui/inspector/topic_bars.h"
#include "ui/words/numbers.h"

#include <QPainter>
#include <algorithm>

namespace cascadelab {
namespace {

constexpr int kRow = 18, kName = 88, kValue = 44;

}  // namespace

TopicBars::TopicBars(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Topics"));
    setToolTip(
        tr("Bar and number: share of the last watched items.\n"
           "Mark: the hidden taste, which no part of the system can see."));
}

void TopicBars::setBars(std::vector<TopicBar> bars) {
    if (bars == m_bars) return;
    const bool resized = bars.size() != m_bars.size();
    m_bars = std::move(bars);
    QStringList spoken;
    for (const TopicBar& bar : m_bars) {
        spoken << tr("%1: %2 of recent views, taste %3")
                      .arg(bar.name, percentText(bar.recent), percentText(bar.taste));
    }
    setAccessibleDescription(spoken.join("; "));
    if (resized) updateGeometry();
    update();
}

void TopicBars::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QSize TopicBars::sizeHint() const {
    return {240, static_cast<int>(m_bars.size()) * kRow};
}

void TopicBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(cascadelab::font(Type::small));
    float most = 0.3f;
    for (const TopicBar& bar : m_bars) most = std::max({most, bar.recent, bar.taste});
    const double room = width() - kName - kValue;
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const TopicBar& bar = m_bars[i];
        const int y = static_cast<int>(i) * kRow;
        painter.setPen(m_theme.dim);
        painter.drawText(QRect(0, y, kName - 6, kRow), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(bar.name, Qt::ElideRight, kName - 6));
        painter.setPen(m_theme.text);
        painter.drawText(QRect(width() - kValue, y, kValue, kRow),
                         Qt::AlignRight | Qt::AlignVCenter, percentText(bar.recent));
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.grid);
        painter.drawRoundedRect(QRectF(kName, y + 5, room, kRow - 10), 2, 2);
        painter.setBrush(m_theme.categoryColor(bar.topic));
        painter.drawRoundedRect(QRectF(kName, y + 5, room * bar.recent / most, kRow - 10), 2, 2);
        painter.fillRect(QRectF(kName + room * bar.taste / most - 1, y + 2, 2, kRow - 4),
                         m_theme.text);
    }
}

}  // namespace cascadelab
