// Lists that somebody else has ordered already: what a search finds, what is trending, what the
// person keeps and follows, and what fills a page that would stay thin.
#include <algorithm>

#include "engine/cascade/retrieve/sources.h"

namespace cascadelab {
namespace {

constexpr Seconds kSearchMemory = 24 * kHour;  // a search is an intent for a day

void propose_ranked(std::span<const ItemId> ranked, int quota, std::vector<ScoredItem>& out) {
    const std::size_t count = std::min(ranked.size(), static_cast<std::size_t>(quota));
    for (std::size_t i = 0; i < count; ++i) {
        out.push_back({ranked[i], 1.0f / static_cast<float>(1 + i)});
    }
}

}  // namespace

bool has_search_intent(const CascadeInputs&, const PersonFeatures& person, Seconds now_s) {
    const PersonRealtime& realtime = *person.realtime;
    return realtime.search_topic != 0xFF && now_s - realtime.searched_s < kSearchMemory;
}

void propose_searched(const SourceRequest& asked, int quota, Stream&, CascadeScratch& scratch) {
    const std::uint8_t topic = asked.person.realtime->search_topic;
    propose_ranked(asked.in.models.topic_lists[topic], quota, scratch.proposals);
}

bool has_trending(const CascadeInputs& in, const PersonFeatures&, Seconds) {
    return in.models.popularity && !in.models.popularity->ranked.empty();
}

void propose_trending(const SourceRequest& asked, int quota, Stream&, CascadeScratch& scratch) {
    propose_ranked(asked.in.models.popularity->ranked, quota, scratch.proposals);
}

bool follows_anything(const CascadeInputs&, const PersonFeatures& person, Seconds) {
    return !person.history->listed.empty() || !person.history->followed.empty();
}

// What the person asked to keep, then what is new of the creators they follow, newest first.
void propose_followed(const SourceRequest& asked, int quota, Stream&, CascadeScratch& scratch) {
    const CascadeInputs& in = asked.in;
    const PersonHistory& history = *asked.person.history;
    std::vector<ItemId> found(history.listed.rbegin(), history.listed.rend());
    for (const ItemId item : in.models.newest) {
        const CreatorId creator = in.cards[item.index()].creator;
        if (!std::ranges::binary_search(history.followed, creator)) continue;
        if (!std::ranges::binary_search(history.listed, item)) found.push_back(item);
    }
    propose_ranked(found, quota, scratch.proposals);
}

// The most popular, then what nobody has watched lately, newest first.
void propose_fallback(const SourceRequest& asked, int quota, Stream&, CascadeScratch& scratch) {
    const auto wanted = static_cast<std::size_t>(quota);
    std::vector<ItemId> found;
    const auto usable = [&](ItemId item) {
        return !scratch.merged(item) && asked.filter.allows(item);
    };
    const Popularity nothing;
    const Popularity& popularity =
        asked.in.models.popularity ? *asked.in.models.popularity : nothing;
    for (ItemId item : popularity.ranked) {
        if (found.size() < wanted && usable(item)) found.push_back(item);
    }
    if (found.size() < wanted) {
        const std::size_t popular = found.size();
        for (std::size_t i = 0; i < asked.in.cards.size(); ++i) {
            const bool is_popular = i < popularity.score.size() && popularity.score[i] > 0;
            if (!is_popular && usable(ItemId(i))) found.push_back(ItemId(i));
        }
        std::sort(found.begin() + static_cast<std::ptrdiff_t>(popular), found.end(),
                  [&](ItemId a, ItemId b) {
                      const Seconds x = asked.in.cards[a.index()].released_s,
                                    y = asked.in.cards[b.index()].released_s;
                      return x != y ? x > y : a > b;
                  });
    }
    propose_ranked(found, quota, scratch.proposals);
}

}  // namespace cascadelab
