// The simulated language model that may put the best candidates in another order.
#include <array>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr std::array kRerankers = {"off"sv, "fused"sv, "instead"sv};
constexpr std::array kModels = {"7b"sv, "70b"sv, "gpt_3_5"sv, "frontier"sv};

using Group = LanguageParams;

// clang-format off
constexpr Parameter kRows[] = {
    option<&Params::language, &Group::reranker>({"language.reranker", "Simulated LLM re-ranks", "", "Whether a simulated language model puts the ranker's best in order: not at all, its order fused with the ranker's, or its order instead."},
        kRerankers, Stage::rerank, When::live),
    option<&Params::language, &Group::model>({"language.model", "Simulated model", "", "Which published model the simulated one errs like."},
        kModels, Stage::rerank, When::live),
    row<&Params::language, &Group::candidates>({"language.candidates", "List it reads", "items", "How many of the ranker's best the simulated model is shown."},
        {2, 500, 1, kLog}, Stage::rerank, When::live),
    row<&Params::language, &Group::window>({"language.window", "Window", "items", "Candidates that one call shows it; windows move from the end of the list to its head. 0: the whole list at once."},
        {0, 500, 1}, Stage::rerank, When::live),
    row<&Params::language, &Group::step>({"language.step", "Step of the window", "items", "How far the window moves between two calls."},
        {1, 500, 1}, Stage::rerank, When::live),
    row<&Params::language, &Group::shuffles>({"language.shuffles", "Shuffles", "calls", "How often the list is shuffled and read again; mean ranks decide (bootstrapping)."},
        {1, 20, 1}, Stage::rerank, When::live),
    row<&Params::language, &Group::history>({"language.history", "History it reads", "items", "Last watched items that the prompt names."},
        {0, 400, 1}, Stage::rerank, When::live),
    row<&Params::language, &Group::weight>({"language.weight", "Weight in the fusion", "", "Weight of the simulated model's order beside the ranker's value, both standardised over the list."},
        {0, 5, 0.05}, Stage::rerank, When::live),
    row<&Params::language, &Group::cutoff_days>({"language.cutoff_days", "Knowledge ends", "days ago", "Of items that are younger the simulated model knows the card alone, not how widely they are known."},
        {0, 730, 1}, Stage::rerank, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> language_rows() {
    return kRows;
}

}  // namespace cascadelab
