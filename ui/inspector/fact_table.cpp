#include "ui/inspector/fact_table.h"

#include <QPainter>
#include <algorithm>

namespace cascadelab {
namespace {

constexpr int kRow = 18, kGap = 12, kLeastGap = 5;

}  // namespace

FactTable::FactTable(const QString& name, QWidget* parent) : QWidget(parent) {
    setFont(cascadelab::font(Type::small));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(name);
}

void FactTable::setRows(std::vector<QStringList> rows) {
    if (rows == m_rows) return;
    const bool resized = rows.size() != m_rows.size();
    m_rows = std::move(rows);
    QStringList spoken;
    for (const QStringList& row : m_rows) spoken << row.join(" ");
    setAccessibleDescription(spoken.join("; "));
    if (resized) updateGeometry();
    update();
}

void FactTable::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QSize FactTable::sizeHint() const {
    return {240, static_cast<int>(m_rows.size()) * kRow};
}

void FactTable::paintEvent(QPaintEvent*) {
    if (m_rows.empty()) return;
    QPainter painter(this);
    const QFontMetrics metrics = fontMetrics();
    const qsizetype columns = m_rows.front().size();
    std::vector<int> widths(static_cast<std::size_t>(columns), 0);
    for (const QStringList& row : m_rows) {
        for (qsizetype c = 1; c < row.size(); ++c) {
            int& width = widths[static_cast<std::size_t>(c)];
            width = std::max(width, metrics.horizontalAdvance(row[c]) + 2);
        }
    }
    // Where the names would be cut, the columns stand closer.
    int names = 0, rest = width();
    for (const QStringList& row : m_rows)
        if (row.size() > 1) names = std::max(names, metrics.horizontalAdvance(row[0]) + 2);
    for (qsizetype c = 1; c < columns; ++c) rest -= widths[static_cast<std::size_t>(c)];
    const int gaps = std::max(1, static_cast<int>(columns) - 1);
    const int gap = std::clamp((rest - names) / gaps, kLeastGap, kGap);
    widths[0] = std::max(rest - gap * gaps, 60);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const int y = static_cast<int>(i) * kRow;
        if (m_rows[i].size() == 1) {
            painter.setPen(m_theme.dim);
            painter.drawText(QRect(0, y, width(), kRow - 2), Qt::AlignRight | Qt::AlignVCenter,
                             metrics.elidedText(m_rows[i].front(), Qt::ElideRight, width()));
            continue;
        }
        int x = 0;
        for (qsizetype c = 0; c < columns; ++c) {
            const bool outer = c == 0 || c == columns - 1;
            const int w = widths[static_cast<std::size_t>(c)];
            painter.setPen(outer ? m_theme.text : m_theme.dim);
            painter.drawText(QRect(x, y, w, kRow),
                             (c == columns - 1 ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter,
                             metrics.elidedText(m_rows[i][c], Qt::ElideRight, w));
            x += w + gap;
        }
    }
}

}  // namespace cascadelab
