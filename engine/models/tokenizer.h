// Learns a codebook from the vectors of all items and gives every item its semantic ID. The default
// is residual k-means: level after level, each on what the levels before left over; it takes no
// gradient and cannot collapse in silence. Immutable once built; any thread may read.
#pragma once

#include <memory>

#include "engine/models/ials.h"
#include "engine/models/kmeans.h"
#include "engine/models/semantic_ids.h"

namespace cascadelab {

enum class TokenizerKind {
    residual_kmeans,
    balanced_kmeans  // the same with clusters of one size on every level
};

struct TokenizerSettings {
    TokenizerKind kind = TokenizerKind::residual_kmeans;
    int levels = 3;
    int codes = 256;  // a level
    int rounds = 15;  // of k-means, a level, at most
    KmeansStart start = KmeansStart::plus_plus;
    bool reset_dead = true;    // codes without items go to the items that fit worst
    bool spread_last = false;  // items that share all codes are spread over the last level's
    bool extra_digit = true;   // one more digit tells apart the items of one path
    std::uint64_t version = 1;
    std::uint64_t seed = 0;
};

class Tokenizer {
  public:
    explicit Tokenizer(Codebook codebook) : m_codebook(std::move(codebook)) {}

    const Codebook& codebook() const { return m_codebook; }
    // rows: n x dims, in the space the tokenizer was built on.
    Quantised quantise(const Matrix& rows, Workers* workers = nullptr) const;

  private:
    Codebook m_codebook;
};

struct Tokenized {
    Tokenizer tokenizer;
    SemanticIds ids;
    std::vector<double> error;  // mean squared norm of what is left: of the rows, after each level
};
// vectors: items x dims. The same for any number of workers; nullptr: the calling thread alone.
// Null when cancelled.
std::shared_ptr<const Tokenized> tokenize(const Matrix& vectors, const TokenizerSettings& settings,
                                          Workers* workers = nullptr,
                                          const Progress& progress = {});

// IDs for items newer than the last rebuild: vectors, n x dims, are those of the next n items.
void append_ids(SemanticIds& ids, const Tokenizer& tokenizer, const Matrix& vectors);

}  // namespace cascadelab
