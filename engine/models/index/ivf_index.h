// An inverted file (IVF-Flat; Jegou, Douze and Schmid 2011): the vectors stand cell by cell, a
// search scans the cells nearest to the query whole. Immutable once built; any thread searches.
#pragma once

#include "engine/models/index/vector_index.h"

namespace cascadelab {

// vectors: items x dims, at least one, unit rows. Cells by k-means on a keyed sample of the rows.
std::shared_ptr<const VectorIndex> build_ivf_index(const Matrix& vectors,
                                                   const IndexSettings& settings);

}  // namespace cascadelab
