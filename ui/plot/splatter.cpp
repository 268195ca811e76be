#include "ui/plot/splatter.h"

namespace cascadelab {

const QImage& Splatter::draw(const SplatPoints& points, std::span<const SplatStyle> styles,
                             const PlaneTransform& transform, QSize size, double ratio) {
    CHECK(points.x.size() == points.y.size() && points.x.size() == points.style.size());
    const QSize pixels = (QSizeF(size) * ratio).toSize().expandedTo({1, 1});
    if (m_image.size() != pixels) m_image = QImage(pixels, QImage::Format_ARGB32_Premultiplied);
    m_image.setDevicePixelRatio(ratio);
    const PlaneTransform device = transform.onDevice(ratio);

    if (points.size() > kSpriteLimit) {
        std::vector<QRgb> palette;
        for (const SplatStyle& style : styles) palette.push_back(style.colour);
        m_visible = m_density.count(points, palette, device, pixels, m_workers);
        m_asDensity = m_visible > kSpriteLimit;
        if (m_asDensity) {
            m_density.tone(m_image, m_workers);
            return m_image;
        }
    }
    m_asDensity = false;
    m_sprites.prepare(styles, ratio);
    m_image.fill(Qt::transparent);
    m_visible = blendMarks(points, device);
    return m_image;
}

std::size_t Splatter::blendMarks(const SplatPoints& points, const PlaneTransform& device) {
    auto* pixels = reinterpret_cast<QRgb*>(m_image.bits());
    const int width = m_image.width(), height = m_image.height();
    const auto scale = static_cast<float>(device.scale);
    const auto dx = static_cast<float>(device.dx), dy = static_cast<float>(device.dy);
    std::size_t visible = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const float x = points.x[i] * scale + dx, y = dy - points.y[i] * scale;
        const float edge = 64;  // marks further out cannot reach the picture, and int stays safe
        if (!(x > -edge && x < float(width) + edge && y > -edge && y < float(height) + edge))
            continue;
        m_sprites.blend(pixels, width, height, x, y, points.style[i]);
        visible += x >= 0 && x < float(width) && y >= 0 && y < float(height);
    }
    return visible;
}

}  // namespace cascadelab
