// What the embedding map shows and where, computed without a window: colours of the points, the
// frame they fit into, names of topics, the set a query retrieved. Pure; any thread.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>
#include <array>
#include <cstdint>
#include <vector>

#include "engine/sim/snapshot/snapshot.h"
#include "ui/plot/sprite_set.h"
#include "ui/theme/theme.h"

namespace cascadelab {

inline constexpr std::size_t kTopicCount = 8;

// Style of every point, items first, then people: topic, and for people kTopicCount + topic.
std::vector<std::uint8_t> embeddingStyles(const MapView& map, const Cards& cards);
// What those styles look like: items are soft dots, people small rings.
std::vector<SplatStyle> embeddingLook(const Theme& theme, double radius);
// Radius of an item's dot, screen units: smaller in a crowd, larger when zoomed in.
double embeddingRadius(std::size_t points, QSizeF screen, double zoom);

// The smallest rectangle around all points and the query.
QRectF embeddingBounds(const MapView& map, const PersonView* focus);
// The frame to show: `previous` while the points fit and fill it, else a fresh one with air around,
// so that the picture does not jump at every model.
QRectF steadyFrame(QRectF points, QRectF previous);

struct TopicPlace {
    std::size_t topic = 0;
    QPointF middle;     // median of its items, map units
    double spread = 0;  // median distance from the middle, map units
};
// Where the topics live; topics without items are left out. Large topics are measured on a part.
std::vector<TopicPlace> topicPlaces(const MapView& map, const Cards& cards);

// What the explained request brought back.
struct QuerySet {
    std::vector<ItemId> nearest;  // proposed by the two-tower index
    std::vector<ItemId> others;   // proposed by other sources only
    std::vector<ItemId> slate;    // on the page
};
QuerySet querySet(const CascadeTrace& trace);

QString itemSentence(const ItemView& item, const Cards& cards, Seconds now_s);
QString personSentence(const PersonCard& person);
// "300 candidates, 46 Documentary": how many came back and the topic most of them have.
QString querySentence(const CascadeTrace& trace, const Cards& cards);

}  // namespace cascadelab
