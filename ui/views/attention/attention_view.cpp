#include "ui/views/attention/attention_view.h"

#include <QPainter>

#include "ui/plot/ink.h"
#include "ui/view/selection.h"
#include "ui/words/items.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {

AttentionView::AttentionView(Selection& selection, QWidget* parent)
    : PictureView(selection,
                  tr("Weights of the sequence model over the last events of the person in focus."),
                  parent) {}

QString AttentionView::subtitle() const {
    if (!hasPicture()) return {};
    return tr("one request · %1 · last %2 events · mean of the heads")
        .arg(personName(*snapshot(), m_trace->person),
             countText(static_cast<double>(m_trace->attention.events.size())));
}

bool AttentionView::take() {
    const auto trace = snapshot() && snapshot()->focus ? snapshot()->focus->trace : nullptr;
    if (trace == m_trace) return false;
    m_trace = trace;
    return true;
}

void AttentionView::place() {
    m_layout =
        hasPicture() ? layoutAttention(m_trace->attention, QRectF(rect())) : AttentionLayout{};
}

QString AttentionView::eventTitle(std::size_t event) const {
    return itemTitle(*snapshot(), m_trace->attention.events[event].item);
}

QString AttentionView::wordsAt(QPointF position) const {
    const auto attended = attendedEventAt(m_layout, position);
    return attended ? eventSentence(*attended) : QString();
}

std::vector<QPointF> AttentionView::stops() const {
    std::vector<QPointF> places;
    for (const AttentionRow& row : m_layout.rows) places.push_back(row.line.center());
    return places;
}

QString AttentionView::eventSentence(std::size_t event) const {
    const AttendedEvent& attended = m_trace->attention.events[event];
    QStringList lines = {tr("%1, %2 %3")
                             .arg(eventTitle(event), toText(attended.action),
                                  agoText(static_cast<Seconds>(attended.age_s)))};
    const Matrix& weight = m_trace->attention.weight;
    for (Eigen::Index b = 0; b < weight.rows(); ++b) {
        const auto share = static_cast<double>(weight(b, static_cast<Eigen::Index>(event)));
        lines << tr("Block %1 gives it %2 of its attention.").arg(b + 1).arg(percentText(share));
    }
    return lines.join(QLatin1Char('\n'));
}

PictureView::Lack AttentionView::lack() const {
    return {
        tr("What a sequence model looks at stands here once one serves: raise the "
           "HSTU weight under Retrieval, or choose hstu under Eras, and wait for "
           "the next training.")};
}

void AttentionView::paint(QPainter& painter) const {
    paintStrip(painter);
    paintRows(painter);
}

void AttentionView::paintStrip(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    const QRectF& strip = m_layout.strip;
    lineText(painter, {strip.left(), strip.top() - 15, strip.width(), 13}, Qt::AlignVCenter,
             tr("share of a block's attention, of its strongest event"), theme().dim);
    for (const AttentionCell& cell : m_layout.cells) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(cividis(cell.amount));
        painter.drawRect(cell.box.adjusted(0.5, 0, -0.5, 0));
        if (cell.event == 0)
            lineText(painter, {0, cell.box.top(), strip.left() - 8, cell.box.height()},
                     Qt::AlignVCenter, tr("block %1").arg(cell.block + 1), theme().dim);
        if (selection().isItem(m_trace->attention.events[cell.event].item)) {
            painter.setPen(QPen(theme().accent, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(cell.box.adjusted(0.5, 0.5, -0.5, -0.5));
        }
    }
    const double foot = strip.bottom() + 1;
    const float oldest = m_trace->attention.events.front().age_s;
    lineText(painter, {strip.left(), foot, strip.width() / 2, 13}, Qt::AlignVCenter,
             agoText(static_cast<Seconds>(oldest)), theme().dim);
    lineText(painter, {strip.center().x(), foot, strip.width() / 2, 13},
             Qt::AlignVCenter | Qt::AlignRight, tr("newest"), theme().dim);
}

void AttentionView::paintRows(QPainter& painter) const {
    if (m_layout.rows.empty()) return;
    painter.setFont(cascadelab::font(Type::tiny));
    const QRectF& first = m_layout.rows.front().line;
    lineText(painter, {0, first.top() - 15, first.width(), 13}, Qt::AlignVCenter,
             tr("looked at most, mean of the blocks"), theme().dim);
    painter.setFont(cascadelab::font(Type::small));
    for (const AttentionRow& row : m_layout.rows) {
        const AttendedEvent& event = m_trace->attention.events[row.event];
        const QString when = QStringLiteral(" · ") + agoText(static_cast<Seconds>(event.age_s));
        const double room = std::max(40.0, row.label.width() - textWidth(painter.font(), when));
        const QString name = painter.fontMetrics().elidedText(eventTitle(row.event), Qt::ElideRight,
                                                              static_cast<int>(room));
        const bool chosen = selection().isItem(event.item);
        lineText(painter, row.label, Qt::AlignVCenter, name,
                 chosen ? theme().accentText : theme().text);
        lineText(painter, row.label.adjusted(textWidth(painter.font(), name), 0, 0, 0),
                 Qt::AlignVCenter, when, theme().dim);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().accent);
        painter.drawRoundedRect(row.bar, 2, 2);
        lineText(painter, row.value, Qt::AlignVCenter, percentText(row.weight), theme().dim);
    }
}

void AttentionView::chooseAt(QPointF position) {
    if (const auto attended = attendedEventAt(m_layout, position))
        selection().selectItem(m_trace->attention.events[*attended].item);
}

PictureView::Twin AttentionView::twin() const {
    QStringList headers = {tr("Title"), tr("What was done"), tr("Age, h")};
    for (Eigen::Index b = 0; b < m_trace->attention.weight.rows(); ++b)
        headers << tr("Block %1, share").arg(b + 1);
    QStringList titles;
    for (std::size_t e = 0; e < m_trace->attention.events.size(); ++e) titles << eventTitle(e);
    const auto cell = [trace = m_trace, titles](int row, int column) -> QVariant {
        const AttendedEvent& event = trace->attention.events[static_cast<std::size_t>(row)];
        if (column == 0) return titles[row];
        if (column == 1) return toText(event.action);
        if (column == 2) return static_cast<double>(event.age_s) / kHour;
        return static_cast<double>(trace->attention.weight(column - 3, row));
    };
    return {headers, static_cast<int>(titles.size()), cell};
}

}  // namespace cascadelab
