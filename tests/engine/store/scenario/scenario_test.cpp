// Scenario files: what is read is what was written, and every kind of bad file is refused with one
// sentence that names file, place, found and expected.
#include <unistd.h>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>

#include "engine/base/random.h"
#include "engine/params/table.h"
#include "engine/store/scenario/command_json.h"
#include "engine/store/scenario/scenario.h"

using namespace cascadelab;

namespace {

std::string with(const std::string& members) {
    return R"({"format": "cascadelab-scenario", "version": 1, "title": "T", "days": 14)" +
           (members.empty() ? "" : ", " + members) + "}";
}

// A scenario with every kind of content, different for every index.
Scenario random_scenario(std::uint64_t index) {
    Stream stream(7, Purpose::test, index);
    Scenario scenario;
    scenario.name = "f";
    scenario.title = "Title \"quoted\" \xC3\xA9 " + std::to_string(index);
    scenario.why = "line\nbreak\tand \\ back";
    scenario.look_for = {"first", "second"};
    scenario.seed = stream.bits();
    scenario.days = static_cast<std::int64_t>(stream.below(40)) + 1;
    for (const Parameter& parameter : parameter_table()) {
        if (stream.chance(0.5)) continue;
        const double value = stream.uniform(parameter.minimum, parameter.maximum);
        const bool whole = parameter.kind != Kind::real;
        parameter.set(scenario.params, whole ? std::floor(value) : value);
    }
    scenario.params.world.people = 100;  // sizes and shares that fit together
    scenario.params.world.items = 500;
    scenario.params.world.sessions_per_day = 1;
    scenario.params.world.new_people_per_day = 5;
    scenario.params.world.niche_share = 0.1;
    scenario.params.world.eclectic_share = 0.3;
    scenario.params.ranking.keep = 30;
    const auto time = [&] {
        return static_cast<Seconds>(stream.below(static_cast<std::uint64_t>(scenario.days * kDay)));
    };
    scenario.timeline = {{time(), SetParameter{"rerank.diversity", stream.uniform()}, false},
                         {time(), SetParameter{"rerank.method", 2}, false},
                         {time(), SetParameter{"policy.licences", 0}, true},
                         {time(), Search{PersonId(17), 1, TopicId(3)}, false},
                         {time(), Search{PersonId(), stream.uniform(), TopicId(7)}, false},
                         {time(), PullLever{EventKind::follow, PersonId(5), 1, TopicId(3)}, false},
                         {time(), ReleaseItems{TopicId(0), stream.normal() / 3, 12}, true},
                         {time(), ChangeTaste{PersonId(), stream.uniform(), TopicId(2)}, false},
                         {time(), ChangeTaste{PersonId(3), 1, TopicId(1)}, false},
                         {time(), Burst{TopicId(5), 3 * stream.uniform(), 36, 40}, true},
                         {time(), CorruptCodes{stream.uniform()}, true},
                         {time(), Note{"a note"}, false}};
    std::ranges::stable_sort(scenario.timeline, {}, &TimelineEntry::time_s);
    scenario.expect = {{Metric::gini, 2, 1, 0.25, std::nullopt, 1, "because"},
                       {Metric::regret, 0, 1, std::nullopt, stream.normal(), std::nullopt, ""},
                       {Metric::coverage, 0, 1, std::nullopt, 0.5, std::nullopt, "",
                        TopicShare{false, TopicId(2), PersonId(3), 4}},
                       {Metric::coverage, 0, 1, 0.1, std::nullopt, std::nullopt, "",
                        TopicShare{true, TopicId(7), PersonId(), 1}}};
    scenario.expected_hash = "0123456789abcdef";
    return scenario;
}

}  // namespace

class ScenarioTest : public QObject {
    Q_OBJECT

  private slots:
    void what_is_written_is_read_back() {
        for (std::uint64_t index = 0; index < 100; ++index) {
            const Scenario scenario = random_scenario(index);
            const std::string text = scenario_text(scenario);
            const auto read = parse_scenario(text, "f.cascade.json");
            QVERIFY2(read.ok(), read.ok() ? "" : read.problem().sentence().c_str());
            QCOMPARE(read.value().seed, scenario.seed);
            QCOMPARE(read.value().title, scenario.title);
            QCOMPARE(read.value().name, scenario.name);
            for (const Parameter& parameter : parameter_table()) {
                QCOMPARE(parameter.get(read.value().params), parameter.get(scenario.params));
            }
            QCOMPARE(read.value().timeline.size(), scenario.timeline.size());
            for (std::size_t i = 0; i < scenario.timeline.size(); ++i) {
                QCOMPARE(read.value().timeline[i].time_s, scenario.timeline[i].time_s);
                QCOMPARE(read.value().timeline[i].command.index(),
                         scenario.timeline[i].command.index());
            }
            QCOMPARE(scenario_text(read.value()), text);
        }
    }

    void comments_and_nested_groups_are_read() {
        const auto read = parse_scenario(with(R"(
            // a word about it
            "params": {"retrieval": {"candidates": 120, "index": "exact"}, /* and */
                       "ranking.enabled": false})"),
                                         "f");
        QVERIFY(read.ok());
        QCOMPARE(read.value().params.retrieval.candidates, 120);
        QVERIFY(read.value().params.retrieval.index == IndexChoice::exact);
        QVERIFY(!read.value().params.ranking.enabled);
    }

    void a_timeline_is_sorted_and_keeps_the_order_within_a_moment() {
        const auto read = parse_scenario(with(R"("timeline": [{"day": 3, "note": "c"},
            {"day": 1, "time": "18:35", "note": "a"}, {"day": 3, "note": "d"},
            {"day": 2, "time": "00:00:01", "set": {"rerank.method": "dpp", "rerank.diversity": 1}}])"),
                                         "f");
        QVERIFY(read.ok());
        const auto& timeline = read.value().timeline;
        QCOMPARE(timeline.size(), std::size_t{5});
        QCOMPARE(timeline[0].time_s, 18 * kHour + 35 * 60);
        QCOMPARE(timeline[1].time_s, kDay + 1);
        QCOMPARE(std::get<SetParameter>(timeline[1].command).value, 2.0);
        QCOMPARE(std::get<SetParameter>(timeline[2].command).key, "rerank.diversity");
        QCOMPARE(std::get<Note>(timeline[3].command).text, "c");
        QCOMPARE(std::get<Note>(timeline[4].command).text, "d");
    }

    void large_seeds_travel_as_text() {
        QCOMPARE(parse_scenario(with(R"("seed": "18446744073709551615")"), "f").value().seed,
                 UINT64_MAX);
        QVERIFY(!parse_scenario(with(R"("seed": 9007199254740993)"), "f"));
    }

    void a_bad_file_is_refused_in_one_sentence_data() {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("sentence");
        const auto row = [](const char* name, std::string text, std::string sentence) {
            QTest::newRow(name) << std::move(text) << std::move(sentence);
        };
        const auto members = [&](const char* name, const std::string& text, std::string sentence) {
            row(name, with(text), std::move(sentence));
        };
        std::string known;
        for (const std::string_view key : command_keys()) {
            known += known.empty() ? "" : ", ";
            known += key;
        }
        row("empty", "", "f: found an empty file, expected a scenario");
        row("blank", " \n\t ", "f: found an empty file, expected a scenario");
        row("binary", std::string("{\"a\": \0}", 8),
            "f: byte 7: found binary data, expected a scenario");
        row("database", std::string("SQLite format 3\0...", 19),
            "f: found a run file or another database, expected a scenario");
        row("not UTF-8", "{\"format\": \"\xFF\xFE\"}",
            "f: line 1, column 13: found invalid string: ill-formed UTF-8 byte, expected valid "
            "JSON");
        row("truncated", "{\"format\": \"cascadelab-scenario\",\n \"version\": 1,",
            "f: line 2, column 15: found the end of the file, expected string literal");
        row("not JSON", "hello", "f: line 1, column 1: found invalid literal, expected valid JSON");
        row("a list", "[1, 2]", "f: found a list, expected \"cascadelab-scenario\"");
        row("another format", R"({"format": "gltf"})",
            "f: format: found \"gltf\", expected \"cascadelab-scenario\"");
        row("no format", "{}", "f: format: found nothing, expected \"cascadelab-scenario\"");
        row("newer", R"({"format": "cascadelab-scenario", "version": 2, "worlds": 3})",
            "f: version: found 2 of a newer CascadeLab, expected at most 1");
        row("no version", R"({"format": "cascadelab-scenario"})",
            "f: version: found nothing, expected 1");
        row("no title", R"({"format": "cascadelab-scenario", "version": 1})",
            "f: title: found nothing, expected a title");
        row("too deep", std::string(100000, '['),
            "f: found objects and lists nested more than 32 deep, expected a flat file");
        members("unknown key", R"("titel": "x")",
                "f: titel: found an unknown key, expected perhaps title");
        members("duplicate key", R"("seed": 1, "seed": 2)",
                "f: seed: found the key twice, expected each key once");
        members("duplicate inside", R"("timeline": [{"day": 1, "note": "a"},
                                                    {"day": 1, "set": {"a": 1, "a": 2}}])",
                "f: timeline[1].set.a: found the key twice, expected each key once");
        members("flat and nested", R"("params": {"rerank.diversity": 0.1,
                                                 "rerank": {"diversity": 0.2}})",
                "f: params.rerank.diversity: found the key twice, expected each key once");
        members("unknown parameter", R"("params": {"retrieval.candidate": 3})",
                "f: params.retrieval.candidate: found an unknown parameter, expected perhaps "
                "retrieval.candidates");
        members("wrong type", R"("params": {"retrieval.candidates": "many"})",
                "f: params.retrieval.candidates: found \"many\", expected a whole number from 20 "
                "to 2000");
        members("fraction", R"("params": {"retrieval.candidates": 20.5})",
                "f: params.retrieval.candidates: found 20.5, expected a whole number from 20 to "
                "2000");
        members("number for a switch", R"("params": {"ranking.enabled": 1})",
                "f: params.ranking.enabled: found 1, expected true or false");
        members(
            "unknown choice", R"("params": {"rerank.method": "mrr"})",
            "f: params.rerank.method: found \"mrr\", expected one of none, mmr, dpp, calibrated");
        members("out of range", R"("params": {"rerank.diversity": 1.5})",
                "f: params.rerank.diversity: found 1.5, expected a number from 0 to 1");
        members("huge number", R"("params": {"rerank.diversity": 1e999})",
                "f: line 1, column 110: found number overflow parsing '1e999', expected valid "
                "JSON");
        members("does not fit together",
                R"("params": {"rerank.slate_size": 30, "ranking.keep": 20})",
                "f: params.ranking.keep: found 20, expected at least rerank.slate_size (30)");
        members("negative seed", R"("seed": -1)",
                "f: seed: found -1, expected a whole number from 0 to 9007199254740992, or a "
                "larger one in quotes");
        members("days", R"("days": 0)", "f: days: found the key twice, expected each key once");
        members("day after the end", R"("timeline": [{"day": 15, "note": "x"}])",
                "f: timeline[0].day: found 15, expected a whole number from 1 to 14");
        members("time", R"("timeline": [{"day": 1, "time": "24:00", "note": "x"}])",
                "f: timeline[0].time: found \"24:00\", expected a time as \"HH:MM\"");
        members("no command", R"("timeline": [{"day": 1}])",
                "f: timeline[0]: found no command, expected exactly one of " + known);
        members("two commands", R"("timeline": [{"day": 1, "note": "x", "set": {}}])",
                "f: timeline[0]: found several commands, expected exactly one of " + known);
        members("restart while running", R"("timeline": [{"day": 1, "set": {"world.people": 99}}])",
                "f: timeline[0].set.world.people: found a parameter that is fixed before the "
                "first tick, expected one that may change while the world runs");
        members("unknown topic", R"("timeline": [{"day": 1, "search": {"topic": "Documentry"}}])",
                "f: timeline[0].search.topic: found \"Documentry\", expected perhaps Documentary");
        members("unknown person",
                R"("timeline": [{"day": 1, "search": {"topic": "Comedy", "person": 2000}}])",
                "f: timeline[0].search.person: found 2000, expected a whole number from 0 to 1999");
        members("news for a year",
                R"("timeline": [{"day": 1, "burst": {"topic": "Comedy", "hours": 8760}}])",
                "f: timeline[0].burst.hours: found 8760, expected a number from 1 to 336");
        members(
            "taste of a share and a person",
            R"("timeline": [{"day": 1, "change_taste": {"topic": "Comedy", "share": 1, "person": 3}}])",
            "f: timeline[0].change_taste.share: found a share beside a person, expected one of "
            "the two");
        members("unknown lever",
                R"("timeline": [{"day": 1, "pull_lever": {"lever": "lik", "topic": "Comedy"}}])",
                "f: timeline[0].pull_lever.lever: found \"lik\", expected perhaps like");
        members(
            "a slate and a metric",
            R"("expect": [{"metric": "gini", "slate": {"topic": "Comedy"}, "day": 1, "at_most": 1}])",
            "f: expect[0]: found several subjects, expected one of metric, slate, releases");
        members(
            "slates of nobody",
            R"("expect": [{"slate": {"topic": "Comedy", "person": 2000}, "day": 1, "at_most": 1}])",
            "f: expect[0].slate.person: found 2000, expected a whole number from 0 to 1999");
        members("unknown metric", R"("expect": [{"metric": "gin", "day": 1, "at_least": 0}])",
                "f: expect[0].metric: found \"gin\", expected perhaps gini");
        members("no bound", R"("expect": [{"metric": "gini", "day": 1}])",
                "f: expect[0]: found no bound, expected at_least, at_most or both");
        members("hash", R"("expected_hash": "XYZ")",
                "f: expected_hash: found \"XYZ\", expected 16 hexadecimal digits in lower case");
    }
    void a_bad_file_is_refused_in_one_sentence() {
        QFETCH(std::string, text);
        QFETCH(std::string, sentence);
        const auto read = parse_scenario(text, "f");
        QVERIFY(!read.ok());
        QCOMPARE(QString::fromStdString(read.problem().sentence()),
                 QString::fromStdString(sentence));
        QVERIFY(read.problem().code == ExitCode::invalid);
    }

    void sizes_that_do_not_fit_into_memory_are_refused() {
        const auto read = parse_scenario(with(R"("params": {"world.people": 200000,
            "world.items": 1000000, "world.sessions_per_day": 12, "features.retention_days": 60})"),
                                         "f");
        QVERIFY(!read.ok());
        const std::string sentence = read.problem().sentence();
        QVERIFY(sentence.starts_with("f: params.world.people, world.items: found sizes that need"));
        QVERIFY(sentence.find("MiB of this machine") != std::string::npos);
    }

    void a_file_that_cannot_be_read_is_named() {
        QTemporaryDir folder;
        const std::string base = folder.path().toStdString();
        const auto missing = read_scenario(base + "/none.cascade.json");
        QVERIFY(missing.problem().code == ExitCode::input_output);
        QCOMPARE(missing.problem().sentence(),
                 base +
                     "/none.cascade.json: found no such file, expected a scenario file that "
                     "can be read");
        QVERIFY(read_scenario(base).problem().code == ExitCode::input_output);
        QCOMPARE(read_scenario(base).problem().found, "a directory");

        const std::string huge = base + "/huge.cascade.json";
        std::ofstream(huge) << "{";
        std::filesystem::resize_file(huge, 100u << 20);
        const auto large = read_scenario(huge);
        QVERIFY(large.problem().code == ExitCode::invalid);
        QCOMPARE(large.problem().sentence(),
                 huge + ": found a file of 100 MiB, expected a scenario of at most 8 MiB");

        if (geteuid() == 0) return;  // root may read everything
        std::filesystem::permissions(huge, std::filesystem::perms::none);
        QVERIFY(read_scenario(huge).problem().code != ExitCode::ok);
    }

    void writing_replaces_the_whole_file_or_leaves_it() {
        QTemporaryDir folder;
        const std::string path = folder.path().toStdString() + "/a.cascade.json";
        const Scenario scenario = random_scenario(1);
        QVERIFY(write_scenario(scenario, path).ok());
        QCOMPARE(scenario_text(read_scenario(path).value()), scenario_text(scenario));
        QVERIFY(!std::filesystem::exists(path + ".part"));
        const auto status = write_scenario(scenario, folder.path().toStdString() + "/no/a.json");
        QVERIFY(status.problem().code == ExitCode::input_output);
    }
};

QTEST_GUILESS_MAIN(ScenarioTest)
#include "scenario_test.moc"
