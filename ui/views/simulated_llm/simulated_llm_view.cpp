#include "ui/views/simulated_llm/simulated_llm_view.h"

#include <QPainter>

#include "engine/base/text.h"
#include "engine/sim/snapshot/fleet_section.h"
#include "ui/plot/ink.h"
#include "ui/view/selection.h"
#include "ui/words/items.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {

SimulatedLlmView::SimulatedLlmView(Selection& selection, QWidget* parent)
    : PictureView(selection,
                  tr("The ranker's order of the best candidates beside the order of the simulated "
                     "language model, with what it read of each."),
                  parent) {}

QString SimulatedLlmView::subtitle() const {
    if (!hasPicture()) return {};
    const LanguagePicture& picture = m_trace->language;
    return tr("one request · %1 · %2 items as text, %3 tokens read, %4 written")
        .arg(personName(*snapshot(), m_trace->person),
             countText(static_cast<double>(picture.before.size())),
             countText(static_cast<double>(picture.prompt_tokens)),
             countText(static_cast<double>(picture.answer_tokens)));
}

bool SimulatedLlmView::take() {
    const auto trace = snapshot() && snapshot()->focus ? snapshot()->focus->trace : nullptr;
    if (trace == m_trace) return false;
    m_trace = trace;
    m_lines =
        hasPicture() ? toText(m_trace->language.text).split(QLatin1Char('\n')) : QStringList();
    return true;
}

PictureView::Lack SimulatedLlmView::lack() const {
    return {
        tr("What a simulated language model reads and answers stands here while one re-ranks: "
           "choose fused or instead for \"Simulated LLM re-ranks\" under Re-ranking.")};
}

void SimulatedLlmView::place() {
    m_layout = hasPicture()
                   ? layoutSimulatedLlm(m_trace->language, QRectF(rect()).adjusted(0, 0, -2, -2))
                   : SimulatedLlmLayout{};
}

QString SimulatedLlmView::readOf(std::size_t before) const {
    const QString number = QString::number(before + 1) + QStringLiteral(". ");
    for (const QString& line : m_lines)
        if (line.startsWith(number)) return line.mid(number.size());
    return {};
}

QString SimulatedLlmView::footText() const {
    const LanguagePicture& picture = m_trace->language;
    QStringList parts;
    parts << (picture.calls == 1 ? tr("1 call") : tr("%1 calls").arg(picture.calls));
    parts << tr("put right: %1 left out, %2 doubled, %3 invented")
                 .arg(picture.omitted)
                 .arg(picture.doubled)
                 .arg(picture.invented);
    if (snapshot()->params) {
        const double tokens =
            static_cast<double>(picture.prompt_tokens) + static_cast<double>(picture.answer_tokens);
        const double cents = 100 * tokens * 1e-6 * snapshot()->params->cost.token_million_usd;
        parts << tr("%1 cents by the token").arg(toText(fixed_text(cents, 3)));
    }
    if (snapshot()->fleet) {
        for (const StationSection& station : snapshot()->fleet->stations)
            if (station.station == FleetStation::language_model)
                parts << tr("%1 of a GPU, modelled").arg(microsText(1000 * station.service_ms));
    }
    return parts.join(QStringLiteral(" · "));
}

QString SimulatedLlmView::wordsAt(QPointF position) const {
    const auto at = reorderedItemAt(m_layout, position);
    if (!at) return {};
    const ReorderedItem& item = m_layout.items[*at];
    return tr("%1: place %2 by the ranker, %3 after the simulated model.\nIt read: %4")
        .arg(itemTitle(*snapshot(), item.item))
        .arg(item.before + 1)
        .arg(item.after + 1)
        .arg(readOf(item.before));
}

std::vector<QPointF> SimulatedLlmView::stops() const {
    std::vector<QPointF> places;
    for (const ReorderedItem& item : m_layout.items)
        if (!item.right.isNull()) places.push_back(item.right.center());
    return places;
}

void SimulatedLlmView::chooseAt(QPointF position) {
    if (const auto at = reorderedItemAt(m_layout, position))
        selection().selectItem(m_layout.items[*at].item);
}

void SimulatedLlmView::paint(QPainter& painter) const {
    if (m_layout.items.empty()) return;
    painter.setFont(cascadelab::font(Type::small, true));
    lineText(painter, m_layout.leftHead, Qt::AlignVCenter, tr("the ranker"), theme().text);
    lineText(painter, m_layout.rightHead, Qt::AlignVCenter,
             fittingText(painter.font(), m_layout.rightHead.width(),
                         {tr("with the simulated LLM"), tr("simulated LLM")}),
             theme().text);
    painter.setFont(cascadelab::font(Type::small));
    const auto title = [&](const QRectF& place, std::size_t rank, const ReorderedItem& item) {
        if (place.isNull()) return;
        const QString number = QString::number(rank + 1);
        lineText(painter, {place.left(), place.top(), 20, place.height()},
                 Qt::AlignRight | Qt::AlignVCenter, number, theme().dim);
        const double width = place.width() - 28;
        lineText(painter, {place.left() + 28, place.top(), width, place.height()}, Qt::AlignVCenter,
                 painter.fontMetrics().elidedText(itemTitle(*snapshot(), item.item), Qt::ElideRight,
                                                  static_cast<int>(width)),
                 selection().isItem(item.item) ? theme().accentText : theme().text);
    };
    for (const ReorderedItem& item : m_layout.items) {
        title(item.left, item.before, item);
        title(item.right, item.after, item);
        if (item.left.isNull() || item.right.isNull()) continue;
        const bool rises = item.after < item.before;
        const bool chosen = selection().isItem(item.item);
        const QColor ink = chosen                      ? theme().accent
                           : item.after == item.before ? theme().track
                           : rises                     ? theme().categoryColor(2)
                                                       : theme().categoryColor(4);
        painter.setPen(QPen(ink, chosen ? 2.5 : 1.5));
        painter.drawLine(QPointF(item.left.right() + 4, item.left.center().y()),
                         QPointF(item.right.left() + 4, item.right.center().y()));
    }
    painter.setFont(cascadelab::font(Type::tiny));
    lineText(painter, m_layout.foot, Qt::AlignVCenter,
             painter.fontMetrics().elidedText(footText(), Qt::ElideRight,
                                              static_cast<int>(m_layout.foot.width())),
             theme().dim);
}

// The whole prompt: its first lines, then a line an item with both places.
PictureView::Twin SimulatedLlmView::twin() const {
    struct Row {
        QVariant after, before;
        QString text;
    };
    std::vector<Row> rows;
    const LanguagePicture& picture = m_trace->language;
    for (const QString& line : m_lines) {
        if (line.startsWith(QStringLiteral("1. "))) break;
        if (!line.isEmpty()) rows.push_back({{}, {}, line});
    }
    for (std::size_t before = 0; before < picture.before.size(); ++before) {
        const auto after = std::ranges::find(picture.after, picture.before[before]);
        rows.push_back({static_cast<int>(after - picture.after.begin()) + 1,
                        static_cast<int>(before) + 1, readOf(before)});
    }
    const auto cell = [rows](int row, int column) -> QVariant {
        const Row& line = rows[static_cast<std::size_t>(row)];
        return column == 0 ? line.after : column == 1 ? line.before : QVariant(line.text);
    };
    return {{tr("Place after"), tr("Place by the ranker"), tr("What it read")},
            static_cast<int>(rows.size()),
            cell};
}

}  // namespace cascadelab
