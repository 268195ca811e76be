// The point layer of a map, drawn without a GPU: every point of the set is in the picture. Up to
// kSpriteLimit visible points are round marks with soft edges, more are a density of colour. Not a
// widget; driven by one thread (the window's), with helpers of its own.
#pragma once

#include <QImage>
#include <span>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/parallel.h"
#include "ui/plot/density_raster.h"
#include "ui/plot/plane_transform.h"
#include "ui/plot/sprite_set.h"

namespace cascadelab {

class Splatter {
  public:
    static constexpr std::size_t kSpriteLimit = 40'000;  // marks that still can be told apart

    explicit Splatter(int threads = 1) : m_workers(threads) {}

    // The points on a transparent premultiplied picture of `size` screen units and `ratio` device
    // pixels a unit. The picture is overwritten by the next call; the copy a caller keeps is not.
    const QImage& draw(const SplatPoints& points, std::span<const SplatStyle> styles,
                       const PlaneTransform& transform, QSize size, double ratio = 1);

    std::size_t visible() const { return m_visible; }  // points inside the last picture
    bool asDensity() const { return m_asDensity; }     // whether it shows density, not marks

  private:
    std::size_t blendMarks(const SplatPoints& points, const PlaneTransform& device);

    Workers m_workers;
    DensityRaster m_density;
    SpriteSet m_sprites;
    QImage m_image;
    std::size_t m_visible = 0;
    bool m_asDensity = false;
};

}  // namespace cascadelab
