// The streaming lane's aggregator: one event moves a person's real-time values, each as its row of
// the registry says. The same pure function serves and recomputes training values, so the two
// cannot drift apart. Any thread.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/features/values.h"
#include "engine/params/params.h"
#include "engine/world/events/event.h"
#include "engine/world/supply/catalogue.h"

namespace cascadelab {

// Watched at least a tenth: enough to count as taste.
inline constexpr float kPositiveShare = 0.1f;
// Watched to the end, or nearly: "already watched". Someone who left earlier may want to go on.
inline constexpr float kWatchedShare = 0.7f;

// When an event becomes readable: event time + lag, whole seconds, rounded up.
Seconds readable_at(Seconds event_s, const FeatureParams& params);

// Which definition of the profile serves: 2 under version skew, else 1.
std::uint8_t served_profile_version(const FeatureParams& params);

PersonRealtime empty_realtime(const Catalogue& catalogue);

// The value after one more event of the same person; events come in the order they were observed.
PersonRealtime aggregate(PersonRealtime value, const Event& event, const FeatureParams& params,
                         const Catalogue& catalogue);

// Topic shares of recent items, weighted by watched share; all 0 when there are none.
std::array<float, kTopicCount> topic_shares(std::span<const RecentItem> recent,
                                            const Catalogue& catalogue);

// The profile of a list of recent items, oldest first: the mean of their content vectors, scaled to
// length 1 (0 when there is none). Version 1 weighs all alike; version 2 lets the weight halve
// every four items back.
std::vector<float> profile_of(std::span<const RecentItem> recent, std::uint8_t version,
                              const Catalogue& catalogue);

}  // namespace cascadelab
