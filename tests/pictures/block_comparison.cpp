#include "tests/pictures/block_comparison.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace cascadelab {
namespace {

using Channels = std::array<int, 3>;

Channels channelsOf(QRgb pixel) {
    return {qRed(pixel), qGreen(pixel), qBlue(pixel)};
}

QImage plain(const QImage& picture) {
    return picture.convertToFormat(QImage::Format_RGB32);
}

QRgb at(const QImage& picture, int x, int y) {
    return reinterpret_cast<const QRgb*>(picture.constScanLine(y))[x];
}

// Weights 1 2 1 over 4 along a line of pixels; the edge repeats.
QRgb mixed(QRgb before, QRgb here, QRgb after) {
    const Channels a = channelsOf(before), b = channelsOf(here), c = channelsOf(after);
    Channels mean;
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] = (a[i] + 2 * b[i] + c[i] + 2) / 4;
    return qRgb(mean[0], mean[1], mean[2]);
}

// A stroke of one pixel keeps its height wherever between two pixels it stands.
QImage softened(const QImage& picture) {
    const QImage sharp = plain(picture);
    const int right = sharp.width() - 1, bottom = sharp.height() - 1;
    QImage across = sharp, both = sharp;
    for (int y = 0; y <= bottom; ++y)
        for (int x = 0; x <= right; ++x)
            across.setPixel(x, y,
                            mixed(at(sharp, std::max(0, x - 1), y), at(sharp, x, y),
                                  at(sharp, std::min(right, x + 1), y)));
    for (int y = 0; y <= bottom; ++y)
        for (int x = 0; x <= right; ++x)
            both.setPixel(x, y,
                          mixed(at(across, x, std::max(0, y - 1)), at(across, x, y),
                                at(across, x, std::min(bottom, y + 1))));
    return both;
}

// Whether a pixel's colour leaves the range of the pixels around the same place elsewhere.
bool isStranger(QRgb pixel, const QImage& elsewhere, int x, int y) {
    if (pixel == at(elsewhere, x, y)) return false;
    Channels low = {255, 255, 255}, high = {0, 0, 0};
    for (int v = std::max(0, y - 1); v <= std::min(elsewhere.height() - 1, y + 1); ++v) {
        for (int u = std::max(0, x - 1); u <= std::min(elsewhere.width() - 1, x + 1); ++u) {
            const Channels near = channelsOf(at(elsewhere, u, v));
            for (std::size_t c = 0; c < near.size(); ++c) {
                low[c] = std::min(low[c], near[c]);
                high[c] = std::max(high[c], near[c]);
            }
        }
    }
    const Channels own = channelsOf(pixel);
    for (std::size_t c = 0; c < own.size(); ++c)
        if (own[c] < low[c] - kStrangerLevel || own[c] > high[c] + kStrangerLevel) return true;
    return false;
}

bool isStrangerHereOrThere(const QImage& a, const QImage& b, int x, int y) {
    return isStranger(at(a, x, y), b, x, y) || isStranger(at(b, x, y), a, x, y);
}

struct BlockFigures {
    int strangers = 0;
    double tone = 0;
};

BlockFigures figuresOf(const QImage& a, const QImage& b, const QRect& block) {
    BlockFigures figures;
    Channels more = {0, 0, 0};
    for (int y = block.top(); y <= block.bottom(); ++y) {
        for (int x = block.left(); x <= block.right(); ++x) {
            figures.strangers += isStrangerHereOrThere(a, b, x, y);
            const Channels own = channelsOf(at(a, x, y)), other = channelsOf(at(b, x, y));
            for (std::size_t c = 0; c < more.size(); ++c) more[c] += own[c] - other[c];
        }
    }
    for (const int sum : more)
        figures.tone = std::max(figures.tone, std::abs(double(sum)) / kBlock / kBlock);
    return figures;
}

// visit(block) for every block, those at the right and lower edge cut.
template <class Visit>
void everyBlock(const QRect& picture, Visit visit) {
    for (int top = 0; top < picture.height(); top += kBlock)
        for (int left = 0; left < picture.width(); left += kBlock)
            visit(QRect(left, top, kBlock, kBlock).intersected(picture));
}

}  // namespace

QString BlockComparison::sentence() const {
    if (!hasSameSize) return QStringLiteral("they are not of one size");
    const auto place = [](const QRect& block) {
        return QStringLiteral("(%1, %2)").arg(block.left()).arg(block.top());
    };
    return QStringLiteral(
               "at %1 %2 pixels of a block are strangers (at most %3 may be), at %4 the mean "
               "colour "
               "is %5 of 255 off (at most %6)")
        .arg(place(strangest))
        .arg(strangers)
        .arg(kMostStrangers)
        .arg(place(furthestTone))
        .arg(tone, 0, 'f', 1)
        .arg(kMostTone);
}

BlockComparison compareByBlocks(const QImage& now, const QImage& reference) {
    BlockComparison found;
    found.hasSameSize = !now.isNull() && now.size() == reference.size();
    if (!found.hasSameSize) return found;
    const QImage a = softened(now), b = softened(reference);
    everyBlock(a.rect(), [&](const QRect& block) {
        const BlockFigures figures = figuresOf(a, b, block);
        if (figures.strangers > found.strangers) {
            found.strangers = figures.strangers;
            found.strangest = block;
        }
        if (figures.tone > found.tone) {
            found.tone = figures.tone;
            found.furthestTone = block;
        }
    });
    return found;
}

int levelsApart(const QImage& a, const QImage& b) {
    if (a.size() != b.size()) return 255;
    const QImage one = plain(a), other = plain(b);
    int most = 0;
    for (int y = 0; y < one.height(); ++y) {
        for (int x = 0; x < one.width(); ++x) {
            const Channels here = channelsOf(at(one, x, y)), there = channelsOf(at(other, x, y));
            for (std::size_t c = 0; c < here.size(); ++c)
                most = std::max(most, std::abs(here[c] - there[c]));
        }
    }
    return most;
}

QImage differencePicture(const QImage& now, const QImage& reference) {
    if (now.size() != reference.size()) return reference;
    const QImage a = softened(now), b = softened(reference);
    QImage picture =
        plain(reference).convertToFormat(QImage::Format_Grayscale8).convertToFormat(b.format());
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            if (isStrangerHereOrThere(a, b, x, y)) picture.setPixel(x, y, qRgb(255, 0, 0));
    QPainter painter(&picture);
    painter.setPen(QColor(255, 0, 0));
    everyBlock(a.rect(), [&](const QRect& block) {
        if (figuresOf(a, b, block).tone > kMostTone) painter.drawRect(block.adjusted(0, 0, -1, -1));
    });
    return picture;
}

}  // namespace cascadelab
