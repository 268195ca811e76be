// The commands of the command line, one function each: they print and give the exit code. What
// they are asked stands in plain structs that main.cpp fills.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/store/ratings/ratings_format.h"
#include "engine/store/scenario/scenario.h"

namespace cascadelab {

// A scenario and what the command line changes in it.
struct ScenarioChoice {
    std::string scenario;               // path or bare name
    std::optional<std::int64_t> days;   // 1..3650
    std::string seed;                   // digits; empty: the scenario's
    std::vector<std::string> settings;  // "key=value"
};
Result<Scenario> choose_scenario(const ScenarioChoice& choice);

ExitCode validate_command(const std::vector<std::string>& scenarios);

enum class ParamsForm { text, json, markdown };
ExitCode params_command(const ParamsForm& form);
ExitCode schema_command();
enum class FeaturesForm { text, markdown };
ExitCode features_command(const FeaturesForm& form);

struct RunRequest {
    ScenarioChoice choice;
    int threads = 2;
    std::string out;  // run file; empty: none
    bool json = false;
    bool progress = false;          // draw the bar although stderr is no terminal
    std::vector<std::string> twin;  // "key=value": what a twin differs in; empty: no twin
    std::int64_t seeds = 1;         // pairs of twins
};
ExitCode run_command(const RunRequest& request);
ExitCode twin_command(const RunRequest& request);

struct VerifyRequest {
    std::string target;  // a run file, or a scenario by path or name
    int threads = 2;     // for a run file
    bool progress = false;
};
ExitCode verify_command(const VerifyRequest& request);

struct InspectRequest {
    ScenarioChoice choice;
    std::int64_t person = 0;
    std::int64_t day = 1;
    int threads = 2;
    bool progress = false;
};
ExitCode inspect_command(const InspectRequest& request);

struct ExportRequest {
    std::string run_file;
    std::string table;
};
ExitCode export_command(const ExportRequest& request);

struct BenchRequest {
    std::int64_t people = 10000, items = 100000, candidates = 500, trees = 100, requests = 20000;
    int threads = 2;
    bool hstu = false;  // time a whole epoch of HSTU, not a part of one
    bool json = false;
    bool decoder = false;  // the generative retriever alone
    bool rankers = false;  // compare the kinds of ranker instead; sizes are its own
    std::int64_t days = 4, rows = 50000;
    bool indexes = false;             // the vector indexes alone, by breadth
    std::int64_t k = 500, dims = 32;  // of that study
};
ExitCode bench_command(const BenchRequest& request);

struct EvaluateRequest {
    std::string path;                 // a MovieLens folder, or a file of ratings
    std::vector<std::string> models;  // empty: all
    std::string split = "leave-last-out";
    std::optional<double> min_rating;
    RatingsHints hints;
    std::string duplicates = "refuse";
    std::uint64_t seed = 1;
    bool json = false;
    bool curve = false;  // learning curves below the table
    bool progress = false;
};
ExitCode evaluate_command(const EvaluateRequest& request);

struct ReproduceRequest {
    std::string name;  // of a study, or "all"
    bool list = false;
    int threads = 2;
    std::uint64_t seed = 1;
    bool json = false;
    bool progress = false;
};
ExitCode reproduce_command(const ReproduceRequest& request);

}  // namespace cascadelab
