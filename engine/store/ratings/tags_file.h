// What people wrote on items in a MovieLens folder: the words as they stand, and who wrote which on
// what. Any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/ids.h"
#include "engine/store/ratings/name_table.h"

namespace cascadelab {

struct Tagging {
    PersonId person;  // invalid: somebody who rated nothing
    ItemId item;
    std::uint32_t tag = 0;  // its place among the names
};

struct ItemTags {
    std::vector<std::string> tags;  // in the order of their bytes; letters A-Z are small ones
    std::vector<Tagging> taggings;  // by (item, tag, person), each once
};

// Reads tags.csv (user,item,tag,timestamp) or tags.dat (::), known by their names. What was written
// on items that are not in `items` is left out, and so is a tag without words.
Result<ItemTags> read_tags(const std::string& path, const NameTable& people,
                           const NameTable& items);

}  // namespace cascadelab
