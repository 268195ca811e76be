#include "ui/plot/density_raster.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cascadelab {

namespace {

// A pixel is one 64-bit word, so that a point costs one addition: 22 bits of count above three sums
// of 14 bits of a 6-bit colour. The sums stand still when they are full, the count goes on.
constexpr int kSumBits = 14;
constexpr std::uint64_t kSumMask = (1u << kSumBits) - 1;
constexpr int kCountShift = 3 * kSumBits;
constexpr std::uint64_t kOne = 1ull << kCountShift;
constexpr std::uint32_t kColourLimit = kSumMask / 63;  // points whose colours surely fit
constexpr std::size_t kBlock = 2048;                   // points located at a time; fits the cache

struct PixelFrame {
    float scale, dx, dy, width, height;
    std::int32_t stride;
};

std::uint64_t packed(QRgb colour) {
    const auto six = [](int channel) {
        return static_cast<std::uint64_t>(channel * 63 + 127) / 255;
    };
    return kOne | six(qRed(colour)) << (2 * kSumBits) | six(qGreen(colour)) << kSumBits |
           six(qBlue(colour));
}

// Pixel of every point, or one past the picture's end for points outside; a loop the compiler turns
// into vector code.
void locate(const float* x, const float* y, std::size_t count, const PixelFrame& f,
            std::int32_t outside, std::int32_t* cells) {
    for (std::size_t i = 0; i < count; ++i) {
        const float px = x[i] * f.scale + f.dx;
        const float py = f.dy - y[i] * f.scale;
        const bool inside = (px >= 0) & (px < f.width) & (py >= 0) & (py < f.height);
        const float safeX = inside ? px : 0.0f;
        const float safeY = inside ? py : 0.0f;
        const std::int32_t cell =
            static_cast<std::int32_t>(safeY) * f.stride + static_cast<std::int32_t>(safeX);
        cells[i] = inside ? cell : outside;
    }
}

// Factors a count: opacity in 0..255, and what turns a colour sum into a premultiplied channel.
struct ToneTable {
    std::array<std::uint32_t, kColourLimit + 1> alpha{};
    std::array<std::uint32_t, kColourLimit + 1> factor{};  // 16.16 fixed point

    explicit ToneTable(double crowd) {
        constexpr double kSingle = 0.30;  // opacity of a pixel with one point
        for (std::size_t n = 1; n < alpha.size(); ++n) {
            const double grown = std::log(static_cast<double>(n)) / std::log(crowd);
            const double opacity = kSingle + (1 - kSingle) * std::min(1.0, grown);
            alpha[n] = static_cast<std::uint32_t>(std::lround(opacity * 255));
            factor[n] =
                static_cast<std::uint32_t>(opacity * 255 / 63 / static_cast<double>(n) * 65536);
        }
    }
};

}  // namespace

std::size_t DensityRaster::count(const SplatPoints& points, std::span<const QRgb> palette,
                                 const PlaneTransform& device, QSize size, Workers& workers) {
    m_size = size;
    const auto pixels =
        static_cast<std::size_t>(size.width()) * static_cast<std::size_t>(size.height());
    m_layerCount = static_cast<std::size_t>(workers.threads());
    m_layers.resize(std::max(m_layers.size(), m_layerCount));

    std::array<std::uint64_t, 256> words{};
    std::ranges::transform(palette, words.begin(), packed);
    const PixelFrame frame{static_cast<float>(device.scale),  static_cast<float>(device.dx),
                           static_cast<float>(device.dy),     static_cast<float>(size.width()),
                           static_cast<float>(size.height()), size.width()};

    // Each layer has one word more than the picture: the bin for points outside.
    workers.for_chunks(m_layerCount, 1, [&](std::size_t, std::size_t begin, std::size_t, int) {
        m_layers[begin].assign(pixels + 1, 0);
    });
    const auto outside = static_cast<std::int32_t>(pixels);
    workers.for_chunks(points.size(), 16 * kBlock,
                       [&](std::size_t, std::size_t begin, std::size_t end, int worker) {
                           std::uint64_t* layer = m_layers[static_cast<std::size_t>(worker)].data();
                           std::array<std::int32_t, kBlock> cells;
                           for (std::size_t from = begin; from < end; from += kBlock) {
                               const std::size_t n = std::min(kBlock, end - from);
                               locate(&points.x[from], &points.y[from], n, frame, outside,
                                      cells.data());
                               const std::uint8_t* style = &points.style[from];
                               for (std::size_t i = 0; i < n; ++i) {
                                   std::uint64_t& cell = layer[cells[i]];
                                   cell += cell < (kColourLimit * kOne) ? words[style[i]] : kOne;
                               }
                           }
                       });

    std::uint64_t strays = 0;
    for (std::size_t l = 0; l < m_layerCount; ++l) strays += m_layers[l][pixels] >> kCountShift;
    m_inside = points.size() - static_cast<std::size_t>(strays);
    return m_inside;
}

std::uint32_t DensityRaster::countAt(int x, int y) const {
    const auto cell = static_cast<std::size_t>(y) * static_cast<std::size_t>(m_size.width()) +
                      static_cast<std::size_t>(x);
    std::uint64_t sum = 0;
    for (std::size_t l = 0; l < m_layerCount; ++l) sum += m_layers[l][cell] >> kCountShift;
    return static_cast<std::uint32_t>(sum);
}

void DensityRaster::tone(QImage& image, Workers& workers) const {
    const double pixels = std::max(1.0, double(m_size.width()) * m_size.height());
    const ToneTable table(
        std::clamp(16.0 * static_cast<double>(m_inside) / pixels, 8.0, double(kColourLimit)));
    const auto width = static_cast<std::size_t>(m_size.width());
    uchar* const bits = image.bits();
    const auto bytesPerLine = static_cast<std::size_t>(image.bytesPerLine());
    workers.for_chunks(
        static_cast<std::size_t>(m_size.height()), 32,
        [&](std::size_t, std::size_t begin, std::size_t end, int) {
            for (std::size_t row = begin; row < end; ++row) {
                auto* out = reinterpret_cast<QRgb*>(bits + row * bytesPerLine);
                for (std::size_t column = 0; column < width; ++column) {
                    std::uint64_t count = 0, red = 0, green = 0, blue = 0, coloured = 0;
                    for (std::size_t l = 0; l < m_layerCount; ++l) {
                        const std::uint64_t word = m_layers[l][row * width + column];
                        if (word == 0) continue;
                        count += word >> kCountShift;
                        coloured += std::min<std::uint64_t>(word >> kCountShift, kColourLimit);
                        red += word >> (2 * kSumBits) & kSumMask;
                        green += word >> kSumBits & kSumMask;
                        blue += word & kSumMask;
                    }
                    if (count == 0) {
                        out[column] = 0;
                        continue;
                    }
                    // Full sums keep their hue: they are read as the mean of the points they hold.
                    const auto shown = std::min<std::uint64_t>(count, kColourLimit);
                    const std::uint64_t factor = table.factor[shown] * shown;
                    const auto channel = [&](std::uint64_t sum) {
                        return static_cast<int>((sum * factor / coloured) >> 16);
                    };
                    out[column] = qRgba(channel(red), channel(green), channel(blue),
                                        static_cast<int>(table.alpha[shown]));
                }
            }
        });
}

}  // namespace cascadelab
