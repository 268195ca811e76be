// A page as a person sees it: one list, or rows of items under each other, read from left to right.
// What stands on it is decided elsewhere. Plain values.
#pragma once

#include <span>

#include "engine/world/events/event.h"

namespace cascadelab {

struct PageRow {
    Surface surface = Surface::home;
    ItemId anchor;           // because_watched: the item that it follows; invalid for other rows
    std::uint8_t first = 0;  // place on the page of its first item
    std::uint8_t count = 0;  // its items are those of the places from first on
};

// The row that holds a place; null for a feed.
inline const PageRow* row_at(std::span<const PageRow> rows, std::size_t place) {
    for (const PageRow& row : rows) {
        if (place >= row.first && place < row.first + std::size_t{row.count}) return &row;
    }
    return nullptr;
}
inline Surface surface_at(std::span<const PageRow> rows, std::size_t place) {
    const PageRow* row = row_at(rows, place);
    return row == nullptr ? Surface::home : row->surface;
}

inline constexpr std::size_t kLongestPage = 96;  // items; eight rows of twelve

// How a page came, where a modelled fleet serves it: what its person goes through before they see
// it, and what is left of their patience afterwards. The default came at once.
struct Arrival {
    double delay_s = 0;  // until it appears
    double leave = 0;    // chance to be gone before it does
    double think_s = 0;  // longer than usual over what it shows
    double stay = 1;     // share of a session's further pages that is left, > 0
};

struct ShownPage {
    std::span<const ItemId> items;      // in reading order
    std::span<const bool> explored;     // one flag an item
    std::span<const PageRow> rows{};    // from the top, covering all items; empty: one list
    std::span<const bool> generated{};  // one flag an item; empty: none was generated
    Arrival arrival{};
};

}  // namespace cascadelab
