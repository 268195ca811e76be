// The generative retriever as it serves: every item's semantic ID, the tree of those that exist,
// and the decoder that spells them. A value of shared immutable parts; it changes only at the
// barrier. How it answers a request stands in generation.h.
#pragma once

#include <memory>

#include "engine/features/values.h"
#include "engine/models/decoder/code_decoder.h"
#include "engine/models/semantic_ids/code_tree.h"
#include "engine/models/semantic_ids/tokenizer.h"
#include "engine/world/events/clock.h"
#include "engine/world/supply/catalogue.h"

namespace cascadelab {

struct GenerativeModel {
    Seconds built_s = kNever;                    // when the training of the codes began
    Seconds trained_s = kNever;                  // and that of the decoder
    std::shared_ptr<const Tokenized> tokenized;  // as learned; null before the first codes
    std::shared_ptr<const SemanticIds> ids;      // those, items released since, and incidents
    std::shared_ptr<const CodeTree> tree;        // of ids
    std::shared_ptr<const CodeDecoder> decoder;  // null before the first
    bool halted = false;                         // by the collapse monitor

    // A decoder that was trained on other codes than those that serve: what it says is noise, so
    // nobody asks it.
    bool skewed() const { return ids && decoder && decoder->skewed(*ids); }
    bool ready() const { return ids && ids->items() > 0 && decoder && !skewed(); }
    bool serves() const { return ready() && !halted; }

    void take_codes(std::shared_ptr<const Tokenized> learned, Seconds at_s);
    void take_decoder(std::shared_ptr<const CodeDecoder> trained, Seconds at_s);
    // IDs for items after those it has, from their content vectors.
    void take_in_items(const RowTable& content);
    // The incident: a share (0..1) of the items answers to codes that say nothing of them.
    void corrupt(double share, Stream stream);
    // Share of the items whose codes are not those that the codebook gave them.
    double changed_share(const RowTable& content) const;
};

// Whether the parameters ask for it anywhere: as a source, as the feed, or to rescore.
bool generative_used(const Params& params);

}  // namespace cascadelab
