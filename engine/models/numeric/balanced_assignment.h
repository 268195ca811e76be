// Rows to centres where every centre takes as many: n / centres, or one more. Codes given out so
// are never crowded and never dead. Any thread.
#pragma once

#include "engine/models/numeric/kmeans.h"

namespace cascadelab {

// Of all pairs of row and centre the nearest first, while the row is free and the centre has room:
// the one matching where no row and centre would both rather have each other (Gale and Shapley
// 1962). Ties by lower row, then by lower centre; the first n mod centres have room for one more.
// rows: n x dims, centres: at least one x dims. Holds n x centres distances. The same for any
// number of workers; nullptr: the calling thread alone.
Assignment assign_balanced(const Matrix& rows, const Matrix& centres, Workers* workers = nullptr);

}  // namespace cascadelab
