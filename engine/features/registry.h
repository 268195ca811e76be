// The registry of features: one row says what a value is, whose it is, which lane writes it, how it
// is made and what ranks by it. The streaming lane calls the rows' aggregates, the batch lane runs
// their queries, the ranker's columns, the inspector and the table in this folder's README.md walk
// the rows. A new feature of values that are kept already is one more row. Constant data and pure
// functions; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/enum_array.h"
#include "engine/features/moment.h"
#include "engine/world/domain/domain_pack.h"

namespace cascadelab {

enum class FeatureEntity : unsigned char { request, person, item, creator, person_and_item };
template <>
inline constexpr std::size_t enum_count<FeatureEntity> = 5;
std::string_view feature_entity_label(FeatureEntity entity);

// Where a value comes from; a model's scores are no features, but stand beside them in a row.
enum class Lane : unsigned char { request, batch, streaming, on_event, model };
template <>
inline constexpr std::size_t enum_count<Lane> = 5;
std::string_view lane_label(Lane lane);

// One event as the streaming lane's aggregates see it.
struct StreamStep {
    const Event& event;
    bool opens_page = false;       // the first impression of another page
    bool answers_page = false;     // the first click on the last page
    float clicks_before_page = 0;  // pages in a row with a click, without the last page
    const FeatureParams& params;
    const Catalogue& catalogue;
};

// Where a batch query's rows (entity, value, topic or 0) go; entity -1 is the default.
struct BatchTarget {
    std::size_t (*entities)(const BatchTables&) = nullptr;
    void (*set)(BatchTables&, std::size_t entity, std::size_t topic, float value) = nullptr;
    void (*set_default)(BatchTables&, float value) = nullptr;
};

// A person's value in words, and the newest event that it knows.
struct FeatureWords {
    std::string value;
    Seconds event_s = kNever;
};

struct Feature {
    std::string_view name;    // "topic_share_recent"
    std::string_view phrase;  // "share of the topic in the last items"
    FeatureEntity entity;
    Lane lane;
    int version = 1;          // rises with the definition
    std::string_view window;  // "features.profile_days", "last features.recent_items", "session"
    std::string_view definition;  // the query of a batch feature, else its formula in words

    // The streaming lane: moves the person's value by one event.
    void (*aggregate)(PersonRealtime&, const StreamStep&) = nullptr;
    // The batch lane: where the query's answer is kept.
    BatchTarget batch{};
    // The ranker's column, by one of the two; with neither the ranker does not see it.
    float (*of_request)(const RequestMoment&) = nullptr;  // the same for all items of a request
    float (*of_item)(const RequestMoment&, const ItemMoment&) = nullptr;
    // The inspector; without it the number of_request gives is shown as it is.
    FeatureWords (*words)(const RequestMoment&, const DomainPack&) = nullptr;

    constexpr bool ranks() const { return of_request != nullptr || of_item != nullptr; }
};

std::span<const Feature> feature_registry();

// The columns of all rows that rank, in the order of the registry.
std::size_t feature_column_count();
// Write feature_column_count() floats between them: what all items of a request share once, then
// the rest for each item.
void fill_request_columns(const RequestMoment& request, float* columns);
void fill_item_columns(const RequestMoment& request, const ItemMoment& item, float* columns);

// What the inspector says of a person's feature; none when there is nothing to say of a person
// alone.
std::optional<FeatureWords> feature_words(const Feature& feature, const RequestMoment& request,
                                          const DomainPack& pack);

// How far a topic is what the person named at sign-up: 1 first, 0.5 second, else 0.
float survey_match(const PersonFeatures& person, TopicId topic);

}  // namespace cascadelab
