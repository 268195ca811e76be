#include "ui/plot/sprite_set.h"

#include <algorithm>
#include <cmath>

namespace cascadelab {

namespace {

constexpr double kGlowReach = 2.4;  // radii at which the halo has faded out

// Distance from the mark's outline, negative inside, in the units of dx and radius.
double outlineDistance(SplatShape shape, double dx, double dy, double radius, double stroke) {
    switch (shape) {
        case SplatShape::dot:
            return std::hypot(dx, dy) - radius;
        case SplatShape::ring:
            return std::abs(std::hypot(dx, dy) - radius + stroke / 2) - stroke / 2;
        case SplatShape::diamond:
            return (std::abs(dx) + std::abs(dy) - radius * 1.25) * 0.7071;
    }
    return 0;
}

// Opacity of the mark at a pixel whose centre lies (dx, dy) from the mark's, 0..1.
double coverage(const SplatStyle& style, double dx, double dy, double radius, double stroke) {
    const double distance = outlineDistance(style.shape, dx, dy, radius, stroke);
    const double body = std::clamp(0.5 - distance, 0.0, 1.0) * style.alpha;
    const double out = std::hypot(dx, dy) / (radius * kGlowReach);
    const double halo = out < 1 ? (1 - out) * (1 - out) * style.glow : 0.0;
    return std::max(body, halo + body * (1 - halo));
}

// source over destination, both premultiplied, two channels a multiplication.
inline QRgb over(QRgb source, QRgb destination) {
    const std::uint32_t keep = 255u - (source >> 24);
    std::uint32_t even = (destination & 0x00FF00FFu) * keep + 0x00800080u;
    even = ((even + ((even >> 8) & 0x00FF00FFu)) >> 8) & 0x00FF00FFu;
    std::uint32_t odd = ((destination >> 8) & 0x00FF00FFu) * keep + 0x00800080u;
    odd = (odd + ((odd >> 8) & 0x00FF00FFu)) & 0xFF00FF00u;
    return source + (even | odd);
}

}  // namespace

SpriteSet::Sprite SpriteSet::makeSprite(const SplatStyle& style, double ratio) {
    const double radius = style.radius * ratio;
    const double stroke = std::max(1.0, 0.45 * radius);
    const double extent = style.glow > 0 ? radius * kGlowReach : radius * 1.25 + 0.5;
    Sprite sprite;
    sprite.reach = static_cast<int>(std::ceil(extent + 0.5));
    for (int phase = 0; phase < kPhases * kPhases; ++phase) {
        const double shiftX = (phase % kPhases + 0.5) / kPhases;
        const double shiftY = (phase / kPhases + 0.5) / kPhases;
        auto& pixels = sprite.pixels[static_cast<std::size_t>(phase)];
        for (int row = -sprite.reach; row <= sprite.reach; ++row) {
            for (int column = -sprite.reach; column <= sprite.reach; ++column) {
                const double opacity =
                    coverage(style, column + 0.5 - shiftX, row + 0.5 - shiftY, radius, stroke);
                const int alpha = static_cast<int>(std::lround(std::min(1.0, opacity) * 255));
                pixels.push_back(qPremultiply(
                    qRgba(qRed(style.colour), qGreen(style.colour), qBlue(style.colour), alpha)));
            }
        }
    }
    return sprite;
}

void SpriteSet::prepare(std::span<const SplatStyle> styles, double ratio) {
    if (m_ratio == ratio && std::ranges::equal(styles, m_styles)) return;
    m_styles.assign(styles.begin(), styles.end());
    m_ratio = ratio;
    m_sprites.clear();
    for (const SplatStyle& style : m_styles) m_sprites.push_back(makeSprite(style, ratio));
}

void SpriteSet::blend(QRgb* pixels, int width, int height, float x, float y,
                      std::uint8_t style) const {
    const Sprite& sprite = m_sprites[style];
    const int reach = sprite.reach;
    const int cellX = static_cast<int>(std::floor(x));
    const int cellY = static_cast<int>(std::floor(y));
    if (cellX + reach < 0 || cellX - reach >= width || cellY + reach < 0 || cellY - reach >= height)
        return;
    const int phaseX = std::min(kPhases - 1, static_cast<int>((x - float(cellX)) * kPhases));
    const int phaseY = std::min(kPhases - 1, static_cast<int>((y - float(cellY)) * kPhases));
    const QRgb* source = sprite.pixels[static_cast<std::size_t>(phaseY * kPhases + phaseX)].data();
    const int side = 2 * reach + 1;
    const int firstColumn = std::max(0, cellX - reach),
              lastColumn = std::min(width - 1, cellX + reach);
    const int firstRow = std::max(0, cellY - reach), lastRow = std::min(height - 1, cellY + reach);
    for (int row = firstRow; row <= lastRow; ++row) {
        const QRgb* from = source + (row - cellY + reach) * side - (cellX - reach);
        QRgb* to = pixels + static_cast<std::ptrdiff_t>(row) * width;
        for (int column = firstColumn; column <= lastColumn; ++column)
            to[column] = over(from[column], to[column]);
    }
}

}  // namespace cascadelab
