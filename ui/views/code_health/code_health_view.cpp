#include "ui/views/code_health/code_health_view.h"

#include <QAction>
#include <QPainter>

#include "ui/plot/ink.h"
#include "ui/plot/line_chart.h"
#include "ui/view/lazy_table.h"
#include "ui/view/picture_file.h"
#include "ui/views/code_health/code_health_content.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

constexpr int kThreePanels = 330;  // px; a lower view says dead codes beside the perplexity

}  // namespace

CodeHealthView::CodeHealthView(Selection&, QWidget* parent)
    : View(parent),
      m_chart(new LineChart(this)),
      m_saveAction(makeSavePictureAction(*this, QStringLiteral("code-health"))),
      m_table(new LazyTable(this)) {
    setAccessibleName(title());
    setAccessibleDescription(tr("Perplexity, dead codes and collisions over virtual time."));
    m_chart->setAccessibleName(tr("Chart of code health"));
    m_chart->hide();
}

QString CodeHealthView::subtitle() const {
    if (!hasData()) return {};
    return tr("semantic IDs of all items · perplexity: as many codes, used evenly, say as much");
}

QString CodeHealthView::tag() const {
    return hasData() && m_status.version_skew ? tr("decoder of older codes") : QString();
}

void CodeHealthView::setTheme(const Theme& theme) {
    m_theme = theme;
    m_chart->setTheme(theme);
    refill();
}

void CodeHealthView::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    const auto before = m_points;
    const std::size_t marks = m_marks.size();
    m_points = snapshot ? snapshot->code_health : nullptr;
    m_codes = snapshot ? snapshot->codes : nullptr;
    m_marks = snapshot ? snapshot->marks : std::vector<Mark>{};
    m_status = snapshot ? snapshot->generative : GenerativeStatus{};
    if (before != m_points || marks != m_marks.size()) refill();
    emit headingChanged();
}

void CodeHealthView::refill() {
    m_chart->setVisible(hasData());
    if (hasData()) {
        std::vector<int> alphabet;
        if (m_codes) alphabet = m_codes->alphabet;
        m_chart->setContent(
            codeHealthContent(*m_points, alphabet, m_marks, height() >= kThreePanels, m_theme));
    }
    update();
}

void CodeHealthView::resizeEvent(QResizeEvent*) {
    m_chart->setGeometry(rect());
    refill();
}

void CodeHealthView::paintEvent(QPaintEvent*) {
    if (hasData()) return;
    QPainter painter(this);
    emptyText(painter, rect(),
              tr("How evenly codes are used, and how far they tell items apart, stands here once "
                 "items have codes: raise Generative weight under Retrieval, or set Feed under "
                 "Generative to generative."),
              m_theme);
}

QAbstractItemModel* CodeHealthView::table() {
    if (!hasData()) {
        m_table->setContent({}, 0, {});
        return m_table;
    }
    const int levels = static_cast<int>(m_points->back().levels.size());
    QStringList headers = {tr("Time, h"), tr("Items with own codes, share"),
                           tr("Collision rate, share"), tr("Biggest group, items"),
                           tr("Corrupted, share of items")};
    const int fixed = static_cast<int>(headers.size());
    for (int level = 1; level <= levels; ++level)
        headers << tr("Level %1: perplexity, codes").arg(level)
                << tr("Level %1: dead codes").arg(level);
    const auto cell = [points = m_points, fixed](int row, int column) -> QVariant {
        const CodeHealthPoint& point = (*points)[static_cast<std::size_t>(row)];
        switch (column) {
            case 0:
                return static_cast<double>(point.time_s) / double(kHour);
            case 1:
                return static_cast<double>(point.unique_share);
            case 2:
                return static_cast<double>(point.collision_rate);
            case 3:
                return point.biggest_group;
            case 4:
                return static_cast<double>(point.changed_share);
            default:
                break;
        }
        const auto level = static_cast<std::size_t>(column - fixed) / 2;
        if (level >= point.levels.size()) return QString();
        if ((column - fixed) % 2 == 0) return static_cast<double>(point.levels[level].perplexity);
        return point.levels[level].dead_codes;
    };
    m_table->setContent(headers, static_cast<int>(m_points->size()), cell);
    return m_table;
}

}  // namespace cascadelab
