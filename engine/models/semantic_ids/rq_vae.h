// The RQ-VAE: a codebook learned by gradient together with an encoder, so that codes describe what
// a decoder needs to rebuild the row (Rajput et al. 2023, TIGER, section 3.1). The tokenizer that
// can collapse, and everything that makes it. Immutable once trained; any thread may encode.
#pragma once

#include <memory>

#include "engine/models/progress.h"
#include "engine/models/semantic_ids/semantic_ids.h"
#include "engine/models/semantic_ids/tokenizer_settings.h"

namespace cascadelab {

// Maps rows into the space a codebook stands in.
class RowEncoder {
  public:
    virtual ~RowEncoder() = default;
    virtual Matrix encode(const Matrix& rows) const = 0;  // n x inputs -> n x latent
};

struct RqVae {
    std::shared_ptr<const RowEncoder> encoder;
    Codebook codebook;         // over the encoder's outputs
    std::vector<double> loss;  // an epoch; mean over rows, in squared standard deviations
};
// vectors: items x dims; every dimension is standardised first. Codes begin by k-means, level after
// level, on what the untrained encoder says, or as N(0, 1) wherever that lies; reset, codes that no
// row takes after an epoch go to what the levels before leave of random rows. One thread. A null
// encoder when cancelled.
RqVae train_rq_vae(const Matrix& vectors, const TokenizerSettings& settings,
                   const Progress& progress = {});

}  // namespace cascadelab
