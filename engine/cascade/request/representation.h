// The face of an era: what one training made of people and items, as vectors of one space.
// Training, serving, extension, hash and memory know an era by this face alone; behind it, each era
// has a file of its own in eras/. Immutable; any thread.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/base/hash.h"
#include "engine/cascade/request/vector_space.h"

namespace cascadelab {

struct CascadeInputs;
struct CascadeScratch;
struct PersonFeatures;
struct Request;

class Representation {
  public:
    virtual ~Representation() = default;

    // Entries of a vector that say what a person or an item is like. A space may have more, which
    // serve its search alone.
    virtual std::size_t dims() const = 0;

    // Fills query with the person's vector as it is now, ready for a search of the space, or leaves
    // it empty when the model does not know the person. Returns the length that the vector had
    // before it was made ready.
    virtual float embed_person(const CascadeInputs& in, const Request& request,
                               const PersonFeatures& person, CascadeScratch& scratch,
                               std::vector<float>& query) const = 0;
    // Whether it can say anything of somebody of whom this is known.
    virtual bool knows(const PersonFeatures&) const { return true; }
    // Everybody as of the training, people x dims, where a space publishes none; null: nobody.
    virtual const Matrix* people() const { return nullptr; }
    // Whether a person's vector changes with nothing but their own events.
    virtual bool moves_with_events_alone() const { return false; }

    // The vector of an item released after the training, of its content alone. out: dims. Only of a
    // model that has something to say of such items.
    virtual bool embeds_new_items() const { return true; }
    virtual void embed_item(ItemId item, std::span<const float> content,
                            std::span<float> out) const = 0;

    // Adds what the training found. space: the one published with it.
    virtual void hash_into(Hasher& hasher, const VectorSpace& space) const;
    // Rough size beside the space.
    virtual std::size_t bytes() const { return 0; }
    // Mean loss of every epoch, nats; empty for a model that is not trained so.
    virtual std::span<const double> epoch_loss() const { return {}; }
    virtual std::span<const double> validation_loss() const { return {}; }
};

// What serves of an era: both or neither.
struct PublishedEra {
    std::shared_ptr<const Representation> model;
    VectorSpace space;

    bool ready() const { return model && space.ready(); }
    // Rows for the items that are newer than the space; content: of all items, by id.
    void extend(const RowTable& content);
    const Matrix* people() const;  // as of the training, or null
};

std::uint64_t hash_matrix(const Matrix& matrix);

}  // namespace cascadelab
