// Learns a codebook from the vectors of all items and gives every item its semantic ID. The default
// is residual k-means: level after level, each on what the levels before left over; it takes no
// gradient and cannot collapse in silence. Immutable once built; any thread may read.
#pragma once

#include <memory>

#include "engine/models/semantic_ids/rq_vae.h"

namespace cascadelab {

// Maps vectors to codes: the codebook, and the encoder into its space where there is one.
class Tokenizer {
  public:
    explicit Tokenizer(Codebook codebook, std::shared_ptr<const RowEncoder> encoder = nullptr)
        : m_codebook(std::move(codebook)), m_encoder(std::move(encoder)) {}

    const Codebook& codebook() const { return m_codebook; }
    // rows: n x dims, as the vectors it was built on; residuals and errors in the codes' space.
    Quantised quantise(const Matrix& rows, Workers* workers = nullptr) const;

  private:
    Codebook m_codebook;
    std::shared_ptr<const RowEncoder> m_encoder;  // null: the codes stand among the vectors
};

struct Tokenized {
    Tokenizer tokenizer;
    SemanticIds ids;
    std::vector<double> error;  // mean squared norm of what is left: of the rows, after each level
    std::vector<double> loss;   // of the RQ-VAE, an epoch; else empty

    std::uint64_t hash() const;  // of the IDs and the codebook
};
// vectors: items x dims. The same for any number of workers; nullptr: the calling thread alone.
// Null when cancelled.
std::shared_ptr<const Tokenized> tokenize(const Matrix& vectors, const TokenizerSettings& settings,
                                          Workers* workers = nullptr,
                                          const Progress& progress = {});

// IDs for items newer than the last rebuild: vectors, n x dims, are those of the next n items.
void append_ids(SemanticIds& ids, const Tokenizer& tokenizer, const Matrix& vectors);

}  // namespace cascadelab
