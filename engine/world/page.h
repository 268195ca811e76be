// A page as a person sees it: one list, or rows of items under each other, read from left to right.
// What stands on it is decided elsewhere. Plain values.
#pragma once

#include <span>

#include "engine/world/event.h"

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

struct ShownPage {
    std::span<const ItemId> items;      // in reading order
    std::span<const bool> explored;     // one flag an item
    std::span<const PageRow> rows{};    // from the top, covering all items; empty: one list
    std::span<const bool> generated{};  // one flag an item; empty: none was generated
};

}  // namespace cascadelab
