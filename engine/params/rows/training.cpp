// When and how models learn.
#include <array>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr std::array kSequenceBlocks = {"hstu"sv, "sasrec"sv};

using Group = TrainingParams;

// clang-format off
constexpr Parameter kRows[] = {
    row<&Params::training, &Group::every_h>({"training.every_h", "Train every", "h", "How often all models are trained again on the log."},
        {1, 336, 1, kLog}, Stage::training, When::live),
    row<&Params::training, &Group::duration_s>({"training.duration_s", "Training takes", "s", "Virtual time from the start of a training job to the deployment of its model."},
        {0, 86400, 60, kLog}, Stage::training, When::live),
    row<&Params::training, &Group::history_days>({"training.history_days", "Training history", "days", "How much of the log the models learn from."},
        {1, 60, 1}, Stage::training, When::live),
    row<&Params::training, &Group::mf_dims>({"training.mf_dims", "Factorization dimensions", "", "Dimensions of the iALS factors."},
        {4, 128, 4}, Stage::training, When::live),
    row<&Params::training, &Group::mf_epochs>({"training.mf_epochs", "Factorization epochs", "epochs", "Alternations of the least-squares steps."},
        {1, 64, 1}, Stage::training, When::live),
    row<&Params::training, &Group::mf_unobserved_weight>({"training.mf_unobserved_weight", "Weight of unobserved", "", "iALS a0: how much every unobserved pair counts as a zero."},
        {0.001, 2, 0.001, kLog}, Stage::training, When::live),
    row<&Params::training, &Group::mf_regularization>({"training.mf_regularization", "Factorization regularisation", "", "iALS lambda, scaled by frequency."},
        {0.0001, 1, 0.0001, kLog}, Stage::training, When::live),
    row<&Params::training, &Group::tower_dims>({"training.tower_dims", "Two-tower dimensions", "", "Width of the vectors that retrieval searches."},
        {8, 128, 8}, Stage::training, When::live),
    row<&Params::training, &Group::tower_epochs>({"training.tower_epochs", "Two-tower epochs", "epochs", "Passes over the training examples."},
        {1, 30, 1}, Stage::training, When::live),
    row<&Params::training, &Group::tower_examples>({"training.tower_examples", "Two-tower examples", "rows", "Most recent positive examples the towers learn from."},
        {1000, 500000, 1000, kLog}, Stage::training, When::live),
    row<&Params::training, &Group::tower_learning_rate>({"training.tower_learning_rate", "Two-tower learning rate", "", "Step size of AdamW."},
        {0.0001, 0.1, 0.0001, kLog}, Stage::training, When::live),
    row<&Params::training, &Group::tower_id_dropout>({"training.tower_id_dropout", "Id dropout", "share", "Share of examples trained without the id embedding, so that new items live from content alone."},
        {0, 1, 0.05}, Stage::training, When::live),
    row<&Params::training, &Group::tower_cold_share>({"training.tower_cold_share", "Cold examples", "share", "Share of the two-tower's examples whose person is shown without id and history, as who has just joined."},
        {0, 0.9, 0.01}, Stage::training, When::live),
    option<&Params::training, &Group::hstu_block>({"training.hstu_block", "HSTU block", "", "What the sequence model is built of: hstu, or the sasrec transformer as its baseline."},
        kSequenceBlocks, Stage::training, When::live),
    row<&Params::training, &Group::hstu_dims>({"training.hstu_dims", "HSTU dimensions", "", "Width of the sequence model and of its vectors."},
        {8, 128, 8}, Stage::training, When::live),
    row<&Params::training, &Group::hstu_blocks>({"training.hstu_blocks", "HSTU blocks", "blocks", "Layers of the sequence model."},
        {1, 8, 1}, Stage::training, When::live),
    row<&Params::training, &Group::hstu_negatives>({"training.hstu_negatives", "HSTU negatives", "items", "Items drawn at random that each next item is told apart from."},
        {4, 1024, 4, kLog}, Stage::training, When::live),
    row<&Params::training, &Group::hstu_epochs>({"training.hstu_epochs", "HSTU epochs", "epochs", "Passes over all sequences at most; training stops when people held out no longer gain."},
        {1, 100, 1, kLog}, Stage::training, When::live),
    row<&Params::training, &Group::hstu_batch>({"training.hstu_batch", "HSTU batch", "sequences", "Sequences of one training step; few people need small ones, or there are too few steps."},
        {4, 512, 4, kLog}, Stage::training, When::live),
    row<&Params::training, &Group::hstu_learning_rate>({"training.hstu_learning_rate", "HSTU learning rate", "", "Step size of AdamW."},
        {0.0001, 0.1, 0.0001, kLog}, Stage::training, When::live),
    row<&Params::training, &Group::hstu_id_dropout>({"training.hstu_id_dropout", "HSTU id dropout", "share", "Share of item ids left out in training, so that new items live from content alone."},
        {0, 1, 0.05}, Stage::training, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> training_rows() {
    return kRows;
}

}  // namespace cascadelab
