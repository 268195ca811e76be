// The folder of kept runs: every run has a place of its own, the newest come first, and the oldest
// make room.
#include <QDir>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>

#include "engine/store/run_file/run_file.h"
#include "engine/store/run_file/run_shelf.h"

using namespace cascadelab;

namespace {

namespace fs = std::filesystem;

Scenario titled(const std::string& title) {
    Scenario scenario;
    scenario.name = "small";
    scenario.title = title;
    return scenario;
}

// A closed run file of so many ticks, written so many hours ago.
std::string write_run(const RunShelf& shelf, const std::string& title, std::uint64_t ticks,
                      int hours_ago) {
    const auto path = shelf.new_path(titled(title));
    if (!path) return {};
    {
        auto file = RunFile::create(path.value(), titled(title));
        if (!file) return {};
        for (std::uint64_t tick = 1; tick <= ticks; ++tick) {
            TickReport report;
            report.tick = tick;
            report.now_s = static_cast<Seconds>(tick) * 300;
            if (!file.value().write(report, nullptr)) return {};
        }
    }
    fs::last_write_time(path.value(),
                        fs::file_time_type::clock::now() - std::chrono::hours(hours_ago));
    return path.value();
}

}  // namespace

class RunShelfTest : public QObject {
    Q_OBJECT

  private slots:
    void every_run_has_a_place_of_its_own() {
        const QTemporaryDir folder;
        const RunShelf shelf((folder.path() + "/not/there/yet").toStdString(), 100);
        const std::string first = write_run(shelf, "first", 1, 0);
        const std::string second = write_run(shelf, "second", 1, 0);
        QVERIFY(!first.empty() && !second.empty());
        QVERIFY(first != second);
        QVERIFY(fs::exists(first) && fs::exists(second));
    }

    void the_newest_come_first_and_what_is_no_run_is_passed_over() {
        const QTemporaryDir folder;
        const RunShelf shelf(folder.path().toStdString(), 100);
        write_run(shelf, "old", 2, 5);
        write_run(shelf, "new", 3, 1);
        write_run(shelf, "older", 1, 9);
        QFile junk(folder.filePath("junk.cascade"));
        QVERIFY(junk.open(QIODevice::WriteOnly) && junk.write("no database") > 0);
        junk.close();
        const std::vector<KeptRun> runs = shelf.newest(10);
        QCOMPARE(runs.size(), std::size_t{3});
        QCOMPARE(runs[0].title, "new");
        QCOMPARE(runs[0].ticks, std::uint64_t{3});
        QCOMPARE(runs[1].title, "old");
        QCOMPARE(runs[2].title, "older");
        QCOMPARE(shelf.newest(2).size(), std::size_t{2});
    }

    void the_oldest_make_room_and_one_that_is_being_written_stays() {
        const QTemporaryDir folder;
        const std::string path = folder.path().toStdString();
        const RunShelf wide(path, 100);
        const std::string old = write_run(wide, "old", 2, 5);
        const std::string busy = write_run(wide, "busy", 2, 9);
        const std::string latest = write_run(wide, "latest", 2, 1);
        QFile log(QString::fromStdString(busy + "-wal"));
        QVERIFY(log.open(QIODevice::WriteOnly));
        const double one_mib = static_cast<double>(fs::file_size(latest)) / (1024 * 1024);
        RunShelf(path, 1.5 * one_mib).make_room();
        QVERIFY(fs::exists(latest));
        QVERIFY(!fs::exists(old));
        QVERIFY(fs::exists(busy));
    }

    void a_folder_that_cannot_be_made_is_said() {
        const QTemporaryDir folder;
        QFile file(folder.filePath("a file"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const RunShelf shelf((folder.path() + "/a file/runs").toStdString(), 100);
        const auto path = shelf.new_path(titled("none"));
        QVERIFY(!path);
        QCOMPARE(path.problem().code, ExitCode::input_output);
    }
};

QTEST_GUILESS_MAIN(RunShelfTest)
#include "run_shelf_test.moc"
