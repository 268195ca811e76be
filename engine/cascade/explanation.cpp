#include "engine/cascade/explanation.h"

#include <limits>

#include "engine/cascade/eras/hstu.h"
#include "engine/cascade/rank/ranker.h"
#include "engine/cascade/rank/ranking.h"

namespace cascadelab {
namespace {

void explain_attention(const CascadeInputs& in, const Request& request, CascadeScratch& scratch,
                       AttentionPicture& picture) {
    const SequenceMemory& memory = memory_of(request, scratch);
    const bool looked = !scratch.query(Era::hstu).empty() && memory.model &&
                        memory.model == sequence_model_of(in.models);
    if (!looked) return;
    for (const SequenceToken& token : memory.state.window) {
        picture.events.push_back({token.item,
                                  token_action_label(static_cast<TokenAction>(token.action)),
                                  static_cast<float>(request.now_s - token.time_s)});
    }
    picture.weight = memory.model->attention(memory.state, request.now_s);
}

}  // namespace

void explain_request(const CascadeInputs& in, const Request& request, CascadeScratch& scratch,
                     CascadeTrace& trace) {
    const auto columns = static_cast<Eigen::Index>(ranking_columns().size());
    if (const auto era = serving_era(in.models, in.params.eras.map))
        trace.query = as_vector(scratch.query(*era));
    explain_attention(in, request, scratch, trace.attention);
    trace.beam = std::move(scratch.generation.picture);
    trace.features.setConstant(static_cast<Eigen::Index>(trace.candidates.size()), columns,
                               std::numeric_limits<float>::quiet_NaN());
    for_each_row(scratch, trace, [&](std::size_t i, const float* row) {
        trace.features.row(static_cast<Eigen::Index>(i)) =
            Eigen::Map<const Eigen::RowVectorXf>(row, columns);
    });
    if (!in.models.ranker || !in.params.ranking.enabled || trace.slate.empty()) return;
    const std::vector<float> shown = slate_rows(scratch, trace);
    trace.explanation = in.models.ranker->models.front()->explanation();
    trace.contributions = explain_click(*in.models.ranker, shown.data(), trace.slate.size());
}

}  // namespace cascadelab
