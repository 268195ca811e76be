// Beam search over the IDs that exist: the likeliest paths of digits after a past, and how likely
// given items are. The same request gives the same items, to the bit. Any thread, each with its own
// DecoderWork.
//
// A path's log-probability is the sum over its digits of log softmax(logits / temperature) over the
// whole alphabet; what does not exist is left out and its share is not dealt out again (constrained
// decoding as in GENRE; De Cao et al. 2021, section 3.2). So an item's score does not depend on
// which other items exist, a prefix with a single child gets nothing for free, and the beam, the
// exhaustive ranking and score_items say the same number.
//
// With chance beams are drawn without replacement, by stochastic beam search (Kool et al. 2019,
// algorithm 1): every prefix gets a Gumbel variable about its log-probability, conditioned on the
// largest among its siblings being their parent's, and the largest are kept. It draws among what
// exists and may be returned.
#pragma once

#include "engine/models/decoder/code_decoder.h"
#include "engine/models/semantic_ids/code_tree.h"

namespace cascadelab {

struct BeamSettings {
    std::size_t width = 20;  // prefixes kept at every digit
    double temperature = 1;  // above 0; small: the likeliest digit takes all
    // Nats that a prefix falls behind for every one kept before it that begins with the same digit.
    // It decides who is kept and no probability (diverse beam search with one beam a group;
    // Vijayakumar et al. 2018, section 3.1).
    double diversity = 0;
};

// What is asked. The past has whole items, oldest first; digits_of makes it.
struct BeamRequest {
    std::span<const Code> past;
    std::span<const float> person;     // the decoder's person_width, or none
    std::span<const ItemId> excluded;  // ascending; never returned, such as what was just shown
    Stream* chance = nullptr;          // draws the beams; null: the likeliest are taken
};

struct GeneratedItem {
    ItemId item;
    double log_probability = 0;  // nats; of the path, for each of the items that share one
};

// One prefix that was looked at.
struct BeamCandidate {
    CodeTree::Node node = CodeTree::kRoot;
    std::size_t parent = 0;      // place among the kept of the step before
    double log_probability = 0;  // nats
    double score = 0;            // what it was chosen by: the same, or drawn about it by chance,
                                 // less what diversity took off
    bool kept = false;
};
struct BeamTrace {
    std::vector<std::vector<BeamCandidate>> steps;  // by digit: the kept in the order they were
                                                    // chosen, then the pruned, likeliest first
};

// Items of the kept paths, likeliest first, or in the order in which chance drew them, ties by id:
// several of one path when IDs do not tell them apart, and fewer than `width` when there are no
// more. Nothing when the tree's IDs are not of the decoder's length.
std::vector<GeneratedItem> beam_search(const CodeDecoder& decoder, const CodeTree& tree,
                                       const BeamRequest& request, const BeamSettings& settings,
                                       DecoderWork& work, BeamTrace* trace = nullptr);

struct ScoringRequest {
    std::span<const Code> past;
    std::span<const float> person;
    std::span<const ItemId> items;
    double temperature = 1;
};

// The log-probability of each item's path, in nats; minus infinity for an item without an ID and
// for a path the decoder cannot say. Prefixes that items share are computed once.
std::vector<double> score_items(const CodeDecoder& decoder, const SemanticIds& ids,
                                const ScoringRequest& request, DecoderWork& work);

}  // namespace cascadelab
