#include "ui/views/loop/loop_view.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/plot/ink.h"
#include "ui/plot/ticks.h"
#include "ui/view/selection.h"
#include "ui/words/items.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr double kRest = 0.25;         // opacity of what is not selected
constexpr std::size_t kFewItems = 10;  // whose share of the impressions is said

double shareOfFew(const std::vector<ExposedItem>& exposed) {
    double share = 0;
    for (std::size_t i = 0; i < std::min(kFewItems, exposed.size()); ++i) share += exposed[i].share;
    return share;
}

}  // namespace

LoopView::LoopView(Selection& selection, QWidget* parent)
    : PictureView(selection,
                  tr("How much of the catalogue was shown day by day, and the items shown most."),
                  parent) {}

QString LoopView::subtitle() const {
    if (!hasPicture()) return {};
    const LoopDay& last = m_picture.days.back();
    return tr("last 24 h: %1 of %2 items shown, as varied as %3 shown evenly")
        .arg(countText(last.shown), countText(last.catalogue),
             countText(std::round(last.effective)));
}

QString LoopView::tag() const {
    return m_isHalted ? tr("monitor: fallback serves") : QString();
}

bool LoopView::take() {
    const auto exposure = snapshot() && snapshot()->cards ? snapshot()->exposure : nullptr;
    const auto map = snapshot() ? snapshot()->map : nullptr;
    const bool isHalted = snapshot() && snapshot()->generative.halted;
    if (exposure == m_exposure && map == m_map && isHalted == m_isHalted) return false;
    m_exposure = exposure;
    m_map = map;
    m_isHalted = isHalted;
    m_picture = {};
    if (m_exposure) m_picture.days = loopDays(*m_exposure, *snapshot()->cards);
    takeDay();
    return true;
}

std::size_t LoopView::shownDay() const {
    const auto found = std::ranges::find_if(
        m_picture.days, [&](const LoopDay& day) { return m_chosen && day.time_s == *m_chosen; });
    return static_cast<std::size_t>((found == m_picture.days.end() ? found - 1 : found) -
                                    m_picture.days.begin());
}

void LoopView::takeDay() {
    if (!hasPicture()) return;
    m_picture.exposed = exposedItems(*(*m_exposure)[shownDay()].impressions);
    m_picture.places.clear();
    if (m_map) m_picture.places = m_map->items;
}

void LoopView::showDay(std::size_t day) {
    m_chosen = std::nullopt;
    if (day + 1 < m_picture.days.size()) m_chosen = m_picture.days[day].time_s;
    takeDay();
    arrange();
}

void LoopView::place() {
    m_layout = hasPicture() ? layoutLoop(m_picture, QRectF(rect())) : LoopLayout{};
}

std::vector<QPointF> LoopView::stops() const {
    std::vector<QPointF> places;
    for (const LoopSquare& square : m_layout.squares) places.push_back(square.cell.center());
    for (const LoopRow& row : m_layout.rows) places.push_back(row.line.center());
    return places;
}

// "last 24 h", or the day that ended: its 24 hours end at midnight.
QString LoopView::dayWords(std::size_t day) const {
    if (day + 1 == m_picture.days.size()) return tr("last 24 h");
    return dayText(m_picture.days[day].time_s - 1);
}

QString LoopView::wordsAt(QPointF position) const {
    if (const auto at = loopDayAt(m_layout, position)) {
        const LoopDay& day = m_picture.days[*at];
        return tr("24 h until %1: %2 of %3 items were shown to anybody.\nEffective catalogue %4: "
                  "as varied as so many items shown equally often.\nClick to see what was shown.")
            .arg(momentText(day.time_s), countText(day.shown), countText(day.catalogue),
                 countText(day.effective));
    }
    const auto exposed = exposedItemAt(m_picture, m_layout, position);
    if (!exposed) return {};
    return tr("%1: %2 impressions, %3 of all in this time (%4).")
        .arg(itemTitle(*snapshot(), exposed->item), countText(double(exposed->impressions)),
             percentText(exposed->share), dayWords(shownDay()));
}

PictureView::Lack LoopView::lack() const {
    return {
        tr("What people are shown stands here, day by day, once there were "
           "impressions. Press play to get there.")};
}

void LoopView::paint(QPainter& painter) const {
    paintSquares(painter);
    paintNames(painter);
    paintMap(painter);
    paintList(painter);
}

// "now" below the last, "Day 3" below the first, numbers between.
QString LoopView::squareName(const LoopSquare& square) const {
    if (square.day + 1 == m_picture.days.size()) return tr("now");
    const Seconds last_s = m_picture.days[square.day].time_s - 1;
    const bool isFirst = &square == &m_layout.squares.front();
    return isFirst ? dayText(last_s) : QString::number(day_of(last_s));
}

void LoopView::paintSquares(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    lineText(painter, m_layout.squaresHead, Qt::AlignVCenter,
             fittingText(painter.font(), m_layout.squaresHead.width(),
                         {tr("a square a day, areas in items: catalogue, shown to anybody, "
                             "effective"),
                          tr("a square a day, areas in items")}),
             theme().dim);
    for (const LoopSquare& square : m_layout.squares) {
        painter.setPen(QPen(theme().dim, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(square.catalogue.adjusted(0.5, 0.5, -0.5, -0.5));
        painter.fillRect(square.shown, mixed(theme().panel, theme().categoryColor(0), 0.35));
        painter.fillRect(square.effective, theme().categoryColor(1));
        const bool chosen = square.day == shownDay();
        painter.setFont(cascadelab::font(Type::tiny, chosen));
        lineText(painter, square.name, Qt::AlignVCenter, squareName(square),
                 chosen ? theme().text : theme().dim);
        if (!chosen) continue;
        painter.setPen(QPen(theme().accent, 2));
        painter.drawLine(QPointF(square.name.left(), square.name.bottom() + 1),
                         QPointF(square.catalogue.right(), square.name.bottom() + 1));
    }
}

// Beside the last square, in the order in which they nest.
void LoopView::paintNames(QPainter& painter) const {
    const LoopDay& last = m_picture.days.back();
    struct Line {
        QString text;
        QColor ink;
    };
    const std::array lines = {
        Line{tr("catalogue %1").arg(countText(last.catalogue)), theme().dim},
        Line{tr("shown %1").arg(countText(last.shown)), theme().categoryText(0)},
        Line{tr("effective %1").arg(countText(std::round(last.effective))),
             theme().categoryText(1)}};
    painter.setFont(cascadelab::font(Type::small, true));
    double y = m_layout.names.bottom() - 15.0 * double(lines.size());
    for (const Line& line : lines) {
        lineText(painter, {m_layout.names.left(), y, m_layout.names.width(), 15}, Qt::AlignVCenter,
                 line.text, line.ink);
        y += 15;
    }
}

void LoopView::paintMap(QPainter& painter) const {
    if (m_layout.map.isNull()) return;
    painter.setFont(cascadelab::font(Type::tiny));
    lineText(painter, m_layout.mapHead, Qt::AlignVCenter,
             tr("%1: area is impressions, colour topic").arg(dayWords(shownDay())), theme().dim);
    const ItemId item = selection().item();
    painter.setPen(Qt::NoPen);
    for (const LoopDot& dot : m_layout.dots) {
        if (dot.radius <= 0) {
            painter.setBrush(theme().border);
            painter.drawRect(QRectF(dot.at.x() - 0.75, dot.at.y() - 0.75, 1.5, 1.5));
            continue;
        }
        QColor colour = theme().categoryColor(topicOf(*snapshot(), dot.item));
        colour.setAlphaF(0.85f);
        painter.setOpacity(item.valid() && item != dot.item ? kRest : 1);
        painter.setBrush(colour);
        painter.drawEllipse(dot.at, dot.radius, dot.radius);
        painter.setOpacity(1);
    }
    for (const LoopDot& dot : m_layout.dots) {
        if (dot.item != item) continue;
        painter.setPen(QPen(theme().text, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(dot.at, dot.radius + 3, dot.radius + 3);
        break;
    }
}

void LoopView::paintList(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    const std::size_t few = std::min(kFewItems, m_picture.exposed.size());
    lineText(painter, m_layout.listHead, Qt::AlignVCenter,
             tr("%1: %2 items take %3 of impressions")
                 .arg(dayWords(shownDay()))
                 .arg(few)
                 .arg(percentText(shareOfFew(m_picture.exposed))),
             theme().dim);
    painter.setFont(cascadelab::font(Type::small));
    for (const LoopRow& row : m_layout.rows) {
        const ItemId item = row.exposed.item;
        const bool chosen = selection().isItem(item);
        painter.setOpacity(selection().item().valid() && !chosen ? 0.5 : 1);
        lineText(painter, row.label, Qt::AlignVCenter, itemTitle(*snapshot(), item),
                 chosen ? theme().accentText : theme().text);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().categoryColor(1));
        painter.drawRoundedRect(row.bar, 2, 2);
        lineText(painter, row.value, Qt::AlignVCenter | Qt::AlignRight,
                 countText(double(row.exposed.impressions)), theme().dim);
    }
    painter.setOpacity(1);
}

void LoopView::chooseAt(QPointF position) {
    if (const auto day = loopDayAt(m_layout, position)) return showDay(*day);
    if (const auto exposed = exposedItemAt(m_picture, m_layout, position))
        selection().selectItem(exposed->item);
}

PictureView::Twin LoopView::twin() const {
    const auto cell = [days = m_picture.days](int row, int column) -> QVariant {
        const LoopDay& day = days[static_cast<std::size_t>(row)];
        switch (column) {
            case 0:
                return momentText(day.time_s);
            case 1:
                return day.catalogue;
            case 2:
                return day.shown;
            default:
                return day.effective;
        }
    };
    return {{tr("24 h until"), tr("Catalogue, items"), tr("Shown, items"),
             tr("Effective catalogue, items")},
            static_cast<int>(m_picture.days.size()),
            cell};
}

}  // namespace cascadelab
