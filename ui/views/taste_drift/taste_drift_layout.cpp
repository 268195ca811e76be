#include "ui/views/taste_drift/taste_drift_layout.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cascadelab {
namespace {

constexpr double kHead = 17, kWords = 15, kGap = 12;
constexpr double kLegend = 30;      // px: swatches above their labels
constexpr double kSwatch = 46;      // px a step of the scale
constexpr double kLegendName = 92;  // "drift since the start"
constexpr std::size_t kSteps = 5;
constexpr std::size_t kBins = 4 * kSteps;  // of the spread
constexpr double kSpreadLegend = 46;       // px: the scale, its labels, and what it means
constexpr double kEndLabel = 28;           // "180°"
constexpr double kReach = 9;               // px around a dot that the pointer counts for
constexpr double kBarDeg = 10;
constexpr double kRowHead = 16;       // px: a segment's name over its bars
constexpr double kLeastSpread = 160;  // px; a lower one has no room for bars

// The length of a turn of so many degrees that lies in the plane: a chord of the unit sphere.
double chordOf(double degrees) {
    return 2 * std::sin(degrees / 2 * std::numbers::pi / 180);
}

// A round end of the scale: 5, 10, 20, 30, 45, 60, 90 or 180 degrees.
double roundedEnd(double most) {
    for (const double end : {5.0, 10.0, 20.0, 30.0, 45.0, 60.0, 90.0})
        if (most <= end) return end;
    return 180;
}

QPointF pointOf(std::array<float, 2> place) {
    return {static_cast<double>(place[0]), static_cast<double>(place[1])};
}

// The plane around the tastes themselves; topics' centres lie further out and are named at the
// edge.
QRectF boundsOf(const TastePicture& picture) {
    QRectF bounds;
    const auto take = [&](const std::vector<std::array<float, 2>>& places, PersonId person) {
        if (person.index() >= places.size()) return;
        const QPointF at = pointOf(places[person.index()]);
        if (bounds.isNull()) bounds = QRectF(at, QSizeF(1e-6, 1e-6));
        bounds.setLeft(std::min(bounds.left(), at.x()));
        bounds.setRight(std::max(bounds.right(), at.x()));
        bounds.setTop(std::min(bounds.top(), at.y()));
        bounds.setBottom(std::max(bounds.bottom(), at.y()));
    };
    for (const TasteCrowd& crowd : picture.crowds) {
        for (const PersonId person : crowd.drawn) {
            take(*picture.tastes->began, person);
            take(*picture.tastes->moments.back().place, person);
        }
    }
    const double edge = 0.04 * std::max(bounds.width(), bounds.height());
    return bounds.adjusted(-edge, -edge, edge, edge);
}

double driftOf(const TasteView& tastes, PersonId person) {
    const bool known = person.index() < tastes.drift_deg->size();
    return known ? static_cast<double>((*tastes.drift_deg)[person.index()]) : 0;
}

// Where the segments stand; a fourth place where they stand two and one.
struct Places {
    std::vector<QRectF> panels;
    QRectF spread, legend;
};

// Side by side, stacked or two and one: whatever leaves the maps the most room. Two and one the
// legend stands in the fourth place, else below.
Places placesOf(QRectF area) {
    Places best;
    double most = 0;
    for (const std::size_t columns : {kTasteSegments, std::size_t{2}, std::size_t{1}}) {
        const bool isSquare = columns == 2;
        const QRectF maps = isSquare ? area : area.adjusted(0, 0, 0, -kLegend - 4);
        const auto across = static_cast<double>(columns);
        const auto down = std::ceil(static_cast<double>(kTasteSegments) / across);
        const double width = std::max(0.0, (maps.width() - kGap * (across - 1)) / across);
        const double height = std::max(0.0, (maps.height() - kGap * (down - 1)) / down);
        const double side = std::min(width, height - kHead - kWords);
        if (isSquare && height < kLeastSpread) continue;
        if (side <= most && !best.panels.empty()) continue;
        most = side;
        best = {};
        const auto placeAt = [&](std::size_t place) {
            const auto column = static_cast<double>(place % columns);
            const auto row = static_cast<double>(place / columns);
            return QRectF(maps.left() + column * (width + kGap), maps.top() + row * (height + kGap),
                          width, height);
        };
        for (std::size_t s = 0; s < kTasteSegments; ++s) best.panels.push_back(placeAt(s));
        best.legend = {area.left(), area.bottom() - kLegend, area.width(), kLegend};
        if (!isSquare) continue;
        best.spread = placeAt(kTasteSegments);
        best.legend = {best.spread.left(), best.spread.bottom() - kSpreadLegend,
                       best.spread.width(), kSpreadLegend};
    }
    return best;
}

TastePanel layPanel(const TastePicture& picture, std::size_t segment, QRectF area, QRectF bounds) {
    TastePanel panel;
    panel.segment = segment;
    panel.area = area;
    panel.head = {area.left(), area.top(), area.width(), kHead};
    panel.words = {area.left(), area.top() + kHead, area.width(), kWords};
    panel.map = area.adjusted(0, kHead + kWords + 4, 0, 0);
    const PlaneTransform plane = fitPlane(bounds, panel.map.adjusted(10, 10, -10, -10));
    for (std::size_t t = 0; t < panel.topics.size(); ++t)
        panel.topics[t] = plane.toScreen(pointOf(picture.tastes->topics[t]));
    const TasteCrowd& crowd = picture.crowds[segment];
    std::vector<PersonId> shown = crowd.drawn;
    const bool isHere = std::ranges::binary_search(crowd.people, picture.chosen);
    if (isHere && !std::ranges::binary_search(shown, picture.chosen))
        shown.push_back(picture.chosen);
    for (const PersonId person : shown)
        panel.trails.push_back(tasteTrail(*picture.tastes, person, plane, picture.wholeWay));
    std::ranges::sort(panel.trails, [](const TasteTrail& a, const TasteTrail& b) {
        return a.drift_deg != b.drift_deg ? a.drift_deg < b.drift_deg : a.person < b.person;
    });
    return panel;
}

// The steps of the scale from x on, and the label of the end where the last step is wide enough.
void laySteps(TasteLegend& legend, QRectF area, double x, double swatch, double most) {
    for (std::size_t i = 0; i < kSteps; ++i, x += swatch) {
        TasteLegend::Step step;
        step.swatch = {x, area.top() + 3, swatch, 9};
        step.label = {x, area.top() + 14, swatch, 14};
        step.deg = most * static_cast<double>(i) / static_cast<double>(kSteps);
        legend.steps.push_back(step);
    }
    if (swatch < 2 * kEndLabel) return;
    legend.steps.back().label.setWidth(swatch - kEndLabel);
    legend.end = {x - kEndLabel, area.top() + 14, kEndLabel, 14};
}

// In one line below the maps.
TasteLegend layLegend(QRectF area, double most, double bar) {
    TasteLegend legend;
    legend.area = area;
    legend.name = {area.left(), area.top(), kLegendName, 14};
    const double left = area.left() + kLegendName + 8;
    const double swatch = std::clamp((area.right() - left) / kSteps, 1.0, kSwatch);
    laySteps(legend, area, left, swatch, most);
    const double x = left + swatch * kSteps + 24;
    legend.barFrom = {x, area.top() + 7};
    legend.barTo = {x + bar, area.top() + 7};
    legend.barLabel = {x, area.top() + 14, std::max(0.0, area.right() - x), 14};
    return legend;
}

// Below the bars of the spread, whose axis it is.
TasteLegend layAxis(QRectF area, double most, double bar) {
    TasteLegend legend;
    legend.area = area;
    laySteps(legend, area, area.left(), std::max(1.0, area.width() / kSteps), most);
    const double y = area.top() + 30;
    legend.name = {area.left(), y, kLegendName, 14};
    const double x = legend.name.right() + 12;
    legend.barFrom = {x, y + 7};
    legend.barTo = {x + bar, y + 7};
    legend.barLabel = {x + bar + 6, y, std::max(0.0, area.right() - x - bar - 6), 14};
    return legend;
}

// Everybody, drawn by lot or not.
TasteSpread laySpread(const TastePicture& picture, QRectF area, QRectF axis, double most) {
    TasteSpread spread;
    spread.area = area;
    spread.head = {area.left(), area.top(), area.width(), kHead};
    spread.words = {area.left(), area.top() + kHead, area.width(), kWords};
    const QRectF rows(QPointF(area.left(), spread.words.bottom() + 4), axis.topRight());
    const double height = rows.height() / static_cast<double>(kTasteSegments);
    const double width = area.width() / static_cast<double>(kBins);
    for (std::size_t s = 0; s < kTasteSegments; ++s) {
        TasteSpread::Row row;
        row.area = {rows.left(), rows.top() + height * static_cast<double>(s), rows.width(),
                    height};
        for (std::size_t b = 0; b < kBins; ++b)
            row.bins.push_back({{},
                                most * static_cast<double>(b) / kBins,
                                most * static_cast<double>(b + 1) / kBins,
                                0});
        for (const double drift : picture.crowds[s].drift_deg)
            ++row.bins[std::min(kBins - 1, static_cast<std::size_t>(drift / most * kBins))].people;
        for (const TasteSpread::Bin& bin : row.bins)
            spread.most_share = std::max(
                spread.most_share,
                static_cast<double>(bin.people) /
                    static_cast<double>(std::max<std::size_t>(1, picture.crowds[s].people.size())));
        spread.rows.push_back(std::move(row));
    }
    for (std::size_t s = 0; s < kTasteSegments; ++s) {
        TasteSpread::Row& row = spread.rows[s];
        const double all = static_cast<double>(picture.crowds[s].people.size());
        for (std::size_t b = 0; b < kBins && all > 0; ++b) {
            const double share = static_cast<double>(row.bins[b].people) / all;
            const double high = (height - kRowHead) * share / spread.most_share;
            row.bins[b].bar = {row.area.left() + width * static_cast<double>(b),
                               row.area.bottom() - high, width, high};
        }
    }
    return spread;
}

}  // namespace

std::array<TasteCrowd, kTasteSegments> tasteCrowds(const TasteView& tastes, const Cards& cards,
                                                   std::size_t most) {
    std::array<TasteCrowd, kTasteSegments> crowds;
    const std::size_t people =
        std::min({tastes.moments.back().place->size(), tastes.began->size(), cards.people.size()});
    for (std::size_t p = 0; p < people; ++p) {
        if (cards.people[p].segment < crowds.size())
            crowds[cards.people[p].segment].people.push_back(PersonId(p));
    }
    for (TasteCrowd& crowd : crowds) {
        const std::size_t all = crowd.people.size();
        if (all == 0) continue;
        const std::size_t few = std::min(most, all);
        for (std::size_t i = 0; i < few; ++i) crowd.drawn.push_back(crowd.people[i * all / few]);
        for (const PersonId person : crowd.people) {
            crowd.drift_deg.push_back(driftOf(tastes, person));
            crowd.mean_deg += crowd.drift_deg.back() / static_cast<double>(all);
        }
        std::ranges::sort(crowd.drift_deg);
        crowd.p90_deg = crowd.drift_deg[std::min(all - 1, all * 9 / 10)];
    }
    return crowds;
}

TasteTrail tasteTrail(const TasteView& tastes, PersonId person, const PlaneTransform& plane,
                      bool wholeWay) {
    TasteTrail trail{person, {}, driftOf(tastes, person)};
    if (person.index() >= tastes.began->size()) return trail;
    trail.line.append(plane.toScreen(pointOf((*tastes.began)[person.index()])));
    for (const TasteMoment& moment : tastes.moments) {
        const bool last = &moment == &tastes.moments.back();
        if (person.index() >= moment.place->size() || (!wholeWay && !last)) continue;
        trail.line.append(plane.toScreen(pointOf((*moment.place)[person.index()])));
    }
    return trail;
}

TasteDriftLayout layoutTasteDrift(const TastePicture& picture, QRectF area) {
    TasteDriftLayout layout;
    const QRectF bounds = boundsOf(picture);
    double most = 0;
    for (const TasteCrowd& crowd : picture.crowds) {
        for (const PersonId person : crowd.drawn)
            most = std::max(most, driftOf(*picture.tastes, person));
    }
    layout.most_deg = roundedEnd(most);
    const Places places = placesOf(area);
    for (std::size_t s = 0; s < kTasteSegments; ++s)
        layout.panels.push_back(layPanel(picture, s, places.panels[s], bounds));
    const QRectF inner = layout.panels.front().map.adjusted(10, 10, -10, -10);
    const double bar = chordOf(kBarDeg) * fitPlane(bounds, inner).scale;
    if (places.spread.isNull()) {
        layout.legend = layLegend(places.legend, layout.most_deg, bar);
        return layout;
    }
    layout.legend = layAxis(places.legend, layout.most_deg, bar);
    layout.spread = laySpread(picture, places.spread, places.legend, layout.most_deg);
    return layout;
}

std::optional<PersonId> tasteAt(const TasteDriftLayout& layout, QPointF position) {
    std::optional<PersonId> nearest;
    double best = kReach;
    for (const TastePanel& panel : layout.panels) {
        if (!panel.map.contains(position)) continue;
        for (const TasteTrail& trail : panel.trails) {
            if (trail.line.isEmpty()) continue;
            const QPointF away = trail.line.back() - position;
            const double distance = std::hypot(away.x(), away.y());
            if (distance >= best) continue;
            best = distance;
            nearest = trail.person;
        }
    }
    return nearest;
}

}  // namespace cascadelab
