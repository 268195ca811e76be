#include "engine/features/warehouse.h"

#include <algorithm>
#include <cmath>

#include "engine/base/sqlite.h"
#include "engine/features/registry.h"

namespace cascadelab {
namespace {

// Staged events wait until a batch run folds them into the daily partials; all sums are integers,
// so the order in which days are filled cannot move a bit. Kinds are numbered as EventKind.
constexpr const char* kSchema = R"sql(
PRAGMA journal_mode = OFF;
PRAGMA temp_store = MEMORY;
CREATE TABLE items (item INTEGER PRIMARY KEY, topic INTEGER, creator INTEGER, duration_s INTEGER);
CREATE TABLE events (time_s INTEGER, day INTEGER, person INTEGER, item INTEGER, kind INTEGER,
                     share_milli INTEGER);
CREATE TABLE person_day (person INTEGER, day INTEGER, impressions INTEGER, clicks INTEGER,
                         watches INTEGER, share_milli INTEGER,
                         PRIMARY KEY (person, day)) WITHOUT ROWID;
CREATE TABLE person_topic_day (person INTEGER, topic INTEGER, day INTEGER, watched_ms INTEGER,
                               PRIMARY KEY (person, topic, day)) WITHOUT ROWID;
CREATE TABLE item_day (item INTEGER, day INTEGER, impressions INTEGER, clicks INTEGER,
                       watches INTEGER, share_milli INTEGER, likes INTEGER,
                       PRIMARY KEY (item, day)) WITHOUT ROWID;
)sql";

static_assert(static_cast<int>(EventKind::impression) == 1 &&
              static_cast<int>(EventKind::click) == 2 && static_cast<int>(EventKind::watch) == 3 &&
              static_cast<int>(EventKind::like) == 4);

constexpr std::string_view kFoldPeople = R"sql(
INSERT INTO person_day
SELECT person, day, SUM(kind = 1), SUM(kind = 2), SUM(kind = 3), SUM(share_milli)
FROM events WHERE time_s <= ?1 GROUP BY person, day
ON CONFLICT DO UPDATE SET impressions = impressions + excluded.impressions,
    clicks = clicks + excluded.clicks, watches = watches + excluded.watches,
    share_milli = share_milli + excluded.share_milli)sql";

constexpr std::string_view kFoldTopics = R"sql(
INSERT INTO person_topic_day
SELECT person, topic, day, SUM(share_milli * duration_s)
FROM events JOIN items USING (item) WHERE kind = 3 AND time_s <= ?1 GROUP BY person, topic, day
ON CONFLICT DO UPDATE SET watched_ms = watched_ms + excluded.watched_ms)sql";

constexpr std::string_view kFoldItems = R"sql(
INSERT INTO item_day
SELECT item, day, SUM(kind = 1), SUM(kind = 2), SUM(kind = 3), SUM(share_milli), SUM(kind = 4)
FROM events WHERE time_s <= ?1 GROUP BY item, day
ON CONFLICT DO UPDATE SET impressions = impressions + excluded.impressions,
    clicks = clicks + excluded.clicks, watches = watches + excluded.watches,
    share_milli = share_milli + excluded.share_milli, likes = likes + excluded.likes)sql";

bool is_loaded(EventKind kind) {
    return kind == EventKind::impression || kind == EventKind::click || kind == EventKind::watch ||
           kind == EventKind::like;
}

// A day of the warehouse ends with midnight sharp, so that a nightly run sees whole days.
std::int64_t closing_day(Seconds time_s) {
    return day_of(time_s - 1);
}
std::int64_t first_day(double days, Seconds now_s) {
    return closing_day(now_s) - std::max<std::int64_t>(1, static_cast<std::int64_t>(days)) + 1;
}

}  // namespace

struct Warehouse::Impl {
    Database database = Database::in_memory();
    std::uint64_t loaded = 0;  // sequence number of the next event to load
    std::size_t items = 0;     // cards in the items table
    Seconds newest_s = kNever;
    std::int64_t forgotten_before = INT64_MIN;  // day
    std::unique_ptr<Statement> insert_event, insert_item, last_covered, fold_people, fold_topics,
        fold_items;
    std::vector<std::pair<const Feature*, Statement>> features;

    Impl() {
        CHECK(database.exec(kSchema).ok());
        insert_event = prepare("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)");
        insert_item = prepare("INSERT INTO items VALUES (?, ?, ?, ?)");
        fold_people = prepare(kFoldPeople);
        fold_topics = prepare(kFoldTopics);
        fold_items = prepare(kFoldItems);
        last_covered = prepare("SELECT MAX(time_s) FROM events WHERE time_s <= ?1");
        for (const Feature& feature : feature_registry()) {
            if (feature.batch.set == nullptr) continue;
            features.emplace_back(&feature, database.prepare(feature.definition).value());
        }
    }
    std::unique_ptr<Statement> prepare(std::string_view sql) {
        return std::make_unique<Statement>(database.prepare(sql).value());
    }
    void load_items(const Catalogue& catalogue);
    void load_event(const Event& event);
    void forget(std::int64_t before_day);
    void fold(Seconds now_s);
    void run_feature(const BatchTarget& target, Statement& sql, std::int64_t first,
                     std::int64_t last, BatchTables& tables);
};

void Warehouse::Impl::load_items(const Catalogue& catalogue) {
    for (; items < catalogue.size(); ++items) {
        const ItemCard& card = catalogue.cards[items];
        insert_item->bind(1, static_cast<std::int64_t>(items));
        insert_item->bind(2, std::int64_t{card.topic.value});
        insert_item->bind(3, std::int64_t{card.creator.value});
        insert_item->bind(4, static_cast<std::int64_t>(std::llround(card.duration_s)));
        CHECK(insert_item->run().ok());
    }
}

void Warehouse::Impl::load_event(const Event& event) {
    if (!is_loaded(event.kind) || closing_day(event.time_s) < forgotten_before) return;
    const bool watched = event.kind == EventKind::watch;
    insert_event->bind(1, std::int64_t{event.time_s}).bind(2, closing_day(event.time_s));
    insert_event->bind(3, std::int64_t{event.person.value});
    insert_event->bind(4, std::int64_t{event.item.value});
    insert_event->bind(5, static_cast<std::int64_t>(event.kind));
    insert_event->bind(6, std::int64_t{watched ? std::lround(event.value * 1000) : 0});
    CHECK(insert_event->run().ok());
}

void Warehouse::Impl::forget(std::int64_t before_day) {
    if (before_day <= forgotten_before) return;
    forgotten_before = before_day;
    for (const char* const table : {"events", "person_day", "person_topic_day", "item_day"}) {
        const std::string sql =
            std::string("DELETE FROM ") + table + " WHERE day < " + std::to_string(before_day);
        CHECK(database.exec(sql).ok());
    }
}

void Warehouse::Impl::fold(Seconds now_s) {
    Transaction transaction = database.begin().value();
    last_covered->bind(1, std::int64_t{now_s});
    CHECK(last_covered->step().value());
    if (!last_covered->is_null(0)) newest_s = std::max(newest_s, last_covered->integer(0));
    last_covered->reset();
    for (Statement* const fold_daily : {fold_people.get(), fold_topics.get(), fold_items.get()})
        CHECK(fold_daily->bind(1, std::int64_t{now_s}).run().ok());
    CHECK(database.exec("DELETE FROM events WHERE time_s <= " + std::to_string(now_s)).ok());
    CHECK(transaction.commit().ok());
}

void Warehouse::Impl::run_feature(const BatchTarget& target, Statement& sql, std::int64_t first,
                                  std::int64_t last, BatchTables& tables) {
    sql.bind(1, first).bind(2, last);
    const std::size_t entities = target.entities(tables);
    while (sql.step().value()) {
        const std::int64_t entity = sql.integer(0);
        const auto value = static_cast<float>(sql.real(1));
        if (entity < 0) {
            target.set_default(tables, value);
        } else if (static_cast<std::size_t>(entity) < entities) {
            target.set(tables, static_cast<std::size_t>(entity),
                       static_cast<std::size_t>(sql.integer(2)), value);
        }
    }
}

Warehouse::Warehouse() : m_impl(std::make_unique<Impl>()) {}
Warehouse::~Warehouse() = default;
Warehouse::Warehouse(Warehouse&&) noexcept = default;
Warehouse& Warehouse::operator=(Warehouse&&) noexcept = default;

void Warehouse::load(const EventLog& log, const Catalogue& catalogue, const FeatureParams& params,
                     Seconds now_s) {
    Transaction transaction = m_impl->database.begin().value();
    m_impl->forget(first_day(params.retention_days, now_s));
    m_impl->load_items(catalogue);
    log.visit_from(m_impl->loaded, [&](const Event& event) { m_impl->load_event(event); });
    m_impl->loaded = log.appended();
    CHECK(transaction.commit().ok());
}

std::shared_ptr<const BatchTables> Warehouse::run_batch(const FeatureParams& params,
                                                        std::size_t people,
                                                        const Catalogue& catalogue, RunTime time) {
    const Seconds now_s = time.now_s;
    m_impl->fold(now_s);
    auto tables = std::make_shared<BatchTables>();
    tables->stamp = {m_impl->newest_s, time.online_s};
    tables->people.resize(people);
    tables->items.resize(catalogue.size());
    std::size_t creators = 0;
    for (const ItemCard& card : catalogue.cards)
        creators = std::max(creators, card.creator.index() + 1);
    tables->creator_click_rate.resize(creators);

    const double days = std::min(params.profile_days, params.retention_days);
    for (auto& [feature, sql] : m_impl->features)
        m_impl->run_feature(feature->batch, sql, first_day(days, now_s), closing_day(now_s),
                            *tables);
    return tables;
}

}  // namespace cascadelab
