#include "ui/views/funnel/funnel_view.h"

#include <algorithm>

#include "ui/plot/ticks.h"
#include "ui/view/selection.h"
#include "ui/widgets/segments.h"
#include "ui/words/items.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {

namespace {

constexpr int kSwitchHeight = 28;  // the row of switches above the picture
constexpr int kStacked = 24;       // px to the second row, where both do not fit in one

}  // namespace

FunnelView::FunnelView(Selection& selection, QWidget* parent)
    : PictureView(selection,
                  tr("Funnel of candidates from their sources to the page and the clicks."),
                  parent),
      m_span(new Segments({tr("One request"), tr("Last hour")}, this)),
      m_scale(new Segments({tr("Log"), tr("Linear")}, this)) {
    m_span->setToolTip(tr("Show the explained request, or the mean of the last hour"));
    m_scale->setToolTip(
        tr("Ribbons as wide as the logarithm of their count, or as the count itself"));
    const auto again = [this] {
        recount();
        renew();
    };
    connect(m_span, &Segments::currentChanged, this, again);
    connect(m_scale, &Segments::currentChanged, this, again);
}

bool FunnelView::showsHour() const {
    return m_span->current() == 1;
}

void FunnelView::showHour(bool hour) {
    m_span->setCurrent(hour ? 1 : 0);
}

void FunnelView::setLinear(bool linear) {
    m_scale->setCurrent(linear ? 1 : 0);
}

QString FunnelView::subtitle() const {
    if (!m_hasPicture) return {};
    const QString scale =
        m_scale->current() == 0 ? tr("widths are log counts") : tr("widths are counts");
    if (showsHour())
        return tr("last hour, %1 requests · means a request · %2")
            .arg(countText(m_counts.requests), scale);
    return tr("one request · %1, %2 · %3")
        .arg(personName(*snapshot(), m_trace->person), momentText(m_trace->now_s), scale);
}

QString FunnelView::tag() const {
    const bool other = m_trace && !showsHour() && m_trace->maker != FeedMaker::cascade;
    return other ? toText(feed_maker_label(m_trace->maker)) : QString();
}

bool FunnelView::take() {
    const auto trace = focus() ? focus()->trace : nullptr;
    const auto hour = snapshot() ? snapshot()->funnel : nullptr;
    const auto clicked = focus() ? focus()->clicked : std::vector<ItemId>{};
    const bool isSame = showsHour() ? hour == m_hour : trace == m_trace && clicked == m_clicked;
    m_trace = trace;
    m_hour = hour;
    m_clicked = clicked;
    if (isSame) return false;
    recount();
    return true;
}

void FunnelView::recount() {
    m_hasPicture = showsHour() ? m_hour && m_hour->requests > 0 : m_trace != nullptr;
    if (m_hasPicture) {
        m_counts = showsHour() ? countHour(*m_hour) : countRequest(*m_trace, m_clicked);
        m_sources = shownSources(m_counts);
        m_shares = showsHour() ? std::vector<LossShare>{} : lossShares(m_trace->oracle);
        m_hasPicture = !m_sources.empty();
    }
}

void FunnelView::place() {
    const QSize span = m_span->sizeHint(), scale = m_scale->sizeHint();
    const bool isStacked = span.width() + 8 + scale.width() > width();
    m_span->setGeometry({{0, 0}, span});
    m_scale->setGeometry(
        {isStacked ? QPoint(0, kStacked) : QPoint(width() - scale.width(), 0), scale});
    const int switches = kSwitchHeight + (isStacked ? kStacked : 0);
    m_layout = {};
    if (m_hasPicture)
        m_layout =
            layoutFunnel(m_counts, m_sources, m_shares,
                         m_scale->current() == 0 ? SankeyScale::logarithmic : SankeyScale::linear,
                         QRectF(rect()).adjusted(0, switches, -2, -2));
    m_hovered.reset();
}

// Sources first, then what happens at each step.
std::vector<QPointF> FunnelView::stops() const {
    std::vector<QPointF> places;
    if (!m_layout.sankey.nodes.empty())
        for (const QRectF& node : m_layout.sankey.nodes.front()) places.push_back(node.center());
    for (const QRectF& head : m_layout.heads) places.push_back(head.center());
    if (!m_layout.oracle.isEmpty()) places.push_back(m_layout.oracle.center());
    return places;
}

QString FunnelView::wordsAt(QPointF position) const {
    std::optional<std::size_t> series;
    return sentenceAt(position, series);
}

void FunnelView::pointAt(std::optional<QPointF> position) {
    std::optional<std::size_t> series;
    if (position && m_hasPicture) sentenceAt(*position, series);
    if (series == m_hovered) return;
    m_hovered = series;
    update();
}

const Candidate* FunnelView::selectedCandidate() const {
    if (!m_trace || !selection().item().valid() || showsHour()) return nullptr;
    const auto found = std::ranges::find_if(
        m_trace->candidates, [&](const Candidate& c) { return selection().isItem(c.item); });
    return found == m_trace->candidates.end() ? nullptr : &*found;
}

std::optional<std::size_t> FunnelView::emphasised() const {
    if (m_hovered) return m_hovered;
    const Candidate* candidate = selectedCandidate();
    if (!candidate) return std::nullopt;
    const auto found = std::ranges::find(m_sources, candidate->source);
    if (found == m_sources.end()) return std::nullopt;
    return static_cast<std::size_t>(found - m_sources.begin());
}

QString FunnelView::sentenceAt(QPointF position, std::optional<std::size_t>& series) const {
    const auto left = [&](FunnelStep step, std::size_t s) {
        return countText(m_counts.left[index_of(step)][index_of(m_sources[s])]);
    };
    const auto sourceSentence = [&](std::size_t s) {
        return tr("%1: %2 proposed, %3 after merging, %4 after the filters, %5 ranked, %6 on the "
                  "page, "
                  "%7 clicked")
            .arg(toText(source_label(m_sources[s])), left(FunnelStep::sources, s),
                 left(FunnelStep::merged, s), left(FunnelStep::filtered, s),
                 left(FunnelStep::ranked, s), left(FunnelStep::slate, s),
                 left(FunnelStep::clicks, s));
    };
    for (std::size_t s = 0; s < m_layout.sources.size(); ++s) {
        const bool onNode =
            m_layout.sankey.nodes.front()[s].adjusted(-2, -2, 2, 2).contains(position);
        if (!onNode && !m_layout.sources[s].place.contains(position)) continue;
        series = s;
        return sourceSentence(s);
    }
    for (const SankeyRibbon& ribbon : m_layout.sankey.ribbons) {
        if (!ribbon.outline().contains(position)) continue;
        series = ribbon.series;
        return sourceSentence(ribbon.series);
    }
    const auto stepSentenceOf = [&](FunnelStep step) {
        const QString reasons = reasonsSentence(m_counts, step);
        return reasons.isEmpty()
                   ? stepSentence(step)
                   : tr("%1\n%2 fell: %3")
                         .arg(stepSentence(step), countText(m_counts.lost(step)), reasons);
    };
    for (std::size_t step = 0; step < m_layout.heads.size(); ++step)
        if (m_layout.heads[step].contains(position) || m_layout.lost[step].place.contains(position))
            return stepSentenceOf(static_cast<FunnelStep>(step));
    for (std::size_t row = 0; row < m_layout.rows.size(); ++row)
        if (m_layout.rows[row].place.contains(position))
            return stepSentenceOf(m_layout.rowSteps[row]);
    if (m_layout.oracle.contains(position))
        return tr(
            "The oracle knows the person's true taste. Of the ten items it would have shown, this "
            "is "
            "where each was lost.");
    return {};
}

PictureView::Twin FunnelView::twin() const {
    QStringList headers = {tr("Source")};
    for (std::size_t step = 0; step < kFunnelStepCount; ++step)
        headers << stepHead(static_cast<FunnelStep>(step));
    const auto cell = [counts = m_counts, sources = m_sources](int row, int column) -> QVariant {
        const auto r = static_cast<std::size_t>(row);
        const bool isTotal = r == sources.size();
        if (column == 0) return isTotal ? tr("All") : toText(source_label(sources[r]));
        const auto step = static_cast<std::size_t>(column - 1);
        return isTotal ? counts.total(static_cast<FunnelStep>(step))
                       : counts.left[step][index_of(sources[r])];
    };
    return {headers, static_cast<int>(m_sources.size()) + 1, cell};
}

}  // namespace cascadelab
