#include "engine/features/streaming.h"

#include <algorithm>
#include <cmath>
#include <ranges>

#include "engine/features/registry.h"

namespace cascadelab {
namespace {

// What the event is to the pages before it; the aggregator's own memory moves on with it.
StreamStep step_of(PersonRealtime& value, const Event& event, const FeatureParams& params,
                   const Catalogue& catalogue) {
    StreamStep step{.event = event, .params = params, .catalogue = catalogue};
    if (event.kind == EventKind::impression && event.request != value.page) {
        step.opens_page = true;
        value.page = event.request;
        value.page_clicked = false;
        value.clicks_before_page = value.clicks_in_row;
    } else if (event.kind == EventKind::click && !value.page_clicked) {
        step.answers_page = true;
        value.page_clicked = true;
    }
    step.clicks_before_page = value.clicks_before_page;
    return step;
}

}  // namespace

Seconds readable_at(Seconds event_s, const FeatureParams& params) {
    return event_s + static_cast<Seconds>(std::ceil(params.streaming_lag_s));
}

std::uint8_t served_profile_version(const FeatureParams& params) {
    return params.version_skew ? 2 : 1;
}

PersonRealtime empty_realtime(const Catalogue& catalogue) {
    PersonRealtime value;
    value.profile.assign(catalogue.content.dims, 0.0f);
    return value;
}

PersonRealtime aggregate(PersonRealtime value, const Event& event, const FeatureParams& params,
                         const Catalogue& catalogue) {
    value.stamp = {event.time_s, readable_at(event.time_s, params)};
    const StreamStep step = step_of(value, event, params, catalogue);
    for (const Feature& feature : feature_registry()) {
        if (feature.aggregate != nullptr) feature.aggregate(value, step);
    }
    return value;
}

std::array<float, kTopicCount> topic_shares(std::span<const RecentItem> recent,
                                            const Catalogue& catalogue) {
    std::array<float, kTopicCount> shares{};
    float sum = 0;
    for (const RecentItem& each : recent) {
        shares[catalogue.cards[each.item.index()].topic.index()] += each.share;
        sum += each.share;
    }
    if (sum > 0) {
        for (float& share : shares) share /= sum;
    }
    return shares;
}

std::vector<float> profile_of(std::span<const RecentItem> recent, std::uint8_t version,
                              const Catalogue& catalogue) {
    constexpr float kQuarterHalving = 0.840896415f;  // 2^(-1/4)
    std::vector<float> profile(catalogue.content.dims, 0.0f);
    float weight = 1;
    for (const RecentItem& recent_item : std::views::reverse(recent)) {
        const std::span<const float> content = catalogue.content[recent_item.item.index()];
        for (std::size_t d = 0; d < profile.size(); ++d) profile[d] += weight * content[d];
        if (version == 2) weight *= kQuarterHalving;
    }
    float square = 0;
    for (const float x : profile) square += x * x;
    if (square > 0) {
        const float scale = 1 / std::sqrt(square);
        for (float& x : profile) x *= scale;
    }
    return profile;
}

}  // namespace cascadelab
