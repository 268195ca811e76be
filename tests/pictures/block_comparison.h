// Whether two pictures show the same. Both are softened a little and read in blocks of 16 x 16
// pixels, and a block is asked two things: how many of its pixels are strangers, that is, of a
// colour that the other picture has nowhere within one pixel of the place; and how far apart the
// two mean colours are. Another rasteriser moves edges by parts of a pixel, which makes no stranger
// and shifts no mean; a word three pixels off, a word too few or another colour does. Any thread.
#pragma once

#include <QImage>
#include <QRect>
#include <QString>

namespace cascadelab {

// Bounds chosen by measurement; reference_pictures_test prints what it measures on either side.
inline constexpr int kBlock = 16;          // pixels, side of a block
inline constexpr int kStrangerLevel = 30;  // of 255: so far a channel leaves the range nearby
inline constexpr int kMostStrangers = 2;   // pixels of a block
inline constexpr double kMostTone = 10;    // of 255: between the mean colours of a block

// The worst block of each kind.
struct BlockComparison {
    bool hasSameSize = false;
    int strangers = 0;   // pixels
    double tone = 0;     // of 255, of the channel that differs most
    QRect strangest;     // the block with most strangers
    QRect furthestTone;  // the block whose means are furthest apart

    bool isAlike() const { return hasSameSize && strangers <= kMostStrangers && tone <= kMostTone; }
    QString sentence() const;  // where they differ and how far
};

BlockComparison compareByBlocks(const QImage& now, const QImage& reference);

// The furthest that a channel of a pixel is apart, of 255; 255 when they are not of one size. One
// picture painted twice is up to kTwice apart: Qt sets the letters of a path 1/64 pixel apart,
// depending on what it has set before.
inline constexpr int kTwice = 2;
int levelsApart(const QImage& a, const QImage& b);

// The reference in grey, strangers in red and blocks of another tone framed.
QImage differencePicture(const QImage& now, const QImage& reference);

}  // namespace cascadelab
