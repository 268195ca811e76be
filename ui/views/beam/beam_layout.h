// Where a beam search stands: a column a digit with the prefixes that were kept, likeliest first,
// under them the best of those that were pruned, and at the right the items. Pure; any thread.
#pragma once

#include <QPointF>
#include <QRectF>
#include <optional>
#include <vector>

#include "engine/sim/snapshot/snapshot.h"

namespace cascadelab {

// For every item that came out its place among the prefixes of the last digit; none where the item
// has other codes by now.
std::vector<std::optional<std::size_t>> leavesOf(const BeamPicture& beam, const ItemCodes* codes);

struct BeamDrawing {
    BeamPicture beam;
    std::vector<std::optional<std::size_t>> leaves;  // of beam.found

    std::size_t steps() const { return beam.steps.size(); }
};

// A prefix, or an item where step is the number of steps.
struct BeamPlace {
    std::size_t step = 0, index = 0;
    friend bool operator==(const BeamPlace&, const BeamPlace&) = default;
};
// The place and those it came from, the nearest to the beginning first.
std::vector<BeamPlace> beamPath(const BeamDrawing& drawing, BeamPlace place);
// Whether chance chose among the prefixes by their probability, rather than the likeliest always.
bool isDrawn(const BeamPicture& beam);
// Nats; nothing for an item whose prefix is not known.
std::optional<double> logProbabilityOf(const BeamDrawing& drawing, BeamPlace place);

struct BeamBox {
    BeamPlace place;
    QRectF box;
    double share = 0;  // as likely as the likeliest of its column: 1
    bool kept = true;
};
// Prefixes or items without room of their own.
struct BeamRest {
    std::size_t step = 0, count = 0;
    bool kept = true;
    QRectF box;
};
struct BeamLink {
    BeamPlace to;
    QPointF from, end;
    bool kept = true;
};
struct BeamHead {
    std::size_t step = 0, kept = 0, pruned = 0;
    QRectF box;
};
struct BeamLayout {
    QPointF past;      // where it all begins
    double pitch = 0;  // from a column of prefixes to the next
    std::vector<BeamHead> heads;
    std::vector<BeamBox> boxes;
    std::vector<BeamRest> rests;
    std::vector<BeamLink> links;  // only between places that are shown, or their rest
};

BeamLayout layoutBeam(const BeamDrawing& drawing, QRectF area);
std::optional<BeamPlace> beamPlaceAt(const BeamLayout& layout, QPointF position);

}  // namespace cascadelab
