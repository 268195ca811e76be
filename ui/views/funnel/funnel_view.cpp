#include "ui/views/funnel/funnel_view.h"

#include <QAction>
#include <QMouseEvent>
#include <QToolTip>
#include <algorithm>

#include "ui/plot/ticks.h"
#include "ui/view/lazy_table.h"
#include "ui/view/picture_file.h"
#include "ui/view/selection.h"
#include "ui/widgets/segments.h"
#include "ui/words/numbers.h"

namespace cascadelab {

namespace {

constexpr int kSwitchHeight = 28;  // the row of switches above the picture
constexpr int kStacked = 24;       // px to the second row, where both do not fit in one

}  // namespace

CascadeView::CascadeView(Selection& selection, QWidget* parent)
    : View(parent),
      m_selection(selection),
      m_span(new Segments({tr("One request"), tr("Last hour")}, this)),
      m_scale(new Segments({tr("Log"), tr("Linear")}, this)),
      m_saveAction(makeSavePictureAction(*this, QStringLiteral("cascade"))),
      m_table(new LazyTable(this)) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(title());
    setAccessibleDescription(
        tr("Funnel of candidates from their sources to the page and the clicks."));
    m_span->setToolTip(tr("Show the explained request, or the mean of the last hour"));
    m_scale->setToolTip(
        tr("Ribbons as wide as the logarithm of their count, or as the count itself"));
    const auto again = [this] {
        recount();
        emit headingChanged();
    };
    connect(m_span, &Segments::currentChanged, this, again);
    connect(m_scale, &Segments::currentChanged, this, again);
    connect(&m_selection, &Selection::changed, this, [this] { update(); });
}

bool CascadeView::showsHour() const {
    return m_span->current() == 1;
}

void CascadeView::showHour(bool hour) {
    m_span->setCurrent(hour ? 1 : 0);
}

void CascadeView::setLinear(bool linear) {
    m_scale->setCurrent(linear ? 1 : 0);
}

QString CascadeView::subtitle() const {
    if (!m_hasData) return {};
    const QString scale =
        m_scale->current() == 0 ? tr("widths are log counts") : tr("widths are counts");
    if (showsHour())
        return tr("last hour, %1 requests · means a request · %2")
            .arg(countText(m_counts.requests), scale);
    QString who = tr("a person");
    if (m_snapshot->cards && m_trace->person.index() < m_snapshot->cards->people.size())
        who = toText(m_snapshot->cards->people[m_trace->person.index()].name);
    return tr("one request · %1, %2 · %3").arg(who, timeText(m_trace->now_s), scale);
}

QString CascadeView::tag() const {
    const bool other = m_trace && !showsHour() && m_trace->maker != FeedMaker::cascade;
    return other ? toText(feed_maker_label(m_trace->maker)) : QString();
}

void CascadeView::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void CascadeView::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    m_snapshot = std::move(snapshot);
    const auto trace = focus() ? focus()->trace : nullptr;
    const auto hour = m_snapshot ? m_snapshot->funnel : nullptr;
    const auto clicked = focus() ? focus()->clicked : std::vector<ItemId>{};
    const bool same = showsHour() ? hour == m_hour : trace == m_trace && clicked == m_clicked;
    m_trace = trace;
    m_hour = hour;
    m_clicked = clicked;
    if (same) return;
    recount();
    emit headingChanged();
}

void CascadeView::recount() {
    m_hasData = showsHour() ? m_hour && m_hour->requests > 0 : m_trace != nullptr;
    if (m_hasData) {
        m_counts = showsHour() ? countHour(*m_hour) : countRequest(*m_trace, m_clicked);
        m_sources = shownSources(m_counts);
        m_shares = showsHour() ? std::vector<LossShare>{} : lossShares(m_trace->oracle);
        m_hasData = !m_sources.empty();
    }
    relayout();
}

void CascadeView::relayout() {
    const QSize span = m_span->sizeHint(), scale = m_scale->sizeHint();
    const bool isStacked = span.width() + 8 + scale.width() > width();
    m_span->setGeometry({{0, 0}, span});
    m_scale->setGeometry(
        {isStacked ? QPoint(0, kStacked) : QPoint(width() - scale.width(), 0), scale});
    const int switches = kSwitchHeight + (isStacked ? kStacked : 0);
    if (m_hasData)
        m_layout =
            layoutFunnel(m_counts, m_sources, m_shares,
                         m_scale->current() == 0 ? SankeyScale::logarithmic : SankeyScale::linear,
                         QRectF(rect()).adjusted(0, switches, -2, -2));
    m_hovered.reset();
    update();
}

void CascadeView::resizeEvent(QResizeEvent*) {
    relayout();
}

const Candidate* CascadeView::selectedCandidate() const {
    if (!m_trace || !m_selection.item().valid() || showsHour()) return nullptr;
    const auto found = std::find_if(m_trace->candidates.begin(), m_trace->candidates.end(),
                                    [&](const Candidate& c) { return m_selection.isItem(c.item); });
    return found == m_trace->candidates.end() ? nullptr : &*found;
}

std::optional<std::size_t> CascadeView::emphasised() const {
    if (m_hovered) return m_hovered;
    const Candidate* candidate = selectedCandidate();
    if (!candidate) return std::nullopt;
    const auto found = std::find(m_sources.begin(), m_sources.end(), candidate->source);
    if (found == m_sources.end()) return std::nullopt;
    return static_cast<std::size_t>(found - m_sources.begin());
}

QString CascadeView::sentenceAt(QPointF position, std::optional<std::size_t>& series) const {
    const auto left = [&](FunnelStep step, std::size_t s) {
        return countText(
            m_counts.left[static_cast<std::size_t>(step)][static_cast<std::size_t>(m_sources[s])]);
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

void CascadeView::mouseMoveEvent(QMouseEvent* event) {
    if (!m_hasData) return;
    std::optional<std::size_t> series;
    const QString sentence = sentenceAt(event->position(), series);
    if (sentence.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event->globalPosition().toPoint(), sentence, this);
    if (series == m_hovered) return;
    m_hovered = series;
    update();
}

void CascadeView::leaveEvent(QEvent*) {
    if (!m_hovered) return;
    m_hovered.reset();
    update();
}

QAbstractItemModel* CascadeView::table() {
    if (!m_hasData) return m_table;
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
    m_table->setContent(headers, static_cast<int>(m_sources.size()) + 1, cell);
    return m_table;
}

}  // namespace cascadelab
