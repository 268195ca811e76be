// Code health over time: a line a level, dead codes said in words where there is no room for their
// panel, corruption only where there was some.
#include "ui/views/code_health/code_health_view.h"

#include <QtTest>

#include "tests/worlds/ui/demo_generative.h"
#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"
#include "ui/views/code_health/code_health_content.h"

using namespace cascadelab;

namespace {

const std::vector<int> kAlphabet = {32, 32, 32, 4};

}  // namespace

class CodeHealthViewTest : public QObject {
    Q_OBJECT
  private slots:
    void a_line_a_level_ends_at_the_last_value() {
        const auto points = demoCodeHealth(12 * kDay);
        const ChartContent content = codeHealthContent(*points, kAlphabet, {}, true, Theme::dark());
        QCOMPARE(content.panels.size(), std::size_t{3});
        QCOMPARE(content.times.size(), points->size());
        for (std::size_t level = 0; level < 3; ++level) {
            const CodeLevelPoint& now = points->back().levels[level];
            const ChartSeries& perplexity = content.panels[0].series[level];
            QCOMPARE(perplexity.y.back(), double(now.perplexity));
            QVERIFY(perplexity.value.contains(QStringLiteral("of 32")));
            QCOMPARE(content.panels[1].series[level].y.back(), double(now.dead_codes));
        }
        QVERIFY(content.panels[0].series[0].pen != content.panels[0].series[1].pen);
    }

    void without_room_dead_codes_are_said_in_words() {
        const auto points = demoCodeHealth(12 * kDay);
        const ChartContent content =
            codeHealthContent(*points, kAlphabet, {}, false, Theme::dark());
        QCOMPARE(content.panels.size(), std::size_t{2});
        QVERIFY(content.panels[0].series[2].value.contains(QStringLiteral("3 dead")));
    }

    void without_dead_codes_their_panel_is_spared() {
        auto points = *demoCodeHealth(12 * kDay);
        for (CodeHealthPoint& point : points)
            for (CodeLevelPoint& level : point.levels) level.dead_codes = 0;
        QCOMPARE(codeHealthContent(points, kAlphabet, {}, true, Theme::dark()).panels.size(),
                 std::size_t{2});
    }

    void corruption_has_a_line_only_after_an_incident() {
        auto points = *demoCodeHealth(12 * kDay);
        QCOMPARE(codeHealthContent(points, kAlphabet, {}, true, Theme::dark())
                     .panels.back()
                     .series.size(),
                 std::size_t{3});
        for (CodeHealthPoint& point : points) point.changed_share = 0;
        QCOMPARE(codeHealthContent(points, kAlphabet, {}, true, Theme::dark())
                     .panels.back()
                     .series.size(),
                 std::size_t{2});
    }

    void a_codebook_of_fewer_levels_leaves_a_gap() {
        auto points = *demoCodeHealth(12 * kDay);
        points.back().levels.pop_back();
        const ChartContent content = codeHealthContent(points, kAlphabet, {}, true, Theme::dark());
        QVERIFY(std::isnan(content.panels[0].series[2].y.back()));
    }

    void the_view_shows_it_and_its_table_too() {
        Selection selection;
        CodeHealthView view(selection);
        view.resize(500, 400);
        const auto empty = view.grab().toImage();
        const auto snapshot = demoSnapshot();
        view.setSnapshot(snapshot);
        QVERIFY(view.grab().toImage() != empty);
        QCOMPARE(view.table()->rowCount(), int(snapshot->code_health->size()));
        QCOMPARE(view.table()->columnCount(), 5 + 2 * 3);
        const int last = view.table()->rowCount() - 1;
        QCOMPARE(view.table()->index(last, 6).data().toInt(),
                 snapshot->code_health->back().levels[0].dead_codes);
    }
};

QTEST_MAIN(CodeHealthViewTest)
#include "code_health_view_test.moc"
