#include "engine/store/run_file/run_comparison.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "engine/base/text.h"
#include "engine/store/run_file/frame.h"

namespace cascadelab {
namespace {

// A table as it is compared: in an order that does not depend on ids, which a run that was taken
// back gives anew. The first `keys` columns name the row.
struct ComparedTable {
    const char* name;
    const char* count;  // all rows, also those that no order reaches
    const char* rows;
    int keys = 1;
};
constexpr ComparedTable kCompared[] = {
    {"sources", "SELECT count(*) FROM sources", "SELECT id, name FROM sources ORDER BY id"},
    {"fates", "SELECT count(*) FROM fates", "SELECT id, name FROM fates ORDER BY id"},
    {"ticks", "SELECT count(*) FROM ticks", "SELECT * FROM ticks ORDER BY tick"},
    {"journal", "SELECT count(*) FROM journal", "SELECT * FROM journal ORDER BY tick, place", 2},
    {"metrics", "SELECT count(*) FROM metrics",
     "SELECT tick, metric, \"group\", value FROM metrics ORDER BY tick, metric, \"group\"", 3},
    {"reference_metrics", "SELECT count(*) FROM reference_metrics",
     "SELECT tick, reference, metric, \"group\", value FROM reference_metrics "
     "ORDER BY tick, reference, metric, \"group\"",
     4},
    {"traces", "SELECT count(*) FROM traces",
     "SELECT tick, person, request, time_s, merged, filtered, ranked, slate FROM traces "
     "ORDER BY id",
     3},
    {"candidates", "SELECT count(*) FROM candidates",
     "SELECT tick, person, place, item, source, fate, position, rank, retrieval_score, click, "
     "watch, \"like\", not_interested, value FROM traces JOIN candidates ON trace = id "
     "ORDER BY id, place",
     3},
    {"frames", "SELECT count(*) FROM frames",
     "SELECT tick, time_s, bytes FROM frames ORDER BY tick"},
};

// A value in words that are equal exactly when the values are.
std::string cell_text(const Statement& row, int column) {
    return row.is_null(column) ? "nothing" : std::string(row.text(column));
}

std::string place_text(const ComparedTable& table, const Statement& row) {
    std::string text = std::string(table.name) + ": " + std::string(row.name(0));
    for (int key = 0; key < table.keys; ++key)
        text += (key == 0 ? " " : ", ") + cell_text(row, key);
    return text;
}

// Frames agree in their moment, their sizes and their funnel.
bool same_frame(std::span<const std::byte> recorded, std::span<const std::byte> again) {
    if (std::ranges::equal(recorded, again)) return true;
    auto a = decode_frame(recorded);
    auto b = decode_frame(again);
    if (!a || !b) return false;
    const bool sizes = a->people.size() == b->people.size() &&
                       a->items_kept + a->items.size() == b->items_kept + b->items.size();
    for (Frame* frame : {&*a, &*b}) {
        frame->people.clear();
        frame->people_topic.clear();
        frame->items.clear();
        frame->items_kept = 0;
    }
    return sizes && encode_frame(*a) == encode_frame(*b);
}

// The column that differs; -1: none.
int differing_column(const Statement& recorded, const Statement& again) {
    for (int column = 0; column < recorded.columns(); ++column) {
        const bool blob = recorded.name(column) == "bytes";
        const bool same = blob ? same_frame(recorded.blob(column), again.blob(column))
                               : recorded.is_null(column) == again.is_null(column) &&
                                     recorded.text(column) == again.text(column);
        if (!same) return column;
    }
    return -1;
}

std::string difference_text(const ComparedTable& table, const Statement& recorded,
                            const Statement& again, int column) {
    const std::string name(recorded.name(column));
    if (name == "bytes") return place_text(table, recorded) + ": another frame";
    return place_text(table, recorded) + ": " + name + " is " + cell_text(again, column) +
           ", recorded " + cell_text(recorded, column);
}

Result<std::int64_t> rows_of(Database& database, const ComparedTable& table) {
    auto query = database.prepare(table.count);
    if (!query) return query.problem();
    const auto row = query.value().step();
    if (!row) return row.problem();
    return query.value().integer(0);
}

Result<std::optional<std::string>> compare(const ComparedTable& table, Database& recorded,
                                           Database& again) {
    auto left = recorded.prepare(table.rows);
    if (!left) return left.problem();
    auto right = again.prepare(table.rows);
    if (!right) return right.problem();
    while (true) {
        const auto one = left.value().step();
        if (!one) return one.problem();
        const auto other = right.value().step();
        if (!other) return other.problem();
        if (one.value() && other.value()) {
            const int column = differing_column(left.value(), right.value());
            if (column < 0) continue;
            return std::optional(difference_text(table, left.value(), right.value(), column));
        }
        if (one.value())
            return std::optional(place_text(table, left.value()) + ": recorded, but not done");
        if (other.value())
            return std::optional(place_text(table, right.value()) + ": done, but not recorded");
        break;
    }
    const auto rows = rows_of(recorded, table);
    if (!rows) return rows.problem();
    const auto wanted = rows_of(again, table);
    if (!wanted) return wanted.problem();
    if (rows.value() == wanted.value()) return std::optional<std::string>();
    return std::optional(std::string(table.name) + ": " + grouped_text(wanted.value()) +
                         " rows, recorded " + grouped_text(rows.value()));
}

}  // namespace

Result<std::optional<std::string>> first_difference_of_tables(Database& recorded, Database& again) {
    for (const ComparedTable& table : kCompared) {
        auto difference = compare(table, recorded, again);
        if (!difference || difference.value()) return difference;
    }
    return std::optional<std::string>();
}

}  // namespace cascadelab
