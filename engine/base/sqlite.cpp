#include "engine/base/sqlite.h"

#include <sqlite3.h>

#include "engine/base/plain_file.h"
#include "engine/base/text.h"

namespace cascadelab {

struct SqliteConnection {
    sqlite3* handle = nullptr;
    std::string path;  // empty: in memory
    int busy_timeout_ms = 0;

    SqliteConnection() = default;
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;
    ~SqliteConnection() { sqlite3_close_v2(handle); }

    // What went wrong last; in memory there is nobody else to blame.
    Problem failure(std::string_view place, std::string expected = {}) const {
        std::string message = sqlite3_errmsg(handle);
        if ((sqlite3_errcode(handle) & 0xFF) == SQLITE_BUSY) {
            message = "a file that another program holds";
            expected = "it free within " + number_text(busy_timeout_ms / 1000.0) + " s";
        }
        if (path.empty()) {
            const std::string words = message + " in " + quoted(place);
            fail_check(words.c_str(), __FILE__, __LINE__);
        }
        return Problem{path, place.empty() ? std::string() : quoted(place), message,
                       std::move(expected), ExitCode::input_output};
    }
    Status exec(const std::string& sql) const {
        if (sqlite3_exec(handle, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            return failure(sql);
        return Done{};
    }
};

// --- Statement

void Statement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Statement::Statement(std::shared_ptr<SqliteConnection> connection, sqlite3_stmt* statement)
    : m_connection(std::move(connection)), m_statement(statement) {}

void Statement::check_bound(int code) const {
    if (code != SQLITE_OK) fail_check(sqlite3_errmsg(m_connection->handle), __FILE__, __LINE__);
}

Statement& Statement::bind(int parameter, std::int64_t value) {
    check_bound(sqlite3_bind_int64(m_statement.get(), parameter, value));
    return *this;
}

Statement& Statement::bind(int parameter, double value) {
    check_bound(sqlite3_bind_double(m_statement.get(), parameter, value));
    return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
    // A null pointer would bind NULL where an empty text is meant.
    const char* data = text.data() == nullptr ? "" : text.data();
    check_bound(sqlite3_bind_text64(m_statement.get(), parameter, data, text.size(),
                                    SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(int parameter, std::span<const std::byte> bytes) {
    const void* data = bytes.data() == nullptr ? static_cast<const void*>("") : bytes.data();
    check_bound(
        sqlite3_bind_blob64(m_statement.get(), parameter, data, bytes.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind_null(int parameter) {
    check_bound(sqlite3_bind_null(m_statement.get(), parameter));
    return *this;
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(m_statement.get());
        return false;
    }
    Problem problem = m_connection->failure(sqlite3_sql(m_statement.get()));
    sqlite3_reset(m_statement.get());
    return problem;
}

Status Statement::run() {
    while (true) {
        const Result<bool> row = step();
        if (!row) return row.problem();
        if (!row.value()) return Done{};
    }
}

void Statement::reset() {
    sqlite3_reset(m_statement.get());
}

int Statement::columns() const {
    return sqlite3_column_count(m_statement.get());
}

std::string_view Statement::name(int column) const {
    CHECK(column >= 0 && column < columns());
    return sqlite3_column_name(m_statement.get(), column);
}

bool Statement::is_null(int column) const {
    CHECK(column >= 0 && column < columns());
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    CHECK(column >= 0 && column < columns());
    return sqlite3_column_int64(m_statement.get(), column);
}

double Statement::real(int column) const {
    CHECK(column >= 0 && column < columns());
    return sqlite3_column_double(m_statement.get(), column);
}

std::string_view Statement::text(int column) const {
    CHECK(column >= 0 && column < columns());
    const void* data = sqlite3_column_text(m_statement.get(), column);
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

std::span<const std::byte> Statement::blob(int column) const {
    CHECK(column >= 0 && column < columns());
    const void* data = sqlite3_column_blob(m_statement.get(), column);
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return {static_cast<const std::byte*>(data), static_cast<std::size_t>(size)};
}

// --- Transaction

Transaction::Transaction(std::shared_ptr<SqliteConnection> connection)
    : m_connection(std::move(connection)) {}

Transaction::~Transaction() {
    // SQLite rolls some failures back by itself; then there is nothing left to do.
    if (m_connection && !sqlite3_get_autocommit(m_connection->handle))
        sqlite3_exec(m_connection->handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

Status Transaction::commit() {
    CHECK(m_connection != nullptr);
    Status status = m_connection->exec("COMMIT");
    if (status) m_connection.reset();
    return status;
}

// --- Database

Database::Database(std::shared_ptr<SqliteConnection> connection)
    : m_connection(std::move(connection)) {}

namespace {

// The name of a file that SQLite may read without locks: a URI is the only way to say so.
std::string immutable_uri(const std::string& path) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : plain_name(path)) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= '0' && byte <= '9') || c == '/' || c == '.' || c == '-';
        if (plain) {
            uri += c;
        } else {
            uri += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
        }
    }
    return uri + "?immutable=1";
}

// No trigger, view or function of somebody else's schema does anything here.
void distrust(sqlite3* handle) {
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kLongestForeignValue);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
}

}  // namespace

Result<Database> Database::open(const std::string& path, const DatabaseOptions& options) {
    const std::string expected = "a readable SQLite database";
    if (path.empty()) return Problem{path, "", "an empty name", expected, ExitCode::input_output};
    int flags = options.read_only || options.immutable
                    ? SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
                    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (options.create && !options.read_only) flags |= SQLITE_OPEN_CREATE;
    if (options.immutable) flags |= SQLITE_OPEN_URI;
    auto connection = std::make_shared<SqliteConnection>();
    connection->path = path;
    connection->busy_timeout_ms = options.busy_timeout_ms;
    const std::string name = options.immutable ? immutable_uri(path) : plain_name(path);
    const int code = sqlite3_open_v2(name.c_str(), &connection->handle, flags, nullptr);
    if (code != SQLITE_OK) return connection->failure({}, expected);
    sqlite3_busy_timeout(connection->handle, options.busy_timeout_ms);
    if (options.foreign) distrust(connection->handle);

    // SQLite opens lazily; reading the schema finds out whether this is a database at all.
    if (!connection->exec("SELECT count(*) FROM sqlite_schema"))
        return connection->failure({}, expected);
    if (options.wal && !options.read_only) {
        const Status status =
            connection->exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
        if (!status) return status.problem();
    }
    return Database(std::move(connection));
}

Database Database::in_memory() {
    auto connection = std::make_shared<SqliteConnection>();
    const int code =
        sqlite3_open_v2(":memory:", &connection->handle,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    CHECK(code == SQLITE_OK);
    return Database(std::move(connection));
}

Database Database::scratch() {
    auto connection = std::make_shared<SqliteConnection>();
    const int code =
        sqlite3_open_v2("", &connection->handle,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    CHECK(code == SQLITE_OK);
    connection->path = "a scratch database";  // its disk may fill up
    return Database(std::move(connection));
}

Status Database::exec(const std::string& sql) {
    return m_connection->exec(sql);
}

Result<Statement> Database::prepare(std::string_view sql) {
    sqlite3_stmt* statement = nullptr;
    const int code =
        sqlite3_prepare_v3(m_connection->handle, sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return m_connection->failure(sql);
    CHECK(statement != nullptr);
    return Statement(m_connection, statement);
}

Result<Transaction> Database::begin() {
    const Status status = m_connection->exec("BEGIN IMMEDIATE");
    if (!status) return status.problem();
    return Transaction(m_connection);
}

Result<std::int64_t> Database::pragma(const std::string& name) {
    Result<Statement> statement = prepare("PRAGMA " + name);
    if (!statement) return statement.problem();
    const Result<bool> row = statement.value().step();
    if (!row) return row.problem();
    return row.value() ? statement.value().integer(0) : 0;
}

Result<std::int64_t> Database::user_version() {
    return pragma("user_version");
}

Status Database::set_user_version(std::int32_t version) {
    return exec("PRAGMA user_version = " + std::to_string(version));
}

Result<std::int64_t> Database::application_id() {
    return pragma("application_id");
}

Status Database::set_application_id(std::int32_t id) {
    return exec("PRAGMA application_id = " + std::to_string(id));
}

std::string Database::bytes() const {
    sqlite3_int64 size = 0;
    unsigned char* bytes = sqlite3_serialize(m_connection->handle, "main", &size, 0);
    CHECK(bytes != nullptr);
    std::string out(static_cast<const char*>(static_cast<const void*>(bytes)),
                    static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    return out;
}

Result<bool> Database::leave_wal() {
    if (const Status done = exec("PRAGMA wal_checkpoint(TRUNCATE)"); !done) return done.problem();
    Result<Statement> left = prepare("PRAGMA journal_mode = DELETE");
    if (!left) return left.problem();
    const Result<bool> row = left.value().step();
    if (row) return row.value() && left.value().text(0) == "delete";
    if ((sqlite3_errcode(m_connection->handle) & 0xFF) == SQLITE_BUSY) return false;
    return row.problem();
}

std::int64_t Database::last_row_id() const {
    return sqlite3_last_insert_rowid(m_connection->handle);
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(m_connection->handle);
}

}  // namespace cascadelab
