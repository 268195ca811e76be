// A simulated language model that puts a list in order. It has no weights and has read nothing: a
// model with weights could neither be replayed nor be told apart from what it remembers. It is a
// function with a narrow door. In go rendered text, a preset and a keyed stream, and nothing else;
// this room stands below the world on the ladder, so that no file of it can see more. What it gets
// right it gets out of the text; what it gets wrong is measured of real ones (Hou et al. 2024,
// "Large language models are zero-shot rankers for recommender systems"; Liu et al. 2024, "Lost in
// the middle"; Sun et al. 2023, "Is ChatGPT good at search?"). Pure functions; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/random.h"

namespace cascadelab {

// What a place in the prompt adds to a score: at the first place, 5, 10 and 15 nineteenths of the
// way down (where it was measured on lists of 20) and at the last, linear between.
using SlotBias = std::array<double, 5>;

struct ModelPreset {
    std::string_view name;  // "frontier"
    double billions = 7;    // of parameters that a token passes through; time and money hang on it
    // Sensitivity d' (Green and Swets 1966): how far apart the scores of a relevant and another
    // text stand, in deviations of the noise; a relevant one lies kRelevantMatch deviations above
    // the others of its list.
    double sensitivity = 0;
    SlotBias slot_bias{};
    double popularity = 0;  // prior weight of how widely known a text says an item is
    double shrinkage = 0;   // share of a match that is lost on what is not known at all
    double fresh = 0.3;     // share of the noise's variance that is new with every call
    double lost = 0;        // chance to pass over the middle item of an endless list
    // Faults, each a probability for an item of the list.
    double omitted = 0, doubled = 0, invented = 0;
    std::int64_t context_tokens = 8192;  // most it reads; earlier history goes first
};
inline constexpr double kRelevantMatch = 2;

std::span<const ModelPreset> model_presets();

// What is asked, as text. A candidate's text may end in how widely known the item is, "known 3/5".
struct ListPrompt {
    std::string intent;                   // what the person says they want; empty: nothing
    std::vector<std::string> history;     // oldest first
    std::vector<std::string> candidates;  // in the order in which they are listed
};

// The exact text that the model sees, cut to its context.
std::string prompt_text(const ListPrompt& prompt, const ModelPreset& preset);

// What it writes, from best to worst. A place of the list may be missing or come twice.
inline constexpr int kInvented = -1;  // something that is not in the list
struct ListAnswer {
    std::vector<int> written;  // places of the list
    std::int64_t prompt_tokens = 0, answer_tokens = 0;
};

// How well each candidate's words match history and intent: cosines of words weighted by how few
// candidates have them, standardised over the list (mean 0, variance 1); all 0 when the words tell
// nothing.
std::vector<double> match_texts(const ListPrompt& prompt);
// How widely known each candidate's text says it is, 0..1.
std::vector<double> read_fame(const ListPrompt& prompt);

// What is scored: how well each item matches and is known, and whose noise stays the same from call
// to call (a hash of what is read of it).
struct ListScores {
    std::vector<double> match, fame;
    std::vector<std::uint64_t> identity;
};
// Places of the list from best to worst by
//   sensitivity / kRelevantMatch * match (shrunk where unknown) + popularity * fame, standardised
//   + slot bias + noise, of which a share is fresh in this call.
std::vector<int> order_list(const ListScores& scores, const ModelPreset& preset, Stream& call);

ListAnswer rank_list(const ListPrompt& prompt, const ModelPreset& preset, Stream& call);

double slot_bias(const SlotBias& bias, std::size_t place, std::size_t count);

}  // namespace cascadelab
