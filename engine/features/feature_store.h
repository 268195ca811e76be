// The online feature store: a streaming lane with a lag, a batch lane, and what a person has seen.
// A copyable value (keyframes copy it). A person's part is read and written by the thread that runs
// the person's session; everything shared changes only at the barrier.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "engine/base/copy_on_write.h"
#include "engine/base/hash.h"
#include "engine/features/counter_ring.h"
#include "engine/features/shown_list.h"
#include "engine/features/values.h"
#include "engine/params/params.h"
#include "engine/world/events/event.h"
#include "engine/world/supply/catalogue.h"

namespace cascadelab {

// "Not interested" or a dislike.
struct Refusal {
    ItemId item;
    bool only_disliked = false;
    Seconds time_s = 0;
};

// What the system remembers of a person to filter and to rank by.
struct PersonHistory {
    std::vector<ItemId> watched;           // sorted; watched through (kWatchedShare)
    std::vector<ItemId> blocked;           // sorted; "not interested"
    std::vector<CreatorId> seen_creators;  // sorted; of what was watched at least a tenth
    std::vector<CreatorId> followed;       // sorted
    std::vector<ItemId> listed;            // sorted; put on the list and not yet watched through
    std::vector<Refusal> refusals;         // oldest first, at most kRefusalsKept
    // Left between a tenth and kWatchedShare, longest ago first, at most kUnfinishedKept; share is
    // all that was watched of it, time when it was left.
    std::vector<RecentItem> unfinished;
    using Shown = ShownItem;
    ShownList shown;  // last impressions, oldest first, at most kShownKept
    static constexpr std::size_t kShownKept = 400;
    static constexpr std::size_t kRefusalsKept = 32;
};

// Everything a request reads of one person, at one moment.
struct PersonFeatures {
    const PersonRealtime* realtime =
        nullptr;  // never null; the default value when older than the time to live
    const PersonSequence* sequence = nullptr;  // never null; of any age
    const PersonBatch* batch = nullptr;        // never null
    const PersonHistory* history = nullptr;    // never null
    const SignUp* sign_up = nullptr;           // null: not known, or not to be used
    Stamp batch_stamp;
};

class FeatureStore {
  public:
    FeatureStore() = default;
    FeatureStore(const FeatureParams& params, std::size_t people, const Catalogue& catalogue);

    // --- a person's session thread
    // Own events, in time order, enter the streaming lane; they become readable at event time +
    // streaming lag. History (watched, blocked, shown) is the serving system's own memory and knows
    // them at once. What precedes a request (session start, search) is observed before it is read.
    void observe(const FeatureParams& params, const Catalogue& catalogue, PersonId person,
                 std::span<const Event> events);
    // Brings the person's streaming values up to now_s and returns what a request at now_s may
    // know: valid until the person's next event. When events were applied never changes a value.
    PersonFeatures read_person(const FeatureParams& params, const Catalogue& catalogue,
                               PersonId person, Seconds now_s);
    // The same without bringing anything up to date, for snapshots.
    PersonFeatures peek_person(const FeatureParams& params, PersonId person, Seconds now_s) const;

    // --- the barrier
    void add_people(std::span<const SignUp> people);  // of all: rows for those who joined since
    void add_items(const Catalogue& catalogue);       // rows for items released since
    // Item counters move on to now_s with events whose time + lag has passed; an event at the very
    // second of the barrier belongs to the next one.
    void advance(const FeatureParams& params, std::span<const Event> merged, Seconds now_s);
    void deploy_batch(std::shared_ptr<const BatchTables> tables);

    // --- read by any thread inside a tick; what is older than the time to live, or not yet in the
    // batch tables, is served as its default
    ItemCounters counters(ItemId item) const {
        return m_counters.counters(item);
    }  // of the sliding window at the last barrier
    const ItemBatch& item_batch(ItemId item, Seconds now_s, const FeatureParams& params) const;
    float creator_click_rate(CreatorId creator, Seconds now_s, const FeatureParams& params) const;
    Stamp batch_stamp() const;
    std::shared_ptr<const BatchTables> batch() const { return m_batch; }

    // Current values without bringing anything up to date, for snapshots and tests.
    const PersonRealtime& realtime(PersonId person) const { return state(person).realtime; }
    const PersonHistory& history(PersonId person) const { return state(person).history; }

    // How far the person's readable values are behind what the person has done: age of the oldest
    // own event that a read at now_s does not know yet, in seconds; 0 when it knows all.
    Seconds staleness_s(PersonId person, Seconds now_s) const;

    void hash(Hasher& hasher) const;  // every field, in id order
    // Rough size of what this holds that an earlier copy does not share.
    std::size_t unshared_bytes(const FeatureStore& earlier) const;

  private:
    static constexpr std::uint32_t kNoPage = 0xFFFFFFFFu;
    struct PersonState {
        PersonRealtime realtime;
        PersonHistory history;
        std::vector<Event> pending;             // observed, not yet readable, by time
        std::uint32_t observed_page = kNoPage;  // request of the last impression observed
        SignUp sign_up;
    };
    const PersonState& state(PersonId person) const { return m_people[person.index()].read(); }
    void bring_up(const FeatureParams& params, const Catalogue& catalogue, PersonId person,
                  Seconds now_s);

    std::vector<CopyOnWrite<PersonState>> m_people;
    PersonRealtime m_empty;  // served when a person's values are too old
    CounterRing m_counters;
    std::shared_ptr<const BatchTables> m_batch;
};

}  // namespace cascadelab
