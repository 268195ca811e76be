// Reports of made-up results whose answers are known: what they say, and that what comes from a
// plan stands escaped in a page that needs no other.
#include "engine/sweep/report/sweep_report.h"

#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>
#include <cmath>

#include "engine/sweep/report/svg_plot.h"
#include "tests/worlds/small_sweep.h"

using namespace cascadelab;

namespace {

// Candidates move the click rate, diversity the Gini; seeds shift both.
std::vector<CellValue> made_up(const SweepCell& cell) {
    const auto candidates = static_cast<float>(cell.settings[0].value);
    const auto diversity = static_cast<float>(cell.settings[1].value);
    const auto seed = static_cast<float>(cell.seed % 7);
    return {{1, Metric::gini, 0, 0.5f - 0.2f * diversity + 0.01f * seed},
            {1, Metric::click_rate, 0, candidates / 100 + 0.001f * seed * diversity}};
}

}  // namespace

class SweepReportTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::optional<SweepFolder> m_sweep;
    std::optional<Observations> m_observations;

    SweepReport report(const ReportQuestions& questions) {
        auto made = make_report(*m_observations, questions);
        return made.ok() ? made.value() : SweepReport{made.problem().sentence(), "", {}};
    }
    static const ReportSection* section_of(const SweepReport& report, const char* begin) {
        for (const ReportSection& section : report.sections) {
            if (section.title.starts_with(begin)) return &section;
        }
        return nullptr;
    }

  private slots:
    void initTestCase() {
        QByteArray text = tiny_plan(6);
        text.replace("Tiny sweep", "A <b> & \\\"c\\\"");
        const auto plan = read_sweep_plan(write_tiny_sweep(m_folder.path(), text).toStdString());
        QVERIFY2(plan.ok(), plan.ok() ? "" : plan.problem().sentence().c_str());
        auto folder = SweepFolder::make(m_folder.filePath("out").toStdString(), plan.value());
        QVERIFY2(folder.ok(), folder.ok() ? "" : folder.problem().sentence().c_str());
        m_sweep = std::move(folder.value());
        for (const SweepCell& cell : m_sweep->cells()) {
            if (cell.index == 30) continue;  // choice 0 of the last seed is missing
            const CellResult result{.id = cell.id,
                                    .hash = "0",
                                    .ticks = 1,
                                    .error = {},
                                    .values = made_up(cell),
                                    .timing = {"here", 1, 1}};
            QVERIFY(write_cell_result(result, cell, m_sweep->result_path(cell)).ok());
        }
        auto observations = Observations::make(*m_sweep);
        QVERIFY(observations.ok());
        m_observations = std::move(observations.value());
    }

    void the_parameter_that_moves_a_metric_has_the_share() {
        const SweepReport made = report({.movers = {Metric::click_rate, Metric::gini}});
        const ReportSection* clicks = section_of(made, "Which parameter moves it most: Click rate");
        const ReportSection* gini =
            section_of(made, "Which parameter moves it most: Exposure Gini");
        QVERIFY(clicks && gini);
        QCOMPARE(clicks->rows[0][0], std::string("retrieval.candidates"));
        QVERIFY(std::stod(clicks->rows[0][1]) > 0.95);
        QVERIFY(std::stod(clicks->rows[1][1]) < 0.05);
        QVERIFY(std::stod(gini->rows[1][1]) > 0.85);
        QVERIFY(std::stod(gini->rows[0][1]) < 0.05);
        QCOMPARE(clicks->plots.size(), 3u);  // shares, and a curve an axis
    }

    void the_frontier_is_of_the_means() {
        const SweepReport made = report({.frontier = {{Metric::click_rate, Direction::most},
                                                      {Metric::gini, Direction::least}}});
        const ReportSection* frontier = section_of(made, "The frontier");
        QVERIFY(frontier);
        // Sixty candidates and all diversity are best in both.
        QCOMPARE(frontier->rows.size(), 1u);
        QCOMPARE(frontier->rows[0][1], std::string("retrieval.candidates=60, rerank.diversity=1"));
    }

    void the_best_settings_keep_their_bounds() {
        const SweepReport made = report(
            {.best = Goal{Metric::click_rate, Direction::most}, .under = {{Metric::gini, 0.45}}});
        const ReportSection* best = section_of(made, "The best settings");
        QVERIFY(best);
        QVERIFY2(best->sentences[0].starts_with("4 of 6"), best->sentences[0].c_str());
        QVERIFY(best->rows[0][1].starts_with("retrieval.candidates=60"));
        for (const auto& row : best->rows) QVERIFY(!row[1].ends_with("diversity=0"));
    }

    void a_comparison_says_after_how_many_pairs() {
        const SweepReport made = report({.movers = {Metric::gini}, .better = std::pair{2u, 0u}});
        const ReportSection* better = section_of(made, "Is A more than B");
        QVERIFY(better);
        // The same on every seed but for rounding: clear as soon as the test can say so at all.
        QVERIFY2(better->sentences[2].starts_with("A is less than B, after 5 of 5 pairs"),
                 better->sentences[2].c_str());
    }

    void what_was_not_kept_is_refused() {
        const auto refused = [&](const ReportQuestions& questions) {
            const auto made = make_report(*m_observations, questions);
            return !made.ok() && made.problem().code == ExitCode::usage;
        };
        QVERIFY(refused({.day = 2}));
        QVERIFY(refused({.group = 1}));
        QVERIFY(refused({.movers = {Metric::regret}}));
        QVERIFY(refused({.better = std::pair{0u, 6u}}));
        QVERIFY(!refused({.group = 2}));
    }

    void a_page_is_whole_escaped_and_by_itself() {
        const SweepReport made = report(
            {.frontier = {{Metric::click_rate, Direction::most}, {Metric::gini, Direction::least}},
             .matters = 0.01});
        const QByteArray page = QByteArray::fromStdString(report_html(made));
        QVERIFY(page.contains("A &lt;b&gt; &amp; &quot;c&quot;"));
        QVERIFY(!page.contains("<b>"));
        QVERIFY(page.contains("<svg"));
        for (const char* outside : {"<script", "<link", "<img", "src=", "href=", "url(", "@import"})
            QVERIFY2(!page.contains(outside), outside);
        QByteArray body = page.mid(page.indexOf("<body>"));
        body.truncate(body.indexOf("</html>"));
        QXmlStreamReader xml(body);
        while (!xml.atEnd()) xml.readNext();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QVERIFY(!page.contains("nan") && !page.contains("inf\""));
    }

    void plots_of_nothing_are_still_pictures() {
        const double nothing = std::nan("");
        for (const std::string& plot :
             {bar_plot("", {}), bar_plot("", std::vector<Bar>{{"a", nothing, nothing, nothing}}),
              curve_plot("x", "y", {}, true),
              scatter_plot("x", "y", std::vector<ScatterPoint>{{nothing, 1, false, "<t>"}}),
              parallel_plot(std::vector<std::string>{"a"},
                            std::vector<ParallelRow>{{{nothing}, true, "&"}})}) {
            QXmlStreamReader xml(QByteArray::fromStdString(plot));
            while (!xml.atEnd()) xml.readNext();
            QVERIFY2(!xml.hasError(), plot.c_str());
            QVERIFY2(plot.find("nan") == std::string::npos, plot.c_str());
        }
    }

    void csv_has_a_line_a_cell_day_and_group() {
        const QByteArray csv = QByteArray::fromStdString(observations_csv(*m_observations));
        const QList<QByteArray> lines = csv.trimmed().split('\n');
        QCOMPARE(lines.size(), 1 + 36 * 2);
        QCOMPARE(lines[0], QByteArray("choice,twin,seed,retrieval.candidates,rerank.diversity,day,"
                                      "group,click_rate,gini,intra_list_diversity"));
        QVERIFY(lines[1].startsWith("0,0,11,40,0,1,all,0.4,0.5"));
        QCOMPARE(lines[2], QByteArray("0,0,11,40,0,1,niche,,,"));
    }
};

QTEST_GUILESS_MAIN(SweepReportTest)
#include "sweep_report_test.moc"
