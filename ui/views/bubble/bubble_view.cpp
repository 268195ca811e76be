#include "ui/views/bubble/bubble_view.h"

#include <QPainter>
#include <algorithm>

#include "ui/plot/ink.h"
#include "ui/plot/ticks.h"
#include "ui/view/selection.h"
#include "ui/words/items.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr double kLegendDot = 4;
constexpr double kLegendLine = 16;  // px

QString stepText(BubbleStep step) {
    switch (step) {
        case BubbleStep::exists:
            return BubbleView::tr("no source proposed it");
        case BubbleStep::retrieved:
            return BubbleView::tr("retrieved, not shown");
        case BubbleStep::shown:
            return BubbleView::tr("shown");
    }
    return {};
}

std::array<QString, 4> valuesOf(const BubbleCounts& counts) {
    return {countText(double(counts.exists)), countText(double(counts.retrieved)),
            countText(double(counts.shown)),
            BubbleView::tr("%1 of %2").arg(counts.loved_shown).arg(counts.loved)};
}

}  // namespace

BubbleView::BubbleView(Selection& selection, QWidget* parent)
    : PictureView(
          selection,
          tr("What exists for one person, what was retrieved and shown, and what they would value "
             "most."),
          parent) {}

QString BubbleView::subtitle() const {
    if (!m_content) return {};
    const BubbleCounts& all = m_content->all;
    return tr("%1, %2: of the %3 best, %4 retrieved and %5 shown; %6 items by true value")
        .arg(personName(*snapshot(), m_person->person), momentText(m_person->trace->now_s))
        .arg(all.loved)
        .arg(all.loved_retrieved)
        .arg(all.loved_shown)
        .arg(countText(double(all.exists)));
}

QString BubbleView::tag() const {
    return m_content && m_person->trace->preview ? tr("preview, nothing served") : QString();
}

bool BubbleView::take() {
    const auto person = snapshot() && snapshot()->cards ? snapshot()->focus : nullptr;
    const bool isSame =
        person && m_person && person->trace == m_person->trace && person->worth == m_person->worth;
    m_person = person;
    if (isSame && m_content) return false;
    m_cards = snapshot() ? snapshot()->cards : nullptr;
    m_content = person ? bubbleContent(*person, *m_cards) : std::nullopt;
    return true;
}

void BubbleView::place() {
    m_layout = m_content ? layoutBubble(*m_content, *m_cards, QRectF(rect())) : BubbleLayout{};
}

// The best first, then the rows of the table.
std::vector<QPointF> BubbleView::stops() const {
    std::vector<BubbleDot> loved;
    for (const BubbleDot& dot : m_layout.dots)
        if (dot.item.loved) loved.push_back(dot);
    std::ranges::sort(loved, {}, [](const BubbleDot& dot) { return dot.item.rank; });
    std::vector<QPointF> places;
    for (const BubbleDot& dot : loved) places.push_back(dot.at);
    for (const BubbleRow& row : m_layout.rows) places.push_back(row.line.center());
    return places;
}

PictureView::Lack BubbleView::lack() const {
    return {
        tr("The bubble of one person stands here once they made a request. Press "
           "play, or choose a person.")};
}

void BubbleView::paint(QPainter& painter) const {
    paintGround(painter);
    for (const BubbleDot& dot : m_layout.dots) paintDot(painter, dot);
    paintChosen(painter);
    paintLegend(painter);
    paintTable(painter);
}

// Rings of rank, sectors of topics and their names.
void BubbleView::paintGround(QPainter& painter) const {
    painter.setPen(QPen(theme().grid, 1));
    painter.setBrush(Qt::NoBrush);
    for (const QPointF& end : m_layout.spokeEnd) painter.drawLine(m_layout.centre, end);
    for (const BubbleRing& ring : m_layout.rings)
        painter.drawEllipse(m_layout.centre, ring.radius, ring.radius);
    painter.drawEllipse(m_layout.centre, m_layout.radius, m_layout.radius);
    painter.setFont(cascadelab::font(Type::tiny, true));
    for (std::size_t t = 0; t < m_layout.topic.size(); ++t) {
        const bool isLeft = m_layout.topic[t].center().x() < m_layout.centre.x();
        lineText(painter, m_layout.topic[t],
                 Qt::AlignVCenter | (isLeft ? Qt::AlignRight : Qt::AlignLeft),
                 toText(m_cards->topics[t]), theme().categoryText(t));
    }
}

// Grey exists, topic's colour was retrieved, filled large was shown; a ring is what they would
// love.
void BubbleView::paintDot(QPainter& painter, const BubbleDot& dot) const {
    const std::size_t topic = m_cards->items[dot.item.item.index()].topic;
    const bool isShown = dot.item.step == BubbleStep::shown;
    painter.setPen(Qt::NoPen);
    if (dot.item.step == BubbleStep::exists) {
        painter.setBrush(mixed(theme().panel, theme().dim, 0.55));
        painter.drawEllipse(dot.at, 1.0, 1.0);
    } else {
        painter.setBrush(isShown ? theme().text
                                 : mixed(theme().panel, theme().categoryColor(topic), 0.85));
        const double radius = isShown ? 4 : 2.2;
        painter.drawEllipse(dot.at, radius, radius);
    }
    if (!dot.item.loved) return;
    painter.setPen(QPen(isShown ? theme().good : theme().bad, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(dot.at, 6.5, 6.5);
}

void BubbleView::paintChosen(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    for (const BubbleRing& ring : m_layout.rings)
        haloText(painter, ring.label, Qt::AlignVCenter | Qt::AlignLeft,
                 tr("best %1").arg(countText(double(ring.rank))), theme().dim, theme().panel);
    for (const BubbleDot& dot : m_layout.dots) {
        if (!selection().isItem(dot.item.item)) continue;
        painter.setPen(QPen(theme().accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(dot.at, 10, 10);
    }
}

// In as many lines as there is room for, the most needed first.
void BubbleView::paintLegend(QPainter& painter) const {
    struct Entry {
        QString text;
        QColor fill, ring;
        double radius;
    };
    const std::array entries = {
        Entry{tr("would love, not shown"), {}, theme().bad, 4.5},
        Entry{tr("would love, shown"), theme().text, theme().good, 4.5},
        Entry{tr("shown"), theme().text, {}, kLegendDot},
        Entry{tr("retrieved"), theme().categoryColor(0), {}, 2.6},
        Entry{tr("exists"), mixed(theme().panel, theme().dim, 0.55), {}, 1.3}};
    const QFont tiny = cascadelab::font(Type::tiny);
    painter.setFont(tiny);
    QRectF line = m_layout.legend;
    line.setHeight(kLegendLine);
    double x = line.left();
    for (const Entry& entry : entries) {
        const double width = textWidth(tiny, entry.text);
        if (x > line.left() && x + 16 + width > line.right()) {
            line.translate(0, kLegendLine);
            x = line.left();
        }
        if (line.bottom() > m_layout.legend.bottom() + 1e-6) return;
        const QPointF at(x + 6, line.center().y());
        painter.setPen(entry.ring.isValid() ? QPen(entry.ring, 2) : QPen(Qt::NoPen));
        painter.setBrush(entry.fill.isValid() ? QBrush(entry.fill) : QBrush(Qt::NoBrush));
        painter.drawEllipse(at, entry.radius, entry.radius);
        lineText(painter, {x + 15, line.top(), width + 2, line.height()}, Qt::AlignVCenter,
                 entry.text, theme().dim);
        x += 15 + width + 14;
    }
}

void BubbleView::paintTable(QPainter& painter) const {
    if (m_layout.rows.empty()) return;
    painter.setFont(cascadelab::font(Type::tiny));
    const std::array headers = {tr("exist"), tr("retrieved"), tr("shown"), tr("best shown")};
    for (std::size_t c = 0; c < headers.size(); ++c)
        lineText(painter, m_layout.header[c], Qt::AlignVCenter | Qt::AlignRight,
                 fittingText(painter.font(), m_layout.header[c].width() - 4,
                             {headers[c], headers[c].section(QLatin1Char(' '), 0, 0)}),
                 theme().dim);
    for (const BubbleRow& row : m_layout.rows) {
        const BubbleCounts& counts = row.topic ? m_content->topic[*row.topic] : m_content->all;
        painter.setFont(cascadelab::font(Type::small, !row.topic));
        lineText(painter, row.name, Qt::AlignVCenter,
                 row.topic ? toText(m_cards->topics[*row.topic]) : tr("all topics"),
                 row.topic ? theme().categoryText(*row.topic) : theme().text);
        const auto values = valuesOf(counts);
        for (std::size_t c = 0; c < values.size(); ++c) {
            const bool isNothing = c == 3 && counts.loved == 0;
            lineText(painter, row.value[c], Qt::AlignVCenter | Qt::AlignRight,
                     isNothing ? QStringLiteral("–") : values[c],
                     isNothing ? theme().dim : theme().text);
        }
    }
}

QString BubbleView::wordsAt(QPointF position) const {
    if (const auto dot = bubbleAt(m_layout, position)) {
        return tr("%1: number %2 of %3 for this person by true value; %4%5.")
            .arg(itemTitle(*snapshot(), dot->item.item), countText(double(dot->item.rank + 1)),
                 countText(double(m_content->all.exists)),
                 dot->item.loved ? tr("among the best that may be shown, ") : QString(),
                 stepText(dot->item.step));
    }
    for (const BubbleRow& row : m_layout.rows) {
        if (!row.line.contains(position)) continue;
        const BubbleCounts& counts = row.topic ? m_content->topic[*row.topic] : m_content->all;
        return tr("%1 items exist, %2 were retrieved, %3 shown. Of the best ten that may be shown "
                  "%4 are here: %5 retrieved, %6 shown.")
            .arg(countText(double(counts.exists)), countText(double(counts.retrieved)),
                 countText(double(counts.shown)))
            .arg(counts.loved)
            .arg(counts.loved_retrieved)
            .arg(counts.loved_shown);
    }
    const QPointF away = position - m_layout.centre;
    if (!m_content || std::hypot(away.x(), away.y()) > m_layout.radius) return {};
    return tr(
        "Every item of the catalogue, the more valued the nearer to the middle, by its rank "
        "for this person. Direction is its topic.");
}

void BubbleView::chooseAt(QPointF position) {
    const auto dot = bubbleAt(m_layout, position);
    if (!dot) return;
    if (dot->item.step == BubbleStep::exists) return selection().selectItem(dot->item.item);
    selection().selectCandidate(m_person->person, dot->item.item);
}

PictureView::Twin BubbleView::twin() const {
    std::vector<BubbleItem> order = m_content->items;
    std::ranges::sort(order, {}, &BubbleItem::rank);
    const auto cell = [order, cards = m_cards, worth = m_person->worth](int row,
                                                                        int column) -> QVariant {
        const BubbleItem& item = order[static_cast<std::size_t>(row)];
        const ItemView& card = cards->items[item.item.index()];
        switch (column) {
            case 0:
                return static_cast<qulonglong>(item.rank + 1);
            case 1:
                return toText(card.title);
            case 2:
                return toText(cards->topics[card.topic]);
            case 3:
                return (*worth)[item.item.index()];
            case 4:
                return stepText(item.step);
            default:
                return item.loved ? tr("yes") : tr("no");
        }
    };
    return {{tr("Rank"), tr("Item"), tr("Topic"), tr("Value, utility"), tr("Came to"),
             tr("Among the best")},
            static_cast<int>(order.size()),
            cell};
}

}  // namespace cascadelab
