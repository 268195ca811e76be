// The catalogue guard: what a language model wrote, taken back to the list it was asked about. And
// longer ways of asking, in windows and over again. Pure functions; any thread.
#pragma once

#include <span>
#include <vector>

#include "engine/language/simulated_model.h"

namespace cascadelab {

// Every place of the list once, best first, and what was put right for it.
struct GuardedList {
    std::vector<int> order;
    int omitted = 0, doubled = 0, invented = 0;
    int calls = 0;  // of these, so many in series
    int series = 0;
    std::int64_t prompt_tokens = 0, answer_tokens = 0;  // of all calls
};

// Drops what is not in a list of so many places and what comes again; what is missing follows in
// the order of the list.
GuardedList guard_list(std::span<const int> written, std::size_t count);

struct ListReading {
    int window = 0;  // candidates a call; 0: all of them
    int step = 10;   // by which the window moves from the end of the list to its head
    int shuffles =
        1;  // above 1: the list is shuffled as often, and mean ranks decide (Borda count)
};

// A call a window, back to front (Sun et al. 2023): ceil((n - window) / step) + 1 in series; each
// shuffle is a series of its own, beside the others. key: of this request; shuffle and window take
// streams of their own.
GuardedList read_list(const ListPrompt& prompt, const ModelPreset& preset,
                      const ListReading& reading, std::uint64_t key);

}  // namespace cascadelab
