#include "ui/views/registry.h"

#include <array>

#include "ui/view/selection.h"
#include "ui/views/attention/attention_view.h"
#include "ui/views/beam/beam_view.h"
#include "ui/views/bill/bill_view.h"
#include "ui/views/bubble/bubble_view.h"
#include "ui/views/candidates/candidates_view.h"
#include "ui/views/code_health/code_health_view.h"
#include "ui/views/codes/codes_view.h"
#include "ui/views/dynamics/dynamics_view.h"
#include "ui/views/embedding/embedding_view.h"
#include "ui/views/eras/eras_view.h"
#include "ui/views/features/features_view.h"
#include "ui/views/fleet/fleet_view.h"
#include "ui/views/fleet_request/fleet_request_view.h"
#include "ui/views/funnel/funnel_view.h"
#include "ui/views/index/index_view.h"
#include "ui/views/lanes/lanes_view.h"
#include "ui/views/latency/latency_view.h"
#include "ui/views/limits/limits_view.h"
#include "ui/views/loop/loop_view.h"
#include "ui/views/losses/losses_view.h"
#include "ui/views/page_time/page_time_view.h"
#include "ui/views/rankers/rankers_view.h"
#include "ui/views/segments/segments_view.h"
#include "ui/views/simulated_llm/simulated_llm_view.h"
#include "ui/views/slate/slate_view.h"
#include "ui/views/taste_drift/taste_drift_view.h"
#include "ui/views/training/training_view.h"

namespace cascadelab {
namespace {

template <class V>
ViewKind kind(const char* key, const QString& title) {
    const QString name = QString::fromLatin1(key);
    return {name, title, [name, title](Selection& selection, QWidget* parent) -> View* {
                View* view = new V(selection, parent);
                view->setIdentity(name, title);
                return view;
            }};
}

// Keys that settings and scripts may still hold, and what they mean now.
struct FormerKey {
    const char* before;
    const char* now;
};
constexpr std::array kFormerKeys = {FormerKey{"code-health", "code_health"},
                                    FormerKey{"tastes", "taste_drift"}};

}  // namespace

QString presentKey(const QString& key) {
    for (const FormerKey& former : kFormerKeys)
        if (key == QLatin1String(former.before)) return QString::fromLatin1(former.now);
    return key;
}

// A folder, a key, a class and the first words of a title are one word: taste_drift is
// TasteDriftView, "Taste drift".
std::vector<ViewKind> viewKinds() {
    return {kind<EmbeddingView>("embedding", EmbeddingView::tr("Embedding space")),
            kind<FunnelView>("funnel", FunnelView::tr("Funnel")),
            kind<LatencyView>("latency", LatencyView::tr("Latency")),
            kind<FleetView>("fleet", FleetView::tr("Fleet")),
            kind<PageTimeView>("page_time", PageTimeView::tr("Page time")),
            kind<FleetRequestView>("fleet_request", FleetRequestView::tr("Fleet request")),
            kind<LanesView>("lanes", LanesView::tr("Lanes of features")),
            kind<BillView>("bill", BillView::tr("Bill")),
            kind<LimitsView>("limits", LimitsView::tr("Limits: what would break it")),
            kind<DynamicsView>("dynamics", DynamicsView::tr("Dynamics")),
            kind<LossesView>("losses", LossesView::tr("Losses")),
            kind<ErasView>("eras", ErasView::tr("Eras")),
            kind<RankersView>("rankers", RankersView::tr("Rankers")),
            kind<FeaturesView>("features", FeaturesView::tr("Features")),
            kind<TrainingView>("training", TrainingView::tr("Training")),
            kind<AttentionView>("attention", AttentionView::tr("Attention")),
            kind<CodesView>("codes", CodesView::tr("Codes")),
            kind<CodeHealthView>("code_health", CodeHealthView::tr("Code health")),
            kind<BeamView>("beam", BeamView::tr("Beam search")),
            kind<SimulatedLlmView>("simulated_llm", SimulatedLlmView::tr("Simulated LLM")),
            kind<TasteDriftView>("taste_drift", TasteDriftView::tr("Taste drift")),
            kind<BubbleView>("bubble", BubbleView::tr("Bubble")),
            kind<SegmentsView>("segments", SegmentsView::tr("Segments")),
            kind<LoopView>("loop", LoopView::tr("Loop")),
            kind<IndexView>("index", IndexView::tr("Index")),
            kind<SlateView>("slate", SlateView::tr("Slate")),
            kind<CandidatesView>("candidates", CandidatesView::tr("Candidates"))};
}

}  // namespace cascadelab
