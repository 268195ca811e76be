// A sweep's folder: results that are whole or not there, claims that the kernel gives back, and one
// file of all results that is the same however they came about.
#include "engine/sweep/cells/sweep_folder.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include "engine/base/sqlite.h"
#include "engine/sweep/cells/merge.h"
#include "engine/sweep/cells/run_cell.h"
#include "tests/worlds/small_sweep.h"

using namespace cascadelab;

namespace {

QByteArray bytes_of(const std::string& path) {
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// A result that nobody computed: a value that follows from the cell.
CellResult made_up(const SweepCell& cell) {
    CellResult result;
    result.id = cell.id;
    result.hash = cell.id;
    result.ticks = cell.index;
    result.values = {{1, Metric::gini, 0, 0.1f * static_cast<float>(cell.index)},
                     {1, Metric::click_rate, 2, 1.0f / 3}};
    result.timing = {"here", 0.25, 1};
    return result;
}

bool write_made_up(const SweepFolder& folder, std::size_t index) {
    const SweepCell& cell = folder.cells()[index];
    return write_cell_result(made_up(cell), cell, folder.result_path(cell)).ok();
}

}  // namespace

class SweepFolderTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    QString m_plan_path;

    std::string place(const char* name) { return m_folder.filePath(name).toStdString(); }
    Result<SweepFolder> make(const char* name, const QByteArray& plan = tiny_plan(2)) {
        const auto read = read_sweep_plan(write_tiny_sweep(m_folder.path(), plan).toStdString());
        if (!read) return read.problem();
        return SweepFolder::make(place(name), read.value());
    }

  private slots:
    void a_folder_read_again_holds_the_same_cells() {
        const auto made = make("again");
        QVERIFY2(made.ok(), made.ok() ? "" : made.problem().sentence().c_str());
        const auto opened = SweepFolder::open(place("again"));
        QVERIFY(opened.ok());
        QCOMPARE(opened.value().cells().size(), 12u);
        for (std::size_t i = 0; i < 12; ++i)
            QCOMPARE(opened.value().cells()[i].id, made.value().cells()[i].id);
        QVERIFY(make("again").ok());
    }

    void another_sweep_or_anything_else_in_the_folder_is_refused() {
        QVERIFY(make("taken").ok());
        const auto other = make("taken", tiny_plan(3));
        QVERIFY(!other.ok());
        QVERIFY(other.problem().sentence().find("the folder of another sweep") !=
                std::string::npos);
        QVERIFY(QDir(m_folder.path()).mkdir("full"));
        QVERIFY(write_file(m_folder.filePath("full/letter.txt"), "Dear"));
        QCOMPARE(static_cast<int>(make("full").problem().code), 4);
        QCOMPARE(static_cast<int>(make("no/such").problem().code), 4);
        QCOMPARE(static_cast<int>(SweepFolder::open(place("none")).problem().code), 4);
    }

    void a_result_comes_back_to_the_bit() {
        const auto folder = make("back");
        QVERIFY(folder.ok());
        const SweepCell& cell = folder.value().cells()[5];
        QVERIFY(!folder.value().is_whole(cell));
        QVERIFY(write_made_up(folder.value(), 5));
        QVERIFY(folder.value().is_whole(cell));
        QCOMPARE(std::ranges::count(folder.value().whole(), true), 1);
        const auto read = read_cell_result(folder.value().result_path(cell));
        QVERIFY(read.ok());
        QCOMPARE(read.value().values, made_up(cell).values);
        QCOMPARE(read.value().hash, cell.id);
    }

    void a_damaged_result_is_named() {
        const auto folder = make("damaged");
        QVERIFY(write_made_up(folder.value(), 0));
        const std::string path = folder.value().result_path(folder.value().cells()[0]);
        const QByteArray whole = bytes_of(path);
        QVERIFY(write_file(QString::fromStdString(path), whole.left(whole.size() / 2)));
        const auto merged = merge_results(folder.value());
        QVERIFY(!merged.ok());
        QCOMPARE(merged.problem().file, path);
        QVERIFY(!QFile::exists(QString::fromStdString(folder.value().results_path())));
    }

    void a_cell_is_run_once_and_as_by_itself() {
        const auto folder = make("once");
        const SweepCell& cell = folder.value().cells()[3];
        const auto first = run_cell(folder.value(), cell, 1);
        QVERIFY2(first.ok(), first.ok() ? "" : first.problem().sentence().c_str());
        QVERIFY(first.value() == CellEnd::written);
        QVERIFY(run_cell(folder.value(), cell, 1).value() == CellEnd::was_whole);
        const auto read = read_cell_result(folder.value().result_path(cell));
        QVERIFY(read.ok());
        QVERIFY2(read.value().error.empty(), read.value().error.c_str());
        QVERIFY(!read.value().values.empty());
        for (const CellValue& value : read.value().values) {
            QCOMPARE(value.day, 1);
            QVERIFY(value.group == 0 || value.group == 2);
        }
        // On two threads, in another folder: the same.
        const auto other = make("once_more");
        QVERIFY(run_cell(other.value(), cell, 2).ok());
        const auto again = read_cell_result(other.value().result_path(cell));
        QCOMPARE(again.value().hash, read.value().hash);
        QCOMPARE(again.value().values, read.value().values);
    }

    // Another process holds the claim, and loses it only by being killed.
    void a_claimed_cell_is_left_to_its_process() {
        const auto folder = make("claimed");
        const SweepCell& cell = folder.value().cells()[2];
        int ready[2];
        QCOMPARE(pipe(ready), 0);
        const pid_t other = fork();
        if (other == 0) {
            const auto claim = Claim::take(folder.value(), cell);
            const char said = claim.ok() && claim.value() ? 'y' : 'n';
            if (write(ready[1], &said, 1) == 1) pause();
            _exit(0);
        }
        char said = 0;
        QCOMPARE(read(ready[0], &said, 1), 1);
        QCOMPARE(said, 'y');
        QCOMPARE(claimed_count(folder.value()), 1u);
        QVERIFY(run_cell(folder.value(), cell, 1).value() == CellEnd::elsewhere);
        QVERIFY(!folder.value().is_whole(cell));
        const auto free = Claim::take(folder.value(), folder.value().cells()[3]);
        QVERIFY(free.ok() && free.value());
        kill(other, SIGKILL);
        waitpid(other, nullptr, 0);
        QCOMPARE(claimed_count(folder.value()), 0u);
        QVERIFY(run_cell(folder.value(), cell, 1).value() == CellEnd::written);
    }

    void merged_files_are_the_same_whatever_the_order() {
        const auto forwards = make("forwards");
        const auto backwards = make("backwards");
        for (std::size_t i = 0; i < 12; ++i) {
            QVERIFY(write_made_up(forwards.value(), i));
            QVERIFY(write_made_up(backwards.value(), 11 - i));
        }
        const auto one = merge_results(forwards.value(), false);
        const auto two = merge_results(backwards.value(), false);
        QVERIFY2(one.ok(), one.ok() ? "" : one.problem().sentence().c_str());
        QCOMPARE(one.value().content, two.value().content);
        QCOMPARE(one.value().whole, 12u);
        const QByteArray file = bytes_of(forwards.value().results_path());
        QVERIFY(file.size() > 4096);
        QVERIFY(file == bytes_of(backwards.value().results_path()));
        // Another value, another content.
        CellResult changed = made_up(backwards.value().cells()[4]);
        changed.values[0].value += 1e-6f;
        QVERIFY(write_cell_result(changed, backwards.value().cells()[4],
                                  backwards.value().result_path(backwards.value().cells()[4]))
                    .ok());
        QVERIFY(merge_results(backwards.value(), false).value().content != one.value().content);
    }

    void merged_tables_hold_settings_metrics_and_timings() {
        const auto folder = make("tables");
        QVERIFY(write_made_up(folder.value(), 4));
        const auto merged = merge_results(folder.value());
        QCOMPARE(merged.value().whole, 1u);
        auto database = Database::open(folder.value().results_path(), {.read_only = true});
        QVERIFY(database.ok());
        const auto one = [&](const char* sql) -> std::string {
            auto statement = database.value().prepare(sql);
            if (!statement || !statement.value().step().value()) return "";
            return std::string(statement.value().text(0));
        };
        QCOMPARE(one("SELECT seed FROM cells WHERE cell = 4"), std::string("11"));
        QCOMPARE(one("SELECT text FROM settings WHERE cell = 4 AND key = 'rerank.diversity'"),
                 std::string("0.5"));
        QCOMPARE(one("SELECT CAST(CAST(100 * value AS INT) AS TEXT) FROM metrics WHERE cell = 4 "
                     "AND metric = 'gini' AND \"group\" = 'all'"),
                 std::string("40"));
        QCOMPARE(one("SELECT machine FROM timings"), std::string("here"));
        QVERIFY(one("SELECT value FROM sweep WHERE name = 'scenario'").find("\"Tiny\"") !=
                std::string::npos);
    }

    void ten_thousand_cells_are_planned_listed_and_merged() {
        QByteArray plan = tiny_plan(1);
        plan.replace("[40, 60]", "[20, 30, 40, 50, 60]").replace("\"steps\": 3", "\"steps\": 2000");
        QElapsedTimer clock;
        clock.start();
        const auto folder = make("many", plan);
        QVERIFY2(folder.ok(), folder.ok() ? "" : folder.problem().sentence().c_str());
        QCOMPARE(folder.value().cells().size(), 10000u);
        const auto planned = clock.restart();
        // Each result is brought to the disk before it has its name; ten thousand of one text need
        // not.
        QVERIFY(write_made_up(folder.value(), 0));
        const std::vector<SweepCell>& cells = folder.value().cells();
        QFile first(QString::fromStdString(folder.value().result_path(cells[0])));
        QVERIFY(first.open(QIODevice::ReadOnly));
        const QByteArray text = first.readAll();
        for (std::size_t i = 1; i < cells.size(); ++i) {
            QByteArray other = text;
            other.replace(QByteArray::fromStdString(cells[0].id),
                          QByteArray::fromStdString(cells[i].id));
            QVERIFY(
                write_file(QString::fromStdString(folder.value().result_path(cells[i])), other));
        }
        const auto written = clock.restart();
        QCOMPARE(std::ranges::count(folder.value().whole(), true), 10000);
        const auto listed = clock.restart();
        QCOMPARE(merge_results(folder.value()).value().whole, 10000u);
        qInfo("planned in %lld ms, listed in %lld, merged in %lld (written in %lld)", planned,
              listed, clock.elapsed(), written);
    }
};

QTEST_GUILESS_MAIN(SweepFolderTest)
#include "sweep_folder_test.moc"
