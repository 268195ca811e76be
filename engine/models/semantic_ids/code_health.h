// How well the codes are used: level by level, and how far items can be told apart by them. Read
// off the IDs alone. Any thread.
#pragma once

#include "engine/models/semantic_ids/semantic_ids.h"

namespace cascadelab {

struct LevelHealth {
    double entropy_bits = 0;  // of the share of items a code; log2 of the alphabet when even
    double perplexity = 0;    // 2^entropy: as many codes, used evenly, would say as much
    int dead_codes = 0;       // codes no item has
};

// The extra digit is no code and counts nowhere.
struct CodeHealth {
    std::vector<LevelHealth> levels;
    double unique_share = 0;    // of items: those whose codes no other item has
    double collision_rate = 0;  // 1 - distinct paths of codes / items (LC-Rec, Zheng et al. 2024)
    std::size_t biggest_group = 0;  // most items of one path of codes
};
CodeHealth code_health(const SemanticIds& ids);
// Mean over levels of perplexity over alphabet, 0..1: the share of the codes that, used alike,
// would say as much. health is that of the IDs.
double perplexity_share(const CodeHealth& health, const SemanticIds& ids);

// The law of pigeonholes: codes^levels paths, so at least that many fewer of the items go without
// one of their own, however even the codes. 45M items over 3 x 256: 28.2M.
std::uint64_t items_beyond_paths(std::uint64_t items, std::uint64_t codes, int levels);

}  // namespace cascadelab
