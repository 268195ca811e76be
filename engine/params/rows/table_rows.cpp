// The one table, put together from its groups in the order in which they are shown and hashed.
#include <utility>
#include <vector>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

std::vector<Parameter> joined() {
    std::vector<Parameter> all;
    for (const auto rows :
         {world_rows(),     behaviour_rows(), supply_rows(),     metadata_rows(),   clock_rows(),
          features_rows(),  retrieval_rows(), generative_rows(), ranking_rows(),    rerank_rows(),
          language_rows(),  page_rows(),      policy_rows(),     training_rows(),   eras_rows(),
          freshness_rows(), metrics_rows(),   run_rows(),        production_rows(), serving_rows(),
          cost_rows()})
        all.insert(all.end(), rows.begin(), rows.end());
    return all;
}

template <auto Group, auto Field>
constexpr PathParameter path_row(Words words, Stage stage) {
    return {words.key,
            words.label,
            words.help,
            stage,
            [](const Params& p) -> const std::string& { return p.*Group.*Field; },
            [](Params& p, std::string path) { p.*Group.*Field = std::move(path); }};
}

// clang-format off
constexpr PathParameter kPaths[] = {
    path_row<&Params::world, &WorldParams::ratings_file>({"world.ratings_file", "Ratings", "", "A MovieLens folder or ratings CSV that tastes, titles and quality are taken from; relative to the scenario."},
        Stage::world),
};
// clang-format on

}  // namespace

std::span<const Parameter> parameter_table() {
    static const std::vector<Parameter> table = joined();
    return table;
}

std::span<const PathParameter> path_parameter_table() {
    return kPaths;
}

}  // namespace cascadelab
