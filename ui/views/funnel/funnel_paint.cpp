// How the funnel is painted from its layout.
#include <QPainter>
#include <QPainterPath>

#include "ui/plot/ink.h"
#include "ui/view/selection.h"
#include "ui/views/funnel/funnel_view.h"
#include "ui/widgets/segments.h"
#include "ui/words/numbers.h"

namespace cascadelab {

namespace {

constexpr int kNarrow = 380;    // screen units; less, and the heads get short
constexpr double kRest = 0.25;  // opacity of what is not meant

QColor faded(QColor colour, double opacity) {
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

// Words on a filled bar: the theme's lightest or darkest, whichever can be read.
QColor inkOn(const QColor& fill, const Theme& theme) {
    return contrast(fill, theme.text) > contrast(fill, theme.window) ? theme.text : theme.window;
}

// A step's name where there is no room for the longer one.
QString briefHead(FunnelStep step) {
    if (step == FunnelStep::merged) return FunnelView::tr("Merge");
    if (step == FunnelStep::filtered) return FunnelView::tr("Filter");
    if (step == FunnelStep::ranked) return FunnelView::tr("Rank");
    return stepHead(step);
}

QString lossWords(const LossShare& share) {
    return lossLabel(share.stage) + QStringLiteral(" %1").arg(share.count);
}

bool fitsBar(const LossShare& share, QRectF bar) {
    return textWidth(font(Type::tiny, true), lossWords(share)) <= bar.width() - 10;
}

}  // namespace

PictureView::Lack FunnelView::lack() const {
    if (showsHour())
        return {tr("The first hour with a request fills this. Press play to get there.")};
    return {
        tr("The first request of the person in focus fills this. Press play, or choose a person "
           "in the map.")};
}

void FunnelView::paint(QPainter& painter) const {
    paintRibbons(painter);
    paintPath(painter);
    paintHeads(painter);
    paintLost(painter);
    if (!m_shares.empty()) paintOracle(painter);
}

void FunnelView::paintRibbons(QPainter& painter) const {
    const auto only = emphasised();
    const auto strength = [&](std::size_t series) {
        return !only || *only == series ? 1.0 : kRest;
    };
    painter.setPen(Qt::NoPen);
    for (const SankeyRibbon& ribbon : m_layout.sankey.ribbons) {
        const QColor colour = theme().categoryColor(sourceCategory(m_sources[ribbon.series]));
        painter.setBrush(faded(colour, 0.5 * strength(ribbon.series)));
        painter.drawPath(ribbon.outline());
    }
    for (const auto& column : m_layout.sankey.nodes) {
        for (std::size_t s = 0; s < column.size(); ++s) {
            if (column[s].height() <= 0) continue;
            // A hair at least, so that a single candidate is not lost.
            QRectF node = column[s];
            node.setHeight(std::max(0.75, node.height()));
            const QColor colour = theme().categoryColor(sourceCategory(m_sources[s]));
            painter.setBrush(faded(colour, strength(s)));
            painter.drawRoundedRect(node, 1, 1);
        }
    }
    for (std::size_t s = 0; s < m_layout.sources.size(); ++s) {
        const PlacedWords& words = m_layout.sources[s];
        if (words.place.isEmpty()) continue;
        painter.setFont(cascadelab::font(Type::tiny));
        const QColor colour = mixed(theme().panel, theme().text, only && *only != s ? 0.5 : 1.0);
        const qsizetype split = words.text.lastIndexOf(QStringLiteral("  "));
        lineText(painter, words.place, Qt::AlignLeft | Qt::AlignVCenter, words.text.left(split),
                 colour);
        lineText(painter, words.place, Qt::AlignRight | Qt::AlignVCenter, words.text.mid(split + 2),
                 theme().dim);
    }
}

void FunnelView::paintPath(QPainter& painter) const {
    const Candidate* candidate = selectedCandidate();
    const auto series = emphasised();
    if (!candidate || !series || m_sources[*series] != candidate->source) return;
    const auto last = static_cast<std::size_t>(reachedStep(*candidate, m_clicked));
    QPainterPath path;
    QPointF end;
    for (std::size_t step = 0; step <= last; ++step) {
        // A slot's item went past the ranking to the page.
        const bool bypassed = static_cast<FunnelStep>(step) == FunnelStep::ranked;
        if (bypassed && enters_on_page(*candidate)) continue;
        const QPointF at = m_layout.sankey.nodes[step][*series].center();
        if (step == 0) {
            path.moveTo(at);
        } else {
            const double middle = (end.x() + at.x()) / 2;
            path.cubicTo({middle, end.y()}, {middle, at.y()}, at);
        }
        end = at;
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().text, 1.5));
    painter.drawPath(path);
    const bool isShown = candidate->fate == Fate::shown;
    painter.setPen(QPen(theme().panel, 1.5));
    painter.setBrush(isShown ? theme().good : theme().bad);
    painter.drawEllipse(end, 5, 5);
    painter.setFont(cascadelab::font(Type::small, true));
    const QString words = toText(fate_label(candidate->fate));
    const double width = textWidth(painter.font(), words);
    const double x = std::min(end.x() + 9, this->width() - width - 2.0);
    haloText(painter, QRectF(x, end.y() - 20, width, 14), Qt::AlignLeft, words,
             isShown ? theme().goodText : theme().badText, theme().panel);
}

void FunnelView::paintHeads(QPainter& painter) const {
    for (std::size_t step = 0; step < m_layout.heads.size(); ++step) {
        const QRectF head = m_layout.heads[step];
        const bool isLast = step + 1 == m_layout.heads.size();
        const Qt::Alignment side = step == 0 ? Qt::AlignLeft
                                   : isLast  ? Qt::AlignRight
                                             : Qt::AlignHCenter;
        painter.setFont(cascadelab::font(width() < kNarrow ? Type::tiny : Type::small));
        lineText(painter, QRectF(head.left(), head.top(), head.width(), 15),
                 side | Qt::AlignVCenter,
                 width() < kNarrow ? briefHead(static_cast<FunnelStep>(step))
                                   : stepHead(static_cast<FunnelStep>(step)),
                 theme().dim);
        painter.setFont(cascadelab::font(Type::heading, true));
        lineText(painter, QRectF(head.left(), head.top() + 15, head.width(), 18),
                 side | Qt::AlignVCenter, countText(m_counts.total(static_cast<FunnelStep>(step))),
                 theme().text);
    }
}

void FunnelView::paintLost(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::small, true));
    for (const PlacedWords& lost : m_layout.lost)
        if (!lost.place.isEmpty())
            lineText(painter, lost.place, Qt::AlignHCenter | Qt::AlignVCenter, lost.text,
                     theme().badText);
    painter.setFont(cascadelab::font(Type::tiny));
    for (const auto& block : m_layout.reasons)
        for (const PlacedWords& line : block)
            haloText(painter, line.place, Qt::AlignHCenter, line.text, theme().dim, theme().panel);
    for (std::size_t i = 0; i < m_layout.rows.size(); ++i) {
        const PlacedWords& row = m_layout.rows[i];
        const QString lost = m_layout.lost[index_of(m_layout.rowSteps[i])].text;
        constexpr double kNumber = 40;
        painter.setFont(cascadelab::font(Type::tiny, true));
        lineText(painter,
                 QRectF(row.place.left(), row.place.top(), kNumber - 8, row.place.height()),
                 Qt::AlignRight | Qt::AlignVCenter, lost, theme().badText);
        painter.setFont(cascadelab::font(Type::tiny));
        lineText(painter, row.place.adjusted(kNumber, 0, 0, 0), Qt::AlignVCenter, row.text,
                 theme().dim);
    }
}

void FunnelView::paintOracle(QPainter& painter) const {
    int total = 0, kept = 0;
    QStringList unnamed;  // segments too short for their word
    for (std::size_t i = 0; i < m_shares.size(); ++i) {
        total += m_shares[i].count;
        if (m_shares[i].stage == LossStage::kept) kept = m_shares[i].count;
        if (!fitsBar(m_shares[i], m_layout.losses[i])) unnamed << lossWords(m_shares[i]);
    }
    painter.setFont(cascadelab::font(Type::body));
    const QRectF line(m_layout.oracle.left(), m_layout.oracle.top() + 4, m_layout.oracle.width(),
                      18);
    const QString words =
        tr("Lost on the way: %1 of the oracle's best %2").arg(total - kept).arg(total);
    const double taken = textWidth(painter.font(), words) + 10;
    lineText(painter, line, Qt::AlignVCenter, words, theme().text);
    painter.setFont(cascadelab::font(Type::tiny));
    const QString rest = unnamed.join(QStringLiteral(" · "));
    if (textWidth(painter.font(), rest) <= line.width() - taken)
        lineText(painter, line, Qt::AlignRight | Qt::AlignVCenter, rest, theme().dim);
    for (std::size_t i = 0; i < m_shares.size(); ++i) {
        const QColor fill = lossColour(m_shares[i].stage, theme());
        const QRectF bar = m_layout.losses[i];
        painter.setPen(Qt::NoPen);
        painter.setBrush(fill);
        painter.drawRoundedRect(bar, 2, 2);
        painter.setFont(cascadelab::font(Type::tiny, true));
        const QString name =
            fitsBar(m_shares[i], bar) ? lossWords(m_shares[i]) : QString::number(m_shares[i].count);
        lineText(painter, bar.adjusted(6, 0, -4, 0), Qt::AlignVCenter, name, inkOn(fill, theme()));
    }
}

}  // namespace cascadelab
