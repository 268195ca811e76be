// What the training jobs beside those of the eras compute, from the log as it stood at virtual time
// T. Pure functions, run on a background thread; the result is published at T +
// training.duration_s.
#pragma once

#include <memory>

#include "engine/cascade/request/published.h"
#include "engine/features/frozen_log.h"
#include "engine/models/sequence/sequence_model.h"

namespace cascadelab {

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

// Each returns a result without a model when there is too little to learn from, or when cancelled.
GenerativeResult train_generative_on_log(const FrozenLog& view, const GenerativeTask& task,
                                         const Progress& progress);
RankerResult train_ranker_on_log(const FrozenLog& view, const Progress& progress);
std::shared_ptr<const CoVisitation> train_covisitation(const FrozenLog& view);

}  // namespace cascadelab
