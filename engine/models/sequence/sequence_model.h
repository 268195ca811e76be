// A sequential encoder of what a person did: HSTU (Zhai et al. 2024, "Actions speak louder than
// words") or, as its baseline, SASRec (Kang and McAuley 2018) with the same loss. The next item is
// what lies nearest to the person's vector. Immutable once trained; any thread may read.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/base/ids.h"
#include "engine/base/matrix.h"
#include "engine/models/progress.h"

namespace cascadelab {

enum class SequenceBlock { hstu, sasrec };

// One event of a person's past. Its facets are embedded apart and summed.
struct SequenceToken {
    ItemId item;
    std::uint8_t action = 0;        // 0..kTokenActions-1: what was done
    std::uint8_t watch_bucket = 0;  // 0..kWatchBuckets-1: how much of the item was watched
    std::uint8_t surface = 0;       // 0..kTokenSurfaces-1: where on the screen it was found
    std::int64_t time_s = 0;        // never falls within a sequence
};
inline constexpr std::size_t kTokenActions = 8;
inline constexpr std::size_t kWatchBuckets = 8;
inline constexpr std::size_t kTokenSurfaces = 8;

struct SequenceSettings {
    SequenceBlock block = SequenceBlock::hstu;
    int dims = 64;        // width of embeddings and of the vectors
    int blocks = 2;       // layers
    int heads = 1;        // dims must be a multiple; HSTU's dqk = dv = dims / heads
    int length = 50;      // most events that are looked at
    int negatives = 128;  // uniform negatives a position (R)
    int epochs = 8;       // at most
    int patience = 2;     // epochs without a better validation loss before training stops early
    int batch = 128;      // sequences
    double learning_rate = 1e-3;  // AdamW, betas .9 and .98
    double dropout = 0.2;
    double temperature = 0.05;       // tau of the sampled softmax
    double id_dropout = 0.1;         // share of item ids replaced by content alone in training
    double validation_share = 0.05;  // share of people whose last event is held out for stopping
    std::uint64_t seed = 0;
};

// One sequence a person, in PersonId order, oldest event first; only the newest length + 1 count.
struct SequenceExamples {
    std::size_t items = 0;
    std::vector<std::vector<SequenceToken>> sequences;
    Matrix item_features;  // items x content width; zero columns: ids alone
    // Bit a: an event of action a is something to predict; the others only tell of the person.
    std::uint8_t target_actions = 0xFF;
};

// What serving keeps of one person: the cached rows of every block. A value; only a model of the
// same publication may read what it wrote.
struct SequenceState {
    std::vector<float> rows;            // an event each, as the model lays them out
    std::vector<SequenceToken> window;  // the events the rows stand for, oldest first
    std::uint64_t seen = 0;  // events ever appended; to make a state again from its newest events,
                             // start from an empty one that has seen those before them
};

class SequenceModel {
  public:
    virtual ~SequenceModel() = default;
    virtual int dims() const = 0;
    virtual int length() const = 0;
    virtual bool trained_on(ItemId item) const = 0;
    // Unit vector (dims) of an item; one newer than the training set is served from its content
    // alone.
    virtual void embed_item(ItemId item, std::span<const float> features,
                            std::span<float> out) const = 0;
    // Adds one event; features are the item's content. Costs one row a block, except when the
    // window is full and starts anew from its newer half: which window an event falls into depends
    // on `seen` alone, so a state made again from the kept events is the same to the bit.
    virtual void append(SequenceState& state, const SequenceToken& token,
                        std::span<const float> features) const = 0;
    // The person's unit vector (dims) for a request at now_s. Zeros for an empty state.
    virtual void embed_person(const SequenceState& state, std::int64_t now_s,
                              std::span<float> out) const = 0;
    // How strongly the request's row looks at each event of the window: blocks x events, rows of
    // the head mean of |A|, scaled to sum to 1.
    virtual Matrix attention(const SequenceState& state, std::int64_t now_s) const = 0;
    virtual std::span<const double> epoch_loss() const = 0;       // nats, training
    virtual std::span<const double> validation_loss() const = 0;  // nats, the held-out people
};

// Returns null when cancelled through progress, or when no sequence has two events. Bit-equal on
// any machine thread count: it runs on the calling thread.
std::shared_ptr<const SequenceModel> train_sequence_model(const SequenceExamples& examples,
                                                          const SequenceSettings& settings,
                                                          const Progress& progress = {});

}  // namespace cascadelab
