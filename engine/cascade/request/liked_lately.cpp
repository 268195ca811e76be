#include "engine/cascade/request/liked_lately.h"

#include <algorithm>
#include <tuple>

#include "engine/features/streaming.h"

namespace cascadelab {
namespace {

bool is_liking(const Event& event) {
    if (event.kind == EventKind::like) return true;
    return event.kind == EventKind::watch && event.from + event.value >= kWatchedShare;
}

}  // namespace

LikedLately liked_lately(const EventLog& log, Seconds now_s) {
    LikedLately all;
    log.visit([&](const Event& event) {
        const bool lately = event.time_s <= now_s && now_s - event.time_s < kLikedWindow;
        if (lately && is_liking(event)) all.push_back({event.person, event.item, event.time_s});
    });
    std::ranges::sort(all, {}, [](const LikedItem& like) {
        return std::tuple(like.person.value, -like.time_s, like.item.value);
    });
    LikedLately kept;
    auto own = kept.size();  // where this person's begin
    for (const LikedItem& like : all) {
        if (own < kept.size() && kept[own].person != like.person) own = kept.size();
        const auto begin = kept.begin() + static_cast<std::ptrdiff_t>(own);
        const bool is_there = std::find_if(begin, kept.end(), [&](const LikedItem& other) {
                                  return other.item == like.item;
                              }) != kept.end();
        if (!is_there && kept.size() - own < kMostLikes) kept.push_back(like);
    }
    return kept;
}

}  // namespace cascadelab
