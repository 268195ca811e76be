// What a MovieLens folder says about its items: titles and genres. Any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/matrix.h"
#include "engine/store/ratings/name_table.h"

namespace cascadelab {

struct ItemTitles {
    std::vector<std::string> titles;  // by item number; an item's name when the file leaves it out
    std::vector<std::string> genres;  // names in alphabetical order
    Matrix item_genres;               // items x genres, 0 or 1
};

// Reads movies.csv (id,title,genres with |), movies.dat (::) or u.item (|, 19 genre flags), known
// by their names. Items that are not in `items` are left out. Text that is no UTF-8 is ISO 8859-1.
Result<ItemTitles> read_titles(const std::string& path, const NameTable& items);

}  // namespace cascadelab
