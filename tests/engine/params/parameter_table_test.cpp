// The one table: it describes every field of every parameter struct, and what it accepts reads
// back.
#include <QtTest>
#include <cmath>
#include <set>
#include <string>

#include "engine/params/table.h"

using namespace cascadelab;

namespace {

// A value that converts to any field, to count the fields of an aggregate at compile time.
struct Anything {
    template <class T>
    constexpr operator T() const {
        return T{};
    }
};

template <class T, class... Values>
concept MadeOf = requires {
    T{Values{}...};
};

template <class T, class... Values>
constexpr std::size_t field_count() {
    if constexpr (MadeOf<T, Values..., Anything>) {
        return field_count<T, Values..., Anything>();
    } else {
        return sizeof...(Values);
    }
}

constexpr std::size_t kFields =
    field_count<WorldParams>() + field_count<BehaviourParams>() + field_count<SupplyParams>() +
    field_count<MetadataParams>() + field_count<ClockParams>() + field_count<FeatureParams>() +
    field_count<RetrievalParams>() + field_count<GenerativeParams>() +
    field_count<RankingParams>() + field_count<RerankParams>() + field_count<LanguageParams>() +
    field_count<PageParams>() + field_count<PolicyParams>() + field_count<TrainingParams>() +
    field_count<EraParams>() + field_count<FreshnessParams>() + field_count<ProductionParams>() +
    field_count<ServingParams>() + field_count<CostParams>() + field_count<MetricsParams>() +
    field_count<RunParams>();
static_assert(field_count<Params>() == 21, "a new group belongs into kFields");

// Another value of the parameter than the given one.
double other_value(const Parameter& parameter, double value) {
    return value == parameter.minimum ? parameter.maximum : parameter.minimum;
}

}  // namespace

class ParameterTableTest : public QObject {
    Q_OBJECT

  private slots:
    void every_field_stands_in_the_table_once();
    void paths_are_set_read_and_found();
    void rows_are_complete();
    void a_row_names_the_first_stage_that_reads_it();
    void defaults_are_inside_the_limits();
    void values_can_be_set_and_read();
    void value_texts_read_back();
    void wrong_values_are_explained();
    void unknown_keys_name_the_nearest();
    void settings_are_applied_whole_or_not_at_all();
    void parameters_that_do_not_fit_together_are_refused();
    void hash_sees_every_parameter();
    void an_unmoved_fleet_is_not_in_the_hash();
};

void ParameterTableTest::every_field_stands_in_the_table_once() {
    // As many rows as fields, and each row moves its own field and no other's.
    QCOMPARE(parameter_table().size() + path_parameter_table().size(), kFields);
    std::set<std::string_view> keys;
    for (const Parameter& parameter : parameter_table()) {
        QVERIFY2(keys.insert(parameter.key).second, parameter.key.data());
        Params params;
        parameter.set(params, other_value(parameter, parameter.initial()));
        for (const Parameter& other : parameter_table()) {
            QCOMPARE(other.get(params) != other.initial(), &other == &parameter);
        }
    }
}

void ParameterTableTest::paths_are_set_read_and_found() {
    for (const PathParameter& path : path_parameter_table()) {
        Params params;
        QVERIFY(path.get(params).empty());
        QVERIFY(apply_setting(params, std::string(path.key) + "=a folder/x=y.csv").ok());
        QCOMPARE(path.get(params), std::string("a folder/x=y.csv"));
        QCOMPARE(find_path_parameter(path.key), &path);
        QVERIFY(find_parameter(path.key) == nullptr && path.help.back() == '.');
    }
    Params params;
    const Status wrong = apply_setting(params, "world.rating_file=x");
    QCOMPARE(wrong.problem().expected, std::string("perhaps world.ratings_file"));
}

void ParameterTableTest::rows_are_complete() {
    for (const Parameter& p : parameter_table()) {
        QVERIFY2(p.key.find('.') != std::string_view::npos, p.key.data());
        QVERIFY2(!p.label.empty() && p.help.size() > 10 && p.help.back() == '.', p.key.data());
        QVERIFY2(p.minimum < p.maximum && p.step > 0, p.key.data());
        QCOMPARE(p.kind == Kind::choice, !p.choices.empty());
        QVERIFY(!stage_label(p.dirties).empty() && !stage_key(p.dirties).empty());
        QCOMPARE(find_parameter(p.key), &p);
    }
}

// Policy is no stage of parameters: its rows are read long before the last gate.
void ParameterTableTest::a_row_names_the_first_stage_that_reads_it() {
    const auto stage = [](std::string_view key) { return find_parameter(key)->dirties; };
    // Sources look ahead at what may be shown, and bring what slots and rows are for.
    for (const char* key :
         {"policy.recommender", "policy.hide_watched", "policy.repeat_after_h", "policy.licences",
          "rerank.exploration_slots", "page.layout", "page.because_rows", "page.continue_days"})
        QVERIFY2(stage(key) == Stage::retrieval, key);
    for (const char* key : {"policy.personalisation_bound", "policy.refusal_days",
                            "policy.refusal_strength", "policy.follow_lift", "policy.list_lift"})
        QVERIFY2(stage(key) == Stage::ranking, key);
    for (const char* key : {"policy.topic_cap", "rerank.franchise_cap", "rerank.bubble_slots"})
        QVERIFY2(stage(key) == Stage::rerank, key);
    for (const char* key : {"rerank.exploration_policy", "rerank.exploration_epsilon",
                            "rerank.exploration_temperature"})
        QVERIFY2(stage(key) == Stage::explore, key);
}

void ParameterTableTest::defaults_are_inside_the_limits() {
    for (const Parameter& parameter : parameter_table()) {
        QVERIFY2(check_value(parameter, parameter.initial()).ok(), parameter.key.data());
    }
    QVERIFY(check_together(Params{}, 4096).ok());
}

void ParameterTableTest::values_can_be_set_and_read() {
    for (const Parameter& parameter : parameter_table()) {
        Params params;
        for (const double value : {parameter.minimum, parameter.maximum, parameter.initial()}) {
            parameter.set(params, value);
            QCOMPARE(parameter.get(params), value);
        }
    }
}

void ParameterTableTest::value_texts_read_back() {
    for (const Parameter& parameter : parameter_table()) {
        for (const double value : {parameter.minimum, parameter.maximum, parameter.initial()}) {
            const auto back = parse_value(parameter, value_text(parameter, value));
            QVERIFY2(back.ok(), parameter.key.data());
            QCOMPARE(back.value(), value);
        }
    }
}

void ParameterTableTest::wrong_values_are_explained() {
    const auto problem_of = [](std::string_view key, std::string_view text) {
        const auto result = parse_value(*find_parameter(key), text);
        return result.ok() ? Problem{} : result.problem();
    };
    const auto explained = [](const Problem& problem, std::string_view key, std::string_view found,
                              std::string_view expected) {
        QCOMPARE(problem.path, std::string(key));
        QCOMPARE(problem.found, std::string(found));
        QCOMPARE(problem.expected, std::string(expected));
        QVERIFY(problem.code == ExitCode::invalid);
    };
    explained(problem_of("world.people", "many"), "world.people", "\"many\"",
              "a whole number from 10 to 200000");
    explained(problem_of("world.people", "12.5"), "world.people", "12.5",
              "a whole number from 10 to 200000");
    explained(problem_of("world.niche_share", "2"), "world.niche_share", "2",
              "a number from 0 to 1");
    explained(problem_of("world.niche_share", "nan"), "world.niche_share", "nan",
              "a number from 0 to 1");
    explained(problem_of("ranking.enabled", "maybe"), "ranking.enabled", "\"maybe\"",
              "true or false");
    explained(problem_of("retrieval.index", "cells"), "retrieval.index", "\"cells\"",
              "one of exact, hnsw, ivf");
}

void ParameterTableTest::unknown_keys_name_the_nearest() {
    QVERIFY(find_parameter("retrieval.candidate") == nullptr);
    const auto near = require_parameter("retrieval.candidate");
    QVERIFY(!near.ok());
    QCOMPARE(near.problem().path, std::string("retrieval.candidate"));
    QCOMPARE(near.problem().expected, std::string("perhaps retrieval.candidates"));
    QVERIFY(!require_parameter("").ok());
    QVERIFY(!require_parameter(std::string(500, 'x')).ok());
}

void ParameterTableTest::settings_are_applied_whole_or_not_at_all() {
    Params params;
    QVERIFY(apply_setting(params, "retrieval.candidates=500").ok());
    QCOMPARE(params.retrieval.candidates, std::int64_t{500});
    QVERIFY(apply_setting(params, "rerank.method=dpp").ok());
    QVERIFY(params.rerank.method == RerankMethod::dpp);
    for (const auto setting : {"retrieval.candidates", "retrieval.candidates=", "=5", "a.b=5",
                               "retrieval.candidates=1e9"}) {
        const Status status = apply_setting(params, setting);
        QVERIFY2(!status.ok(), setting);
        QCOMPARE(status.problem().file, std::string("--set"));
        QCOMPARE(params.retrieval.candidates, std::int64_t{500});
    }
    QVERIFY(apply_setting(params, "retrieval.candidates").problem().code == ExitCode::usage);
}

void ParameterTableTest::parameters_that_do_not_fit_together_are_refused() {
    Params slate;
    slate.rerank.slate_size = 30;
    slate.ranking.keep = 20;
    QCOMPARE(check_together(slate, 4096).problem().path, std::string("ranking.keep"));
    Params shares;
    shares.world.niche_share = 0.7;
    shares.world.eclectic_share = 0.7;
    QCOMPARE(check_together(shares, 4096).problem().path, std::string("world.eclectic_share"));
    Params huge;
    huge.world.items = 1000000;
    huge.world.people = 200000;
    QVERIFY(!check_together(huge, 4096).ok());
    QVERIFY(estimated_memory_mib(huge) > 4096);
}

void ParameterTableTest::hash_sees_every_parameter() {
    const auto hash_of = [](const Params& params) {
        Hasher hasher;
        hash_params(params, hasher);
        return hasher.value();
    };
    const std::uint64_t base = hash_of(Params{});
    QCOMPARE(hash_of(Params{}), base);
    for (const Parameter& parameter : parameter_table()) {
        Params params;
        parameter.set(params, other_value(parameter, parameter.initial()));
        QVERIFY2(hash_of(params) != base, parameter.key.data());
    }
}

// A run that models no fleet, and no language model, keeps the hash it had before there was one.
void ParameterTableTest::an_unmoved_fleet_is_not_in_the_hash() {
    Hasher without, with;
    for (const Parameter& parameter : parameter_table()) {
        if (parameter.dirties != Stage::serving && !parameter.key.starts_with("language."))
            without.add(parameter.initial());
    }
    hash_params(Params{}, with);
    QCOMPARE(with.value(), without.value());
}

QTEST_GUILESS_MAIN(ParameterTableTest)
#include "parameter_table_test.moc"
