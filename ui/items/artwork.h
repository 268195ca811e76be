// A small picture for an item: waves under a sky in its topic's colours, shaped by a seed. A pure
// function of topic and item; it belongs to the window, never to the run. Window's thread.
#pragma once

#include <QPainterPath>
#include <QRectF>
#include <vector>

#include "engine/base/ids.h"
#include "ui/theme/theme.h"

class QPainter;

namespace cascadelab {

struct Artwork {
    std::size_t topic = 0;                   // of the sky
    std::size_t second = 0;                  // the other colour of the gradient
    double slant = 0;                        // of the gradient, 0..1
    double sunX = 0, sunY = 0, sunSize = 0;  // shares of width and height; size 0: none
    struct Wave {
        double level = 0, height = 0, length = 0, phase = 0;  // shares of the picture
    };
    std::vector<Wave> waves;  // back to front
};

Artwork artworkOf(ItemId item, std::size_t topic);
void paintArtwork(QPainter& painter, const QRectF& frame, const Artwork& artwork,
                  const Theme& theme, double radius = 4);

}  // namespace cascadelab
