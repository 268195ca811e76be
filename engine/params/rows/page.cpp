// How a page is laid out.
#include <array>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr std::array kPageLayouts = {"feed"sv, "rows"sv};

using Group = PageParams;

// clang-format off
constexpr Parameter kRows[] = {
    option<&Params::page, &Group::layout>({"page.layout", "Layout", "", "feed is one list; rows is a page of several rows, each by a row ranker of its own."},
        kPageLayouts, Stage::retrieval, When::live),
    row<&Params::page, &Group::rows>({"page.rows", "Rows", "rows", "At most so many rows on a page in rows."},
        {1, 8, 1}, Stage::rerank, When::live),
    row<&Params::page, &Group::row_items>({"page.row_items", "Items in a row", "items", "At most so many items in one row."},
        {1, 12, 1}, Stage::retrieval, When::live),
    row<&Params::page, &Group::because_rows>({"page.because_rows", "Because you watched", "rows", "At most so many rows of neighbours of what was watched last."},
        {0, 4, 1}, Stage::retrieval, When::live),
    row<&Params::page, &Group::continue_slot>({"page.continue_slot", "Continue watching", "", "Which row from the top goes on with what was left unfinished; 0: there is none."},
        {0, 8, 1}, Stage::retrieval, When::live),
    row<&Params::page, &Group::continue_days>({"page.continue_days", "Unfinished for", "days", "What was left longer ago is no longer offered to be gone on with."},
        {1, 60, 1}, Stage::retrieval, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> page_rows() {
    return kRows;
}

}  // namespace cascadelab
