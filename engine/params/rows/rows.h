// How a row of the parameter table is written: the field gives kind, reading and writing; the rest
// is said in words. For the files of rows alone. Constant data; any thread.
#pragma once

#include <span>
#include <string_view>
#include <type_traits>

#include "engine/params/table.h"

namespace cascadelab {

struct Words {
    std::string_view key, label, unit, help;
};
struct Range {
    double minimum, maximum, step;
    Scale scale = Scale::linear;
};
inline constexpr auto kLog = Scale::logarithmic;

template <auto Group, auto Field>
constexpr Parameter row(Words words, Range range, Stage stage, When when,
                        std::span<const std::string_view> choices = {}) {
    using Value = std::remove_cvref_t<decltype(Params{}.*Group.*Field)>;
    constexpr Kind kind = std::is_same_v<Value, bool> ? Kind::boolean
                          : std::is_enum_v<Value>     ? Kind::choice
                          : std::is_integral_v<Value> ? Kind::integer
                                                      : Kind::real;
    return {words.key,
            words.label,
            words.unit,
            words.help,
            kind,
            range.minimum,
            range.maximum,
            range.step,
            range.scale,
            stage,
            when,
            choices,
            [](const Params& p) { return static_cast<double>(p.*Group.*Field); },
            [](Params& p, double v) { p.*Group.*Field = static_cast<Value>(v); }};
}
template <auto Group, auto Field>
constexpr Parameter toggle(Words words, Stage stage, When when) {
    return row<Group, Field>(words, {0, 1, 1}, stage, when);
}
template <auto Group, auto Field>
constexpr Parameter option(Words words, std::span<const std::string_view> names, Stage stage,
                           When when) {
    return row<Group, Field>(words, {0, static_cast<double>(names.size() - 1), 1}, stage, when,
                             names);
}

// One file a group, which holds the rows that are named after it.
std::span<const Parameter> world_rows();
std::span<const Parameter> behaviour_rows();
std::span<const Parameter> supply_rows();
std::span<const Parameter> metadata_rows();
std::span<const Parameter> clock_rows();
std::span<const Parameter> features_rows();
std::span<const Parameter> retrieval_rows();
std::span<const Parameter> generative_rows();
std::span<const Parameter> ranking_rows();
std::span<const Parameter> rerank_rows();
std::span<const Parameter> language_rows();
std::span<const Parameter> page_rows();
std::span<const Parameter> policy_rows();
std::span<const Parameter> training_rows();
std::span<const Parameter> eras_rows();
std::span<const Parameter> freshness_rows();
std::span<const Parameter> metrics_rows();
std::span<const Parameter> run_rows();
std::span<const Parameter> production_rows();
std::span<const Parameter> serving_rows();
std::span<const Parameter> cost_rows();

}  // namespace cascadelab
