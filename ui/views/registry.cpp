#include "ui/views/registry.h"

#include "ui/view/selection.h"
#include "ui/views/attention/attention_view.h"
#include "ui/views/beam/beam_view.h"
#include "ui/views/bubble/bubble_view.h"
#include "ui/views/candidates/candidates_view.h"
#include "ui/views/code_health/code_health_view.h"
#include "ui/views/codes/codes_view.h"
#include "ui/views/dynamics/dynamics_view.h"
#include "ui/views/embedding/embedding_view.h"
#include "ui/views/eras/eras_view.h"
#include "ui/views/features/features_view.h"
#include "ui/views/funnel/funnel_view.h"
#include "ui/views/index/index_view.h"
#include "ui/views/latency/latency_view.h"
#include "ui/views/loop/loop_view.h"
#include "ui/views/losses/losses_view.h"
#include "ui/views/rankers/rankers_view.h"
#include "ui/views/segments/segments_view.h"
#include "ui/views/slate/slate_view.h"
#include "ui/views/taste_drift/taste_drift_view.h"
#include "ui/views/training/training_view.h"

namespace cascadelab {
namespace {

template <class V>
ViewKind kind(const char* name, const QString& title) {
    return {QString::fromLatin1(name), title, [](Selection& selection, QWidget* parent) -> View* {
                return new V(selection, parent);
            }};
}

}  // namespace

std::vector<ViewKind> viewKinds() {
    return {kind<EmbeddingView>("embedding", EmbeddingView::tr("Embedding space")),
            kind<CascadeView>("funnel", CascadeView::tr("Cascade")),
            kind<LatencyView>("latency", LatencyView::tr("Latency")),
            kind<DynamicsView>("dynamics", DynamicsView::tr("Dynamics")),
            kind<AttributionView>("losses", AttributionView::tr("Losses")),
            kind<ErasView>("eras", ErasView::tr("Eras")),
            kind<RankerView>("rankers", RankerView::tr("Rankers")),
            kind<FeaturesView>("features", FeaturesView::tr("Features")),
            kind<TrainingCurvesView>("training", TrainingCurvesView::tr("Training")),
            kind<AttentionView>("attention", AttentionView::tr("Attention")),
            kind<CodeTreeView>("codes", CodeTreeView::tr("Codes")),
            kind<CodeHealthView>("code-health", CodeHealthView::tr("Code health")),
            kind<BeamView>("beam", BeamView::tr("Beam search")),
            kind<TasteDriftView>("tastes", TasteDriftView::tr("Taste drift")),
            kind<BubbleView>("bubble", BubbleView::tr("Bubble")),
            kind<SegmentView>("segments", SegmentView::tr("Segments")),
            kind<LoopView>("loop", LoopView::tr("Loop")),
            kind<IndexView>("index", IndexView::tr("Index")),
            kind<SlateView>("slate", SlateView::tr("Slate")),
            kind<CandidatesView>("candidates", CandidatesView::tr("Candidates"))};
}

}  // namespace cascadelab
