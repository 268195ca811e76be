// What a cell leaves: one JSON file, written beside its name and renamed whole, so that a file of
// that name is a whole result whatever was killed when. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/error.h"
#include "engine/sim/metrics/metric_names.h"
#include "engine/sweep/plan/sweep_cells.h"

namespace cascadelab {

struct CellValue {
    std::int64_t day = 1;
    Metric metric = Metric::coverage;
    std::size_t group = 0;  // order of group_name()
    float value = 0;        // finite
    friend bool operator==(const CellValue&, const CellValue&) = default;
};

// How a cell was computed: differs from machine to machine, and decides about nothing.
struct CellTiming {
    std::string machine;
    double seconds = 0;
    int threads = 1;
};

struct CellResult {
    std::string id;
    std::string hash;  // of the last tick, all ingredients; empty when it could not begin
    std::uint64_t ticks = 0;
    std::string error;              // what went wrong; empty: nothing
    std::vector<CellValue> values;  // what is kept and could be measured: by day, metric, group
    CellTiming timing;
};

Status write_cell_result(const CellResult& result, const SweepCell& cell, const std::string& path);
Result<CellResult> read_cell_result(const std::string& path);

}  // namespace cascadelab
