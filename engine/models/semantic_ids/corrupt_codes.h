// The incident that scrambles semantic IDs: some items answer to codes that say nothing of them.
// Silent as in life: the version stays. Any thread.
#pragma once

#include "engine/models/semantic_ids/semantic_ids.h"

namespace cascadelab {

// A random `share` (0..1) of the items, rounded, gets digits drawn evenly from the alphabets. Every
// item keeps exactly one ID, and with the extra digit an ID of its own: where the drawn one is
// taken, the next free one in the order of paths. No alphabet grows.
SemanticIds corrupt_codes(const SemanticIds& ids, double share, Stream stream);

}  // namespace cascadelab
