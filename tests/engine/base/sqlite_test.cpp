#include "engine/base/sqlite.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <optional>
#include <thread>

using namespace cascadelab;

class SqliteTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::string path(const char* name) const { return m_folder.filePath(name).toStdString(); }
    static std::int64_t count(Database& database, const char* table) {
        Statement statement =
            database.prepare(std::string("SELECT count(*) FROM ") + table).value();
        CHECK(statement.step().value());
        return statement.integer(0);
    }

  private slots:
    void every_kind_of_value_comes_back_as_it_went_in() {
        Database database = Database::in_memory();
        QVERIFY(database.exec("CREATE TABLE t (i, d, s, b, n)").ok());
        const std::array<std::byte, 3> bytes = {std::byte{1}, std::byte{0}, std::byte{255}};
        Statement insert = database.prepare("INSERT INTO t VALUES (?,?,?,?,?)").value();
        insert.bind(1, std::int64_t{-1} << 50).bind(2, 0.1);
        insert.bind(3, std::string_view("a\0b", 3)).bind(4, bytes).bind_null(5);
        QVERIFY(insert.run().ok());
        insert.bind(3, std::string_view()).bind(4, std::span<const std::byte>());
        QVERIFY(insert.run().ok());

        Statement select = database.prepare("SELECT i, d, s, b, n FROM t ORDER BY rowid").value();
        QVERIFY(select.step().value());
        QCOMPARE(select.columns(), 5);
        QCOMPARE(select.integer(0), std::int64_t{-1} << 50);
        QCOMPARE(select.real(1), 0.1);
        QVERIFY(select.text(2) == std::string_view("a\0b", 3));
        QVERIFY(std::ranges::equal(select.blob(3), bytes));
        QVERIFY(select.is_null(4));
        QVERIFY(select.step().value());
        QVERIFY(!select.is_null(2) && select.text(2).empty());
        QVERIFY(!select.is_null(3) && select.blob(3).empty());
        QVERIFY(!select.step().value());
        QCOMPARE(database.last_row_id(), 2);
        QCOMPARE(database.changes(), 1);
    }

    void a_missing_file_is_a_problem_unless_it_may_be_made() {
        const Result<Database> missing = Database::open(path("missing"), {});
        QVERIFY(!missing.ok());
        QCOMPARE(missing.problem().file, path("missing"));
        QCOMPARE(missing.problem().code, ExitCode::input_output);
        QVERIFY(missing.problem().sentence().find("unable to open") != std::string::npos);
        QVERIFY(!Database::open(path("missing"), {.read_only = true, .create = true}).ok());
        QVERIFY(Database::open(path("missing"), {.create = true}).ok());
    }

    void a_file_that_is_no_database_is_a_problem() {
        QFile garbage(m_folder.filePath("garbage"));
        QVERIFY(garbage.open(QIODevice::WriteOnly));
        garbage.write(QByteArray(5000, 'x'));
        garbage.close();
        const Result<Database> opened = Database::open(path("garbage"), {.read_only = true});
        QVERIFY(!opened.ok());
        QVERIFY(opened.problem().found.find("not a database") != std::string::npos);
    }

    void errors_of_a_file_carry_the_words_of_sqlite_and_the_statement() {
        Database database = Database::open(path("errors"), {.create = true}).value();
        const Status status = database.exec("INSERT INTO nowhere VALUES (1)");
        QVERIFY(!status.ok());
        QCOMPARE(status.problem().found, std::string("no such table: nowhere"));
        QVERIFY(status.problem().path.find("INSERT INTO nowhere") != std::string::npos);
        QVERIFY(!database.prepare("SELEKT").ok());

        QVERIFY(database.exec("CREATE TABLE t (i UNIQUE); INSERT INTO t VALUES (7)").ok());
        Statement insert = database.prepare("INSERT INTO t VALUES (?)").value();
        const Status twice = insert.bind(1, std::int64_t{7}).run();
        QVERIFY(!twice.ok());
        QCOMPARE(twice.problem().found, std::string("UNIQUE constraint failed: t.i"));
        QVERIFY(insert.bind(1, std::int64_t{8}).run().ok());
    }

    void a_transaction_keeps_what_was_committed_and_nothing_else() {
        Database database = Database::in_memory();
        QVERIFY(database.exec("CREATE TABLE t (i)").ok());
        {
            const Transaction transaction = database.begin().value();
            QVERIFY(database.exec("INSERT INTO t VALUES (1)").ok());
        }
        QCOMPARE(count(database, "t"), 0);
        {
            Transaction transaction = database.begin().value();
            QVERIFY(database.exec("INSERT INTO t VALUES (2)").ok());
            Transaction moved = std::move(transaction);
            QVERIFY(moved.commit().ok());
        }
        QCOMPARE(count(database, "t"), 1);
    }

    void a_reader_sees_committed_rows_while_a_writer_writes_and_cannot_write() {
        Database writer = Database::open(path("shared"), {.create = true, .wal = true}).value();
        QVERIFY(writer.exec("CREATE TABLE t (i); INSERT INTO t VALUES (1)").ok());
        Database reader = Database::open(path("shared"), {.read_only = true}).value();
        Transaction transaction = writer.begin().value();
        QVERIFY(writer.exec("INSERT INTO t VALUES (2)").ok());
        QCOMPARE(count(reader, "t"), 1);
        QVERIFY(transaction.commit().ok());
        QCOMPARE(count(reader, "t"), 2);
        const Status status = reader.exec("DELETE FROM t");
        QVERIFY(!status.ok());
        QVERIFY(status.problem().found.find("readonly") != std::string::npos);
    }

    void a_locked_file_is_a_problem() {
        Database first = Database::open(path("locked"), {.create = true}).value();
        Database second = Database::open(path("locked"), {.busy_timeout_ms = 50}).value();
        const Transaction transaction = first.begin().value();
        const Result<Transaction> refused = second.begin();
        QVERIFY(!refused.ok());
        QVERIFY(refused.problem().found.find("another program holds") != std::string::npos);
    }

    void a_short_lock_is_waited_for() {
        Database first = Database::open(path("waited"), {.create = true}).value();
        Database second = Database::open(path("waited"), {}).value();
        std::optional<Transaction> transaction(first.begin().value());
        std::jthread soon([&] {
            QTest::qSleep(300);
            (void)transaction->commit();
        });
        QVERIFY(second.begin().ok());
    }

    void a_name_is_never_a_uri() {
        // Both mean something else to SQLite; to us they are files in this folder.
        const QString before = QDir::currentPath();
        QVERIFY(QDir::setCurrent(m_folder.path()));
        for (const char* name : {"file:victim?mode=memory", ":memory:", "file:other.db"}) {
            QVERIFY(Database::open(name, {.create = true}).value().exec("CREATE TABLE t(a)").ok());
            QVERIFY2(std::filesystem::exists(m_folder.path().toStdString() + "/" + name), name);
        }
        QVERIFY(!QFile::exists(m_folder.filePath("other.db")));
        QVERIFY(!Database::open("", {.create = true}));
        QVERIFY(QDir::setCurrent(before));
    }

    void a_file_that_left_the_log_is_read_where_nothing_can_be_written() {
        {
            Database database =
                Database::open(path("alone"), {.create = true, .wal = true}).value();
            QVERIFY(database.exec("CREATE TABLE t(a)").ok());
            QVERIFY(database.leave_wal().value());
        }
        QFile file(m_folder.filePath("alone"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        // Bytes 18 and 19 say whether a log is needed: 1 is none.
        QCOMPARE(file.read(20).mid(18), QByteArray("\1\1"));
        QVERIFY(Database::open(path("alone"), {.immutable = true}));
    }

    void the_header_says_whose_file_it_is() {
        {
            Database database = Database::open(path("header"), {.create = true}).value();
            QCOMPARE(database.user_version().value(), 0);
            QVERIFY(database.set_user_version(3).ok());
            QVERIFY(database.set_application_id(0x43415343).ok());
        }
        Database database = Database::open(path("header"), {.read_only = true}).value();
        QCOMPARE(database.user_version().value(), 3);
        QCOMPARE(database.application_id().value(), 0x43415343);
    }

    void statements_keep_their_database_open() {
        Statement statement = Database::in_memory().prepare("SELECT 42").value();
        QVERIFY(statement.step().value());
        QCOMPARE(statement.integer(0), 42);
    }
};

QTEST_GUILESS_MAIN(SqliteTest)
#include "sqlite_test.moc"
