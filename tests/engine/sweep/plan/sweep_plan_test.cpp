// Plans: what they expand to, and the sentence with which a bad one is refused.
#include "engine/sweep/plan/sweep_plan.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <set>

#include "engine/sweep/plan/sweep_cells.h"
#include "tests/house/places.h"
#include "tests/worlds/small_sweep.h"

using namespace cascadelab;

class SweepPlanTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    Result<SweepPlan> parse(const QByteArray& text) {
        return parse_sweep_plan(text.toStdString(),
                                m_folder.filePath("a.sweep.json").toStdString());
    }
    // A plan with these members in place of or besides the usual ones.
    Result<SweepPlan> with(const QByteArray& members) {
        QByteArray heading = R"({"format": "cascadelab-sweep", "version": 1)";
        for (const char* usual : {R"("title": "T")", R"("scenario": "tiny.cascade.json")",
                                  R"("axes": [{"key": "ranking.trees", "values": [4, 8]}])"}) {
            const QByteArray member(usual);
            if (!members.contains(member.left(member.indexOf(':')))) heading += ", " + member;
        }
        return parse(heading + (members.isEmpty() ? "" : ", ") + members + "}");
    }

  private slots:
    void initTestCase() {
        QVERIFY(!write_tiny_sweep(m_folder.path(), tiny_plan(2)).isEmpty());
        Scenario eventful = tiny_world();
        eventful.days = 3;
        eventful.timeline = {{kDay, SetParameter{"rerank.diversity", 0.5}, false}};
        QVERIFY(write_scenario(eventful, m_folder.filePath("eventful.cascade.json").toStdString())
                    .ok());
    }

    void a_grid_is_every_combination_seed_by_seed() {
        const auto plan = parse(tiny_plan(2));
        QVERIFY2(plan.ok(), plan.ok() ? "" : plan.problem().sentence().c_str());
        const std::vector<SweepCell> cells = sweep_cells(plan.value());
        QCOMPARE(cells.size(), 12u);
        QCOMPARE(static_cast<double>(cells.size()), cell_count(plan.value()));
        QCOMPARE(settings_text(cells[4].settings),
                 std::string("retrieval.candidates=60, rerank.diversity=0.5"));
        std::set<std::string> ids;
        for (const SweepCell& cell : cells) {
            QCOMPARE(cell.seed, 11 + cell.index / 6);
            QCOMPARE(cell.run_as, cell.index);
            ids.insert(cell.id);
        }
        QCOMPARE(ids.size(), cells.size());
    }

    void ids_follow_from_what_is_run_and_kept_alone() {
        const auto id = [&](const QByteArray& members) {
            const auto plan = with(members);
            return plan.ok() ? sweep_cells(plan.value()).front().id : plan.problem().sentence();
        };
        const std::string plain = id("");
        QCOMPARE(id(R"("title": "Another", "why": "w")"), plain);
        QCOMPARE(id(R"("seeds": 5)"), plain);
        QVERIFY(id(R"("seeds": [5])") != plain);
        QVERIFY(id(R"("set": {"ranking.depth": 2})") != plain);
        QVERIFY(id(R"("keep": {"metrics": ["gini"]})") != plain);
    }

    void points_that_fall_together_are_one_run() {
        const auto plan = with(R"("points": "latin", "count": 10,
            "axes": [{"key": "ranking.depth", "range": [3, 5]}])");
        QVERIFY2(plan.ok(), plan.ok() ? "" : plan.problem().sentence().c_str());
        const std::vector<SweepCell> cells = sweep_cells(plan.value());
        QCOMPARE(cells.size(), 10u);
        std::set<std::size_t> runs;
        for (const SweepCell& cell : cells) {
            QCOMPARE(cells[cell.run_as].id, cell.id);
            QVERIFY(cell.run_as <= cell.index);
            runs.insert(cell.run_as);
        }
        QCOMPARE(runs.size(), 3u);
    }

    void ranges_are_even_or_even_in_the_logarithm() {
        const auto plan = with(R"("axes": [
            {"key": "world.taste_drift", "range": [0.001, 0.1], "log": true, "steps": 3},
            {"key": "ranking.trees", "range": [10, 30], "steps": 3}])");
        QVERIFY2(plan.ok(), plan.ok() ? "" : plan.problem().sentence().c_str());
        QVERIFY(std::abs(plan.value().axes[0].values[1] - 0.01) < 1e-12);
        QCOMPARE(plan.value().axes[1].values, (std::vector<double>{10, 20, 30}));
    }

    void other_points_have_their_counts() {
        const QByteArray axes = R"(, "axes": [{"key": "ranking.trees", "range": [4, 400]},
            {"key": "rerank.diversity", "range": [0, 1]}])";
        const auto count = [&](const QByteArray& points) {
            const auto plan = with(R"("count": 6, "points": )" + points + axes);
            return plan.ok() ? sweep_cells(plan.value()).size() : 0;
        };
        QCOMPARE(count(R"("sobol")"), 6u);
        QCOMPARE(count(R"("latin")"), 6u);
        QCOMPARE(count(R"("saltelli")"), 24u);
        QCOMPARE(count(R"("morris")"), 18u);
    }

    void twins_run_on_the_same_point_and_seed() {
        const auto plan = with(R"("twins": [{"policy.recommender": "none"}], "seeds": 2)");
        QVERIFY2(plan.ok(), plan.ok() ? "" : plan.problem().sentence().c_str());
        const std::vector<SweepCell> cells = sweep_cells(plan.value());
        QCOMPARE(cells.size(), 8u);
        QCOMPARE(cells[1].point, cells[0].point);
        QCOMPARE(cells[1].twin, 1u);
        QCOMPARE(settings_text(cells[1].settings),
                 std::string("ranking.trees=4, policy.recommender=none"));
        const Scenario twin = cell_scenario(plan.value(), cells[7]);
        QCOMPARE(twin.seed, 12u);
        QCOMPARE(twin.params.ranking.trees, 8);
    }

    void bad_plans_are_refused_in_one_sentence_data() {
        QTest::addColumn<QByteArray>("members");
        QTest::addColumn<QByteArray>("part");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const char* members, const char* part, int code = 3) {
            QTest::newRow(name) << QByteArray(members) << QByteArray(part) << code;
        };
        row("unknown key", R"("axis": [])", "axis: found an unknown key, expected perhaps axes");
        row("unknown parameter", R"("axes": [{"key": "ranking.tree", "values": [1]}])",
            "axes[0].key: found an unknown parameter, expected perhaps ranking.trees");
        row("no axis", R"("axes": [])", "axes: found no axis");
        row("empty axis", R"("axes": [{"key": "ranking.trees", "values": []}])",
            "axes[0].values: found an empty axis");
        row("axis without values", R"("axes": [{"key": "ranking.trees"}])",
            "axes[0]: found an empty axis, expected one of values, range");
        row("value out of bounds", R"("axes": [{"key": "ranking.trees", "values": [8, -1]}])",
            "axes[0].values[1]: found -1, expected a whole number from");
        row("a value twice", R"("axes": [{"key": "ranking.trees", "values": [8, 8]}])",
            "axes[0].values[1]: found a value for the second time");
        row("an axis twice", R"("axes": [{"key": "ranking.trees", "values": [8]},
            {"key": "ranking.trees", "values": [9]}])",
            "axes[1].key: found the parameter of another");
        row("range of a choice", R"("axes": [{"key": "ranking.model", "range": [0, 1]}])",
            "axes[0].range: found a range of ranking.model");
        row("range without steps", R"("axes": [{"key": "ranking.trees", "range": [4, 8]}])",
            "axes[0].steps: found nothing");
        row("range upside down",
            R"("axes": [{"key": "ranking.trees", "range": [8, 4], "steps": 2}])",
            "axes[0].range: found 8 to 4");
        row("logarithm of nothing",
            R"("axes": [{"key": "rerank.diversity", "range": [0, 1], "log": true, "steps": 2}])",
            "axes[0].range: found a logarithmic range from 0");
        row("points", R"("points": "sobl", "count": 4)",
            "points: found \"sobl\", expected perhaps sobol");
        row("no count", R"("points": "sobol")", "count: found nothing");
        row("a metric", R"("keep": {"metrics": ["click_rat"]})",
            "keep.metrics[0]: found \"click_rat\", expected perhaps click_rate");
        row("a day", R"("keep": {"days": [1, 4]})",
            "keep.days[1]: found 4, expected a day of the run");
        row("twin of an axis", R"("twins": [{"ranking.trees": 5}])",
            "twins[0].ranking.trees: found the parameter of an axis");
        row("budget", R"("budget": {"runs": 1})", "budget.runs: found a budget of 1 for 2");
        row("cells that do not go together",
            R"("set": {"ranking.keep": 10},
            "axes": [{"key": "rerank.slate_size", "values": [8, 12]}])",
            "cell rerank.slate_size=12: ranking.keep: found 10");
        row("missing scenario", R"("scenario": "filter_buble")",
            "scenario: found \"filter_buble\", no such file or scenario, expected perhaps "
            "filter_bubble",
            4);
        row("missing file", R"("scenario": "./no.cascade.json")", "no such file", 4);
        row("timeline", R"("scenario": "eventful.cascade.json",
            "axes": [{"key": "rerank.diversity", "values": [0, 1]}])",
            "axes[0].key: found rerank.diversity, which the timeline sets on day 2");
    }
    void bad_plans_are_refused_in_one_sentence() {
        QFETCH(QByteArray, members);
        QFETCH(QByteArray, part);
        QFETCH(int, code);
        const auto plan = with(members);
        QVERIFY(!plan.ok());
        const std::string sentence = plan.problem().sentence();
        QVERIFY2(sentence.find(part.toStdString()) != std::string::npos, sentence.c_str());
        QCOMPARE(sentence.find('\n'), std::string::npos);
        QCOMPARE(static_cast<int>(plan.problem().code), code);
    }

    void a_million_million_cells_are_refused_at_once() {
        QByteArray axes;
        for (const char* key :
             {"rerank.diversity", "retrieval.trending", "retrieval.fresh", "policy.topic_cap"}) {
            axes += QByteArray(axes.isEmpty() ? "" : ", ") + "{\"key\": \"" + key +
                    "\", \"range\": [0.1, 1], \"steps\": 1001}";
        }
        const auto plan = with("\"axes\": [" + axes + "]");
        QVERIFY(!plan.ok());
        const std::string sentence = plan.problem().sentence();
        QVERIFY2(sentence.find("axes: found 1,004,006,004,001 cells, expected at most 1,000,000") !=
                     std::string::npos,
                 sentence.c_str());
    }

    void fewer_days_take_the_timeline_off() {
        const auto plan = with(R"("scenario": "eventful.cascade.json", "days": 1,
            "axes": [{"key": "rerank.diversity", "values": [0, 1]}])");
        QVERIFY2(plan.ok(), plan.ok() ? "" : plan.problem().sentence().c_str());
        QVERIFY(plan.value().scenario.timeline.empty());
    }

    void plans_that_come_with_the_program_are_read() {
        const QDir folder(source_path("scenarios/plans"));
        const QStringList names = folder.entryList({"*.sweep.json"}, QDir::Files, QDir::Name);
        QCOMPARE(names, (QStringList{"budget_200ms.sweep.json", "filter_bubble.sweep.json",
                                     "gbdt_or_deep.sweep.json", "streampulse.sweep.json"}));
        for (const QString& name : names) {
            const auto plan = read_sweep_plan(folder.filePath(name).toStdString());
            QVERIFY2(plan.ok(), plan.ok() ? "" : plan.problem().sentence().c_str());
            QCOMPARE(static_cast<double>(sweep_cells(plan.value()).size()),
                     cell_count(plan.value()));
            QVERIFY(!plan.value().why.empty());
        }
    }
};

QTEST_GUILESS_MAIN(SweepPlanTest)
#include "sweep_plan_test.moc"
