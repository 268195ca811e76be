#include "ui/views/eras/eras_view.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/plot/ink.h"
#include "ui/plot/line_chart.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr double kHeadLine = 13;   // of the names of the columns
constexpr double kNameWidth = 96;  // names of the eras, at least
constexpr double kNameShare = 0.2;
constexpr double kNarrow = 550;    // px; below it names of columns break in two
constexpr double kRowHeight = 64;  // at most
constexpr double kChartGap = 12;
constexpr double kLeastChart = 180;  // px; a lower view has no chart
constexpr std::size_t kTime = 4;     // the column of microseconds

constexpr std::size_t kNicheGroup = 2;

// Lines of each column's name.
std::array<QStringList, 5> columnNames(bool narrow) {
    if (narrow)
        return {QStringList{ErasView::tr("all"), ErasView::tr("people")},
                {ErasView::tr("niche"), ErasView::tr("people")},
                {ErasView::tr("new"), ErasView::tr("people")},
                {ErasView::tr("new"), ErasView::tr("items")},
                {ErasView::tr("time a"), ErasView::tr("request")}};
    return {QStringList{ErasView::tr("everybody")},
            {ErasView::tr("niche people")},
            {ErasView::tr("newcomers")},
            {ErasView::tr("items under a day")},
            {ErasView::tr("time a request")}};
}

QString amountText(double amount, std::size_t column) {
    if (std::isnan(amount)) return QStringLiteral("–");
    return column == kTime ? microsText(amount) : percentText(amount);
}

}  // namespace

ErasView::ErasView(Selection& selection, QWidget* parent)
    : PictureView(
          selection,
          tr("Recall of the oracle's best items by each era's vectors alone, and its cost."),
          parent),
      m_chart(new LineChart(this)) {
    m_chart->setAccessibleName(tr("Chart of the recall of each era"));
    collect();
    m_chart->hide();
}

QString ErasView::subtitle() const {
    if (!hasPicture()) return {};
    return tr("recall of the oracle's best ten by each era alone · %1 candidates · last day · time "
              "measured here")
        .arg(snapshot()->params ? snapshot()->params->retrieval.candidates : 0);
}

bool ErasView::hasPicture() const {
    for (const auto& row : m_amounts)
        if (!std::isnan(row[0])) return true;
    return false;
}

void ErasView::collect() {
    for (auto& row : m_amounts) row.fill(kNothing);
    if (!snapshot() || !snapshot()->series || snapshot()->series->empty()) return;
    const MetricPoint& point = snapshot()->series->back();
    for (const Era era : every<Era>) {
        const auto& recall = point.value[recall_of(era)];
        const auto& fresh = point.value[recall_of_new(era)];
        m_amounts[era] = {recall[0], recall[kNicheGroup], recall[kNewcomers], fresh[0], kNothing};
        if (!snapshot()->latency || snapshot()->latency->empty()) continue;
        const CascadeStage stage = kSources[kEras[era].source].stage;
        const float mean = snapshot()->latency->back().stage_mean_us[stage];
        if (mean > 0) m_amounts[era][kTime] = static_cast<double>(mean);
    }
}

QString ErasView::servesText(Era era) const {
    if (!snapshot()->params) return {};
    const Params& params = *snapshot()->params;
    QStringList uses;
    if (params.retrieval.*kSources[kEras[era].source].weight > 0) uses << tr("retrieval");
    if (params.eras.ranking == era) uses << tr("ranking");
    if (params.eras.rows == era) uses << tr("rows");
    if (params.eras.map == era) uses << tr("map");
    if (uses.size() == 4) return tr("serves everything");
    return uses.isEmpty() ? tr("serves nothing") : tr("serves %1").arg(uses.join(", "));
}

double ErasView::headHeight() const {
    return 8 + kHeadLine * (width() < kNarrow ? 3 : 2);
}

double ErasView::tableHeight() const {
    return headHeight() + kRowHeight * static_cast<double>(enum_count<Era>);
}

double ErasView::nameWidth() const {
    return std::clamp(kNameShare * width(), kNameWidth, 2 * kNameWidth);
}

void ErasView::place() {
    const double top = tableHeight() + kChartGap;
    m_chart->setVisible(hasPicture() && height() - top >= kLeastChart);
    m_chart->setGeometry(QRectF(0, top, width(), height() - top).toRect());
    if (m_chart->isHidden()) return;
    m_chart->setContent(erasContent(*snapshot()->series, snapshot()->marks, theme()));
}

void ErasView::setTheme(const Theme& theme) {
    m_chart->setTheme(theme);
    PictureView::setTheme(theme);
}

bool ErasView::take() {
    const bool had = hasPicture(), wasComparing = m_isComparing;
    const auto series = snapshot() ? snapshot()->series : nullptr;
    const std::size_t marks = snapshot() ? snapshot()->marks.size() : 0;
    const bool isSame = series == m_series && marks == m_marks;
    m_series = series;
    m_marks = marks;
    m_isComparing = snapshot() && snapshot()->params && snapshot()->params->metrics.compare_eras;
    collect();
    update();  // whom an era serves may be new
    return !isSame || had != hasPicture() || wasComparing != m_isComparing;
}

PictureView::Lack ErasView::lack() const {
    if (m_isComparing)
        return {
            tr("What each era finds of the oracle's best items stands here once a few hours "
               "have been measured.")};
    return {tr("Every era can be asked the same question here: how many of the oracle's best items "
               "it finds alone."),
            tr("Compare eras"),
            tr("Switches metrics.compare_eras on; all three are trained for it"),
            QStringLiteral("metrics.compare_eras"), 1};
}

void ErasView::paint(QPainter& painter) const {
    const double left = nameWidth();
    const double column = (width() - left) / static_cast<double>(kColumns);
    const auto names = columnNames(width() < kNarrow);
    const double head = headHeight();
    const double row =
        std::min(kRowHeight, (height() - head) / static_cast<double>(enum_count<Era>));
    painter.setFont(cascadelab::font(Type::tiny));
    double slowest = 1;
    for (const auto& amounts : m_amounts)
        if (!std::isnan(amounts[kTime])) slowest = std::max(slowest, amounts[kTime]);
    lineText(painter, {left, 4, 2 * column, kHeadLine}, Qt::AlignVCenter, tr("recall for"),
             theme().dim);
    for (std::size_t c = 0; c < kColumns; ++c) {
        const double x = left + column * static_cast<double>(c);
        QRectF line(x, 4, column - 4, kHeadLine);
        for (const QString& name : names[c]) {
            line.translate(0, kHeadLine);
            lineText(painter, line, Qt::AlignVCenter, name, theme().dim);
        }
    }
    for (const Era era : every<Era>) {
        const EraLook look = eraLook(era);
        const double top = head + row * static_cast<double>(index_of(era));
        painter.setFont(cascadelab::font(Type::small, true));
        lineText(painter, {0, top + row / 2 - 15, left - 8, 14}, Qt::AlignVCenter, look.name,
                 theme().categoryText(look.category));
        painter.setFont(cascadelab::font(Type::tiny));
        lineText(painter, {0, top + row / 2, left - 8, 13}, Qt::AlignVCenter, servesText(era),
                 theme().dim);
        painter.setFont(cascadelab::font(Type::small));
        for (std::size_t c = 0; c < kColumns; ++c) {
            const double x = left + column * static_cast<double>(c), y = top + row / 2;
            const double amount = m_amounts[era][c];
            const double share = c == kTime ? amount / slowest : amount;
            lineText(painter, {x, y - 15, column - 2, 14}, Qt::AlignVCenter, amountText(amount, c),
                     theme().text);
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme().track);
            painter.drawRoundedRect(QRectF(x, y + 2, column - 10, 6), 3, 3);
            if (std::isnan(share) || share <= 0) continue;
            painter.setBrush(theme().categoryColor(look.category));
            painter.drawRoundedRect(
                QRectF(x, y + 2, std::max(3.0, (column - 10) * std::min(share, 1.0)), 6), 3, 3);
        }
    }
}

PictureView::Twin ErasView::twin() const {
    const auto cell = [amounts = m_amounts](int row, int column) -> QVariant {
        const Era era = every<Era>[static_cast<std::size_t>(row)];
        if (column == 0) return eraLook(era).name;
        const double amount = amounts[era][static_cast<std::size_t>(column - 1)];
        return std::isnan(amount) ? QVariant(QString()) : QVariant(amount);
    };
    return {{tr("Era"), tr("Recall, everybody"), tr("Recall, niche people"),
             tr("Recall, newcomers"), tr("Recall, items under a day"), tr("Time a request, µs")},
            static_cast<int>(enum_count<Era>),
            cell};
}

}  // namespace cascadelab
