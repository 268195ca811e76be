// The window around a real, small run: pictures arrive, a slider reaches the engine and comes back,
// a bad file changes nothing. No wall-clock times are asserted.
#include <QtTest>

#include "engine/store/scenario/scenario.h"
#include "ui/shell/main_window.h"

using namespace cascadelab;

namespace {

constexpr int kPatience_ms = 60000;

QString smallScenario(const QTemporaryDir& folder) {
    Scenario scenario;
    scenario.name = "small";
    scenario.title = "A small world";
    scenario.days = 1000;  // it must not end while we look
    scenario.params.world.people = 60;
    scenario.params.world.items = 300;
    scenario.params.world.creators = 20;
    const QString path = folder.filePath("small.cascade.json");
    if (!write_scenario(scenario, path.toStdString())) return {};
    return path;
}

std::size_t indexOf(std::string_view key) {
    const auto table = parameter_table();
    std::size_t i = 0;
    while (table[i].key != key) ++i;
    return i;
}

}  // namespace

class LiveWindowTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase();
    void pictures_arrive_and_time_goes_on();
    void a_slider_reaches_the_engine_and_undo_takes_it_back();
    void a_refused_edit_goes_back_with_a_sentence();
    void a_bad_file_leaves_the_world_running();
    void restart_takes_what_waits();

  private:
    bool runs(const std::function<bool(const Snapshot&)>& reached);

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
    std::shared_ptr<const Snapshot> m_last;
};

bool LiveWindowTest::runs(const std::function<bool(const Snapshot&)>& reached) {
    return QTest::qWaitFor([&] { return m_last && reached(*m_last); }, kPatience_ms);
}

void LiveWindowTest::initTestCase() {
    prepareApplication();
    m_window = std::make_unique<MainWindow>();
    m_window->resize(1280, 800);
    m_window->show();
    connect(&m_window->link(), &RunLink::snapshotArrived, this,
            [this](const std::shared_ptr<const Snapshot>& s) { m_last = s; });
    QVERIFY(m_window->open(smallScenario(m_folder)));
}

void LiveWindowTest::pictures_arrive_and_time_goes_on() {
    QVERIFY(runs([](const Snapshot& s) { return s.now_s > 0 && s.people == 60; }));
    const Seconds before = m_last->now_s;
    QVERIFY(runs([&](const Snapshot& s) { return s.now_s > before; }));
}

void LiveWindowTest::a_slider_reaches_the_engine_and_undo_takes_it_back() {
    const std::size_t diversity = indexOf("rerank.diversity");
    const double before = m_last->params->rerank.diversity;
    m_window->values().edit(diversity, 0.45);
    QVERIFY(runs([](const Snapshot& s) { return s.params->rerank.diversity == 0.45; }));
    m_window->values().undoStack()->undo();
    QVERIFY(runs([&](const Snapshot& s) { return s.params->rerank.diversity == before; }));
    QCOMPARE(m_window->values().value(diversity), before);
}

void LiveWindowTest::a_refused_edit_goes_back_with_a_sentence() {
    const std::size_t keep = indexOf("ranking.keep");
    const std::size_t slate = indexOf("rerank.slate_size");
    const double before = m_window->values().value(keep);
    m_window->values().edit(slate, parameter_table()[slate].maximum);
    m_window->values().edit(keep, parameter_table()[keep].minimum);
    QVERIFY(QTest::qWaitFor([&] { return !m_window->message().isEmpty(); }, kPatience_ms));
    QVERIFY(m_window->message().contains("ranking.keep"));
    QVERIFY(
        QTest::qWaitFor([&] { return m_window->values().value(keep) == before; }, kPatience_ms));
}

void LiveWindowTest::a_bad_file_leaves_the_world_running() {
    QFile bad(m_folder.filePath("bad.cascade.json"));
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("{ \"format\": \"something else\"");
    bad.close();
    const RunSession* session = m_window->link().session();
    QVERIFY(!m_window->open(bad.fileName()));
    QVERIFY(m_window->message().contains("bad.cascade.json"));
    QCOMPARE(m_window->link().session(), session);
    const Seconds before = m_last->now_s;
    QVERIFY(runs([&](const Snapshot& s) { return s.now_s > before; }));
}

void LiveWindowTest::restart_takes_what_waits() {
    m_window->values().edit(indexOf("world.people"), 80);
    QCOMPARE(m_window->values().waitingCount(), 1);
    QTest::keyClick(m_window.get(), Qt::Key_Backspace);
    QVERIFY(runs([](const Snapshot& s) { return s.people == 80; }));
    QCOMPARE(m_window->values().waitingCount(), 0);
}

QTEST_MAIN(LiveWindowTest)
#include "live_window_test.moc"
