// Two towers with a content tower for new items (Yi et al. 2019, "Sampling-bias-corrected neural
// modeling for large corpus item recommendations"). score(person, item) = <u, v>, both
// L2-normalised. Immutable once trained; any thread may read.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/matrix.h"
#include "engine/models/progress.h"

namespace cascadelab {

struct TwoTowerSettings {
    int id_dims = 32;  // width of the id embeddings
    int hidden = 64;
    int dims = 32;  // width of both outputs
    int epochs = 3;
    int batch = 256;
    double learning_rate = 5e-3;  // AdamW
    double temperature = 0.07;    // tau of the in-batch softmax
    double id_dropout = 0.3;      // share of examples in which an id embedding is replaced by zeros
    bool logq = true;  // subtract log p_j (probability that item j is in a batch) in training only
    std::uint64_t seed = 0;
};

// One row an example: the positive pair and the person's features as they were at that moment.
struct TwoTowerExamples {
    std::size_t people = 0;
    std::size_t items = 0;
    std::vector<PersonId> person;  // invalid: nobody the model knows
    std::vector<ItemId> item;
    Matrix person_features;  // examples x person feature width
    Matrix item_features;    // items x item feature width (content features every item has from its
                             // release)
};

class TwoTower {
  public:
    virtual ~TwoTower() = default;
    virtual int dims() const = 0;
    // Unit vector (dims) of a person from id and features; an id the model has not trained on
    // counts as unknown.
    virtual void embed_person(PersonId person, std::span<const float> features,
                              std::span<float> out) const = 0;
    // Unit vector (dims) of an item; one newer than the training set is served from its content
    // alone.
    virtual void embed_item(ItemId item, std::span<const float> features,
                            std::span<float> out) const = 0;
    virtual bool trained_on(ItemId item) const = 0;
    virtual std::span<const double> epoch_loss() const = 0;  // mean loss of every epoch, nats
};

// Returns null when cancelled through progress, or when there are no examples.
std::shared_ptr<const TwoTower> train_two_tower(const TwoTowerExamples& examples,
                                                const TwoTowerSettings& settings,
                                                const Progress& progress = {});

// The vectors of items 0..features.rows()-1: items x dims.
Matrix embed_items(const TwoTower& model, const Matrix& item_features);

}  // namespace cascadelab
