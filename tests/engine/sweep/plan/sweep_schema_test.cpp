// The JSON Schema of plans: accepts what the reader accepts, and refuses what it refuses as far as
// a schema can say it. g++ 12 sees an uninitialised std::function inside std::regex when sanitizers
// are on (its bug 105562).
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include <QDir>
#include <QTest>
#include <fstream>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "engine/sweep/plan/plan_fields.h"
#include "engine/sweep/plan/sweep_plan.h"
#include "tests/house/places.h"

using namespace cascadelab;
using nlohmann::json;

class SweepSchemaTest : public QObject {
    Q_OBJECT
    valijson::Schema m_schema;
    json m_json;

    bool accepts(const json& document) {
        valijson::Validator validator(valijson::Validator::kStrongTypes);
        return validator.validate(m_schema, valijson::adapters::NlohmannJsonAdapter(document),
                                  nullptr);
    }
    static json minimal() {
        return json::parse(R"({"format": "cascadelab-sweep", "version": 1, "title": "T",
            "scenario": "rut", "axes": [{"key": "ranking.trees", "values": [1]}]})");
    }

  private slots:
    void initTestCase() {
        m_json = json::parse(sweep_schema());
        valijson::SchemaParser parser;
        parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(m_json), m_schema);
    }

    void every_field_is_named() {
        const json& properties = m_json["properties"];
        QCOMPARE(properties.size(), std::size(kPlanFields));
        for (const PlanField& field : kPlanFields)
            QVERIFY(properties.contains(std::string(field.key)));
        QCOMPARE(properties["axes"]["items"]["properties"].size(), std::size(kAxisFields));
    }

    void plans_that_come_with_the_program_are_accepted() {
        QVERIFY(accepts(minimal()));
        const QDir folder(source_path("scenarios/plans"));
        for (const QString& name : folder.entryList({"*.sweep.json"}, QDir::Files)) {
            std::ifstream in(folder.filePath(name).toStdString());
            QVERIFY2(accepts(json::parse(in, nullptr, true, true)), qPrintable(name));
        }
    }

    void what_the_reader_refuses_is_refused() {
        const auto refused = [&](const char* pointer, const json& value) {
            json document = minimal();
            document[json::json_pointer(pointer)] = value;
            return !accepts(document);
        };
        QVERIFY(refused("/axis", json::array()));
        QVERIFY(refused("/axes", json::array()));
        QVERIFY(refused("/axes/0/key", "ranking.tree"));
        QVERIFY(refused("/axes/0/values", json::array()));
        QVERIFY(refused("/axes/0/range", {1, 2}));
        QVERIFY(refused("/points", "sobl"));
        QVERIFY(refused("/seeds", 0));
        QVERIFY(refused("/keep", {{"metrics", {"click_rat"}}}));
        QVERIFY(refused("/version", 2));
    }
};

QTEST_GUILESS_MAIN(SweepSchemaTest)
#include "sweep_schema_test.moc"
