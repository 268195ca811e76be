// One cell from its settings to its file, in this process. One thread, which may use workers.
#pragma once

#include "engine/sweep/cells/sweep_folder.h"

namespace cascadelab {

enum class CellEnd {
    written,    // its result stands
    was_whole,  // and stood before
    elsewhere   // another process is computing it
};

// Claims the cell, runs it headless, writes its result. A run that fails is a result, too, with the
// sentence in it; a file that cannot be written is a Problem, and then there is none.
Result<CellEnd> run_cell(const SweepFolder& folder, const SweepCell& cell, int threads);

}  // namespace cascadelab
