// The JSON Schema: names every parameter with its limits, accepts what the reader accepts, and
// refuses what the reader refuses as far as a schema can say it.
// g++ 12 sees an uninitialised std::function inside std::regex when sanitizers are on (its bug
// 105562).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include <QTest>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "engine/params/table.h"
#include "engine/store/scenario/scenario.h"
#include "tests/house/places.h"

using namespace cascadelab;
using nlohmann::json;

class SchemaTest : public QObject {
    Q_OBJECT
    valijson::Schema m_schema;
    json m_json;

    bool accepts(const json& document) {
        valijson::Validator validator(valijson::Validator::kStrongTypes);
        return validator.validate(m_schema, valijson::adapters::NlohmannJsonAdapter(document),
                                  nullptr);
    }
    static json minimal() {
        return {{"format", "cascadelab-scenario"}, {"version", 1}, {"title", "T"}};
    }

  private slots:
    void initTestCase() {
        m_json = json::parse(scenario_schema());
        valijson::SchemaParser parser;
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(m_json), m_schema);
    }

    void every_parameter_is_named_with_its_default() {
        const json& flat = m_json["properties"]["params"]["properties"];
        for (const Parameter& parameter : parameter_table()) {
            const std::string key(parameter.key);
            QVERIFY2(flat.contains(key), key.c_str());
            QVERIFY(flat[key].contains("default"));
            const bool live = parameter.when == When::live;
            const json& entry = m_json["properties"]["timeline"]["items"]["properties"];
            QCOMPARE(entry["set"]["properties"].contains(key), live);
        }
    }

    void defaults_and_limits_are_accepted_and_nothing_beyond() {
        QVERIFY(accepts(minimal()));
        for (const Parameter& parameter : parameter_table()) {
            json document = minimal();
            const std::string key(parameter.key);
            const json& described = m_json["properties"]["params"]["properties"][key];
            document["params"][key] = described["default"];
            QVERIFY2(accepts(document), key.c_str());
            document["params"] = {{key.substr(0, key.find('.')),
                                   {{key.substr(key.find('.') + 1), described["default"]}}}};
            QVERIFY2(accepts(document), key.c_str());
            document["params"] = {{key, "no such value"}};
            QVERIFY2(!accepts(document), key.c_str());
            if (parameter.kind != Kind::integer && parameter.kind != Kind::real) continue;
            document["params"] = {{key, parameter.maximum * 2 + 1}};
            QVERIFY2(!accepts(document), key.c_str());
        }
    }

    void mistakes_are_refused() {
        for (const char* members :
             {R"({"titel": "x"})", R"({"version": 2})", R"({"seed": -1})", R"({"days": 0})",
              R"({"params": {"retrieval.candidate": 30}})", R"({"timeline": [{"day": 1}]})",
              R"({"timeline": [{"note": "x"}]})",
              R"({"timeline": [{"day": 1, "note": "x", "set": {"rerank.diversity": 1}}]})",
              R"({"timeline": [{"day": 1, "set": {"world.people": 99}}]})",
              R"({"timeline": [{"day": 1, "time": "25:00", "note": "x"}]})",
              R"({"timeline": [{"day": 1, "search": {"topic": "Documentry"}}]})",
              R"({"timeline": [{"day": 1, "burst": {"topic": "Comedy", "hours": 0}}]})",
              R"({"timeline": [{"day": 1, "change_taste": {"share": 0.5}}]})",
              R"({"timeline": [{"day": 1, "pull_lever": {"lever": "lik", "topic": "Comedy"}}]})",
              R"({"timeline": [{"day": 1, "pull_lever": {"topic": "Comedy"}}]})",
              R"({"expect": [{"slate": {"topic": "Comedy"}, "metric": "gini", "day": 1}]})",
              R"({"expect": [{"day": 1, "at_least": 0}]})",
              R"({"expect": [{"metric": "gin", "day": 1, "at_least": 0}]})",
              R"({"expected_hash": "XYZ"})"}) {
            json document = minimal();
            document.update(json::parse(members));
            QVERIFY2(!accepts(document), members);
        }
    }

    void the_scenarios_that_come_along_are_accepted_by_schema_and_reader() {
        int count = 0;
        const std::filesystem::path folder(source_path("scenarios").toStdString());
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (!entry.path().string().ends_with(".cascade.json")) continue;
            std::ifstream in(entry.path());
            const json document = json::parse(in, nullptr, true, true);
            QVERIFY2(accepts(document), entry.path().c_str());
            const auto scenario = read_scenario(entry.path().string());
            QVERIFY2(scenario.ok(), scenario ? "" : scenario.problem().sentence().c_str());
            QVERIFY(!scenario.value().why.empty());
            QVERIFY(!scenario.value().look_for.empty());
            QVERIFY(!scenario.value().expect.empty());
            QVERIFY(accepts(json::parse(scenario_text(scenario.value()))));
            ++count;
        }
        QVERIFY(count >= 4);
    }
};

QTEST_GUILESS_MAIN(SchemaTest)
#include "schema_test.moc"
