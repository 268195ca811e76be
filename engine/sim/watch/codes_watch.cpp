#include "engine/sim/watch/codes_watch.h"

#include <algorithm>

#include "engine/cascade/retrieve/generation.h"
#include "engine/sim/state/state.h"

namespace cascadelab {
namespace {

CodeHealthPoint health_point(const CodeHealth& health, float changed_share, Seconds time_s) {
    CodeHealthPoint point;
    point.time_s = time_s;
    for (const LevelHealth& level : health.levels) {
        point.levels.push_back({static_cast<float>(level.entropy_bits),
                                static_cast<float>(level.perplexity), level.dead_codes});
    }
    point.unique_share = static_cast<float>(health.unique_share);
    point.collision_rate = static_cast<float>(health.collision_rate);
    point.biggest_group = static_cast<std::uint32_t>(health.biggest_group);
    point.changed_share = changed_share;
    return point;
}

ExposurePoint exposure_point(const SimulationState& state) {
    std::vector<std::uint32_t> impressions(state.world.catalogue.size(), 0);
    const Seconds now_s = state.now_s();
    state.log.visit([&](const Event& event) {
        const bool today = event.time_s >= now_s - kDay && event.time_s < now_s;
        if (today && event.kind == EventKind::impression) ++impressions[event.item.index()];
    });
    return {now_s, std::make_shared<const std::vector<std::uint32_t>>(std::move(impressions))};
}

std::shared_ptr<const ItemCodes> codes_view(const SemanticIds& ids) {
    auto view = std::make_shared<ItemCodes>();
    view->version = ids.version;
    view->alphabet = ids.alphabet;
    view->extra_digit = ids.extra_digit;
    view->digits = ids.path_of;
    return view;
}

// A copy of a series without what lies after a moment; null stays null.
template <class Point>
std::shared_ptr<const std::vector<Point>> until(
    const std::shared_ptr<const std::vector<Point>>& series, Seconds time_s) {
    if (!series) return nullptr;
    auto kept = std::make_shared<std::vector<Point>>(*series);
    std::erase_if(*kept, [&](const Point& point) { return point.time_s > time_s; });
    return kept;
}

}  // namespace

void CodesWatch::take_window(const SimulationState& state, const std::optional<CodeHealth>& codes) {
    const GenerativeModel& model = state.models.generative;
    if (codes) {
        auto health = m_health ? *m_health : std::vector<CodeHealthPoint>();
        const double changed = model.changed_share(state.world.catalogue.content);
        health.push_back(health_point(*codes, static_cast<float>(changed), state.now_s()));
        m_health = std::make_shared<const std::vector<CodeHealthPoint>>(std::move(health));
    }
    auto exposure = m_exposure ? *m_exposure : std::vector<ExposurePoint>();
    // Whole days stay; what came between them was only the newest.
    if (!exposure.empty() && exposure.back().time_s % kDay != 0) exposure.pop_back();
    exposure.push_back(exposure_point(state));
    m_exposure = std::make_shared<const std::vector<ExposurePoint>>(std::move(exposure));
}

void CodesWatch::go_back(Seconds now_s) {
    m_health = until(m_health, now_s);
    m_exposure = until(m_exposure, now_s);
}

void CodesWatch::fill(const SimulationState& state, Snapshot& snapshot) {
    const GenerativeModel& model = state.models.generative;
    if (model.ids != m_codes_of) {
        m_codes = model.ids ? codes_view(*model.ids) : nullptr;
        m_codes_of = model.ids;
    }
    snapshot.codes = m_codes;
    snapshot.code_health = m_health;
    snapshot.exposure = m_exposure;
    GenerativeStatus& status = snapshot.generative;
    status.wanted = generative_used(state.params);
    status.ready = model.ready();
    status.version_skew = model.skewed();
    status.halted = model.halted;
    status.halted_s = state.monitor.since_s;
    status.why_halted = state.monitor.why;
    if (model.ids) {
        status.built_s = model.built_s;
        status.codes_version = model.ids->version;
    }
    if (model.decoder) {
        status.trained_s = model.trained_s;
        status.decoder_version = model.decoder->codes_version();
    }
    status.maker = feed_maker(state.params, state.models);
}

}  // namespace cascadelab
