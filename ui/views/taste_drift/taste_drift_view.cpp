#include "ui/views/taste_drift/taste_drift_view.h"

#include <QAction>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/plot/ink.h"
#include "ui/plot/label_placement.h"
#include "ui/plot/ticks.h"
#include "ui/view/selection.h"
#include "ui/words/items.h"
#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {
namespace {

constexpr double kRest = 0.3;        // opacity of what is not selected
constexpr std::size_t kMost = 150;   // lines a segment that can still be told apart
constexpr double kNarrow = 240;      // px: a panel below has few words
constexpr double kNamed = 190;       // px: a map below names no topics
constexpr std::size_t kColours = 5;  // steps of the scale, as in its legend

}  // namespace

TasteDriftView::TasteDriftView(Selection& selection, QWidget* parent)
    : PictureView(
          selection,
          tr("How far people's hidden tastes moved since they began, by segment, in degrees."),
          parent),
      m_wholeAction(new QAction(tr("The whole way, day by day"), this)) {
    m_wholeAction->setCheckable(true);
    m_wholeAction->setChecked(true);
    m_wholeAction->setToolTip(tr("Off: a straight line from then to now"));
    connect(m_wholeAction, &QAction::toggled, this, &TasteDriftView::showWholeWay);
}

QString TasteDriftView::subtitle() const {
    if (!hasPicture()) return {};
    return tr("hidden taste of everybody, then and on %1; two of its directions, %2 of the variety")
        .arg(momentText(m_picture.tastes->moments.back().time_s),
             percentText(m_picture.tastes->explained_share));
}

QString TasteDriftView::tag() const {
    if (!hasPicture()) return {};
    std::size_t drawn = 0, all = 0;
    for (const TasteCrowd& crowd : m_picture.crowds) {
        drawn += crowd.drawn.size();
        all += crowd.people.size();
    }
    if (drawn == all) return tr("everybody drawn");
    return tr("%1 of %2 people drawn").arg(countText(double(drawn)), countText(double(all)));
}

bool TasteDriftView::take() {
    const auto tastes = snapshot() && snapshot()->cards ? snapshot()->tastes : nullptr;
    if (tastes == m_picture.tastes) return false;
    m_picture.tastes = tastes;
    m_cards = snapshot() ? snapshot()->cards : nullptr;
    if (tastes) m_picture.crowds = tasteCrowds(*tastes, *m_cards, kMost);
    return true;
}

void TasteDriftView::showWholeWay(bool whole) {
    m_picture.wholeWay = whole;
    m_wholeAction->setChecked(whole);
    arrange();
}

void TasteDriftView::place() {
    m_picture.chosen = selection().person();
    m_layout = hasPicture() ? layoutTasteDrift(m_picture, QRectF(rect())) : TasteDriftLayout{};
}

// Whoever drifted furthest in each segment, then its spread, bar by bar.
std::vector<QPointF> TasteDriftView::stops() const {
    std::vector<QPointF> places;
    for (const TastePanel& panel : m_layout.panels)
        if (!panel.trails.empty() && !panel.trails.back().line.isEmpty())
            places.push_back(panel.trails.back().line.back());
    for (const TasteSpread::Row& row : m_layout.spread.rows)
        for (const TasteSpread::Bin& bin : row.bins)
            places.emplace_back(bin.bar.center().x(), row.area.center().y());
    return places;
}

// In as many steps as the legend has.
QColor TasteDriftView::colourOf(double degrees) const {
    const auto steps = static_cast<double>(kColours);
    const double step =
        std::min(std::floor(degrees / m_layout.most_deg * steps), steps - 1) / (steps - 1);
    // The ends of cividis vanish in one theme each.
    return cividis(theme().isDark ? 0.25 + 0.75 * step : 0.85 * (1 - step));
}

PictureView::Lack TasteDriftView::lack() const {
    return {
        tr("How people's tastes move stands here after the first hours. Press play "
           "to get there.")};
}

void TasteDriftView::paint(QPainter& painter) const {
    for (const TastePanel& panel : m_layout.panels) paintPanel(painter, panel);
    paintSpread(painter);
    paintLegend(painter);
}

void TasteDriftView::paintPanel(QPainter& painter, const TastePanel& panel) const {
    const TasteCrowd& crowd = m_picture.crowds[panel.segment];
    const bool isNarrow = panel.area.width() < kNarrow;
    const QString name = toText(group_name(panel.segment + 1));
    const QString mean = degreesText(crowd.mean_deg), far = degreesText(crowd.p90_deg);
    painter.setFont(cascadelab::font(Type::small, true));
    lineText(
        painter, panel.head, Qt::AlignVCenter,
        isNarrow ? name : tr("%1, %2 people").arg(name, countText(double(crowd.people.size()))),
        theme().categoryText(panel.segment));
    painter.setFont(cascadelab::font(Type::small));
    lineText(
        painter, panel.words, Qt::AlignVCenter,
        isNarrow ? tr("mean %1").arg(mean) : tr("%1 on average, 1 in 10 beyond %2").arg(mean, far),
        theme().dim);
    painter.setPen(QPen(theme().border, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(panel.map.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
    painter.save();
    painter.setClipRect(panel.map);
    const TasteTrail* chosen = nullptr;
    for (const TasteTrail& trail : panel.trails)
        if (selection().isPerson(trail.person)) chosen = &trail;
    painter.setOpacity(selection().person().valid() ? kRest : 1);
    for (const TasteTrail& trail : panel.trails) paintTrail(painter, trail);
    painter.setOpacity(1);
    const auto named = chosen ? chosenPlace(panel, *chosen) : std::nullopt;
    paintTopics(painter, panel, named ? std::vector{*named} : std::vector<QRectF>{});
    if (chosen) paintChosen(painter, *chosen, named);
    painter.restore();
}

// The centres of those topics that lie inside the panel, named where there is room beside what is
// taken.
void TasteDriftView::paintTopics(QPainter& painter, const TastePanel& panel,
                                 std::vector<QRectF> taken) const {
    const QFont small = cascadelab::font(Type::tiny);
    painter.setFont(small);
    const bool isNamed = std::min(panel.map.width(), panel.map.height()) >= kNamed;
    std::vector<LabelWish> wishes;
    std::vector<std::size_t> topics;
    for (std::size_t t = 0; t < panel.topics.size(); ++t) {
        if (!panel.map.contains(panel.topics[t])) continue;
        topics.push_back(t);
        if (isNamed)
            wishes.push_back(
                {panel.topics[t], {textWidth(small, toText(m_cards->topics[t])), 14}, 4});
        painter.setPen(QPen(theme().categoryColor(t), 1.5));
        painter.drawLine(panel.topics[t] - QPointF(3, 0), panel.topics[t] + QPointF(3, 0));
        painter.drawLine(panel.topics[t] - QPointF(0, 3), panel.topics[t] + QPointF(0, 3));
    }
    const auto placed = placeLabels(wishes, panel.map.adjusted(3, 3, -3, -3), taken);
    for (std::size_t i = 0; i < placed.size(); ++i) {
        if (!placed[i]) continue;
        haloText(painter, *placed[i], Qt::AlignCenter, toText(m_cards->topics[topics[i]]),
                 theme().dim, theme().panel);
    }
}

void TasteDriftView::paintTrail(QPainter& painter, const TasteTrail& trail) const {
    if (trail.line.isEmpty()) return;
    QColor colour = colourOf(trail.drift_deg);
    painter.setPen(QPen(colour, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(trail.line);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawEllipse(trail.line.back(), 2, 2);
}

QString TasteDriftView::chosenText(const TasteTrail& trail) const {
    return tr("%1, %2").arg(personName(*snapshot(), trail.person), degreesText(trail.drift_deg));
}

std::optional<QRectF> TasteDriftView::chosenPlace(const TastePanel& panel,
                                                  const TasteTrail& trail) const {
    if (trail.line.isEmpty()) return std::nullopt;
    const double width = textWidth(cascadelab::font(Type::small, true), chosenText(trail));
    const LabelWish wish{trail.line.back(), {width + 4, 16}, 7};
    std::vector<QRectF> taken;
    for (const QPointF& topic : panel.topics) taken.push_back({topic.x() - 4, topic.y() - 4, 8, 8});
    return placeLabels(std::span(&wish, 1), panel.map.adjusted(3, 3, -3, -3), taken).front();
}

// The whole way in the colour of the selection: a ring where it began, a dot where it is.
void TasteDriftView::paintChosen(QPainter& painter, const TasteTrail& trail,
                                 std::optional<QRectF> place) const {
    if (trail.line.isEmpty()) return;
    painter.setPen(QPen(theme().accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(trail.line);
    painter.setBrush(theme().panel);
    painter.drawEllipse(trail.line.front(), 4, 4);
    painter.setPen(QPen(theme().panel, 1));
    painter.setBrush(theme().accent);
    painter.drawEllipse(trail.line.back(), 5, 5);
    painter.setFont(cascadelab::font(Type::small, true));
    if (place)
        haloText(painter, *place, Qt::AlignCenter, chosenText(trail), theme().text, theme().panel);
}

// A row of bars a segment; where the selected person stands among them is marked.
void TasteDriftView::paintSpread(QPainter& painter) const {
    const TasteSpread& spread = m_layout.spread;
    if (spread.rows.empty()) return;
    const QFont strong = cascadelab::font(Type::small, true), small = cascadelab::font(Type::small);
    painter.setFont(strong);
    lineText(painter, spread.head, Qt::AlignVCenter, tr("How far people turned"), theme().text);
    painter.setFont(small);
    const QString most = percentText(spread.most_share);
    lineText(painter, spread.words, Qt::AlignVCenter,
             fittingText(small, spread.words.width(),
                         {tr("share of each segment by angle, tallest bar %1").arg(most),
                          tr("share by angle, tallest %1").arg(most), tr("tallest %1").arg(most)}),
             theme().dim);
    for (std::size_t s = 0; s < spread.rows.size(); ++s) {
        const TasteSpread::Row& row = spread.rows[s];
        painter.setPen(Qt::NoPen);
        for (const TasteSpread::Bin& bin : row.bins) {
            painter.setBrush(colourOf(bin.from_deg + 1e-6));
            painter.drawRect(bin.bar.adjusted(0.5, 0, -0.5, 0));
        }
        painter.setPen(QPen(theme().border, 1));
        painter.drawLine(row.area.bottomLeft(), row.area.bottomRight());
        painter.setFont(strong);
        QRectF name = row.area;
        name.setHeight(std::min(14.0, name.height()));
        haloText(painter, name, Qt::AlignRight, toText(group_name(s + 1)), theme().categoryText(s),
                 theme().panel);
        for (const TasteTrail& trail : m_layout.panels[s].trails) {
            if (!selection().isPerson(trail.person)) continue;
            const double x = row.area.left() +
                             row.area.width() * std::min(1.0, trail.drift_deg / m_layout.most_deg);
            painter.setPen(QPen(theme().accent, 2));
            painter.drawLine(QPointF(x, row.area.top() + 4), QPointF(x, row.area.bottom()));
        }
    }
}

void TasteDriftView::paintLegend(QPainter& painter) const {
    const TasteLegend& legend = m_layout.legend;
    painter.setFont(cascadelab::font(Type::tiny));
    lineText(painter, legend.name, Qt::AlignVCenter, tr("turned since then"), theme().dim);
    for (const TasteLegend::Step& step : legend.steps) {
        painter.fillRect(step.swatch, colourOf(step.deg + 1e-6));
        lineText(painter, step.label, Qt::AlignVCenter, tr("%1°").arg(step.deg), theme().dim);
    }
    lineText(painter, legend.end, Qt::AlignVCenter | Qt::AlignRight,
             tr("%1°").arg(m_layout.most_deg), theme().dim);
    if (legend.barTo.x() > legend.area.right() || legend.barLabel.width() < 90) return;
    painter.setPen(QPen(theme().text, 1.5));
    painter.drawLine(legend.barFrom, legend.barTo);
    for (const QPointF& end : {legend.barFrom, legend.barTo})
        painter.drawLine(end - QPointF(0, 3), end + QPointF(0, 3));
    lineText(painter, legend.barLabel, Qt::AlignVCenter, tr("10° straight across"), theme().dim);
}

QString TasteDriftView::wordsAt(QPointF position) const {
    if (const auto person = tasteAt(m_layout, position)) {
        const auto index = person->index();
        const double drift = index < m_picture.tastes->drift_deg->size()
                                 ? double((*m_picture.tastes->drift_deg)[index])
                                 : 0;
        return tr("%1: taste has turned by %2 since the start, in all directions together.\nClick "
                  "to follow.")
            .arg(personName(*snapshot(), *person), degreesText(drift));
    }
    if (m_layout.legend.area.contains(position))
        return tr(
            "Colour is the angle between what somebody liked in the beginning and what they "
            "like now. The bar is a turn of 10° that lies in this plane; turns out of it look "
            "shorter than they are.");
    for (std::size_t s = 0; s < m_layout.spread.rows.size(); ++s) {
        for (const TasteSpread::Bin& bin : m_layout.spread.rows[s].bins) {
            QRectF column = m_layout.spread.rows[s].area;
            column.setLeft(bin.bar.left());
            column.setWidth(bin.bar.width());
            if (!column.contains(position)) continue;
            return tr("%1 of %2 %3 people turned by %4 to %5.")
                .arg(bin.people)
                .arg(m_picture.crowds[s].people.size())
                .arg(toText(group_name(s + 1)), degreesText(bin.from_deg), degreesText(bin.to_deg));
        }
    }
    for (const TastePanel& panel : m_layout.panels) {
        if (panel.head.contains(position) || panel.words.contains(position))
            return tr(
                "Tastes are directions; drift is the angle to where a person began. All "
                "segments share one plane and one scale.");
    }
    return {};
}

void TasteDriftView::chooseAt(QPointF position) {
    if (const auto person = tasteAt(m_layout, position)) return selection().selectPerson(*person);
    selection().clear();
}

PictureView::Twin TasteDriftView::twin() const {
    const auto tastes = m_picture.tastes;
    const std::size_t people =
        std::min({tastes->moments.back().place->size(), tastes->began->size(),
                  tastes->drift_deg->size(), m_cards->people.size()});
    const auto cell = [tastes, cards = m_cards](int row, int column) -> QVariant {
        const auto p = static_cast<std::size_t>(row);
        const auto& now = *tastes->moments.back().place;
        switch (column) {
            case 0:
                return toText(cards->people[p].name);
            case 1:
                return toText(group_name(cards->people[p].segment + std::size_t{1}));
            case 2:
                return (*tastes->drift_deg)[p];
            case 3:
            case 4:
                return (*tastes->began)[p][static_cast<std::size_t>(column - 3)];
            default:
                return now[p][static_cast<std::size_t>(column - 5)];
        }
    };
    return {{tr("Person"), tr("Segment"), tr("Drift, °"), tr("Then, first direction"),
             tr("Then, second"), tr("Now, first direction"), tr("Now, second")},
            static_cast<int>(people),
            cell};
}

}  // namespace cascadelab
