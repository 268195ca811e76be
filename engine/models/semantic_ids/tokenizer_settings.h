// How codes are learned and who gets which: every tokenizer's settings in one place. Any thread.
#pragma once

#include "engine/models/numeric/kmeans.h"

namespace cascadelab {

enum class TokenizerKind {
    residual_kmeans,
    balanced_kmeans,  // the same with clusters of one size on every level
    rq_vae            // codes learned by gradient together with an encoder
};

// What only the RQ-VAE reads.
struct RqVaeSettings {
    int hidden = 64;
    int latent = 16;  // width of what is quantised
    int epochs = 30;
    int batch = 256;
    double learning_rate = 1e-3;
    double commitment = 0.25;  // weight of what pulls the encoder to its codes
    // The known mistake: the reconstruction's error is a mean over dimensions where the quantiser's
    // is a sum, so that rows are pulled to codes faster than rebuilding them holds them apart.
    bool mean_reconstruction = false;
};

struct TokenizerSettings {
    TokenizerKind kind = TokenizerKind::residual_kmeans;
    int levels = 3;
    int codes = 256;  // a level
    int rounds = 15;  // of k-means, a level, at most
    KmeansStart start = KmeansStart::plus_plus;
    bool reset_dead = true;    // codes without items go to items
    bool spread_last = false;  // items that share all codes are spread over the last level's
    bool extra_digit = true;   // one more digit tells apart the items of one path
    RqVaeSettings rq_vae = {};
    std::uint64_t version = 1;
    std::uint64_t seed = 0;
};

}  // namespace cascadelab
