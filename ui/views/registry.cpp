#include "ui/views/registry.h"

#include "ui/inspector/candidates_view.h"
#include "ui/selection.h"
#include "ui/slate/slate_view.h"
#include "ui/views/attention_view.h"
#include "ui/views/attribution_view.h"
#include "ui/views/beam_view.h"
#include "ui/views/bubble_view.h"
#include "ui/views/cascade_view.h"
#include "ui/views/code_health_view.h"
#include "ui/views/code_tree_view.h"
#include "ui/views/dynamics_view.h"
#include "ui/views/embedding_view.h"
#include "ui/views/eras_view.h"
#include "ui/views/features_view.h"
#include "ui/views/index_view.h"
#include "ui/views/latency_view.h"
#include "ui/views/loop_view.h"
#include "ui/views/ranker_view.h"
#include "ui/views/segment_view.h"
#include "ui/views/taste_drift_view.h"
#include "ui/views/training_curves_view.h"

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
