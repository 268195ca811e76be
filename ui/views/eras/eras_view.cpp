#include "ui/views/eras/eras_view.h"

#include <QAction>
#include <QPainter>
#include <QPushButton>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/plot/ink.h"
#include "ui/plot/line_chart.h"
#include "ui/view/lazy_table.h"
#include "ui/view/picture_file.h"
#include "ui/words/numbers.h"

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

constexpr std::array kStages = {CascadeStage::factorization, CascadeStage::two_tower,
                                CascadeStage::hstu};
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

ErasView::ErasView(Selection&, QWidget* parent)
    : View(parent),
      m_chart(new LineChart(this)),
      m_turnOn(new QPushButton(tr("Compare eras"), this)),
      m_saveAction(makeSavePictureAction(*this, QStringLiteral("eras"))),
      m_table(new LazyTable(this)) {
    setAccessibleName(title());
    setAccessibleDescription(
        tr("Recall of the oracle's best items by each era's vectors alone, and its cost."));
    m_chart->setAccessibleName(tr("Chart of the recall of each era"));
    m_turnOn->setToolTip(tr("Switches metrics.compare_eras on; all three are trained for it"));
    connect(m_turnOn, &QPushButton::clicked, this,
            [this] { emit parameterWished(QStringLiteral("metrics.compare_eras"), 1); });
    collect();
    arrange();
}

QString ErasView::subtitle() const {
    if (!hasAmounts()) return {};
    return tr("recall of the oracle's best ten by each era alone · %1 candidates · last day · time "
              "measured here")
        .arg(m_snapshot->params ? m_snapshot->params->retrieval.candidates : 0);
}

bool ErasView::hasAmounts() const {
    for (const auto& row : m_amounts)
        if (!std::isnan(row[0])) return true;
    return false;
}

bool ErasView::isComparing() const {
    return m_snapshot && m_snapshot->params && m_snapshot->params->metrics.compare_eras;
}

void ErasView::collect() {
    for (auto& row : m_amounts) row.fill(kNothing);
    if (!m_snapshot || !m_snapshot->series || m_snapshot->series->empty()) return;
    const MetricPoint& point = m_snapshot->series->back();
    for (std::size_t era = 0; era < kEras; ++era) {
        const auto& recall = point.value[index_of(Metric::recall_factorization) + era];
        const auto& fresh = point.value[index_of(Metric::recall_new_factorization) + era];
        m_amounts[era] = {recall[0], recall[kNicheGroup], recall[kNewcomers], fresh[0], kNothing};
        if (!m_snapshot->latency || m_snapshot->latency->empty()) continue;
        const auto stage = static_cast<std::size_t>(kStages[era]);
        const float mean = m_snapshot->latency->back().stage_mean_us[stage];
        if (mean > 0) m_amounts[era][kTime] = static_cast<double>(mean);
    }
}

QString ErasView::servesText(std::size_t era) const {
    if (!m_snapshot->params) return {};
    const Params& params = *m_snapshot->params;
    const std::array weights = {params.retrieval.factorization, params.retrieval.two_tower,
                                params.retrieval.hstu};
    QStringList uses;
    if (weights[era] > 0) uses << tr("retrieval");
    if (static_cast<std::size_t>(params.eras.ranking) == era) uses << tr("ranking");
    if (static_cast<std::size_t>(params.eras.rows) == era) uses << tr("rows");
    if (static_cast<std::size_t>(params.eras.map) == era) uses << tr("map");
    if (uses.size() == 4) return tr("serves everything");
    return uses.isEmpty() ? tr("serves nothing") : tr("serves %1").arg(uses.join(", "));
}

double ErasView::headHeight() const {
    return 8 + kHeadLine * (width() < kNarrow ? 3 : 2);
}

double ErasView::tableHeight() const {
    return headHeight() + kRowHeight * static_cast<double>(kEras);
}

double ErasView::nameWidth() const {
    return std::clamp(kNameShare * width(), kNameWidth, 2 * kNameWidth);
}

// The chart takes what the table leaves.
void ErasView::arrange() {
    m_turnOn->setVisible(!hasAmounts() && !isComparing());
    m_turnOn->adjustSize();
    m_turnOn->move((width() - m_turnOn->width()) / 2, height() / 2 + 34);
    const double top = tableHeight() + kChartGap;
    m_chart->setVisible(hasAmounts() && height() - top >= kLeastChart);
    m_chart->setGeometry(QRectF(0, top, width(), height() - top).toRect());
    if (m_chart->isHidden()) return;
    m_chart->setContent(erasContent(*m_snapshot->series, m_snapshot->marks, m_theme));
}

void ErasView::resizeEvent(QResizeEvent*) {
    arrange();
}

void ErasView::setTheme(const Theme& theme) {
    m_theme = theme;
    m_chart->setTheme(theme);
    arrange();
    update();
}

void ErasView::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    const bool had = hasAmounts();
    const bool compared = isComparing();
    const bool newPoint = !m_snapshot || !snapshot || m_snapshot->series != snapshot->series ||
                          m_snapshot->marks.size() != snapshot->marks.size();
    m_snapshot = std::move(snapshot);
    collect();
    if (newPoint || compared != isComparing()) arrange();
    if (had != hasAmounts()) emit headingChanged();
    update();
}

void ErasView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!hasAmounts())
        return emptyText(painter, rect(),
                         isComparing()
                             ? tr("What each era finds of the oracle's best items stands here "
                                  "once a few hours have been measured.")
                             : tr("Every era can be asked the same question here: how many of the "
                                  "oracle's best items it finds alone."),
                         m_theme);
    const double left = nameWidth();
    const double column = (width() - left) / static_cast<double>(kColumns);
    const auto names = columnNames(width() < kNarrow);
    const double head = headHeight();
    const double row = std::min(kRowHeight, (height() - head) / static_cast<double>(kEras));
    painter.setFont(cascadelab::font(Type::tiny));
    double slowest = 1;
    for (const auto& amounts : m_amounts)
        if (!std::isnan(amounts[kTime])) slowest = std::max(slowest, amounts[kTime]);
    lineText(painter, {left, 4, 2 * column, kHeadLine}, Qt::AlignVCenter, tr("recall for"),
             m_theme.dim);
    for (std::size_t c = 0; c < kColumns; ++c) {
        const double x = left + column * static_cast<double>(c);
        QRectF line(x, 4, column - 4, kHeadLine);
        for (const QString& name : names[c]) {
            line.translate(0, kHeadLine);
            lineText(painter, line, Qt::AlignVCenter, name, m_theme.dim);
        }
    }
    for (std::size_t era = 0; era < kEras; ++era) {
        const double top = head + row * static_cast<double>(era);
        painter.setFont(cascadelab::font(Type::small, true));
        lineText(painter, {0, top + row / 2 - 15, left - 8, 14}, Qt::AlignVCenter,
                 QString::fromLatin1(kEraLooks[era].name),
                 m_theme.categoryText(kEraLooks[era].category));
        painter.setFont(cascadelab::font(Type::tiny));
        lineText(painter, {0, top + row / 2, left - 8, 13}, Qt::AlignVCenter, servesText(era),
                 m_theme.dim);
        painter.setFont(cascadelab::font(Type::small));
        for (std::size_t c = 0; c < kColumns; ++c) {
            const double x = left + column * static_cast<double>(c), y = top + row / 2;
            const double amount = m_amounts[era][c];
            const double share = c == kTime ? amount / slowest : amount;
            lineText(painter, {x, y - 15, column - 2, 14}, Qt::AlignVCenter, amountText(amount, c),
                     m_theme.text);
            painter.setPen(Qt::NoPen);
            painter.setBrush(m_theme.track);
            painter.drawRoundedRect(QRectF(x, y + 2, column - 10, 6), 3, 3);
            if (std::isnan(share) || share <= 0) continue;
            painter.setBrush(m_theme.categoryColor(kEraLooks[era].category));
            painter.drawRoundedRect(
                QRectF(x, y + 2, std::max(3.0, (column - 10) * std::min(share, 1.0)), 6), 3, 3);
        }
    }
}

QAbstractItemModel* ErasView::table() {
    if (!hasAmounts()) {
        m_table->setContent({}, 0, {});
        return m_table;
    }
    const auto cell = [amounts = m_amounts](int row, int column) -> QVariant {
        if (column == 0) return QString::fromLatin1(kEraLooks[static_cast<std::size_t>(row)].name);
        const double amount =
            amounts[static_cast<std::size_t>(row)][static_cast<std::size_t>(column - 1)];
        return std::isnan(amount) ? QVariant(QString()) : QVariant(amount);
    };
    m_table->setContent(
        {tr("Era"), tr("Recall, everybody"), tr("Recall, niche people"), tr("Recall, newcomers"),
         tr("Recall, items under a day"), tr("Time a request, µs")},
        static_cast<int>(kEras), cell);
    return m_table;
}

}  // namespace cascadelab
