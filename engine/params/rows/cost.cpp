// What the modelled fleet costs.
#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using Group = CostParams;

// clang-format off
constexpr Parameter kRows[] = {
    row<&Params::cost, &Group::server_hour_usd>({"cost.server_hour_usd", "A server", "$/h", "Price of a server of a station, an hour."},
        {0, 100, 0.01}, Stage::serving, When::live),
    row<&Params::cost, &Group::gpu_hour_usd>({"cost.gpu_hour_usd", "A GPU", "$/h", "Price of a GPU, an hour: 0.80 to 3.00 for an A100, 2.00 to 5.00 for an H100 (2026)."},
        {0, 100, 0.01}, Stage::serving, When::live),
    row<&Params::cost, &Group::egress_gb_usd>({"cost.egress_gb_usd", "Egress", "$/GB", "Price of a gigabyte that leaves for people: 0.005 to 0.085 (2026)."},
        {0, 1, 0.001}, Stage::serving, When::live),
    row<&Params::cost, &Group::cross_zone_gb_usd>({"cost.cross_zone_gb_usd", "Between zones", "$/GB", "Price of a gigabyte between stations, there and back."},
        {0, 1, 0.001}, Stage::serving, When::live),
    row<&Params::cost, &Group::storage_gb_month_usd>({"cost.storage_gb_month_usd", "Storage", "$/GB", "Price of a gigabyte that is kept for a month."},
        {0, 1, 0.001}, Stage::serving, When::live),
    row<&Params::cost, &Group::token_million_usd>({"cost.token_million_usd", "Language tokens", "$/million", "Price of a million tokens of a language model that is bought by the token."},
        {0, 1000, 0.01}, Stage::serving, When::live),
    row<&Params::cost, &Group::metadata_kb>({"cost.metadata_kb", "Answer", "KB", "What is sent to a person with a page: titles, pictures' addresses, what the player needs."},
        {0, 10000, 1}, Stage::serving, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> cost_rows() {
    return kRows;
}

}  // namespace cascadelab
