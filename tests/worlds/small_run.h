// A small run of the feature store for its tests: a made-up catalogue and made-up sessions, served,
// logged and folded tick by tick as the simulation does, with what every logged request was served.
#pragma once

#include <algorithm>
#include <memory>
#include <vector>

#include "engine/base/random.h"
#include "engine/features/feature_log.h"
#include "engine/features/feature_store.h"
#include "engine/features/point_in_time.h"
#include "engine/features/registry.h"
#include "engine/features/warehouse.h"
#include "engine/world/events/event_log.h"

namespace cascadelab {

inline std::shared_ptr<Catalogue> small_catalogue(std::size_t items) {
    auto catalogue = std::make_shared<Catalogue>();
    catalogue->content.dims = 12;
    for (std::size_t i = 0; i < items; ++i) {
        Stream stream(5, Purpose::test, i);
        ItemCard card;
        card.topic = TopicId(stream.below(kTopicCount));
        card.creator = CreatorId(stream.below(1 + items / 10));
        card.duration_s = static_cast<float>(stream.uniform(20, 3000));
        catalogue->cards.push_back(card);
        std::vector<float> row(catalogue->content.dims);
        float square = 0;
        for (float& x : row) {
            x = static_cast<float>(stream.normal());
            square += x * x;
        }
        for (float& x : row) x /= std::sqrt(square);
        catalogue->content.push(row);
    }
    return catalogue;
}

// The columns of the registry for every item of a request, one item after the other.
inline std::vector<float> feature_columns(const FeatureStore& store, const PersonFeatures& features,
                                          const LoggedRequest& request, Seconds now_s,
                                          const FeatureParams& params, const Catalogue& catalogue) {
    const RequestMoment moment{{now_s, Device::phone}, features,         store, params,
                               catalogue.cards,        catalogue.content};
    std::vector<float> columns(request.items.size() * feature_column_count());
    float* row = columns.data();
    for (const ItemId item : request.items) {
        fill_request_columns(moment, row);
        fill_item_columns(moment, ItemMoment(moment, item), row);
        row += feature_column_count();
    }
    return columns;
}

// Copies of what a request was served, to compare with later.
struct Served {
    PersonRealtime realtime;
    PersonBatch batch;
    PersonHistory history;
    std::vector<ItemCounters> counters;
    std::vector<ItemBatch> items;
    float creator = 0;
};

inline std::uint64_t hash_served(const Served& served) {
    Hasher hasher;
    const PersonRealtime& now = served.realtime;
    hasher.add(now.stamp.event_s).add(now.stamp.write_s).add(now.recent.size());
    for (const RecentItem& each : now.recent)
        hasher.add(each.item.value).add(each.share).add(each.time_s);
    hasher.add_all(std::span<const float>(now.recent_share));
    hasher.add_all(std::span<const float>(now.profile));
    hasher.add(now.session_pages).add(now.session_clicks).add(now.session_watch_s);
    hasher.add(now.clicks_in_row).add(now.empty_in_row).add(now.search_topic);
    hasher.add(now.searched_s).add(now.last_view_s).add(now.sequence.seen);
    for (const PersonToken token : now.sequence.tokens) {
        hasher.add(token.item.value).add(token.action).add(token.watch_bucket);
        hasher.add(token.surface).add(token.time_s);
    }
    hasher.add_all(std::span<const float>(served.batch.topic_share));
    hasher.add(served.batch.click_rate).add(served.batch.watch_share);
    hasher.add(served.batch.views_per_day);
    for (const ItemId item : served.history.watched) hasher.add(item.value);
    for (const ItemId item : served.history.blocked) hasher.add(item.value);
    for (const CreatorId creator : served.history.seen_creators) hasher.add(creator.value);
    for (const ShownItem shown : served.history.shown)
        hasher.add(shown.item.value).add(shown.time_s);
    for (const ItemCounters& each : served.counters)
        hasher.add(each.impressions).add(each.clicks).add(each.watches);
    for (const ItemBatch& each : served.items)
        hasher.add(each.click_rate).add(each.watch_share).add(each.like_rate).add(each.views);
    return hasher.add(served.creator).value();
}

inline Served copy_served(const FeatureStore& store, const PersonFeatures& features,
                          const LoggedRequest& request, Seconds now_s, const FeatureParams& params,
                          const Catalogue& catalogue) {
    Served served{*features.realtime, *features.batch, *features.history, {}, {}, 0};
    for (const ItemId item : request.items) {
        served.counters.push_back(store.counters(item));
        served.items.push_back(store.item_batch(item, now_s, params));
    }
    const CreatorId creator = catalogue.cards[request.items.front().index()].creator;
    served.creator = store.creator_click_rate(creator, now_s, params);
    return served;
}

class SmallRun {
  public:
    static constexpr Seconds kTick = 300;

    SmallRun(FeatureParams the_params, std::size_t people, std::size_t items, std::uint64_t seed)
        : params(the_params),
          catalogue(small_catalogue(items)),
          store(params, people, *catalogue),
          m_seed(seed),
          m_requests(people),
          m_free_s(people, 0) {
        checkpoint();
    }

    // Each person starts a session in a tick with that probability.
    void ticks(int count, double chance) {
        for (int i = 0; i < count; ++i) {
            std::vector<Event> merged;
            for (std::size_t p = 0; p < m_requests.size(); ++p) {
                Stream stream(m_seed, Purpose::test, p, static_cast<std::uint64_t>(m_tick));
                if (m_free_s[p] < now_s + kTick && stream.chance(chance))
                    session(PersonId(p), stream, merged);
            }
            log.append(merged);
            ++m_tick;
            now_s += kTick;
            store.advance(params, merged, now_s);
            warehouse.load(log, *catalogue, params, now_s);
            const auto every_s = static_cast<Seconds>(params.batch_every_h * kHour);
            if (now_s % every_s == 0) {
                batches.push_back(
                    warehouse.run_batch(params, m_requests.size(), *catalogue, {now_s, now_s}));
                store.deploy_batch(batches.back());
                checkpoint();
            }
        }
    }

    JoinInputs view() const { return {params, log, checkpoints, batches, catalogue, nullptr}; }

    FeatureParams params;
    std::shared_ptr<Catalogue> catalogue;
    FeatureStore store;
    EventLog log;
    Warehouse warehouse;
    FeatureLog requests;
    std::vector<Served> served;  // one a logged request
    std::vector<StoreCheckpoint> checkpoints;
    std::vector<std::shared_ptr<const BatchTables>> batches;
    Seconds now_s = 0;

  private:
    void checkpoint() {
        checkpoints.push_back({log.appended(), now_s, std::make_shared<const FeatureStore>(store)});
    }
    void tell(std::vector<Event>& merged, std::span<const Event> events) {
        store.observe(params, *catalogue, events.front().person, events);
        merged.insert(merged.end(), events.begin(), events.end());
    }
    void session(PersonId person, Stream& stream, std::vector<Event>& merged) {
        Seconds t =
            std::max(m_free_s[person.index()], now_s + static_cast<Seconds>(stream.below(kTick)));
        Event event{t, person, {}, m_requests[person.index()], 0, EventKind::session_start};
        tell(merged, std::span(&event, 1));
        if (stream.chance(0.2)) {
            event.kind = EventKind::search;
            event.topic = static_cast<std::uint8_t>(stream.below(kTopicCount));
            tell(merged, std::span(&event, 1));
        }
        // A session goes on into the next tick only through its last page.
        for (int page = 0; page < 3 && t < now_s + kTick; ++page)
            t = serve(person, t, stream, merged);
        m_free_s[person.index()] = t;
    }
    Seconds serve(PersonId person, Seconds t, Stream& stream, std::vector<Event>& merged) {
        LoggedRequest request{t, now_s, person, m_requests[person.index()]++, {}, {}};
        for (int i = 0; i < 5; ++i)
            request.items.push_back(ItemId(stream.zipf(catalogue->size(), 0.7)));
        const PersonFeatures features = store.read_person(params, *catalogue, person, t);
        if (stream.chance(0.3)) {
            served.push_back(copy_served(store, features, request, t, params, *catalogue));
            request.rows = feature_columns(store, features, request, t, params, *catalogue);
            requests.append(request);
        }
        std::vector<Event> events;
        const auto add = [&](EventKind kind, ItemId item, float value = 0) {
            events.push_back({t, person, item, request.request, value, kind});
        };
        for (std::size_t i = 0; i < request.items.size(); ++i) {
            add(EventKind::impression, request.items[i]);
            events.back().position = static_cast<std::uint8_t>(i);
        }
        for (const ItemId item : request.items) {
            t += static_cast<Seconds>(stream.below(5));
            if (!stream.chance(0.3)) continue;
            add(EventKind::click, item);
            const auto share = static_cast<float>(stream.uniform());
            t += static_cast<Seconds>(share * catalogue->cards[item.index()].duration_s);
            add(EventKind::watch, item, share);
            if (stream.chance(0.2)) add(EventKind::like, item);
            if (stream.chance(0.1)) add(EventKind::not_interested, item);
        }
        tell(merged, events);
        return t;
    }

    std::uint64_t m_seed;
    std::int64_t m_tick = 0;
    std::vector<std::uint32_t> m_requests;
    std::vector<Seconds> m_free_s;  // when the person's last session was over
};

}  // namespace cascadelab
