#include "ui/views/code_health/code_health_view.h"

#include "ui/plot/line_chart.h"
#include "ui/views/code_health/code_health_content.h"

namespace cascadelab {
namespace {

constexpr int kThreePanels = 330;  // px; a lower view says dead codes beside the perplexity

}  // namespace

CodeHealthView::CodeHealthView(Selection& selection, QWidget* parent)
    : PictureView(selection, tr("Perplexity, dead codes and collisions over virtual time."),
                  parent),
      m_chart(new LineChart(this)) {
    m_chart->setAccessibleName(tr("Chart of code health"));
    m_chart->hide();
}

QString CodeHealthView::subtitle() const {
    if (!hasPicture()) return {};
    return tr("semantic IDs of all items · perplexity: as many codes, used evenly, say as much");
}

QString CodeHealthView::tag() const {
    return hasPicture() && m_status.version_skew ? tr("decoder of older codes") : QString();
}

void CodeHealthView::setTheme(const Theme& theme) {
    m_chart->setTheme(theme);
    PictureView::setTheme(theme);
}

bool CodeHealthView::take() {
    const auto points = snapshot() ? snapshot()->code_health : nullptr;
    const auto marks = snapshot() ? snapshot()->marks : std::vector<Mark>{};
    const auto status = snapshot() ? snapshot()->generative : GenerativeStatus{};
    const bool isSame = points == m_points && marks.size() == m_marks.size() &&
                        status.version_skew == m_status.version_skew;
    m_points = points;
    m_codes = snapshot() ? snapshot()->codes : nullptr;
    m_marks = marks;
    m_status = status;
    return !isSame;
}

void CodeHealthView::place() {
    m_chart->setGeometry(rect());
    m_chart->setVisible(hasPicture());
    if (!hasPicture()) return;
    const std::vector<int> alphabet = m_codes ? m_codes->alphabet : std::vector<int>{};
    m_chart->setContent(
        codeHealthContent(*m_points, alphabet, m_marks, height() >= kThreePanels, theme()));
}

PictureView::Lack CodeHealthView::lack() const {
    return {
        tr("How evenly codes are used, and how far they tell items apart, stands here once "
           "items have codes: raise Generative weight under Retrieval, or set Feed under "
           "Generative to generative.")};
}

PictureView::Twin CodeHealthView::twin() const {
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
    return {headers, static_cast<int>(m_points->size()), cell};
}

}  // namespace cascadelab
