// Counts points and mixes their colours a pixel, for sets so large that single dots would hide each
// other. Every point inside the picture is counted once; nothing is sampled. Driven by one thread,
// uses the helpers it is given; the result does not depend on how many there are.
#pragma once

#include <QImage>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/parallel.h"
#include "ui/plot/plane_transform.h"

namespace cascadelab {

// Points as structure of arrays, map coordinates; all three spans have one length.
struct SplatPoints {
    std::span<const float> x;
    std::span<const float> y;
    std::span<const std::uint8_t> style;  // index into the styles

    std::size_t size() const { return x.size(); }
};

class DensityRaster {
  public:
    // Counts all points on a picture of `size` pixels; returns how many fell inside. `device` maps
    // to pixels; palette holds a colour for every style index in use.
    std::size_t count(const SplatPoints& points, std::span<const QRgb> palette,
                      const PlaneTransform& device, QSize size, Workers& workers);

    // How many points pixel (x, y) holds since the last count.
    std::uint32_t countAt(int x, int y) const;

    // Writes the counts as premultiplied colour: hue is the mean of the pixel's points, opacity
    // grows with the logarithm of their number so that one point is visible and a crowd not flat.
    void tone(QImage& image, Workers& workers) const;

  private:
    QSize m_size;
    std::size_t m_inside = 0;
    std::size_t m_layerCount = 0;
    std::vector<std::vector<std::uint64_t>> m_layers;  // one a worker, added up when read
};

}  // namespace cascadelab
