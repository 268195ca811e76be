#include "engine/features/feature_store.h"

#include <algorithm>

#include "engine/features/streaming.h"
#include "engine/world/people/population.h"

namespace cascadelab {
namespace {

const PersonBatch kNoPersonBatch;
const ItemBatch kNoItemBatch;

// People are many and checkpoints live long: no list doubles its memory to take one more.
template <class T>
void make_room(std::vector<T>& list) {
    if (list.size() == list.capacity()) list.reserve(list.size() + 3);
}

template <class T>
void insert_sorted(std::vector<T>& sorted, T value) {
    const auto place = std::ranges::lower_bound(sorted, value);
    if (place != sorted.end() && *place == value) return;
    const auto at = place - sorted.begin();
    make_room(sorted);
    sorted.insert(sorted.begin() + at, value);
}

void remember_watch(PersonHistory& history, const Event& event, CreatorId creator) {
    const float reached = event.from + event.value;
    if (reached < kPositiveShare) return;
    insert_sorted(history.seen_creators, creator);
    std::vector<RecentItem>& list = history.unfinished;
    std::erase_if(list, [&](const RecentItem& left) { return left.item == event.item; });
    if (reached >= kWatchedShare) {
        std::erase(history.listed, event.item);
        return insert_sorted(history.watched, event.item);
    }
    if (std::ranges::binary_search(history.watched, event.item)) return;
    if (list.size() == kUnfinishedKept) list.erase(list.begin());
    make_room(list);
    list.push_back({event.item, reached, event.time_s});
}

void remember_refusal(PersonHistory& history, const Event& event) {
    std::vector<Refusal>& list = history.refusals;
    if (list.size() == PersonHistory::kRefusalsKept) list.erase(list.begin());
    make_room(list);
    list.push_back({event.item, event.kind == EventKind::dislike, event.time_s});
}

void remember(PersonHistory& history, const Event& event, const Catalogue& catalogue) {
    if (event.kind == EventKind::impression) {
        history.shown.push_back({event.item, event.time_s});
        history.shown.keep_last(PersonHistory::kShownKept);
    } else if (event.kind == EventKind::not_interested) {
        insert_sorted(history.blocked, event.item);
        remember_refusal(history, event);
    } else if (event.kind == EventKind::dislike) {
        remember_refusal(history, event);
    } else if (event.kind == EventKind::follow) {
        insert_sorted(history.followed, catalogue.cards[event.item.index()].creator);
    } else if (event.kind == EventKind::add_to_list) {
        insert_sorted(history.listed, event.item);
    } else if (event.kind == EventKind::watch) {
        remember_watch(history, event, catalogue.cards[event.item.index()].creator);
    }
}

bool too_old(const Stamp& stamp, Seconds now_s, const FeatureParams& params) {
    return static_cast<double>(now_s - stamp.write_s) > params.ttl_h * kHour;
}

void hash_stamp(const Stamp& stamp, Hasher& hasher) {
    hasher.add(stamp.event_s).add(stamp.write_s);
}

template <class Tag>
void hash_ids(std::span<const Id<Tag>> ids, Hasher& hasher) {
    hasher.add(ids.size());
    for (const Id<Tag> id : ids) hasher.add(id.value);
}

void hash_realtime(const PersonRealtime& value, Hasher& hasher) {
    hash_stamp(value.stamp, hasher);
    hasher.add(value.recent.size());
    for (const RecentItem& each : value.recent)
        hasher.add(each.item.value).add(each.share).add(each.time_s);
    hasher.add_all(std::span<const float>(value.recent_share));
    hasher.add_all(std::span<const float>(value.profile));
    hasher.add(value.session_pages).add(value.session_clicks).add(value.session_watch_s);
    hasher.add(value.clicks_in_row).add(value.empty_in_row);
    hasher.add(value.search_topic).add(value.searched_s).add(value.last_view_s);
    hasher.add(value.profile_version).add(value.page).add(value.page_clicked);
    hasher.add(value.clicks_before_page);
    hasher.add(value.sequence.seen).add(value.sequence.tokens.size());
    for (const PersonToken token : value.sequence.tokens) {
        hasher.add(token.item.value).add(token.action).add(token.watch_bucket);
        hasher.add(token.surface).add(token.time_s);
    }
}

void hash_history(const PersonHistory& history, Hasher& hasher) {
    hash_ids(std::span(history.watched), hasher);
    hash_ids(std::span(history.blocked), hasher);
    hash_ids(std::span(history.seen_creators), hasher);
    hash_ids(std::span(history.followed), hasher);
    hash_ids(std::span(history.listed), hasher);
    hasher.add(history.refusals.size());
    for (const Refusal& refusal : history.refusals)
        hasher.add(refusal.item.value).add(refusal.only_disliked).add(refusal.time_s);
    hasher.add(history.shown.size());
    hasher.add(history.unfinished.size());
    for (const RecentItem& left : history.unfinished)
        hasher.add(left.item.value).add(left.share).add(left.time_s);
    for (const ShownItem shown : history.shown) hasher.add(shown.item.value).add(shown.time_s);
}

void hash_event(const Event& event, Hasher& hasher) {
    hasher.add(event.time_s).add(event.person.value).add(event.item.value).add(event.request);
    hasher.add(event.value).add(event.kind).add(event.position).add(event.topic);
    hasher.add(event.explored).add(event.surface).add(event.from);
}

// Bound field by field, so that a new one that is not hashed does not compile.
void hash_person_batch(const PersonBatch& value, Hasher& hasher) {
    const auto& [topic_share, click_rate, watch_share, views_per_day] = value;
    hasher.add_all(std::span<const float>(topic_share));
    hasher.add(click_rate).add(watch_share).add(views_per_day);
}

void hash_item_batch(const ItemBatch& value, Hasher& hasher) {
    const auto& [click_rate, watch_share, like_rate, views] = value;
    hasher.add(click_rate).add(watch_share).add(like_rate).add(views);
}

void hash_batch(const BatchTables& tables, Hasher& hasher) {
    hash_stamp(tables.stamp, hasher);
    hasher.add(tables.people.size()).add(tables.items.size());
    for (const PersonBatch& person : tables.people) hash_person_batch(person, hasher);
    for (const ItemBatch& item : tables.items) hash_item_batch(item, hasher);
    hasher.add_all(std::span<const float>(tables.creator_click_rate));
    hash_person_batch(tables.person_default, hasher);
    hash_item_batch(tables.item_default, hasher);
    hasher.add(tables.creator_default);
}

}  // namespace

FeatureStore::FeatureStore(const FeatureParams& params, std::size_t people,
                           const Catalogue& catalogue)
    : m_empty(empty_realtime(catalogue)), m_counters(params, catalogue.size()) {
    add_people(std::vector<SignUp>(people));
}

void FeatureStore::observe(const FeatureParams& params, const Catalogue& catalogue, PersonId person,
                           std::span<const Event> events) {
    if (events.empty()) return;
    bring_up(params, catalogue, person, events.front().time_s);
    PersonState& changed = m_people[person.index()].write();
    for (const Event& event : events) {
        CHECK(event.person == person);
        remember(changed.history, event, catalogue);
        // Of a page's impressions only the first moves the streaming values.
        if (event.kind == EventKind::impression) {
            if (event.request == changed.observed_page) continue;
            changed.observed_page = event.request;
        }
        CHECK(changed.pending.empty() || changed.pending.back().time_s <= event.time_s);
        changed.pending.reserve(changed.pending.size() + 1);
        changed.pending.push_back(event);
    }
}

void FeatureStore::bring_up(const FeatureParams& params, const Catalogue& catalogue,
                            PersonId person, Seconds now_s) {
    const std::vector<Event>& pending = state(person).pending;
    if (!pending.empty() && readable_at(pending.front().time_s, params) <= now_s) {
        PersonState& changed = m_people[person.index()].write();
        auto next = changed.pending.begin();
        for (; next != changed.pending.end(); ++next) {
            if (readable_at(next->time_s, params) > now_s) break;
            changed.realtime = aggregate(std::move(changed.realtime), *next, params, catalogue);
        }
        changed.pending = std::vector<Event>(next, changed.pending.end());
    }
    // Another definition serves now: the profile is made anew from the same items.
    const std::uint8_t version = served_profile_version(params);
    if (state(person).realtime.profile_version != version) {
        PersonRealtime& realtime = m_people[person.index()].write().realtime;
        realtime.profile = profile_of(realtime.recent, version, catalogue);
        realtime.profile_version = version;
    }
}

PersonFeatures FeatureStore::read_person(const FeatureParams& params, const Catalogue& catalogue,
                                         PersonId person, Seconds now_s) {
    bring_up(params, catalogue, person, now_s);
    return peek_person(params, person, now_s);
}

PersonFeatures FeatureStore::peek_person(const FeatureParams& params, PersonId person,
                                         Seconds now_s) const {
    const PersonState& now = state(person);
    PersonFeatures features;
    features.realtime = too_old(now.realtime.stamp, now_s, params) ? &m_empty : &now.realtime;
    features.sequence = &now.realtime.sequence;
    features.history = &now.history;
    if (params.signup) features.sign_up = &now.sign_up;
    features.batch_stamp = batch_stamp();
    if (m_batch == nullptr) {
        features.batch = &kNoPersonBatch;
    } else {
        const bool old = too_old(m_batch->stamp, now_s, params);
        features.batch = old ? &m_batch->person_default : &m_batch->person(person);
    }
    return features;
}

void FeatureStore::add_people(std::span<const SignUp> people) {
    for (std::size_t p = m_people.size(); p < people.size(); ++p)
        m_people.emplace_back(PersonState{m_empty, {}, {}, kNoPage, people[p]});
}

void FeatureStore::add_items(const Catalogue& catalogue) {
    m_counters.grow(catalogue.size());
}

void FeatureStore::advance(const FeatureParams& params, std::span<const Event> merged,
                           Seconds now_s) {
    m_counters.advance(params, merged, now_s);
}

void FeatureStore::deploy_batch(std::shared_ptr<const BatchTables> tables) {
    m_batch = std::move(tables);
}

const ItemBatch& FeatureStore::item_batch(ItemId item, Seconds now_s,
                                          const FeatureParams& params) const {
    if (m_batch == nullptr) return kNoItemBatch;
    if (item.index() >= m_batch->items.size() || too_old(m_batch->stamp, now_s, params))
        return m_batch->item_default;
    return m_batch->items[item.index()];
}

float FeatureStore::creator_click_rate(CreatorId creator, Seconds now_s,
                                       const FeatureParams& params) const {
    if (m_batch == nullptr) return 0;
    const std::vector<float>& rates = m_batch->creator_click_rate;
    if (creator.index() >= rates.size() || too_old(m_batch->stamp, now_s, params))
        return m_batch->creator_default;
    return rates[creator.index()];
}

Stamp FeatureStore::batch_stamp() const {
    return m_batch == nullptr ? Stamp() : m_batch->stamp;
}

Seconds FeatureStore::staleness_s(PersonId person, Seconds now_s) const {
    const std::vector<Event>& pending = state(person).pending;
    return pending.empty() ? 0 : std::max<Seconds>(0, now_s - pending.front().time_s);
}

void FeatureStore::hash(Hasher& hasher) const {
    hasher.add(m_people.size());
    for (const CopyOnWrite<PersonState>& each : m_people) {
        const PersonState& person = each.read();
        hash_realtime(person.realtime, hasher);
        hash_history(person.history, hasher);
        hasher.add(person.pending.size()).add(person.observed_page);
        for (const TopicId topic : person.sign_up.survey) hasher.add(topic.value);
        for (const Event& event : person.pending) hash_event(event, hasher);
    }
    m_counters.hash(hasher);
    hasher.add(m_batch != nullptr);
    if (m_batch != nullptr) hash_batch(*m_batch, hasher);
}

std::size_t FeatureStore::unshared_bytes(const FeatureStore& earlier) const {
    // A person's lists at a middling age of a run, beside the fields.
    constexpr std::size_t kListBytes = 1500;
    std::size_t written = 0;
    for (std::size_t p = 0; p < m_people.size(); ++p) {
        written +=
            p >= earlier.m_people.size() || &m_people[p].read() != &earlier.m_people[p].read();
    }
    std::size_t bytes =
        m_people.size() * sizeof(m_people[0]) + written * (sizeof(PersonState) + kListBytes);
    if (m_batch != nullptr && m_batch != earlier.m_batch)
        bytes += m_batch->people.size() * sizeof(PersonBatch) +
                 m_batch->items.size() * sizeof(ItemBatch);
    return bytes;
}

}  // namespace cascadelab
