#include "engine/cascade/request/cascade_stage.h"

namespace cascadelab {
namespace {

constexpr auto kStages =
    enum_names<CascadeStage>({{CascadeStage::features, "Feature fetch"},
                              {CascadeStage::two_tower, "Two-tower + index"},
                              {CascadeStage::hstu, "HSTU + index"},
                              {CascadeStage::generative, "Decoder + beam"},
                              {CascadeStage::factorization, "Factorization + index"},
                              {CascadeStage::covisitation, "Co-watched"},
                              {CascadeStage::lists, "Trending, fresh, search"},
                              {CascadeStage::merge, "Merge"},
                              {CascadeStage::filter, "Filter"},
                              {CascadeStage::rank, "Ranking"},
                              {CascadeStage::rerank, "Re-ranking"},
                              {CascadeStage::explore, "Exploration"},
                              {CascadeStage::policy, "Policy"}});

}  // namespace

std::string_view cascade_stage_label(CascadeStage stage) {
    return kStages[stage];
}

}  // namespace cascadelab
