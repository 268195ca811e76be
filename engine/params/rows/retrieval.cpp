// Where candidates come from, and how they are searched.
#include <array>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr std::array kIndexes = {"exact"sv, "hnsw"sv, "ivf"sv};

using Group = RetrievalParams;

// clang-format off
constexpr Parameter kRows[] = {
    row<&Params::retrieval, &Group::candidates>({"retrieval.candidates", "Candidates", "items", "How many candidates that may be shown all sources together bring."},
        {20, 2000, 10, kLog}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::overfetch>({"retrieval.overfetch", "Over-fetch", "x", "A source looks through up to so many times its quota to fill it with what may be shown; 1 spends the quota on whatever comes first."},
        {1, 8, 0.1, kLog}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::two_tower>({"retrieval.two_tower", "Two-tower weight", "", "Share of the candidate budget for the two-tower source, relative to the others; 0 turns it off."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::hstu>({"retrieval.hstu", "HSTU weight", "", "Relative share of the budget for the sequence model; 0 turns it off, and it is trained only while something uses it."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::generative>({"retrieval.generative", "Generative weight", "", "Relative share of the budget for what the decoder spells, at most its beam width; 0 turns it off, and it is trained only while something uses it."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::factorization>({"retrieval.factorization", "Factorization weight", "", "Relative share of the budget for matrix factorization; 0 turns it off."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::covisitation>({"retrieval.covisitation", "Co-visitation weight", "", "Relative share of the budget for items watched together with recent ones; 0 turns it off."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::neighbours_liked>({"retrieval.neighbours_liked", "Liked-near-you weight", "", "Relative share of the budget for what people of similar taste liked or watched through in the last week; people are those of the last training, likes those of the last full hour. 0 turns it off."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::trending>({"retrieval.trending", "Trending weight", "", "Relative share of the budget for what is popular now; 0 turns it off."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::fresh>({"retrieval.fresh", "Fresh weight", "", "Relative share of the budget for new releases; 0 turns it off."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::search_intent>({"retrieval.search_intent", "Search-intent weight", "", "Relative share of the budget for what a recent search asked for; 0 turns it off."},
        {0, 1, 0.05}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::followed>({"retrieval.followed", "Followed weight", "", "Relative share of the budget for what a person put on the list and what is new of creators they follow; 0: neither brings anything."},
        {0, 2, 0.05}, Stage::retrieval, When::live),
    option<&Params::retrieval, &Group::index>({"retrieval.index", "Vector index", "", "How the two-tower's vectors are searched."},
        kIndexes, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::hnsw_links>({"retrieval.hnsw_links", "HNSW M", "links", "Links a node; taken up at the next rebuild of the index."},
        {4, 64, 1}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::hnsw_build_breadth>({"retrieval.hnsw_build_breadth", "HNSW build breadth", "", "ef_construction: width of the search while the index is built."},
        {20, 800, 10, kLog}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::hnsw_breadth>({"retrieval.hnsw_breadth", "HNSW breadth", "", "ef: width of the search while serving; raised to the number of results asked for."},
        {10, 2000, 10, kLog}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::ivf_cells>({"retrieval.ivf_cells", "IVF cells", "cells", "How many cells k-means cuts the vectors into; taken up at the next rebuild of the index."},
        {4, 4096, 1, kLog}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::ivf_probes>({"retrieval.ivf_probes", "IVF probes", "cells", "How many of the nearest cells a search scans; more where they hold fewer items than were asked for."},
        {1, 4096, 1, kLog}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::trending_half_life_h>({"retrieval.trending_half_life_h", "Trending half-life", "h", "After this time a view counts half for what is trending."},
        {1, 336, 1, kLog}, Stage::retrieval, When::live),
    row<&Params::retrieval, &Group::fresh_window_h>({"retrieval.fresh_window_h", "Fresh window", "h", "How long an item counts as a new release."},
        {1, 336, 1, kLog}, Stage::retrieval, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> retrieval_rows() {
    return kRows;
}

}  // namespace cascadelab
