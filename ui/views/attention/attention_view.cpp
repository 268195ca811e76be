#include "ui/views/attention/attention_view.h"

#include <QAction>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include "ui/plot/ink.h"
#include "ui/view/lazy_table.h"
#include "ui/view/picture_file.h"
#include "ui/view/selection.h"
#include "ui/words/numbers.h"

namespace cascadelab {

AttentionView::AttentionView(Selection& selection, QWidget* parent)
    : View(parent),
      m_selection(selection),
      m_saveAction(makeSavePictureAction(*this, QStringLiteral("attention"))),
      m_table(new LazyTable(this)) {
    setMouseTracking(true);
    setAccessibleName(title());
    setAccessibleDescription(
        tr("Weights of the sequence model over the last events of the person in focus."));
    connect(&m_selection, &Selection::changed, this, qOverload<>(&QWidget::update));
}

QString AttentionView::subtitle() const {
    if (!hasPicture()) return {};
    QString who = tr("the person in focus");
    if (m_snapshot->cards && m_trace->person.index() < m_snapshot->cards->people.size())
        who = toText(m_snapshot->cards->people[m_trace->person.index()].name);
    return tr("one request · %1 · last %2 events · mean of the heads")
        .arg(who, countText(static_cast<double>(m_trace->attention.events.size())));
}

void AttentionView::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void AttentionView::setSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    m_snapshot = std::move(snapshot);
    const auto trace = m_snapshot && m_snapshot->focus ? m_snapshot->focus->trace : nullptr;
    if (trace == m_trace) return;
    m_trace = trace;
    relayout();
    emit headingChanged();
}

void AttentionView::relayout() {
    m_layout =
        hasPicture() ? layoutAttention(m_trace->attention, QRectF(rect())) : AttentionLayout{};
    update();
}

void AttentionView::resizeEvent(QResizeEvent*) {
    relayout();
}

QString AttentionView::eventTitle(std::size_t event) const {
    const ItemId item = m_trace->attention.events[event].item;
    const bool known = m_snapshot->cards && item.index() < m_snapshot->cards->items.size();
    return known ? toText(m_snapshot->cards->items[item.index()].title)
                 : tr("item %1").arg(item.value);
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

void AttentionView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!hasPicture())
        return emptyText(painter, rect(),
                         tr("What a sequence model looks at stands here once one serves: raise the "
                            "HSTU weight under Retrieval, or choose hstu under Eras, and wait for "
                            "the next training."),
                         m_theme);
    paintStrip(painter);
    paintRows(painter);
}

void AttentionView::paintStrip(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    const QRectF& strip = m_layout.strip;
    lineText(painter, {strip.left(), strip.top() - 15, strip.width(), 13}, Qt::AlignVCenter,
             tr("share of a block's attention, of its strongest event"), m_theme.dim);
    for (const AttentionCell& cell : m_layout.cells) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(cividis(cell.amount));
        painter.drawRect(cell.box.adjusted(0.5, 0, -0.5, 0));
        if (cell.event == 0)
            lineText(painter, {0, cell.box.top(), strip.left() - 8, cell.box.height()},
                     Qt::AlignVCenter, tr("block %1").arg(cell.block + 1), m_theme.dim);
        if (m_selection.isItem(m_trace->attention.events[cell.event].item)) {
            painter.setPen(QPen(m_theme.accent, 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(cell.box.adjusted(0.5, 0.5, -0.5, -0.5));
        }
    }
    const double foot = strip.bottom() + 1;
    const float oldest = m_trace->attention.events.front().age_s;
    lineText(painter, {strip.left(), foot, strip.width() / 2, 13}, Qt::AlignVCenter,
             agoText(static_cast<Seconds>(oldest)), m_theme.dim);
    lineText(painter, {strip.center().x(), foot, strip.width() / 2, 13},
             Qt::AlignVCenter | Qt::AlignRight, tr("newest"), m_theme.dim);
}

void AttentionView::paintRows(QPainter& painter) const {
    if (m_layout.rows.empty()) return;
    painter.setFont(cascadelab::font(Type::tiny));
    const QRectF& first = m_layout.rows.front().line;
    lineText(painter, {0, first.top() - 15, first.width(), 13}, Qt::AlignVCenter,
             tr("looked at most, mean of the blocks"), m_theme.dim);
    painter.setFont(cascadelab::font(Type::small));
    for (const AttentionRow& row : m_layout.rows) {
        const AttendedEvent& event = m_trace->attention.events[row.event];
        const QString when = QStringLiteral(" · ") + agoText(static_cast<Seconds>(event.age_s));
        const double room = std::max(40.0, row.label.width() - textWidth(painter.font(), when));
        const QString name = painter.fontMetrics().elidedText(eventTitle(row.event), Qt::ElideRight,
                                                              static_cast<int>(room));
        const bool chosen = m_selection.isItem(event.item);
        lineText(painter, row.label, Qt::AlignVCenter, name,
                 chosen ? m_theme.accentText : m_theme.text);
        lineText(painter, row.label.adjusted(textWidth(painter.font(), name), 0, 0, 0),
                 Qt::AlignVCenter, when, m_theme.dim);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.accent);
        painter.drawRoundedRect(row.bar, 2, 2);
        lineText(painter, row.value, Qt::AlignVCenter, percentText(row.weight), m_theme.dim);
    }
}

void AttentionView::mouseMoveEvent(QMouseEvent* event) {
    const auto attended = attendedEventAt(m_layout, event->position());
    if (attended)
        QToolTip::showText(event->globalPosition().toPoint(), eventSentence(*attended), this);
    else
        QToolTip::hideText();
}

void AttentionView::mousePressEvent(QMouseEvent* event) {
    if (const auto attended = attendedEventAt(m_layout, event->position()))
        m_selection.selectItem(m_trace->attention.events[*attended].item);
}

QAbstractItemModel* AttentionView::table() {
    if (!hasPicture()) {
        m_table->setContent({}, 0, {});
        return m_table;
    }
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
    m_table->setContent(headers, static_cast<int>(titles.size()), cell);
    return m_table;
}

}  // namespace cascadelab
