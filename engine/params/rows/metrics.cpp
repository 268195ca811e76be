// How metrics are measured.
#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using Group = MetricsParams;

// clang-format off
constexpr Parameter kRows[] = {
    row<&Params::metrics, &Group::oracle_share>({"metrics.oracle_share", "Oracle sample", "share", "Share of requests that are compared with the oracle over the live catalogue."},
        {0, 1, 0.01}, Stage::metrics, When::live),
    row<&Params::metrics, &Group::neighbour_pairs>({"metrics.neighbour_pairs", "Neighbour pairs", "pairs", "Pairs of similar people on which homogenisation is measured."},
        {10, 5000, 10, kLog}, Stage::metrics, When::restart),
    toggle<&Params::metrics, &Group::compare_eras>({"metrics.compare_eras", "Compare eras", "", "Asks every era alone for the oracle's best items at each sampled request, and trains all three for it."},
        Stage::metrics, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> metrics_rows() {
    return kRows;
}

}  // namespace cascadelab
