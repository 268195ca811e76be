// Small round marks with smooth edges, prepared once a style at sixteen positions inside a pixel
// and then copied: how point sets that fit the eye are drawn. Driven by one thread.
#pragma once

#include <QImage>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace cascadelab {

enum class SplatShape : std::uint8_t { dot, ring, diamond };

struct SplatStyle {
    QRgb colour = 0;
    float radius = 1;  // screen units, of the mark's body
    float alpha = 1;   // 0..1, opacity of the body
    float glow = 0;    // 0..1, opacity of the halo at the edge of the body
    SplatShape shape = SplatShape::dot;

    friend bool operator==(const SplatStyle&, const SplatStyle&) = default;
};

class SpriteSet {
  public:
    // Prepares the styles for a screen with `ratio` device pixels a screen unit.
    void prepare(std::span<const SplatStyle> styles, double ratio);

    // Blends one mark over a premultiplied picture; (x, y) is its centre in device pixels. Parts
    // outside the picture are cut.
    void blend(QRgb* pixels, int width, int height, float x, float y, std::uint8_t style) const;

    // Device pixels a mark of this style reaches from its centre at most.
    int reach(std::uint8_t style) const { return m_sprites[style].reach; }

  private:
    static constexpr int kPhases = 4;  // positions inside a pixel along each axis
    struct Sprite {
        int reach = 0;  // pixels to each side of the middle
        std::array<std::vector<QRgb>, kPhases * kPhases> pixels;  // (2 reach + 1) squared each
    };
    static Sprite makeSprite(const SplatStyle& style, double ratio);

    std::vector<SplatStyle> m_styles;
    double m_ratio = 0;
    std::vector<Sprite> m_sprites;
};

}  // namespace cascadelab
