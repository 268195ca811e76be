// SQLite as a value: a Database, its Statements, a Transaction that rolls back unless committed.
// The only door to SQLite; it knows no table of ours. Files answer with Result, because disks fail
// and people hand us other files; in memory every failure is our own mistake and stops with
// SQLite's words. One thread at a time a Database.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/error.h"

struct sqlite3_stmt;

namespace cascadelab {

struct SqliteConnection;  // the open handle; statements and transactions share it

struct DatabaseOptions {
    bool read_only = false;
    bool create = false;  // make the file when it is missing
    bool wal = false;     // write-ahead log: readers never wait, a kill loses no committed work
    // Nobody writes it and nothing can be written beside it: read without locks.
    bool immutable = false;
    bool foreign = false;  // somebody else made it: its schema runs nothing, values are limited
    int busy_timeout_ms = 5000;  // how long another program's lock is waited for
};

// The longest text or blob that is read from a foreign file, in bytes.
inline constexpr int kLongestForeignValue = 64 << 20;

// One prepared statement. Parameters count from 1, columns from 0, as in SQLite. A parameter or
// column that does not exist is our mistake.
class Statement {
  public:
    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, double value);
    Statement& bind(int parameter, std::string_view text);             // copied
    Statement& bind(int parameter, std::span<const std::byte> bytes);  // copied
    Statement& bind_null(int parameter);

    Result<bool> step();  // true: a row stands ready; false: done and reset, bindings kept
    Status run();         // steps to the end, ignoring rows
    void reset();

    int columns() const;
    std::string_view name(int column) const;
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string_view text(int column) const;            // valid until the next step
    std::span<const std::byte> blob(int column) const;  // valid until the next step

  private:
    friend class Database;
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    Statement(std::shared_ptr<SqliteConnection> connection, sqlite3_stmt* statement);
    void check_bound(int code) const;

    std::shared_ptr<SqliteConnection> m_connection;
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

// An open transaction; the destructor rolls back what was not committed.
class Transaction {
  public:
    Transaction(Transaction&&) noexcept = default;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    Status commit();

  private:
    friend class Database;
    explicit Transaction(std::shared_ptr<SqliteConnection> connection);
    std::shared_ptr<SqliteConnection> m_connection;  // null once it is over
};

class Database {
  public:
    // A file that is missing (unless create), unreadable or no SQLite database is a Problem. A path
    // is a path: never a URI, never ":memory:".
    static Result<Database> open(const std::string& path, const DatabaseOptions& options);
    static Database in_memory();
    static Database scratch();  // in memory, and on disk where it grows large; nobody else sees it

    Status exec(const std::string& sql);  // any number of statements
    Result<Statement> prepare(std::string_view sql);
    Result<Transaction> begin();  // takes the write lock at once

    // Two numbers in the file's header that say whose file it is, and of which version.
    Result<std::int64_t> user_version();
    Status set_user_version(std::int32_t version);
    Result<std::int64_t> application_id();
    Status set_application_id(std::int32_t id);

    // The whole database as the bytes of a file.
    std::string bytes() const;
    // All of the write-ahead log into the file, and from now on none: what is left is one file that
    // can be read anywhere. false: somebody reads it, the log stays (empty).
    Result<bool> leave_wal();

    std::int64_t last_row_id() const;
    std::int64_t changes() const;  // rows the last statement changed

  private:
    explicit Database(std::shared_ptr<SqliteConnection> connection);
    Result<std::int64_t> pragma(const std::string& name);
    std::shared_ptr<SqliteConnection> m_connection;
};

}  // namespace cascadelab
