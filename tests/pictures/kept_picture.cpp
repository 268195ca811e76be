#include "tests/pictures/kept_picture.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

#include "tests/pictures/block_comparison.h"

namespace cascadelab {
namespace {

constexpr std::array kCells = {48, 32, 24, 16, 12, 8};  // of 255, width of a cell
constexpr qsizetype kMostColours = 256;
constexpr std::size_t kUntouched = 24;  // most frequent colours

using Cell = std::array<int, 3>;

Cell cellOf(QRgb colour, int width) {
    return {qRed(colour) / width, qGreen(colour) / width, qBlue(colour) / width};
}

struct Frequency {
    QRgb colour;
    int pixels;
};

// All colours, the most frequent first, the darker of two that are as frequent.
std::vector<Frequency> frequencies(const QImage& picture) {
    std::map<QRgb, int> counts;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x) ++counts[picture.pixel(x, y)];
    std::vector<Frequency> colours;
    for (const auto& [colour, pixels] : counts) colours.push_back({colour, pixels});
    std::ranges::stable_sort(colours, std::greater<>{}, &Frequency::pixels);
    return colours;
}

struct Mean {
    std::array<double, 3> sum{};
    double pixels = 0;

    void add(const Frequency& colour) {
        sum[0] += double(qRed(colour.colour)) * colour.pixels;
        sum[1] += double(qGreen(colour.colour)) * colour.pixels;
        sum[2] += double(qBlue(colour.colour)) * colour.pixels;
        pixels += colour.pixels;
    }
    QRgb colour() const {
        const auto channel = [&](std::size_t c) { return int(std::lround(sum[c] / pixels)); };
        return qRgb(channel(0), channel(1), channel(2));
    }
};

struct Palette {
    QList<QRgb> colours;
    std::map<QRgb, uint> number;  // of every colour of the picture
};

Palette paletteOf(const std::vector<Frequency>& colours, int width) {
    Palette palette;
    std::map<Cell, Mean> means;
    const std::size_t untouched = std::min(kUntouched, colours.size());
    for (std::size_t i = 0; i < untouched; ++i) {
        palette.number[colours[i].colour] = uint(i);
        palette.colours << colours[i].colour;
    }
    for (std::size_t i = untouched; i < colours.size(); ++i)
        means[cellOf(colours[i].colour, width)].add(colours[i]);
    std::map<Cell, uint> numbers;
    for (const auto& [cell, mean] : means) {
        numbers[cell] = uint(palette.colours.size());
        palette.colours << mean.colour();
    }
    for (std::size_t i = untouched; i < colours.size(); ++i)
        palette.number[colours[i].colour] = numbers[cellOf(colours[i].colour, width)];
    return palette;
}

QImage inColoursOf(const Palette& palette, const QImage& picture) {
    QImage few(picture.size(), QImage::Format_Indexed8);
    few.setColorTable(palette.colours);
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            few.setPixel(x, y, palette.number.at(picture.pixel(x, y)));
    return few;
}

}  // namespace

QImage inFewColours(const QImage& picture) {
    const QImage plain = picture.convertToFormat(QImage::Format_RGB32);
    const std::vector<Frequency> colours = frequencies(plain);
    QImage few;
    for (const int width : kCells) {
        const Palette palette = paletteOf(colours, width);
        if (palette.colours.size() > kMostColours) break;
        few = inColoursOf(palette, plain);
        const BlockComparison found = compareByBlocks(few, plain);
        if (found.strangers == 0 && found.tone <= kMostTone / 2) break;
    }
    return few;
}

bool keepPicture(const QImage& picture, const QString& path) {
    constexpr int kSmallest = 0;  // of the quality that stands for PNG's compression
    return QDir().mkpath(QFileInfo(path).path()) &&
           inFewColours(picture).save(path, "PNG", kSmallest);
}

}  // namespace cascadelab
