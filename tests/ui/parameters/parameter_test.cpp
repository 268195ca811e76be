// Every parameter of the table has its row; sliders mean what they show; edits are undone exactly
// once.
#include <QLineEdit>
#include <QSignalSpy>
#include <QtTest>

#include "ui/parameters/first_keys.h"
#include "ui/parameters/parameter_panel.h"
#include "ui/parameters/parameter_row.h"
#include "ui/parameters/parameter_scale.h"
#include "ui/widgets/thin_slider.h"
#include "ui/words/numbers.h"

using namespace cascadelab;

namespace {

std::size_t indexOf(std::string_view key) {
    const auto table = parameter_table();
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table[i].key == key) return i;
    }
    qFatal("no such key");
}

}  // namespace

class ParameterTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() { prepareApplication(); }
    void every_parameter_has_a_row();
    void first_keys_are_in_the_table();
    void slider_finds_the_default_again();
    void slider_position_and_value_round_trip();
    void log_scale_from_zero_reaches_both_ends();
    void nudge_moves_to_the_next_value();
    void undo_takes_an_edit_back_exactly_once();
    void a_drag_is_one_edit();
    void changed_parameters_are_marked();
    void restart_parameters_wait();
    void reset_all_is_one_step();
    void refused_edit_shows_what_runs();
    void an_edit_refused_at_once_leaves_no_trace();
    void search_shows_what_matches();
    void wheel_scrolls_past_a_slider_without_focus();
    void typed_nonsense_leaves_the_value();
};

void ParameterTest::every_parameter_has_a_row() {
    ParameterValues values;
    ParameterPanel panel(values);
    QCOMPARE(panel.rows().size(), parameter_table().size());
    for (std::size_t i = 0; i < panel.rows().size(); ++i) {
        QVERIFY(panel.rows()[i] != nullptr);
        QCOMPARE(panel.rows()[i]->index(), i);
        QVERIFY(panel.rows()[i]->toolTip().contains(toText(parameter_table()[i].key)));
    }
}

void ParameterTest::first_keys_are_in_the_table() {
    for (const std::string_view key : kFirstKeys) QVERIFY(find_parameter(key) != nullptr);
}

void ParameterTest::slider_finds_the_default_again() {
    for (const Parameter& p : parameter_table()) {
        if (p.kind == Kind::boolean || p.kind == Kind::choice) continue;
        const double again = valueAt(p, positionOf(p, p.initial()));
        QVERIFY2(std::abs(again - p.initial()) < 1e-9, std::string(p.key).c_str());
    }
}

void ParameterTest::slider_position_and_value_round_trip() {
    for (const Parameter& p : parameter_table()) {
        for (int i = 0; i <= 50; ++i) {
            const double value = valueAt(p, i / 50.0);
            QVERIFY2(check_value(p, value).ok(), std::string(p.key).c_str());
            QVERIFY2(std::abs(valueAt(p, positionOf(p, value)) - value) < 1e-9,
                     std::string(p.key).c_str());
        }
    }
}

void ParameterTest::log_scale_from_zero_reaches_both_ends() {
    const Parameter& lag = *find_parameter("features.streaming_lag_s");
    QCOMPARE(positionOf(lag, 0), 0.0);
    QCOMPARE(positionOf(lag, lag.maximum), 1.0);
    QCOMPARE(valueAt(lag, 0), 0.0);
    QCOMPARE(valueAt(lag, 1), lag.maximum);
    QVERIFY(positionOf(lag, 60) > 0.3);  // a minute out of a day is well inside
}

void ParameterTest::nudge_moves_to_the_next_value() {
    const Parameter& candidates = *find_parameter("retrieval.candidates");
    QCOMPARE(nudged(candidates, 300, 1), 310.0);
    QCOMPARE(nudged(candidates, 300, -1), 290.0);
    QCOMPARE(nudged(candidates, candidates.maximum, 1), candidates.maximum);
    const Parameter& lag = *find_parameter("features.streaming_lag_s");
    QCOMPARE(nudged(lag, 0, 1), 1.0);
    QCOMPARE(nudged(lag, 1, -1), 0.0);
}

void ParameterTest::undo_takes_an_edit_back_exactly_once() {
    ParameterValues values;
    const std::size_t diversity = indexOf("rerank.diversity");
    const double before = values.value(diversity);
    QSignalSpy sent(&values, &ParameterValues::submitted);
    values.edit(diversity, 0.35);
    values.edit(diversity, 0.35);  // the same again is no edit
    QCOMPARE(values.undoStack()->count(), 1);
    QCOMPARE(sent.count(), 1);
    values.undoStack()->undo();
    QCOMPARE(values.value(diversity), before);
    QCOMPARE(sent.count(), 2);
    QCOMPARE(sent.last().at(1).toDouble(), before);
    QVERIFY(!values.undoStack()->canUndo());
    values.undoStack()->redo();
    QCOMPARE(values.value(diversity), 0.35);
    QCOMPARE(sent.count(), 3);
}

void ParameterTest::a_drag_is_one_edit() {
    ParameterValues values;
    ParameterRow row(values, indexOf("rerank.diversity"));
    row.resize(260, 40);
    row.show();
    auto* slider = row.findChild<ThinSlider*>();
    QVERIFY(slider != nullptr);
    QSignalSpy sent(&values, &ParameterValues::submitted);
    const int y = slider->height() / 2;
    QTest::mousePress(slider, Qt::LeftButton, {}, {100, y});
    for (int x = 110; x <= 200; x += 10) {
        QMouseEvent move(QEvent::MouseMove, QPointF(x, y), slider->mapToGlobal(QPointF(x, y)),
                         Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(slider, &move);
    }
    QCOMPARE(sent.count(), 0);
    QTest::mouseRelease(slider, Qt::LeftButton, {}, {200, y});
    QCOMPARE(sent.count(), 1);
    QCOMPARE(values.undoStack()->count(), 1);
    QVERIFY(values.value(row.index()) > 0.7);
    QTest::mouseDClick(slider, Qt::LeftButton, {}, {200, y});
    QVERIFY(!values.isChanged(row.index()));
}

void ParameterTest::changed_parameters_are_marked() {
    ParameterValues values;
    ParameterPanel panel(values);
    const std::size_t keep = indexOf("ranking.keep");
    QVERIFY(!values.isChanged(keep));
    QVERIFY(!panel.rows()[keep]->isVisibleTo(&panel));
    values.edit(keep, 200);
    QVERIFY(values.isChanged(keep));
    panel.rows()[keep]->refresh();
    auto* editor = panel.rows()[keep]->findChild<QLineEdit*>();
    QCOMPARE(editor->text(), QString("200"));
    QVERIFY(editor->property("changed").toBool());
}

void ParameterTest::restart_parameters_wait() {
    ParameterValues values;
    const std::size_t people = indexOf("world.people");
    QSignalSpy sent(&values, &ParameterValues::submitted);
    QSignalSpy waiting(&values, &ParameterValues::waitingChanged);
    values.edit(people, 5000);
    QCOMPARE(sent.count(), 0);
    QCOMPARE(waiting.count(), 1);
    QCOMPARE(values.waitingCount(), 1);
    QCOMPARE(values.wanted().world.people, 5000);
    values.setRunning(values.wanted());  // the restart happened
    QCOMPARE(values.waitingCount(), 0);
    QCOMPARE(values.value(people), 5000.0);
}

void ParameterTest::reset_all_is_one_step() {
    ParameterValues values;
    values.edit(indexOf("rerank.diversity"), 0.5);
    values.edit(indexOf("policy.licences"), 0);
    values.resetAll();
    QVERIFY(!values.isChanged(indexOf("rerank.diversity")));
    values.undoStack()->undo();
    QCOMPARE(values.value(indexOf("rerank.diversity")), 0.5);
    QCOMPARE(values.value(indexOf("policy.licences")), 0.0);
}

void ParameterTest::refused_edit_shows_what_runs() {
    ParameterValues values;
    const std::size_t slate = indexOf("rerank.slate_size");
    values.edit(slate, 40);
    values.forgetUnconfirmed();
    QCOMPARE(values.value(slate), parameter_table()[slate].initial());
}

void ParameterTest::an_edit_refused_at_once_leaves_no_trace() {
    ParameterValues values;
    connect(&values, &ParameterValues::submitted, &values, &ParameterValues::refuse);
    const std::size_t slate = indexOf("rerank.slate_size");
    values.edit(slate, 30);
    QCOMPARE(values.value(slate), parameter_table()[slate].initial());
    QCOMPARE(values.undoStack()->count(), 0);
}

void ParameterTest::search_shows_what_matches() {
    ParameterValues values;
    ParameterPanel panel(values);
    panel.show();
    auto* search = panel.findChild<QLineEdit*>();
    search->setText("hnsw");
    int found = 0;
    for (const ParameterRow* row : panel.rows()) {
        const bool matches = row->matches("hnsw");
        QCOMPARE(row->isVisibleTo(&panel), matches);
        found += matches;
    }
    QVERIFY(found >= 3);
    QTest::keyClick(search, Qt::Key_Escape);
    QVERIFY(search->text().isEmpty());
}

void ParameterTest::wheel_scrolls_past_a_slider_without_focus() {
    ParameterValues values;
    ParameterRow row(values, indexOf("rerank.diversity"));
    auto* slider = row.findChild<ThinSlider*>();
    QWheelEvent wheel({20, 8}, slider->mapToGlobal(QPointF(20, 8)), {}, {0, 120}, Qt::NoButton, {},
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(slider, &wheel);
    QVERIFY(!wheel.isAccepted());
    QCOMPARE(values.undoStack()->count(), 0);
}

void ParameterTest::typed_nonsense_leaves_the_value() {
    ParameterValues values;
    ParameterRow row(values, indexOf("retrieval.candidates"));
    auto* editor = row.findChild<QLineEdit*>();
    editor->setText("many");
    QTest::keyClick(editor, Qt::Key_Return);
    QCOMPARE(values.undoStack()->count(), 0);
    QCOMPARE(editor->text(), QString("300"));
    editor->setText("1,200");
    QTest::keyClick(editor, Qt::Key_Return);
    QCOMPARE(values.value(row.index()), 1200.0);
}

QTEST_MAIN(ParameterTest)
#include "parameter_test.moc"
