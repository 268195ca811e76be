#include "engine/features/streaming.h"

#include <algorithm>
#include <cmath>

namespace cascadelab {
namespace {

void show_page(PersonRealtime& value, std::uint32_t page) {
    if (page == value.page) return;
    value.page = page;
    value.page_clicked = false;
    value.clicks_before_page = value.clicks_in_row;
    value.session_pages += 1;
    value.clicks_in_row = 0;
    value.empty_in_row += 1;
}

void click(PersonRealtime& value) {
    value.session_clicks += 1;
    if (value.page_clicked) return;
    value.page_clicked = true;
    value.clicks_in_row = value.clicks_before_page + 1;
    value.empty_in_row = 0;
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

void watch(PersonRealtime& value, const Event& event, const FeatureParams& params,
           const Catalogue& catalogue) {
    value.session_watch_s += event.value * catalogue.cards[event.item.index()].duration_s;
    value.last_view_s = event.time_s;
    if (event.value < kPositiveShare) return;

    // Room is made before it is used: a vector that grows at the end would double its memory.
    const auto most = static_cast<std::size_t>(params.recent_items);
    if (value.recent.size() >= most)
        value.recent.erase(value.recent.begin(), value.recent.end() - (params.recent_items - 1));
    value.recent.push_back({event.item, event.value, event.time_s});
    value.recent_share = topic_shares(value.recent, catalogue);
    value.profile_version = served_profile_version(params);
    value.profile = profile_of(value.recent, value.profile_version, catalogue);
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
    if (const std::optional<PersonToken> token = token_of(event)) {
        value.sequence.tokens.push_back(*token);
        value.sequence.tokens.keep_last(static_cast<std::size_t>(params.sequence_events));
        ++value.sequence.seen;
    }
    switch (event.kind) {
        case EventKind::session_start:
            value.session_pages = value.session_clicks = value.session_watch_s = 0;
            break;
        case EventKind::impression:
            show_page(value, event.request);
            break;
        case EventKind::click:
            click(value);
            break;
        case EventKind::watch:
            watch(value, event, params, catalogue);
            break;
        case EventKind::search:
            value.search_topic = event.topic;
            value.searched_s = event.time_s;
            break;
        case EventKind::like:
        case EventKind::dislike:
        case EventKind::not_interested:
        case EventKind::follow:
        case EventKind::add_to_list:
        case EventKind::session_end:
            break;
    }
    return value;
}

std::vector<float> profile_of(std::span<const RecentItem> recent, std::uint8_t version,
                              const Catalogue& catalogue) {
    constexpr float kQuarterHalving = 0.840896415f;  // 2^(-1/4)
    std::vector<float> profile(catalogue.content.dims, 0.0f);
    float weight = 1;
    for (auto item = recent.rbegin(); item != recent.rend(); ++item) {
        const std::span<const float> content = catalogue.content[item->item.index()];
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
