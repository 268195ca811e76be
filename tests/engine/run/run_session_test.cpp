// A session: the worker's world seen from the window's thread. Waits are for events with a generous
// limit; nothing is asserted about how long anything takes.
#include <QTemporaryDir>
#include <QTest>
#include <atomic>

#include "engine/run/player.h"
#include "engine/run/session.h"
#include "engine/run/verify.h"
#include "engine/store/run_file/run_shelf.h"
#include "tests/worlds/small_world.h"

using namespace cascadelab;

namespace {

constexpr int kLimitMs = 60000;

#define WAIT_FOR(condition) QTRY_VERIFY_WITH_TIMEOUT(condition, kLimitMs)

// The hash after so many ticks, without a session.
std::string hash_after(const Scenario& scenario, std::uint64_t ticks) {
    auto player = std::move(Player::make(scenario, {}).value());
    TickReport report;
    while (player->simulation().tick() < ticks) report = player->step();
    return hash_text(report.hashes.all());
}

std::uint64_t tick_of(const RunSession& session) {
    const auto snapshot = session.snapshot();
    return snapshot ? snapshot->tick : UINT64_MAX;
}

// Every run keeps a file of its own in the folder.
SessionOptions kept_in(const std::string& folder) {
    SessionOptions options;
    options.run_folder = folder;
    return options;
}

bool has_mark(const RunSession& session, const std::string& text, bool planned) {
    for (const Mark& mark : session.snapshot()->marks) {
        if (mark.text == text && mark.planned == planned) return true;
    }
    return false;
}

}  // namespace

class RunSessionTest : public QObject {
    Q_OBJECT

  private slots:
    void the_first_picture_is_the_world_before_its_first_tick() {
        RunSession session(small_world(), {});
        WAIT_FOR(session.snapshot() != nullptr);
        const auto snapshot = session.snapshot();
        QCOMPARE(snapshot->tick, std::uint64_t{0});
        QCOMPARE(snapshot->title, "Small");
        QCOMPARE(snapshot->end_s, 2 * kDay);
        QVERIFY(snapshot->keyframes == std::vector<Seconds>{0});
        QVERIFY(has_mark(session, "five releases", true));
        QVERIFY(!session.playing());
        QVERIFY(!session.busy());
    }

    void steps_are_counted_and_then_it_pauses() {
        RunSession session(small_world(), {});
        session.step(5);
        WAIT_FOR(tick_of(session) == 5);
        QVERIFY(!session.playing());
        session.set_speed(Speed::step);
        session.play();
        WAIT_FOR(tick_of(session) == 6);
        QVERIFY(!session.playing());
    }

    void running_fast_and_watched_gives_the_same_hash() {
        std::atomic<int> changes = 0;
        RunSession session(small_world(), {});
        session.on_change([&] { ++changes; });
        session.set_focus({PersonId(7)});
        session.set_speed(Speed::fast);
        session.play();
        WAIT_FOR(tick_of(session) == 288);  // the end of the timeline
        WAIT_FOR(!session.playing());
        QCOMPARE(session.snapshot()->hash, hash_after(small_world(), 288));
        QVERIFY(changes > 0);
        QVERIFY(has_mark(session, "five releases", false));
        QCOMPARE(session.snapshot()->focus->person, PersonId(7));
    }

    void commands_are_checked_at_once_and_applied_before_the_next_tick() {
        RunSession session(small_world(), {});
        QVERIFY(!session.submit(SetParameter{"rerank.diversty", 0.5}));
        QVERIFY(!session.submit(SetParameter{"rerank.diversity", 5}));
        QVERIFY(!session.submit(SetParameter{"world.people", 50}));
        WAIT_FOR(session.snapshot() != nullptr);
        QVERIFY(session.submit(SetParameter{"rerank.diversity", 0.75}).ok());
        session.step();
        WAIT_FOR(tick_of(session) == 1);
        QCOMPARE(session.snapshot()->params->rerank.diversity, 0.75);
        QVERIFY(has_mark(session, "Diversity 0.75", false));
        QVERIFY(!session.take_problem());
    }

    // A moved slider is seen at once, as a preview; the world itself waits for the next tick.
    void what_is_asked_for_while_paused_is_seen_before_it_is_done() {
        RunSession session(small_world(), {});
        session.step(30);
        WAIT_FOR(tick_of(session) == 30);
        const std::string before = session.snapshot()->hash;
        QVERIFY(session.submit(SetParameter{"rerank.slate_size", 3}).ok());
        WAIT_FOR(session.snapshot()->params->rerank.slate_size == 3);
        const auto asked = session.snapshot();
        QCOMPARE(asked->tick, std::uint64_t{30});
        QCOMPARE(asked->hash, before);
        QVERIFY(asked->focus->trace->preview);
        QCOMPARE(asked->focus->trace->slate.size(), std::size_t{3});
        QVERIFY(!has_mark(session, "Slate 3", false));
        session.step();
        WAIT_FOR(tick_of(session) == 31);
        QVERIFY(has_mark(session, "Slate 3", false));
    }

    void going_back_repeats_history_and_a_new_command_begins_another() {
        const Scenario scenario = small_world();
        RunSession session(scenario, {});
        session.run_until(20 * kHour);
        WAIT_FOR(tick_of(session) == 120);
        QVERIFY(!session.playing());
        QVERIFY(session.snapshot()->keyframes.size() >= 4);
        session.seek(7 * kHour + 600);
        WAIT_FOR(tick_of(session) == 43);
        QCOMPARE(session.snapshot()->hash, hash_after(scenario, 43));
        session.seek(20 * kHour);  // ahead, over history
        WAIT_FOR(tick_of(session) == 120);
        QCOMPARE(session.snapshot()->hash, hash_after(scenario, 120));

        QVERIFY(session.submit(Note{"late"}).ok());
        session.step();
        WAIT_FOR(tick_of(session) == 121);
        session.seek(10 * kHour);
        WAIT_FOR(tick_of(session) == 60);
        QVERIFY(has_mark(session, "late", true));  // still ahead in this history
        QVERIFY(session.submit(SetParameter{"rerank.slate_size", 4}).ok());
        session.step();
        WAIT_FOR(tick_of(session) == 61);
        QVERIFY(has_mark(session, "1 later command dropped", false));
        QVERIFY(!has_mark(session, "late", true));
        QCOMPARE(session.snapshot()->params->rerank.slate_size, 4);
    }

    void a_seek_can_be_cancelled() {
        RunSession session(small_world(40), {});
        WAIT_FOR(session.snapshot() != nullptr);
        session.seek(40 * kDay);
        WAIT_FOR(session.busy().has_value());
        QVERIFY(session.busy()->text.find("Day 41") != std::string::npos);
        session.cancel();
        WAIT_FOR(!session.busy().has_value());
        QVERIFY(tick_of(session) < 40 * 144);
        const std::uint64_t stopped = tick_of(session);
        session.step();  // and it goes on from there
        WAIT_FOR(tick_of(session) > stopped);
    }

    void a_restart_is_a_new_run_with_other_parameters() {
        RunSession session(small_world(), {});
        session.step(3);
        WAIT_FOR(tick_of(session) == 3);
        Params params = small_world().params;
        params.world.people = 60;
        session.restart(params);
        WAIT_FOR(tick_of(session) == 0);
        QCOMPARE(session.snapshot()->people, std::uint64_t{60});

        session.step(2);
        WAIT_FOR(tick_of(session) == 2);
        params.world.people = 200000;
        params.world.items = 1000000;
        params.world.sessions_per_day = 12;
        params.features.retention_days = 60;
        session.restart(params);  // does not fit: the running world is untouched
        std::optional<Problem> problem;
        WAIT_FOR(problem || (problem = session.take_problem()));
        QCOMPARE(problem->file, "restart");
        QCOMPARE(tick_of(session), std::uint64_t{2});
        session.step();
        WAIT_FOR(tick_of(session) == 3);
    }

    void its_run_file_verifies() {
        QTemporaryDir folder;
        const std::string path = folder.filePath("s.cascade").toStdString();
        {
            RunSession session(small_world(), {.threads = 2, .run_file = path, .run_folder = {}});
            session.run_until(8 * kHour);
            WAIT_FOR(tick_of(session) == 48);
            QVERIFY(session.submit(SetParameter{"rerank.method", 0}).ok());
            session.step(4);
            WAIT_FOR(tick_of(session) == 52);
            session.seek(6 * kHour);
            WAIT_FOR(tick_of(session) == 36);
            QVERIFY(session.submit(SetParameter{"rerank.slate_size", 6}).ok());
            session.step(10);
            WAIT_FOR(tick_of(session) == 46);
        }
        const auto report = verify_run_file(path, 1, {});
        QVERIFY2(report.ok(), report ? "" : report.problem().sentence().c_str());
        QCOMPARE(report.value().ticks, std::uint64_t{46});
        QVERIFY(report.value().held());
    }

    void a_run_file_that_cannot_be_written_is_said_and_the_world_runs_on() {
        RunSession session(
            small_world(),
            {.threads = 1, .run_file = "/no/such/folder/a.cascade", .run_folder = {}});
        session.step();
        WAIT_FOR(tick_of(session) == 1);
        QVERIFY(session.take_problem()->code == ExitCode::input_output);
        QVERIFY(!session.take_problem());
    }

    // What the window saves is what the command line verifies, and plays to the same end.
    void a_saved_run_verifies_and_a_saved_scenario_does_the_same_again() {
        const QTemporaryDir folder;
        const std::string run = folder.filePath("mine.cascade").toStdString();
        const std::string scenario = folder.filePath("mine.cascade.json").toStdString();
        RunSession session(small_world(), kept_in(folder.filePath("runs").toStdString()));
        session.step(10);
        WAIT_FOR(tick_of(session) == 10);
        QVERIFY(session.submit(SetParameter{"rerank.diversity", 0.9}).ok());
        session.step(50);
        WAIT_FOR(tick_of(session) == 60);
        session.save_run(run);
        session.save_scenario(scenario, "Mine");
        std::vector<std::string> saved;
        WAIT_FOR([&] {
            while (const auto path = session.take_notice()) saved.push_back(*path);
            return saved.size() == 2;
        }());
        QVERIFY(!session.take_problem());
        const auto verified = verify_run_file(run, 2, {});
        QVERIFY(verified);
        QCOMPARE(verified.value().ticks, std::uint64_t{60});
        QVERIFY(!verified.value().difference);
        const auto mine = read_scenario(scenario);
        QVERIFY(mine);
        QCOMPARE(mine.value().title, "Mine");
        QVERIFY(mine.value().expect.empty());
        QCOMPARE(mine.value().timeline.size(), small_world().timeline.size() + 1);
        QCOMPARE(hash_after(mine.value(), 60), session.snapshot()->hash);
    }

    void a_run_that_is_not_kept_cannot_be_saved_and_says_so() {
        const QTemporaryDir folder;
        RunSession session(small_world(), {});
        WAIT_FOR(session.snapshot() != nullptr);
        session.save_run(folder.filePath("mine.cascade").toStdString());
        std::optional<Problem> problem;
        WAIT_FOR(problem || (problem = session.take_problem()));
        QVERIFY(QString::fromStdString(problem->sentence()).contains("not being kept"));
        QVERIFY(!session.take_notice());
    }

    // A look at the past is a picture: the run stays where it is, to the bit.
    void a_look_back_shows_a_frame_and_moves_nothing() {
        const QTemporaryDir folder;
        RunSession session(small_world(), kept_in(folder.path().toStdString()));
        session.step(144);
        WAIT_FOR(tick_of(session) == 144);
        const auto now = session.snapshot();
        session.look_at(14 * kHour);
        WAIT_FOR(session.snapshot()->is_frame);
        const auto frame = session.snapshot();
        QCOMPARE(frame->now_s, 14 * kHour);
        QVERIFY(frame->funnel->requests > 0);
        QVERIFY(frame->funnel->requests != now->funnel->requests);
        QCOMPARE(frame->map->people.size(), now->map->people.size());
        QVERIFY(frame->map->items.size() < now->map->items.size());  // some came out since
        for (const MetricPoint& point : *frame->series) QVERIFY(point.time_s <= 14 * kHour);
        QVERIFY(frame->series->size() < now->series->size());
        session.step(1);
        WAIT_FOR(!session.snapshot()->is_frame);
        QCOMPARE(session.snapshot()->hash, hash_after(small_world(), 145));
    }

    void every_start_of_a_run_has_a_file_of_its_own() {
        const QTemporaryDir folder;
        {
            RunSession session(small_world(), kept_in(folder.path().toStdString()));
            session.step(3);
            WAIT_FOR(tick_of(session) == 3);
            session.restart(small_world().params);
            session.step(2);
            WAIT_FOR(tick_of(session) == 2);
        }
        const auto runs = RunShelf(folder.path().toStdString(), 1000).newest(10);
        QCOMPARE(runs.size(), std::size_t{2});
        QCOMPARE(runs[0].ticks + runs[1].ticks, std::uint64_t{5});
    }
};

QTEST_GUILESS_MAIN(RunSessionTest)
#include "run_session_test.moc"
