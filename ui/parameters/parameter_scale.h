// Where a value stands on its slider, and which value a place on the slider means. Pure functions;
// any thread.
#pragma once

#include <QString>

#include "engine/params/table.h"

namespace cascadelab {

// 0 at the minimum, 1 at the maximum; logarithmic when the table says so. A scale that starts at 0
// is logarithmic above its step.
double positionOf(const Parameter& parameter, double value);
// The value at a place 0..1: on the parameter's steps, on a logarithmic scale with two digits.
double valueAt(const Parameter& parameter, double position);
// The next value that differs, `steps` presses of an arrow key away.
double nudged(const Parameter& parameter, double value, int steps);

QString shownValue(const Parameter& parameter, double value);  // "5,000", "0.35", "hnsw"
QString helpText(const Parameter& parameter);  // sentence, accepted range, default, key

}  // namespace cascadelab
