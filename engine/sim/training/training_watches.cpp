#include "engine/sim/training/training_watches.h"

#include <algorithm>

#include "engine/features/streaming.h"

namespace cascadelab {
namespace {

enum class Draw : std::uint64_t { retrained = 1 };

Seconds training_begin_s(const FrozenLog& view) {
    return view.now_s - static_cast<Seconds>(view.params.generative.history_days * kDay);
}

// Watches of at least a tenth inside the decoder's history, in log order.
std::vector<TrainingWatch> all_watches(const FrozenLog& view) {
    std::vector<TrainingWatch> watches;
    const Seconds begin_s = training_begin_s(view);
    view.join.log.visit([&](const Event& event) {
        if (event.kind != EventKind::watch || event.value < kPositiveShare) return;
        if (event.time_s < begin_s || event.time_s > view.now_s) return;
        watches.push_back({event.person, event.item, event.time_s, event.generated, 0});
    });
    return watches;
}

// Which watches are to be predicted: the newest, and of those a share by chance. The others only
// tell of the person.
void choose_targets(const FrozenLog& view, std::span<TrainingWatch> watches) {
    const GenerativeParams& params = view.params.generative;
    const auto most = static_cast<std::size_t>(params.examples);
    Stream stream(mix_bits(view.seed ^ view.tick), Purpose::train_decoder,
                  static_cast<std::uint64_t>(Draw::retrained));
    for (TrainingWatch& watch : watches.last(std::min(most, watches.size())))
        watch.weight = stream.chance(params.retrain_share) ? 1 : 0;
}

// One over the item's share of all impressions of the history, against an item shown as often as
// the average one: inverse propensity by popularity (Yang et al. 2018), clipped on both sides, and
// an item nobody was shown counts as one shown once.
void weigh_by_propensity(const FrozenLog& view, std::span<TrainingWatch> watches) {
    constexpr double kClip = 10;
    std::vector<double> shown(view.join.catalogue->size(), 0);
    double all = 0;
    const Seconds begin_s = training_begin_s(view);
    view.join.log.visit([&](const Event& event) {
        if (event.kind != EventKind::impression) return;
        if (event.time_s < begin_s || event.time_s > view.now_s) return;
        ++shown[event.item.index()];
        ++all;
    });
    const double mean = std::max(1.0, all / static_cast<double>(shown.size()));
    for (TrainingWatch& watch : watches) {
        const double propensity = std::max(1.0, shown[watch.item.index()]) / mean;
        watch.weight *= std::clamp(1 / propensity, 1 / kClip, kClip);
    }
}

// Raises the share of the loss that goes to what the decoder did not propose to fresh_share, where
// it is less, by weighing both kinds; the total stays. Where there is no fresh watch at all nothing
// can be raised.
void mix_in_fresh(double fresh_share, std::span<TrainingWatch> watches) {
    double fresh = 0, own = 0;
    for (const TrainingWatch& watch : watches) (watch.generated ? own : fresh) += watch.weight;
    const double total = fresh + own;
    if (fresh <= 0 || fresh >= fresh_share * total) return;
    const double raise = fresh_share * total / fresh;
    const double lower = (1 - fresh_share) * total / own;
    for (TrainingWatch& watch : watches) watch.weight *= watch.generated ? lower : raise;
}

}  // namespace

std::vector<TrainingWatch> training_watches_of(const FrozenLog& view) {
    const GenerativeParams& params = view.params.generative;
    std::vector<TrainingWatch> watches = all_watches(view);
    choose_targets(view, watches);
    if (params.propensity_weighting) weigh_by_propensity(view, watches);
    mix_in_fresh(params.fresh_share, watches);
    return watches;
}

}  // namespace cascadelab
