// Least squares with non-negative weights: what mixture of known parts explains a target. Pure
// function; any thread.
#pragma once

#include "engine/base/matrix.h"

namespace cascadelab {

// argmin over w >= 0 of |F w - y|^2, given gram = F^T F (parts x parts) and right = F^T y, by the
// active-set method of Lawson and Hanson (1974) on the normal equations (Bro and de Jong 1997).
VectorOf<double> solve_nnls(const MatrixOf<double>& gram, const VectorOf<double>& right);

}  // namespace cascadelab
