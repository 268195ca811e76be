#include "ui/items/artwork.h"

#include <QLinearGradient>
#include <QPainter>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace cascadelab {
namespace {

// The window's own generator (SplitMix64): nothing drawn here touches a run's streams.
class Draws {
  public:
    explicit Draws(std::uint64_t seed) : m_state(seed) {}
    double next() {
        std::uint64_t z = (m_state += 0x9E3779B97F4A7C15ull);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
    }

  private:
    std::uint64_t m_state;
};

QPainterPath wavePath(const QRectF& frame, const Artwork::Wave& wave) {
    QPainterPath path(frame.bottomLeft());
    constexpr int kSteps = 24;
    for (int i = 0; i <= kSteps; ++i) {
        const double x = static_cast<double>(i) / kSteps;
        const double angle = 2 * std::numbers::pi * (x / wave.length + wave.phase);
        const double y = wave.level + wave.height * std::sin(angle);
        path.lineTo(frame.left() + x * frame.width(), frame.top() + y * frame.height());
    }
    path.lineTo(frame.bottomRight());
    path.closeSubpath();
    return path;
}

}  // namespace

Artwork artworkOf(ItemId item, std::size_t topic) {
    Draws draws(item.index() * 0x2545F4914F6CDD1Dull + topic);
    Artwork art;
    art.topic = topic % 8;
    art.second = (topic + 1 + static_cast<std::size_t>(draws.next() * 7)) % 8;
    art.slant = draws.next();
    if (draws.next() < 0.45) {
        art.sunX = 0.15 + 0.7 * draws.next();
        art.sunY = 0.2 + 0.25 * draws.next();
        art.sunSize = 0.08 + 0.12 * draws.next();
    }
    const int count = 2 + static_cast<int>(draws.next() * 2);
    for (int i = 0; i < count; ++i) {
        Artwork::Wave wave;
        wave.level = 0.5 + 0.4 * (i + draws.next() * 0.6) / count;
        wave.height = 0.06 + 0.12 * draws.next();
        wave.length = 0.5 + 0.9 * draws.next();
        wave.phase = draws.next();
        art.waves.push_back(wave);
    }
    return art;
}

void paintArtwork(QPainter& painter, const QRectF& frame, const Artwork& art, const Theme& theme,
                  double radius) {
    const QColor first = theme.categoryColor(art.topic);
    const QColor second = mixed(theme.categoryColor(art.second), first, 0.35);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath clip;
    clip.addRoundedRect(frame, radius, radius);
    painter.setClipPath(clip);

    QLinearGradient sky(frame.topLeft(),
                        QPointF(frame.left() + art.slant * frame.width(), frame.bottom()));
    sky.setColorAt(0, first);
    sky.setColorAt(1, second);
    painter.fillRect(frame, sky);
    painter.setPen(Qt::NoPen);
    if (art.sunSize > 0) {
        painter.setBrush(theme.glow);
        const double r = art.sunSize * frame.height();
        painter.drawEllipse(QPointF(frame.left() + art.sunX * frame.width(),
                                    frame.top() + art.sunY * frame.height()),
                            r, r);
    }
    int depth = 0;
    for (const Artwork::Wave& wave : art.waves) {
        QColor shade = mixed(second, theme.hills, 0.25 + 0.2 * depth++);
        shade.setAlphaF(0.75f);
        painter.setBrush(shade);
        painter.drawPath(wavePath(frame, wave));
    }
    painter.restore();
}

}  // namespace cascadelab
