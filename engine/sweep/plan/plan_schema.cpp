// The JSON Schema of plans (draft 7), made from the same fields as the reader's, and from the
// tables of parameters and metrics.
#include <algorithm>

#include "engine/base/error.h"
#include "engine/sweep/plan/plan_fields.h"
#include "engine/sweep/plan/sweep_plan.h"

namespace cascadelab {
namespace {

Json object() {
    return Json(Json::Object{});
}

Json typed(std::string_view type) {
    return object().add("type", type);
}

Json ranged(std::string_view type, double minimum, double maximum) {
    Json out = typed(type);
    return out.add("minimum", static_cast<std::int64_t>(minimum))
        .add("maximum", static_cast<std::int64_t>(maximum));
}

Json one_of_words(Json::List words) {
    return object().add("enum", std::move(words));
}

Json list_of(Json items, std::int64_t fewest = 0) {
    Json out = typed("array");
    out.add("items", std::move(items));
    if (fewest > 0) out.add("minItems", fewest);
    return out;
}

Json either(Json a, Json b) {
    return object().add("oneOf", Json::List{std::move(a), std::move(b)});
}

// A closed object with the fields of a table; schema_of gives the schema of a key.
template <std::size_t N, class SchemaOf>
Json object_of(const PlanField (&fields)[N], SchemaOf&& schema_of) {
    Json properties = object();
    Json::List required;
    for (const PlanField& field : fields) {
        Json schema = schema_of(field.key);
        schema.add("description", field.help);
        properties.add(std::string(field.key), std::move(schema));
        if (field.is_required) required.emplace_back(field.key);
    }
    Json out = typed("object");
    out.add("properties", std::move(properties)).add("additionalProperties", false);
    if (!required.empty()) out.add("required", std::move(required));
    return out;
}

// A value of any parameter; the reader knows which it must be.
Json value_schema() {
    return object().add("type", Json::List{"boolean", "number", "string"});
}

Json keys_schema() {
    Json::List keys;
    for (const Parameter& parameter : parameter_table()) keys.emplace_back(parameter.key);
    return one_of_words(std::move(keys));
}

Json settings_schema() {
    Json out = typed("object");
    return out.add("propertyNames", keys_schema()).add("additionalProperties", value_schema());
}

Json axis_field(std::string_view key) {
    if (key == "key") return keys_schema();
    if (key == "values") return list_of(value_schema(), 1);
    if (key == "range") return list_of(typed("number"), 2).add("maxItems", 2);
    if (key == "log") return typed("boolean");
    if (key == "steps") return ranged("integer", 2, kMostSteps);
    CHECK(false);
}

Json axis_schema() {
    Json ways(Json::List{});
    for (const char* way : {"values", "range"})
        ways.append(object().add("required", Json::List{way}));
    return object_of(kAxisFields, axis_field).add("oneOf", std::move(ways));
}

Json keep_field(std::string_view key) {
    Json::List words;
    if (key == "metrics") {
        for (const Metric metric : every<Metric>) words.emplace_back(metric_info(metric).name);
        return list_of(one_of_words(std::move(words)), 1);
    }
    if (key == "groups") {
        for (std::size_t group = 0; group < kGroupCount; ++group)
            words.emplace_back(group_name(group));
        return list_of(one_of_words(std::move(words)), 1);
    }
    if (key == "days") return list_of(ranged("integer", 1, kMostDays));
    CHECK(false);
}

Json budget_field(std::string_view key) {
    if (key == "runs") return ranged("integer", 1, static_cast<double>(kMostCells));
    if (key == "minutes") return ranged("number", 0, kMostMinutes);
    CHECK(false);
}

Json points_schema() {
    Json::List kinds;
    for (const PointKind kind : every<PointKind>) kinds.emplace_back(point_kind_name(kind));
    return one_of_words(std::move(kinds));
}

Json plan_field(std::string_view key) {
    if (key == "format") return one_of_words({Json(kSweepFormat)});
    if (key == "version") return one_of_words({Json(kSweepVersion)});
    if (key == "title" || key == "why" || key == "scenario") return typed("string");
    if (key == "days") return ranged("integer", 1, kMostDays);
    if (key == "seeds")
        return either(ranged("integer", 1, kMostSeeds),
                      list_of(object().add("type", Json::List{"integer", "string"}), 1));
    if (key == "set") return settings_schema();
    if (key == "axes") return list_of(axis_schema(), 1);
    if (key == "points") return points_schema();
    if (key == "count") return ranged("integer", 1, kMostPoints);
    if (key == "twins") return list_of(settings_schema());
    if (key == "keep") return object_of(kKeepFields, keep_field);
    if (key == "budget") return object_of(kBudgetFields, budget_field);
    CHECK(false);
}

}  // namespace

std::string sweep_schema() {
    Json schema = object();
    schema.add("$schema", "http://json-schema.org/draft-07/schema#");
    schema.add("title", "CascadeLab sweep");
    const Json body = object_of(kPlanFields, plan_field);
    for (const auto& [key, value] : *body.object()) schema.add(key, value);
    return json_pages(schema);
}

}  // namespace cascadelab
