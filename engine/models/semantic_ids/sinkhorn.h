// Optimal transport with a little entropy, and what a tokenizer uses it for: items that share all
// their codes are spread over the codes of the last level instead of crowding the nearest one.
// Any thread.
#pragma once

#include "engine/models/semantic_ids/semantic_ids.h"

namespace cascadelab {

// The plan P >= 0, rows x columns, that minimises <P, cost> - epsilon entropy(P) with rows that sum
// to 1 / rows and columns to 1 / columns (Cuturi 2013); costs are first scaled to a mean of 1.
// The columns' sums are exact, the rows' to within what `rounds` leave.
MatrixOf<double> transport_plan(const MatrixOf<double>& cost, double epsilon, int rounds);

// Gives items that share all codes other codes at the last level, by the plan between what was left
// of them before it and its codes (LC-Rec, Zheng et al. 2024, section 3.1.2). Items of one prefix
// are spread together over the codes that no lone item of the prefix holds; in id order each takes
// the code with most of its mass among those with room, where all have room for as few as must be.
// So no group gets bigger than the biggest was. before_last: items x dims; codes: items x levels.
void spread_collisions(const Matrix& before_last, const Matrix& last_level, std::size_t levels,
                       std::vector<Code>& codes);

}  // namespace cascadelab
