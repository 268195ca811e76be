// What each training job computes, from the log as it stood at virtual time T. Pure functions,
// run on a background thread; the result is published at T + training.duration_s.
#pragma once

#include <memory>

#include "engine/cascade/request/published.h"
#include "engine/features/point_in_time.h"
#include "engine/models/collaborative/interactions.h"
#include "engine/params/params.h"
#include "engine/world/population.h"

namespace cascadelab {

// What a training round reads: the log and what stands beside it at one moment; copying shares.
struct FrozenLog {
    std::uint64_t seed = 0;
    std::uint64_t tick = 0;
    Params params;
    Seconds now_s = 0;
    JoinView join;  // log, batches, checkpoints, catalogue
    std::vector<std::shared_ptr<const LoggedRequest>> requests;  // newest logged requests
    std::shared_ptr<const std::vector<Device>> devices;          // per person
};

struct FactorizationResult {
    std::shared_ptr<const Factorization> model;
    VectorSpace space;
};
struct TwoTowerResult {
    std::shared_ptr<const TwoTower> model;
    VectorSpace space;
};
struct HstuResult {
    std::shared_ptr<const SequenceModel> model;
    VectorSpace space;
};
// A new codebook, a new decoder, or both; null: as before.
struct GenerativeResult {
    std::shared_ptr<const Tokenized> codes;
    std::shared_ptr<const CodeDecoder> decoder;
    Seconds began_s = 0;
};
struct RankerResult {
    std::shared_ptr<const Ranker> model;
    std::size_t rows = 0;
    float skew =
        0;  // mean absolute difference of served and joined store columns, in standard deviations
};

// What a generative training is to renew, and what it goes on from.
struct GenerativeTask {
    bool codes = false;                             // learn the codebook anew
    bool decoder = false;                           // train a decoder of the newest codes
    std::uint64_t version = 1;                      // of a new codebook
    GenerativeModel served;                         // codes and decoder to go on from
    std::shared_ptr<const SequenceModel> sequence;  // whose vectors of people the decoder is told
};

Seconds history_begin_s(const FrozenLog& view);  // begin of the training history
// What a training at the view's moment publishes of these item vectors.
VectorSpace publish(Matrix vectors, const FrozenLog& view);

// Watches of at least a tenth inside the training history, in log order. What the log knows already
// but ends only later is not among them.
Interactions training_interactions(const FrozenLog& view);

// Each returns a result without a model when there is too little to learn from, or when cancelled.
FactorizationResult train_factorization(const FrozenLog& view, const Progress& progress);
TwoTowerResult train_towers(const FrozenLog& view, const Progress& progress);
HstuResult train_hstu(const FrozenLog& view, const Progress& progress);
GenerativeResult train_generative_on_log(const FrozenLog& view, const GenerativeTask& task,
                                         const Progress& progress);
RankerResult train_ranker_on_log(const FrozenLog& view, const Progress& progress);
std::shared_ptr<const CoVisitation> train_covisitation(const FrozenLog& view);

// Rows for items released after the space was trained, as the model makes them of content alone. A
// factorization has nothing to say of them.
template <class Model>
void extend_space(VectorSpace& space, const Model& model, const Catalogue& catalogue) {
    std::vector<float> vector(static_cast<std::size_t>(model.dims()));
    for (std::size_t item = space.size(); item < catalogue.size(); ++item) {
        model.embed_item(ItemId(item), catalogue.content[item], vector);
        space.extend(vector);
    }
}

}  // namespace cascadelab
