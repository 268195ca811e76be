// Where people's hidden tastes went: a panel a segment, all in one plane and one scale, a line a
// person from where they began to where they are now; in a fourth place, where there is one, how
// many turned how far. Pure; window's thread only for the fonts it measures.
#pragma once

#include <QPointF>
#include <QPolygonF>
#include <QRectF>
#include <optional>
#include <vector>

#include "engine/sim/snapshot/snapshot.h"
#include "ui/plot/plane_transform.h"

namespace cascadelab {

inline constexpr std::size_t kTasteSegments = 3;  // in the order of group_name() less one

// The people of a segment.
struct TasteCrowd {
    std::vector<PersonId> people;      // all, by id
    std::vector<PersonId> drawn;       // evenly chosen among them, by id
    std::vector<double> drift_deg;     // of all, rising
    double mean_deg = 0, p90_deg = 0;  // of all; 0 when there is nobody
};
// most: lines a segment.
std::array<TasteCrowd, kTasteSegments> tasteCrowds(const TasteView& tastes, const Cards& cards,
                                                   std::size_t most);

struct TasteTrail {
    PersonId person;
    QPolygonF line;  // from where it began to now; two points without the way between
    double drift_deg = 0;
};
struct TastePanel {
    std::size_t segment = 0;
    QRectF area, head, words, map;
    std::array<QPointF, 8> topics;
    std::vector<TasteTrail> trails;  // the least drifted first, so that the others stay visible
};
struct TasteLegend {
    QRectF area, name;
    struct Step {
        QRectF swatch, label;
        double deg = 0;  // where the step begins
    };
    std::vector<Step> steps;
    QRectF end;              // the label of the last step's end; null: no room
    QPointF barFrom, barTo;  // ten degrees straight across the plane
    QRectF barLabel;
};
// How many turned how far: a row of bars a segment over the legend's scale, all rows as high as the
// same share.
struct TasteSpread {
    struct Bin {
        QRectF bar;
        double from_deg = 0, to_deg = 0;
        std::size_t people = 0;
    };
    struct Row {
        QRectF area;
        std::vector<Bin> bins;
    };
    QRectF area, head, words;  // null: no place for it
    std::vector<Row> rows;     // by segment
    double most_share = 0;     // of the tallest bar
};
struct TasteDriftLayout {
    std::vector<TastePanel> panels;
    TasteSpread spread;
    TasteLegend legend;
    double most_deg = 0;  // end of the colour scale
};

struct TastePicture {
    std::shared_ptr<const TasteView> tastes;
    std::array<TasteCrowd, kTasteSegments> crowds;
    PersonId chosen;       // drawn whether chosen by lot or not; invalid: nobody
    bool wholeWay = true;  // else from then straight to now
};
TasteDriftLayout layoutTasteDrift(const TastePicture& picture, QRectF area);
// The person's line; empty for somebody who was not there yet.
TasteTrail tasteTrail(const TasteView& tastes, PersonId person, const PlaneTransform& plane,
                      bool wholeWay);
// Who is now nearest to a position, within a few pixels.
std::optional<PersonId> tasteAt(const TasteDriftLayout& layout, QPointF position);

}  // namespace cascadelab
