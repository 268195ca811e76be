// A trained sequence model at work: vectors of items and people, one row a block for every event.
// Immutable; any thread may read, each person's state belongs to its caller.
#pragma once

#include <memory>
#include <vector>

#include "engine/models/sequence/sequence_row.h"

namespace cascadelab {

// What serving keeps of a net, and which items it has met.
struct SequenceWeights {
    SequenceWeights() = default;
    SequenceWeights(const SequenceNet<float>& net, const SequenceSettings& settings);

    Eigen::Index dims = 0;
    Eigen::Index heads = 1;
    Eigen::Index length = 0;
    Matrix ids;      // items x d
    Matrix content;  // content width x d
    Matrix place;    // length x d
    Matrix action;   // kTokenActions x d
    Matrix watch;    // kWatchBuckets x d
    Matrix surface;  // kTokenSurfaces x d
    std::vector<std::shared_ptr<const RowBlock>> blocks;
};

// Losses a epoch in nats.
struct SequenceLosses {
    std::vector<double> training;
    std::vector<double> validation;
};

// known: by item, whether a sequence of the training set held it; the others' ids kept their random
// start and do not count.
std::shared_ptr<const SequenceModel> serve_sequences(SequenceWeights weights,
                                                     std::vector<bool> known,
                                                     SequenceLosses losses);

}  // namespace cascadelab
