#include "ui/views/losses/losses_view.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/plot/ink.h"
#include "ui/view/funnel_counts.h"
#include "ui/widgets/segments.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr int kSwitchHeight = 30;

}  // namespace

LossesView::LossesView(Selection& selection, QWidget* parent)
    : PictureView(
          selection,
          tr("Where the oracle's ten best items were lost, by day and by group of people. Left and "
             "right choose the group."),
          parent),
      m_unit(new Segments({tr("Items"), tr("Utility")}, this)) {
    m_unit->setToolTip(tr("Count the items that a stage lost, or what they were worth"));
    connect(m_unit, &Segments::currentChanged, this, [this] {
        count();
        renew();
    });
}

bool LossesView::hasPicture() const {
    return std::ranges::any_of(m_days, &LossBar::measured);
}

LossUnit LossesView::unit() const {
    return m_unit->current() == 0 ? LossUnit::items : LossUnit::utility;
}

QString LossesView::subtitle() const {
    if (!hasPicture()) return {};
    const LossBar& last = m_days.back();
    const QString lost = last.measured() ? amountText(last.lost()) : tr("nothing measured");
    return unit() == LossUnit::items
               ? tr("the oracle's ten best for a request: %1 lost in the last 24 h, %2")
                     .arg(lost, toText(group_name(m_group)))
               : tr("a page is worth %1 less than the oracle's in the last 24 h, %2")
                     .arg(lost, toText(group_name(m_group)));
}

bool LossesView::take() {
    const auto series = snapshot() ? snapshot()->series : nullptr;
    if (series == m_series) return false;
    m_series = series;
    count();
    return true;
}

void LossesView::showUtility(bool utility) {
    m_unit->setCurrent(utility ? 1 : 0);
}

void LossesView::showGroup(std::size_t group) {
    m_group = std::min(group, kGroupCount - 1);
    count();
    renew();
}

void LossesView::count() {
    m_days = m_series ? lossDays(*m_series, m_group, unit()) : std::vector<LossBar>{};
    m_groups = m_series ? lossGroups(*m_series, unit()) : std::vector<LossBar>{};
}

void LossesView::place() {
    m_unit->setVisible(hasPicture());
    m_unit->move(0, 0);
    m_unit->resize(m_unit->sizeHint());
    m_layout = {};
    if (!hasPicture()) return;
    std::array<double, enum_count<LossStage>> words{};
    for (std::size_t stage = 0; stage < enum_count<LossStage>; ++stage)
        words[stage] = textWidth(cascadelab::font(Type::small), legendText(stage));
    m_layout = layoutLosses(m_days, m_groups, unit(), words,
                            QRectF(rect()).adjusted(0, kSwitchHeight, -2, -2));
}

std::vector<QPointF> LossesView::stops() const {
    std::vector<QPointF> places;
    for (const auto* bars : {&m_layout.dayBars, &m_layout.groupBars})
        for (const PlacedBar& bar : *bars) places.push_back(bar.cell.center());
    return places;
}

QString LossesView::wordsAt(QPointF position) const {
    if (const auto day = lossBarAt(m_layout.dayBars, position)) return wordsOf(m_days[*day]);
    if (const auto group = lossBarAt(m_layout.groupBars, position))
        return wordsOf(m_groups[*group]);
    return {};
}

QString LossesView::amountText(double amount) const {
    return unit() == LossUnit::items ? percentText(amount) : plainText(amount);
}

// Empty for what this unit does not have.
QString LossesView::legendText(std::size_t stage) const {
    const auto which = static_cast<LossStage>(stage);
    if (which == LossStage::kept && unit() == LossUnit::utility) return {};
    const LossBar& last = m_days.back();
    const QString name = which == LossStage::kept ? tr("on the page") : lossLabel(which);
    return last.measured() ? name + QLatin1Char(' ') + amountText(last.part[stage]) : name;
}

QString LossesView::wordsOf(const LossBar& bar) const {
    QStringList lines = {
        tr("24 h until %1, %2").arg(momentText(bar.time_s), toText(group_name(bar.group)))};
    if (!bar.measured()) return lines.front() + QLatin1Char('\n') + tr("no request was sampled");
    for (std::size_t stage = 0; stage < enum_count<LossStage>; ++stage) {
        const auto which = static_cast<LossStage>(stage);
        if (which == LossStage::kept && unit() == LossUnit::utility) continue;
        lines << tr("%1  %2: %3")
                     .arg(amountText(bar.part[stage]), lossLabel(which), lossStageSentence(which));
    }
    if (unit() == LossUnit::utility) lines << tr("%1  in all").arg(amountText(bar.lost()));
    return lines.join(QLatin1Char('\n'));
}

PictureView::Lack LossesView::lack() const {
    return {
        tr("Which stage lost the best items stands here after the first virtual "
           "hours, for the requests that Oracle sample under Metrics names.")};
}

void LossesView::paint(QPainter& painter) const {
    paintAxis(painter);
    for (const PlacedBar& placed : m_layout.dayBars) paintBar(painter, placed);
    for (const PlacedBar& placed : m_layout.groupBars) paintBar(painter, placed);
    paintNames(painter);
    paintLegend(painter);
}

void LossesView::paintAxis(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    for (const LossTick& tick : m_layout.ticks) {
        painter.setPen(QPen(theme().grid, 1));
        for (const QRectF& area : {m_layout.days, m_layout.groups})
            painter.drawLine(QPointF(area.left(), tick.y), QPointF(area.right(), tick.y));
        lineText(painter, {m_layout.axis.left(), tick.y - 8, m_layout.axis.width(), 16},
                 Qt::AlignRight | Qt::AlignVCenter, amountText(tick.value), theme().dim);
    }
    painter.setPen(QPen(theme().dim, 1));
    for (const QRectF& area : {m_layout.days, m_layout.groups})
        painter.drawLine(QPointF(area.left(), m_layout.zero), QPointF(area.right(), m_layout.zero));
}

void LossesView::paintBar(QPainter& painter, const PlacedBar& placed) const {
    painter.setPen(Qt::NoPen);
    for (const LossPiece& piece : placed.pieces) {
        painter.setBrush(lossColour(piece.stage, theme()));
        // A hair of the surface between two pieces.
        const double hair = piece.box.height() > 3 ? 0.5 : 0;
        painter.drawRect(piece.box.adjusted(0, hair, 0, -hair));
    }
}

QString LossesView::dayName(const PlacedBar& placed) const {
    const Seconds last_s = m_days[placed.bar].time_s - 1;
    return fittingText(cascadelab::font(Type::tiny), placed.name.width(),
                       {dayText(last_s), QString::number(day_of(last_s))});
}

// A long name that finds no room is cut to its beginning.
QString LossesView::groupText(const PlacedBar& placed) const {
    const QString whole = toText(group_name(placed.bar));
    return fittingText(cascadelab::font(Type::tiny, true), placed.name.width(),
                       {whole, whole.left(placed.bar == kNewcomers ? 3 : 4), whole.left(3)});
}

void LossesView::paintNames(QPainter& painter) const {
    for (const PlacedBar& placed : m_layout.dayBars) {
        if (placed.name.isNull()) continue;
        painter.setFont(cascadelab::font(Type::tiny));
        lineText(painter, placed.name, Qt::AlignCenter, dayName(placed), theme().dim);
    }
    for (const PlacedBar& placed : m_layout.groupBars) {
        const bool chosen = placed.bar == m_group;
        painter.setFont(cascadelab::font(Type::tiny, chosen));
        lineText(painter, placed.name, Qt::AlignCenter, groupText(placed),
                 chosen ? theme().accentText : theme().dim);
        if (!chosen) continue;
        painter.setPen(QPen(theme().accent, 2));
        painter.drawLine(placed.name.bottomLeft() + QPointF(6, 0),
                         placed.name.bottomRight() - QPointF(6, 0));
    }
    painter.setFont(cascadelab::font(Type::tiny));
    lineText(painter, {m_unit->geometry().right() + 12.0, 4, width() - m_unit->width() - 14.0, 18},
             Qt::AlignVCenter | Qt::AlignRight,
             tr("by day: %1 · by group: last 24 h").arg(toText(group_name(m_group))), theme().dim);
}

void LossesView::paintLegend(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::small));
    for (const LossLegend& entry : m_layout.legend) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(lossColour(entry.stage, theme()));
        painter.drawRoundedRect(entry.swatch, 2, 2);
        lineText(painter, entry.words, Qt::AlignVCenter, legendText(index_of(entry.stage)),
                 theme().text);
    }
}

void LossesView::chooseAt(QPointF position) {
    if (const auto group = lossBarAt(m_layout.groupBars, position)) showGroup(*group);
}

void LossesView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Right) return showGroup((m_group + 1) % kGroupCount);
    if (event->key() == Qt::Key_Left) return showGroup((m_group + kGroupCount - 1) % kGroupCount);
    PictureView::keyPressEvent(event);
}

PictureView::Twin LossesView::twin() const {
    QStringList headers = {tr("24 h until"), tr("Group")};
    const QString suffix = unit() == LossUnit::items ? tr("share") : tr("utility");
    for (std::size_t stage = 0; stage < enum_count<LossStage>; ++stage)
        headers << lossLabel(static_cast<LossStage>(stage)) + QStringLiteral(", ") + suffix;
    std::vector<LossBar> rows = m_days;
    for (std::size_t group = 0; group < kGroupCount; ++group)
        if (group != m_group) rows.push_back(m_groups[group]);
    const auto cell = [rows](int row, int column) -> QVariant {
        const LossBar& bar = rows[static_cast<std::size_t>(row)];
        if (column == 0) return momentText(bar.time_s);
        if (column == 1) return toText(group_name(bar.group));
        const double part = bar.part[static_cast<std::size_t>(column - 2)];
        return std::isnan(part) ? QVariant(QString()) : QVariant(part);
    };
    return {headers, static_cast<int>(rows.size()), cell};
}

}  // namespace cascadelab
