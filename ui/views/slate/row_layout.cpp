#include "ui/views/slate/row_layout.h"

#include <algorithm>
#include <cmath>

namespace cascadelab {
namespace {

constexpr double kHeading = 26, kRowGap = 12;
constexpr double kLargestCard = 240;
constexpr double kPeek = 0.3;  // of the card that shows that a row goes on

double cardWidth(double most, double width) {
    const double whole = (width - kCardGap * (most - 1)) / most;
    if (whole >= kSmallestCard) return std::min(whole, kLargestCard);
    // As many as can be read, and the beginning of one more.
    double columns = std::max(1.0, std::floor((width + kCardGap) / (kSmallestCard + kCardGap)));
    const auto wide = [&] { return (width - kCardGap * columns) / (columns + kPeek); };
    while (columns > 1 && wide() < kSmallestCard) --columns;
    return std::max(wide(), kSmallestCard);
}

}  // namespace

RowsLayout layOutRows(std::span<const PageRow> rows, double width, double height) {
    RowsLayout layout;
    if (rows.empty() || width < kSmallestCard) return layout;
    const double most = std::ranges::max_element(rows, {}, &PageRow::count)->count;
    const double w = cardWidth(most, width);
    const auto n = static_cast<double>(rows.size());
    const double natural = w * 9 / 16 + kCardWords;
    const double fitting = (height - kRowGap * (n - 1)) / n - kHeading;
    const double h = std::clamp(fitting, std::min(kFlattestPicture + kCardWords, natural), natural);
    double y = 0;
    for (const PageRow& row : rows) {
        layout.headings.emplace_back(0, y, width, kHeading - 4);
        for (int column = 0; column < row.count; ++column)
            layout.cards.emplace_back(column * (w + kCardGap), y + kHeading, w, h);
        y += kHeading + h + kRowGap;
    }
    layout.height = y - kRowGap;
    return layout;
}

}  // namespace cascadelab
