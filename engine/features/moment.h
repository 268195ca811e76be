// What a feature may read: the moment of a request, and one item in it. Serving, training and the
// inspector build the same moment, so a value means the same to all three. Plain references into
// the store; one request, one thread.
#pragma once

#include <span>

#include "engine/features/feature_store.h"
#include "engine/features/recently_shown.h"
#include "engine/params/params.h"
#include "engine/world/supply/catalogue.h"

namespace cascadelab {

// When a request is made, and on what.
struct RequestContext {
    Seconds now_s = 0;
    Device device = Device::phone;
};

struct RequestMoment {
    RequestContext context;
    const PersonFeatures& person;
    const FeatureStore& store;
    const FeatureParams& params;
    std::span<const ItemCard> cards;
    const RowTable& content;  // item x dims, rows of length 1
    RecentlyShown shown{*person.history};
};

// One item at that moment; its store values are looked up once.
struct ItemMoment {
    ItemMoment(const RequestMoment& request, ItemId item)
        : id(item),
          card(request.cards[item.index()]),
          batch(request.store.item_batch(item, request.context.now_s, request.params)),
          counters(request.store.counters(item)) {}

    ItemId id;
    const ItemCard& card;
    const ItemBatch& batch;
    ItemCounters counters;
};

}  // namespace cascadelab
