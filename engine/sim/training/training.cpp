#include "engine/sim/training/training.h"

#include "engine/cascade/eras/examples.h"
#include "engine/sim/training/ranker_rows.h"

namespace cascadelab {

RankerResult train_ranker_on_log(const FrozenLog& view, const Progress& progress) {
    const RankerRows data = ranker_rows(view);
    RankerResult result;
    result.rows = static_cast<std::size_t>(data.shown.rows.rows());
    result.skew = skew_of(data);
    if (result.rows < kFewestExamples) return result;
    result.model =
        train_ranker(data.shown, view.params.ranking, mix_bits(view.seed ^ view.tick), progress);
    return result;
}

std::shared_ptr<const CoVisitation> train_covisitation(const FrozenLog& view) {
    const Interactions interactions = training_interactions(view);
    if (interactions.rows.size() < kFewestExamples) return nullptr;
    return build_covisitation(interactions, CoVisitationSettings{});
}

}  // namespace cascadelab
