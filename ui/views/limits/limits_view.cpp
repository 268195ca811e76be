#include "ui/views/limits/limits_view.h"

#include <QPainter>
#include <cmath>

#include "ui/plot/ink.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

constexpr std::size_t kWorkCategory = 1, kLoadCategory = 0;
constexpr double kTight = 16;  // px; lower rows are said in smaller type

QString limitText(double times) {
    if (std::isfinite(times) && times <= 1) return LimitsView::tr("broken now");
    return std::isfinite(times) ? timesText(times) : QStringLiteral(">64×");
}

// An unlimited one has no number.
QVariant limitCell(double times) {
    return std::isfinite(times) ? QVariant(times) : QVariant(LimitsView::tr("over 64"));
}

}  // namespace

LimitsView::LimitsView(Selection& selection, QWidget* parent)
    : FleetPicture(selection,
                   tr("For every station of the modelled fleet: how many times its work or its "
                      "load would break the budget, what breaks first on top."),
                   parent) {}

QString LimitsView::subtitle() const {
    if (!hasPicture()) return {};
    return tr("modelled · times the present until p99 passes %1 or one page in a hundred falls "
              "back")
        .arg(milliText(fleet().budget_ms));
}

QString LimitsView::sentence() const {
    const StationSection& first = fleet().stations[limitsOrder(fleet().stations).front()];
    const QString name = toText(first.label);
    const double least = std::min(first.work_limit, first.load_limit);
    if (!std::isfinite(least))
        return tr("Nothing breaks the budget up to 64 times the present, in the model.");
    if (least <= 1) return tr("The budget is broken already, in the model.");
    return tr("%1 breaks first: at %2 its work, or with %3 its load, pages miss the budget.")
        .arg(name, timesText(first.work_limit), timesText(first.load_limit));
}

void LimitsView::place() {
    m_layout = {};
    if (!hasPicture()) return;
    m_layout = layoutLimits(fleet().stations, QRectF(rect()).adjusted(0, 0, -2, -2));
}

std::vector<QPointF> LimitsView::stops() const {
    std::vector<QPointF> places;
    for (const LimitRow& row : m_layout.rows) places.push_back(row.name.center());
    return places;
}

QString LimitsView::wordsAt(QPointF position) const {
    if (!hasPicture()) return {};
    for (const LimitRow& row : m_layout.rows) {
        if (!row.row.contains(position)) continue;
        const StationSection& station = fleet().stations[row.station];
        return tr("%1, modelled.\nIts calls may take %2 as long before the budget breaks; it "
                  "may have %3 the load on each server.\nNow %4 calls a second, %5 busy, a call "
                  "waits %6.")
            .arg(toText(station.label), timesText(station.work_limit),
                 timesText(station.load_limit), countText(station.calls_per_s),
                 percentText(station.utilisation), milliText(station.wait_ms));
    }
    return {};
}

void LimitsView::paint(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::small, true));
    painter.setPen(theme().text);
    painter.drawText(m_layout.sentence, Qt::AlignTop | Qt::TextWordWrap, sentence());
    paintHead(painter);
    for (const LimitRow& row : m_layout.rows) paintRow(painter, row);
    if (!m_layout.legend.isNull()) paintLegend(painter);
}

void LimitsView::paintHead(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    for (const LimitTick& tick : m_layout.ticks) {
        const double x = std::round(tick.x) + 0.5;
        painter.setPen(theme().grid);
        painter.drawLine(QPointF(x, m_layout.frame.top()), QPointF(x, m_layout.frame.bottom()));
        lineText(painter, {tick.x - 16, m_layout.head.bottom() - 15, 32, 13}, Qt::AlignCenter,
                 tick.text, theme().dim);
    }
    if (m_layout.rows.empty()) return;
    const LimitRow& first = m_layout.rows.front();
    const auto say = [&](QRectF column, const QString& words) {
        if (column.isNull()) return;
        lineText(painter, {column.left(), m_layout.head.bottom() - 15, column.width(), 13},
                 Qt::AlignVCenter, words, theme().dim);
    };
    say(first.name, tr("station"));
    say(first.load, tr("calls/s"));
    say(first.busy, tr("busy"));
    say(first.wait, tr("wait"));
    lineText(painter, {first.words.left(), m_layout.head.top(), first.words.width(), 13},
             Qt::AlignVCenter, tr("work, load"), theme().dim);
    lineText(painter, {m_layout.frame.left(), m_layout.head.top(), m_layout.frame.width(), 13},
             Qt::AlignVCenter, tr("times the present, log"), theme().dim);
}

void LimitsView::paintRow(QPainter& painter, const LimitRow& row) const {
    const StationSection& station = fleet().stations[row.station];
    const bool isTight = row.row.height() < kTight;
    const bool isFirst = &row == &m_layout.rows.front();
    painter.setFont(cascadelab::font(isTight ? Type::tiny : Type::small, isFirst));
    lineText(painter, row.name, Qt::AlignVCenter, toText(station.label), theme().text);
    painter.setFont(cascadelab::font(isTight ? Type::tiny : Type::small));
    lineText(painter, row.busy, Qt::AlignVCenter, percentText(station.utilisation),
             busyInk(station.utilisation, theme()));
    if (!row.load.isNull())
        lineText(painter, row.load, Qt::AlignVCenter, countText(std::round(station.calls_per_s)),
                 theme().dim);
    if (!row.wait.isNull())
        lineText(painter, row.wait, Qt::AlignVCenter, milliText(station.wait_ms), theme().dim);
    painter.setPen(Qt::NoPen);
    const auto bar = [&](QRectF place, double limit, std::size_t category) {
        place.setWidth(std::max(2.0, place.width()));
        const QColor colour = theme().categoryColor(category);
        // What nothing breaks is an outline of the whole scale.
        const bool isOpen = !std::isfinite(limit);
        painter.setBrush(isOpen ? mixed(theme().panel, colour, 0.25) : colour);
        painter.drawRoundedRect(place, 2, 2);
    };
    bar(row.work, station.work_limit, kWorkCategory);
    bar(row.servers, station.load_limit, kLoadCategory);
    painter.setFont(cascadelab::font(Type::tiny));
    const double least = std::min(station.work_limit, station.load_limit);
    const QString both =
        limitText(station.work_limit) + QStringLiteral(", ") + limitText(station.load_limit);
    lineText(painter, row.words, Qt::AlignVCenter,
             least <= 1 ? limitText(least)
                        : fittingText(painter.font(), row.words.width(),
                                      {both, both.section(QStringLiteral(", "), 1)}),
             theme().dim);
}

void LimitsView::paintLegend(QPainter& painter) const {
    painter.setFont(cascadelab::font(Type::tiny));
    double left = m_layout.legend.left();
    const auto swatch = [&](std::size_t category, const QString& words) {
        const double wide =
            std::min(textWidth(painter.font(), words), m_layout.legend.right() - left - 17);
        if (wide < 20) return;
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme().categoryColor(category));
        painter.drawRoundedRect(QRectF(left, m_layout.legend.center().y() - 3, 12, 6), 2, 2);
        lineText(painter, {left + 17, m_layout.legend.top(), wide, m_layout.legend.height()},
                 Qt::AlignVCenter, words, theme().dim);
        left += 17 + wide + 14;
    };
    swatch(kWorkCategory, tr("its calls take so many times as long"));
    swatch(kLoadCategory, tr("its servers have so many times the load"));
}

PictureView::Twin LimitsView::twin() const {
    const auto cell = [fleet = m_fleet, order = limitsOrder(fleet().stations)](
                          int row, int column) -> QVariant {
        const StationSection& station = fleet->stations[order[static_cast<std::size_t>(row)]];
        switch (column) {
            case 0:
                return toText(station.label);
            case 1:
                return station.calls_per_s;
            case 2:
                return station.utilisation;
            case 3:
                return station.wait_ms;
            case 4:
                return limitCell(station.work_limit);
            default:
                return limitCell(station.load_limit);
        }
    };
    return {{tr("Station (modelled)"), tr("Calls a second"), tr("Busy, share"), tr("Wait, ms"),
             tr("Work that breaks it, times"), tr("Load that breaks it, times")},
            static_cast<int>(fleet().stations.size()),
            cell};
}

}  // namespace cascadelab
