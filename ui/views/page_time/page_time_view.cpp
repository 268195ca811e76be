#include "ui/views/page_time/page_time_view.h"

#include <cmath>

#include "ui/plot/line_chart.h"
#include "ui/view/metric_lines.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr int kAllFrom = 300, kTwoFrom = 170;  // px of height that so many panels need

PagePanels panelsIn(int height) {
    if (height >= kAllFrom) return PagePanels::all;
    return height >= kTwoFrom ? PagePanels::latency_and_own : PagePanels::latency;
}

}  // namespace

PageTimeView::PageTimeView(Selection& selection, QWidget* parent)
    : FleetPicture(selection,
                   tr("Percentiles of the time of a page by virtual hour: modelled against the "
                      "budget, and our own stages as measured here."),
                   parent),
      m_chart(new LineChart(this)) {
    m_chart->setAccessibleName(tr("Percentiles of the time of a page"));
    m_chart->hide();
}

bool PageTimeView::take() {
    if (!FleetPicture::take()) return false;
    const auto* own = measured();
    m_hours = pageHours(
        points(), own ? std::span<const LatencyPoint>(*own) : std::span<const LatencyPoint>());
    return true;
}

QString PageTimeView::subtitle() const {
    if (!hasPicture()) return {};
    return tr("modelled p99 %1, budget %2, aim %3 · our own stages apart, measured here")
        .arg(milliText(points().back().p99_ms), milliText(fleet().budget_ms),
             milliText(fleet().p99_target_ms));
}

PictureView::Lack PageTimeView::lack() const {
    if (!FleetPicture::hasPicture()) return FleetPicture::lack();
    return {tr("The time of a page stands here after two virtual hours of the modelled fleet.")};
}

void PageTimeView::setTheme(const Theme& theme) {
    m_chart->setTheme(theme);
    FleetPicture::setTheme(theme);
}

void PageTimeView::place() {
    m_chart->setVisible(hasPicture());
    m_chart->setGeometry(rect());
    if (!hasPicture()) return;
    ChartContent content = pageTimeContent(m_hours, fleet(), panelsIn(height()), theme());
    content.marks = chartMarks(marks(), theme());
    m_chart->setContent(std::move(content));
}

PictureView::Twin PageTimeView::twin() const {
    const auto cell = [hours = m_hours](int row, int column) -> QVariant {
        const PageHour& hour = hours[static_cast<std::size_t>(row)];
        const double values[] = {hour.p50_ms,        hour.p95_ms,         hour.p99_ms,
                                 hour.timeout_share, hour.fallback_share, hour.stale_page_share,
                                 hour.own_p50_us,    hour.own_p99_us};
        if (column == 0) return momentText(hour.time_s);
        const double value = values[column - 1];
        return std::isfinite(value) ? QVariant(value) : QVariant(QString());
    };
    return {
        {tr("Hour until"), tr("p50, modelled, ms"), tr("p95, modelled, ms"),
         tr("p99, modelled, ms"), tr("Over time, modelled, share"), tr("Fallback, modelled, share"),
         tr("Stale page, modelled, share"), tr("p50 of our own stages, measured here, µs"),
         tr("p99 of our own stages, measured here, µs")},
        static_cast<int>(m_hours.size()),
        cell};
}

}  // namespace cascadelab
