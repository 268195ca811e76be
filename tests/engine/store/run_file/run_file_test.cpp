// The run file: holds what was committed, says what it is not, and stays small.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>

#include "engine/store/run_file/run_file.h"

using namespace cascadelab;

namespace {

Scenario scenario() {
    Scenario out;
    out.name = "a";
    out.title = "A run";
    out.seed = UINT64_MAX;
    out.days = 3;
    return out;
}

TickReport report(std::uint64_t tick) {
    TickReport out;
    out.tick = tick;
    out.now_s = static_cast<Seconds>(tick) * 300;
    out.hashes = {tick, tick + 1, tick + 2, tick + 3, UINT64_MAX - tick, tick + 5};
    out.requests = tick * 2;
    return out;
}

TickReport full_report(std::uint64_t tick) {
    TickReport out = report(tick);
    out.applied = {SetParameter{"rerank.method", 2}, Search{PersonId(3), 1, TopicId(1)},
                   Note{"a, \"quoted\" note"}};
    auto metrics = std::make_shared<MetricPoint>();
    metrics->value[0][0] = 0.25f;
    metrics->value[1][2] = std::numeric_limits<float>::quiet_NaN();
    out.metrics = metrics;
    auto trace = std::make_shared<CascadeTrace>();
    trace->person = PersonId(3);
    Candidate shown;
    shown.item = ItemId(17);
    shown.fate = Fate::shown;
    shown.position = 0;
    shown.rank = 2;
    shown.click = 0.5f;
    Candidate dropped;
    dropped.item = ItemId(18);
    dropped.source = Source::fresh;
    dropped.fate = Fate::watched;
    trace->candidates = {shown, dropped};
    out.traces = {trace};
    return out;
}

std::string table_text(const std::string& path, const std::string& table) {
    std::string text;
    const Status status = export_table(path, table, [&](const std::string& line) { text += line; });
    return status ? text : status.problem().sentence();
}

}  // namespace

class RunFileTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::string path(const char* name) { return m_folder.filePath(name).toStdString(); }

    std::string make_file(const char* name, std::uint64_t ticks) {
        const std::string at = path(name);
        auto file = RunFile::create(at, scenario());
        for (std::uint64_t tick = 1; tick <= ticks; ++tick) {
            (void)file.value().write(tick == 2 ? full_report(tick) : report(tick), nullptr);
        }
        return at;
    }

  private slots:
    void what_was_written_is_read_back() {
        const auto record = read_run_file(make_file("a.cascade", 5));
        QVERIFY2(record.ok(), record ? "" : record.problem().sentence().c_str());
        QCOMPARE(record.value().scenario.seed, UINT64_MAX);
        QCOMPARE(record.value().ticks.size(), std::size_t{5});
        for (std::uint64_t tick = 1; tick <= 5; ++tick) {
            QCOMPARE(record.value().ticks[tick - 1].tick, tick);
            QVERIFY(record.value().ticks[tick - 1].hashes == report(tick).hashes);
        }
        QCOMPARE(record.value().journal.size(), std::size_t{3});
        QCOMPARE(record.value().journal[0].tick, std::uint64_t{2});
        QCOMPARE(std::get<SetParameter>(record.value().journal[0].command).value, 2.0);
        const Scenario again = recorded_scenario(record.value());
        QCOMPARE(again.timeline.size(), std::size_t{3});
        QCOMPARE(again.timeline[1].time_s, Seconds{300});
    }

    void a_run_file_plays_as_the_scenario_it_recorded() {
        const std::string at = make_file("played.cascade", 5);
        const auto record = read_run_file(at);
        const auto playable = read_playable(at);
        QVERIFY(playable.ok());
        QCOMPARE(playable.value().seed, record.value().scenario.seed);
        QVERIFY(!record.value().journal.empty());
        QCOMPARE(playable.value().timeline.size(), record.value().journal.size());
        QVERIFY(read_playable(path("missing")).problem().code == ExitCode::input_output);
    }
    void a_closed_file_stands_alone() {
        const std::string at = make_file("alone.cascade", 3);
        QVERIFY(!std::filesystem::exists(at + "-wal"));
        QVERIFY(!std::filesystem::exists(at + "-shm"));
    }

    void tables_are_exported_as_csv() {
        const std::string at = make_file("csv.cascade", 2);
        QCOMPARE(
            table_text(at, "journal"),
            "tick,place,command\n"
            "2,0,\"{\"\"set\"\": {\"\"rerank.method\"\": \"\"dpp\"\"}}\"\n"
            "2,1,\"{\"\"search\"\": {\"\"topic\"\": \"\"Documentary\"\", \"\"person\"\": 3}}\"\n"
            "2,2,\"{\"\"note\"\": \"\"a, \\\"\"quoted\\\"\" note\"\"}\"\n");
        QCOMPARE(table_text(at, "ticks"),
                 "tick,time_s,params,world,features,models,log,metrics,requests\n"
                 "1,300,0000000000000001,0000000000000002,0000000000000003,0000000000000004,"
                 "fffffffffffffffe,0000000000000006,2\n"
                 "2,600,0000000000000002,0000000000000003,0000000000000004,0000000000000005,"
                 "fffffffffffffffd,0000000000000007,4\n");
        QCOMPARE(table_text(at, "candidates"),
                 "trace,place,item,source,fate,position,rank,retrieval_score,click,watch,like,"
                 "not_interested,value\n1,0,17,Two-tower,shown,0,2,0.0,0.5,0.0,0.0,0.0,0.0\n"
                 "1,1,18,Fresh,already watched,,,0.0,0.0,0.0,0.0,0.0,0.0\n");
        const std::string metrics = table_text(at, "metrics");
        QVERIFY(metrics.find("2,600,coverage,all,0.25\n") != std::string::npos);
        QVERIFY(metrics.find("2,600,gini,niche,\n") != std::string::npos);
        QVERIFY(table_text(at, "people").starts_with("--table: found \"people\", expected one of"));
    }

    void another_history_replaces_the_later_ticks() {
        const std::string at = path("history.cascade");
        {
            auto file = RunFile::create(at, scenario());
            for (std::uint64_t tick = 1; tick <= 6; ++tick) {
                QVERIFY(file.value().write(full_report(tick), nullptr).ok());
            }
            QVERIFY(file.value().forget_after(4).ok());
            QVERIFY(file.value().write(report(5), nullptr).ok());
        }
        const auto record = read_run_file(at);
        QCOMPARE(record.value().ticks.size(), std::size_t{5});
        QCOMPARE(record.value().journal.back().tick, std::uint64_t{4});
        QVERIFY(table_text(at, "candidates").find("\n5,0,") == std::string::npos);
    }

    void a_run_file_is_replaced_but_nothing_else() {
        const std::string at = make_file("twice.cascade", 5);
        QCOMPARE(read_run_file(make_file("twice.cascade", 2)).value().ticks.size(), std::size_t{2});
        std::ofstream(path("letter.txt")) << "Dear Ada";
        const auto refused = RunFile::create(path("letter.txt"), scenario());
        QVERIFY(refused.problem().code == ExitCode::input_output);
        QCOMPARE(std::filesystem::file_size(path("letter.txt")), std::uintmax_t{8});
        const auto nowhere = RunFile::create(path("no/such/folder.cascade"), scenario());
        QVERIFY(nowhere.problem().code == ExitCode::input_output);
    }

    void what_is_no_run_file_is_named() {
        QCOMPARE(read_run_file(path("missing")).problem().found, "no such file");
        QVERIFY(read_run_file(path("missing")).problem().code == ExitCode::input_output);
        QCOMPARE(read_run_file(m_folder.path().toStdString()).problem().found, "a directory");

        std::ofstream(path("empty")).flush();
        QCOMPARE(read_run_file(path("empty")).problem().found, "an empty file");
        std::ofstream(path("garbage")) << std::string(5000, 'x');
        QVERIFY(read_run_file(path("garbage")).problem().code == ExitCode::invalid);
        QCOMPARE(read_run_file(path("garbage")).problem().expected, "a run file of CascadeLab");
        {
            auto other = Database::open(path("other"), {.create = true});
            QVERIFY(other.value().exec("CREATE TABLE t(a)").ok());
        }
        QCOMPARE(read_run_file(path("other")).problem().found, "another program's database");
    }

    void a_run_that_is_being_written_is_not_replaced() {
        const std::string at = path("held.cascade");
        auto first = RunFile::create(at, scenario());
        QVERIFY(first.value().write(report(1), nullptr).ok());
        const auto second = RunFile::create(at, scenario());
        QCOMPARE(second.problem().found, std::string("a run that is still being written"));
        auto other = RunFile::create(path("other.cascade"), scenario());
        QVERIFY(!other.value().save_copy(at).ok());
        QVERIFY(first.value().write(report(2), nullptr).ok());
        QVERIFY(first.value().finish().ok());
        QCOMPARE(read_run_file(at).value().ticks.size(), std::size_t{2});
    }

    void a_file_taken_away_while_it_is_written_is_noticed() {
        const std::string at = path("away.cascade");
        for (const char* what : {"removed", "moved", "replaced"}) {
            auto file = RunFile::create(at, scenario());
            QVERIFY(file.value().write(report(1), nullptr).ok());
            if (what[2] == 'm') std::filesystem::remove(at);
            if (what[2] == 'v') std::filesystem::rename(at, path("elsewhere"));
            if (what[2] == 'p') {
                std::ofstream(path("new")) << "Dear Ada";
                std::filesystem::rename(path("new"), at);
            }
            const Status lost = file.value().write(report(2), nullptr);
            QVERIFY2(!lost, what);
            QVERIFY(lost.problem().code == ExitCode::input_output);
            QVERIFY(!file.value().finish());
            std::filesystem::remove(at);
        }
    }

    void a_log_that_is_cut_is_noticed_at_the_end() {
        const std::string at = path("cut_log.cascade");
        auto file = RunFile::create(at, scenario());
        for (std::uint64_t tick = 1; tick <= 50; ++tick)
            QVERIFY(file.value().write(full_report(tick), nullptr).ok());
        std::filesystem::resize_file(at + "-wal", 0);
        bool noticed = false;
        for (std::uint64_t tick = 51; tick <= 60 && !noticed; ++tick)
            noticed = !file.value().write(full_report(tick), nullptr);
        QVERIFY(noticed || !file.value().finish());
    }

    void a_finished_file_needs_nothing_beside_it() {
        const std::string at = make_file("finished.cascade", 3);
        std::ifstream in(at, std::ios::binary);
        std::string head(20, ' ');
        in.read(head.data(), 20);
        // SQLite's versions for reading and writing: 2 needs a log that can be written.
        QCOMPARE(int(head[18]), 1);
        QCOMPARE(int(head[19]), 1);
    }

    void what_holds_nothing_is_free() {
        std::ofstream(path("empty.cascade")).flush();
        QVERIFY(RunFile::create(path("empty.cascade"), scenario()).ok());
        { (void)Database::open(path("bare.cascade"), {.create = true, .wal = true}); }
        QVERIFY(RunFile::create(path("bare.cascade"), scenario()).ok());
    }

    void views_in_place_of_tables_are_refused() {
        const std::string at = make_file("view.cascade", 2);
        {
            auto database = Database::open(at, {});
            QVERIFY(database.value()
                        .exec("ALTER TABLE ticks RENAME TO real; CREATE VIEW ticks AS "
                              "SELECT * FROM real")
                        .ok());
        }
        const auto refused = read_run_file(at);
        QVERIFY(refused.problem().found.find("\"ticks\"") != std::string::npos);
        QVERIFY(refused.problem().code == ExitCode::invalid);
        QVERIFY(!read_run_head(at));
    }

    void a_journal_is_limited_before_it_is_read() {
        const std::string at = make_file("journal.cascade", 2);
        {
            auto database = Database::open(at, {});
            QVERIFY(database.value()
                        .exec("WITH RECURSIVE n(i) AS (VALUES (10) UNION ALL SELECT i + 1 FROM n "
                              "WHERE i < 200000) INSERT INTO journal SELECT 1, i, "
                              "'{\"note\": \"x\"}' FROM n")
                        .ok());
        }
        QCOMPARE(read_run_file(at).problem().path, std::string("journal"));
        const std::string other = make_file("journal_tick.cascade", 2);
        for (const char* tick : {"0", "3", "-1"}) {
            auto database = Database::open(other, {});
            QVERIFY(database.value()
                        .exec(std::string("DELETE FROM journal; INSERT INTO journal VALUES (") +
                              tick + ", 0, '{\"note\": \"x\"}')")
                        .ok());
            QVERIFY(read_run_file(other).problem().found.starts_with("a command before tick"));
        }
    }

    void a_newer_version_is_refused() {
        const std::string at = make_file("newer.cascade", 1);
        {
            auto database = Database::open(at, {});
            QVERIFY(database.value().set_user_version(kRunFileVersion + 1).ok());
        }
        QCOMPARE(QString::fromStdString(read_run_file(at).problem().sentence()),
                 QString::fromStdString(at + ": user_version: found 2 of a newer CascadeLab, "
                                             "expected at most 1"));
    }

    void a_truncated_or_damaged_file_is_refused() {
        const std::string at = make_file("cut.cascade", 400);
        const auto size = std::filesystem::file_size(at);
        for (const double share : {0.9, 0.5, 0.1, 0.02}) {
            const std::string cut = path("part.cascade");
            std::filesystem::copy_file(at, cut, std::filesystem::copy_options::overwrite_existing);
            std::filesystem::resize_file(
                cut, static_cast<std::uintmax_t>(static_cast<double>(size) * share));
            QVERIFY(!read_run_file(cut));
        }
        std::fstream file(at, std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(4096 * 6);
        file << std::string(4096 * 3, '\xAB');
        file.close();
        QVERIFY(!read_run_file(at));
    }

    void a_killed_run_holds_every_committed_tick() {
        const std::string at = path("killed.cascade");
        int pipe_ends[2];
        QCOMPARE(pipe(pipe_ends), 0);
        const pid_t child = fork();
        if (child == 0) {
            auto file = RunFile::create(at, scenario());
            for (std::uint64_t tick = 1;; ++tick) {
                (void)file.value().write(full_report(tick), nullptr);
                // What is told has been committed.
                if (::write(pipe_ends[1], &tick, sizeof tick) != sizeof tick) _exit(1);
            }
        }
        std::uint64_t told = 0;
        while (told < 200) QCOMPARE(::read(pipe_ends[0], &told, sizeof told), ssize_t{sizeof told});
        QCOMPARE(kill(child, SIGKILL), 0);
        waitpid(child, nullptr, 0);
        close(pipe_ends[1]);
        while (::read(pipe_ends[0], &told, sizeof told) == sizeof told) {
        }
        close(pipe_ends[0]);
        const auto record = read_run_file(at);
        QVERIFY2(record.ok(), record ? "" : record.problem().sentence().c_str());
        const auto& ticks = record.value().ticks;
        QVERIFY(ticks.size() >= told && ticks.size() <= told + 1);
        for (std::size_t i = 0; i < ticks.size(); ++i) {
            QVERIFY(ticks[i].hashes == report(i + 1).hashes);
        }
        QCOMPARE(record.value().journal.size(), ticks.size() * 3);
    }
};

QTEST_GUILESS_MAIN(RunFileTest)
#include "run_file_test.moc"
