#include "engine/sim/training/lists.h"

#include <algorithm>

namespace cascadelab {
namespace {

constexpr std::size_t kTopicListLength = 500;

}  // namespace

void publish_lists(PublishedModels& models, const EventLog& log, const World& world,
                   const Params& params, Seconds now_s) {
    const Catalogue& catalogue = world.catalogue;
    Interactions views;
    views.people = world.population.size();
    views.items = catalogue.size();
    log.visit([&](const Event& event) {
        if (event.kind == EventKind::watch && event.time_s <= now_s) {
            views.rows.push_back(
                {event.person, event.item, std::max(event.value, 0.01f), event.time_s});
        }
    });
    models.popularity =
        build_popularity(views, now_s, params.retrieval.trending_half_life_h * kHour);

    models.liked_lately = params.retrieval.neighbours_liked > 0
                              ? std::make_shared<const LikedLately>(liked_lately(log, now_s))
                              : nullptr;

    for (auto& list : models.topic_lists) list.clear();
    const auto offer = [&](ItemId item) {
        auto& list = models.topic_lists[catalogue.cards[item.index()].topic.index()];
        if (list.size() < kTopicListLength) list.push_back(item);
    };
    for (ItemId item : models.popularity->ranked) offer(item);
    for (std::size_t i = catalogue.size(); i-- > 0;) {
        if (models.popularity->score[i] <= 0) offer(ItemId(i));
    }

    const auto window_s = static_cast<Seconds>(params.retrieval.fresh_window_h * kHour);
    models.newest.clear();
    for (std::size_t i = 0; i < catalogue.size(); ++i) {
        if (now_s - catalogue.cards[i].released_s < window_s) models.newest.push_back(ItemId(i));
    }
    std::ranges::stable_sort(models.newest, [&](ItemId a, ItemId b) {
        const Seconds x = catalogue.cards[a.index()].released_s,
                      y = catalogue.cards[b.index()].released_s;
        return x != y ? x > y : a > b;
    });
}

}  // namespace cascadelab
