#include "ui/inspector/shap_bars.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/cascade/request/ranking_columns.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

constexpr int kRow = 18, kValue = 42;
constexpr double kPhraseShare = 0.64;

// Whether every candidate that was ranked has the same value in a column.
bool isShared(const CascadeTrace& trace, std::size_t column) {
    if (static_cast<Eigen::Index>(column) >= trace.features.cols()) return false;
    const auto values = trace.features.col(static_cast<Eigen::Index>(column));
    float first = std::numeric_limits<float>::quiet_NaN();
    for (const float value : values) {
        if (std::isnan(value)) continue;
        if (std::isnan(first)) first = value;
        if (value != first) return false;
    }
    return true;
}

}  // namespace

std::vector<ShapBar> largestContributions(const CascadeTrace& trace, std::size_t place,
                                          std::size_t count) {
    const auto columns = ranking_columns();
    const auto row = static_cast<Eigen::Index>(place);
    if (row >= trace.contributions.rows()) return {};
    // The last column is the bias, the same for all.
    const std::size_t known =
        std::min(columns.size(), static_cast<std::size_t>(trace.contributions.cols() - 1));
    std::vector<std::size_t> order;
    double shared = 0;
    for (std::size_t c = 0; c < known; ++c) {
        if (isShared(trace, c)) {
            shared += trace.contributions(row, static_cast<Eigen::Index>(c));
        } else {
            order.push_back(c);
        }
    }
    const auto size = [&](std::size_t c) {
        return std::abs(trace.contributions(row, static_cast<Eigen::Index>(c)));
    };
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        return size(a) != size(b) ? size(a) > size(b) : a < b;
    });
    std::vector<ShapBar> bars;
    for (std::size_t i = 0; i < std::min(count, order.size()); ++i) {
        bars.push_back({toText(columns[order[i]].phrase),
                        trace.contributions(row, static_cast<Eigen::Index>(order[i]))});
    }
    // What spoke for it first.
    std::ranges::stable_sort(bars, std::greater{}, &ShapBar::value);
    if (shared != 0) bars.push_back({QObject::tr("the same for every candidate"), shared});
    return bars;
}

ShapBars::ShapBars(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Contributions to the predicted click"));
}

void ShapBars::setBars(std::vector<ShapBar> bars) {
    if (bars == m_bars) return;
    const bool resized = bars.size() != m_bars.size();
    m_bars = std::move(bars);
    QStringList spoken;
    for (const ShapBar& bar : m_bars) spoken << bar.phrase + " " + signedText(bar.value, 2);
    setAccessibleDescription(spoken.join("; "));
    setToolTip(tr("Contributions to the predicted click in log-odds:\n") + spoken.join("\n"));
    if (resized) updateGeometry();
    update();
}

void ShapBars::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

QSize ShapBars::sizeHint() const {
    return {240, static_cast<int>(m_bars.size()) * kRow};
}

void ShapBars::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(cascadelab::font(Type::small));
    double up = 0, down = 0;
    for (const ShapBar& bar : m_bars) {
        up = std::max(up, bar.value);
        down = std::max(down, -bar.value);
    }
    if (up + down == 0) return;
    double longest = 0;
    for (const ShapBar& bar : m_bars) {
        longest = std::max(longest, painter.fontMetrics().horizontalAdvance(bar.phrase) + 10.0);
    }
    const double left = std::min(longest, width() * kPhraseShare);
    const double scale = (width() - left - kValue) / (up + down);
    const double zero = left + down * scale;
    for (std::size_t i = 0; i < m_bars.size(); ++i) {
        const ShapBar& bar = m_bars[i];
        const int y = static_cast<int>(i) * kRow;
        const int phraseWidth = static_cast<int>(left) - 8;
        painter.setPen(m_theme.dim);
        painter.drawText(QRect(0, y, phraseWidth, kRow), Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(bar.phrase, Qt::ElideRight, phraseWidth));
        const double length = std::abs(bar.value) * scale;
        const double from = bar.value < 0 ? zero - length : zero;
        painter.setPen(Qt::NoPen);
        painter.setBrush(bar.value < 0 ? m_theme.bad : m_theme.good);
        painter.drawRoundedRect(QRectF(from, y + 4, std::max(length, 1.0), kRow - 8), 2, 2);
        painter.setPen(m_theme.text);
        painter.drawText(QRectF(std::max(from + length, zero) + 5, y, kValue, kRow),
                         Qt::AlignLeft | Qt::AlignVCenter, signedText(bar.value, 2));
    }
}

}  // namespace cascadelab
