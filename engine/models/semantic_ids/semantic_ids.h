// Semantic IDs: every item's path of codes, from the broad to the fine, which a decoder can spell.
// Says which item has which ID; how codes are learned is the tokenizer's, how they are walked is
// CodeTree's. A value: changed by one thread, read by any.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/matrix.h"
#include "engine/base/parallel.h"
#include "engine/base/random.h"

namespace cascadelab {

using Code = std::uint16_t;
inline constexpr int kMostCodes = 65536;  // a digit

// What a residual quantiser knows: r_0 = x; c_l = argmin_k |r_l - e_lk|^2; r_l+1 = r_l - e_l,c_l.
struct Codebook {
    std::vector<Matrix> levels;  // of each level codes x dims

    std::size_t depth() const { return levels.size(); }
};

// Mean over rows of their squared norm; 0 without rows.
double mean_square(const Matrix& rows);

struct Quantised {
    std::vector<Code> codes;    // rows x levels
    Matrix residual;            // rows x dims: what is left after the last level
    std::vector<double> error;  // mean squared norm of what is left: of the rows, after each level
};
// The nearest code at every level, ties by lower code. rows: n x dims. The same for any number of
// workers; nullptr: the calling thread alone.
Quantised quantise(const Codebook& codebook, const Matrix& rows, Workers* workers = nullptr);

// Every item has exactly one ID at any time; items are the rows 0..items()-1. Without the extra
// digit an ID may belong to several items, with it never.
struct SemanticIds {
    std::vector<int> alphabet;  // of every digit: how many codes it may take, 0..alphabet-1
    bool extra_digit = false;   // the last digit is no code: it numbers the items of one path
    std::vector<Code> path_of;  // items x digits
    std::uint64_t version = 0;  // of the codebook: a decoder of another version misreads the codes

    int digits() const { return static_cast<int>(alphabet.size()); }
    int levels() const { return digits() - (extra_digit ? 1 : 0); }  // digits that are codes
    // Of the extra digit: the size of the biggest group so far, at least 1.
    int codes_at(int digit) const { return alphabet[static_cast<std::size_t>(digit)]; }
    std::size_t items() const { return alphabet.empty() ? 0 : path_of.size() / alphabet.size(); }
    std::span<const Code> path(ItemId item) const {
        return {path_of.data() + item.index() * alphabet.size(), alphabet.size()};
    }
    // The digits that are codes.
    std::span<const Code> codes(ItemId item) const {
        return path(item).first(static_cast<std::size_t>(levels()));
    }
};
// codes: items x levels, each below its level's alphabet. With the extra digit items of the same
// codes are numbered by id from 0; no group may pass kMostCodes.
SemanticIds make_ids(std::span<const Code> codes, std::vector<int> alphabet, bool extra_digit,
                     std::uint64_t version);

// An ID for the next item, items(): the codes, and the lowest extra digit free among items of the
// same codes, for which the extra digit's alphabet may grow. Nobody else's ID changes.
void append_id(SemanticIds& ids, std::span<const Code> codes);

// Of every field; two IDs in other hands are another hash.
std::uint64_t hash_of(const SemanticIds& ids);

// All items ordered by (path, id): items of the same first digits stand together.
std::vector<ItemId> items_by_path(const SemanticIds& ids);

}  // namespace cascadelab
