// The one table that describes every parameter. Sliders, the scenario's JSON Schema, `--set
// key=value`, `params`, the table in engine/params/README.md and journal entries are all made from
// it. Constant data; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "engine/base/error.h"
#include "engine/base/hash.h"
#include "engine/params/params.h"

namespace cascadelab {

enum class Kind { boolean, integer, real, choice };

// The stages of the house in the order data travels; a change makes its stage and all behind it
// stale.
enum class Stage {
    world,
    behaviour,
    supply,
    features,
    retrieval,
    generative,
    ranking,
    rerank,
    explore,
    serving,
    training,
    metrics,
    run
};
template <>
inline constexpr std::size_t enum_count<Stage> = 13;
inline constexpr int kStageCount = 13;
std::string_view stage_label(Stage stage);  // "Feature store"
std::string_view stage_key(Stage stage);    // "features"

enum class When {
    live,
    restart
};  // live: may change between two ticks; restart: only before the first
enum class Scale { linear, logarithmic };

// Values of every kind travel as double: integers are exact, false/true are 0/1, a choice is its
// position.
struct Parameter {
    std::string_view key;    // "retrieval.candidates"
    std::string_view label;  // "Candidates"
    std::string_view unit;   // "items"; empty when the value is a pure number
    std::string_view help;   // one sentence
    Kind kind;
    double minimum, maximum, step;
    Scale scale;
    Stage dirties;  // the first stage a change makes stale; also the group it is shown in
    When when;
    std::span<const std::string_view> choices;  // names in order, for Kind::choice only
    double (*get)(const Params&);
    void (*set)(Params&, double);

    double initial() const { return get(Params{}); }
};

std::span<const Parameter> parameter_table();
const Parameter* find_parameter(std::string_view key);  // nullptr when there is none

// The few parameters whose value is a path. They are set before a run and never while it lasts. A
// path says where something lies, not what it is: what was found there enters the hash of the
// world.
struct PathParameter {
    std::string_view key;    // "world.ratings_file"
    std::string_view label;  // "Ratings"
    std::string_view help;   // one sentence
    Stage dirties;
    const std::string& (*get)(const Params&);  // empty: none, which is the default
    void (*set)(Params&, std::string);
};
std::span<const PathParameter> path_parameter_table();
const PathParameter* find_path_parameter(std::string_view key);  // nullptr when there is none

// The value as a person writes it: "0.35", "true", "hnsw".
std::string value_text(const Parameter& parameter, double value);
// What is accepted, in words: "a whole number from 10 to 2000".
std::string accepted_text(const Parameter& parameter);

// Checks that a value is of the parameter's kind and inside its limits; the Problem's path is the
// key.
Status check_value(const Parameter& parameter, double value);
// Reads "0.35", "true", "hnsw" as a value of this parameter and checks it.
Result<double> parse_value(const Parameter& parameter, std::string_view text);
// The parameter of a key, or a Problem with the nearest known key.
Result<const Parameter*> require_parameter(std::string_view key);
// One "key=value" from the command line; a path is taken as it stands.
Status apply_setting(Params& params, std::string_view setting);

// Checks that hold between parameters (a slate no longer than what is kept, sizes that fit into
// memory_mib).
Status check_together(const Params& params, double memory_mib);
double estimated_memory_mib(const Params& params);

// In table order; what only the modelled fleet or the simulated language model reads enters once it
// is moved, so that a run without them keeps the hash it always had.
void hash_params(const Params& params, Hasher& hasher);

}  // namespace cascadelab
