#include "engine/sim/state/hashes.h"

#include "engine/base/hash.h"

namespace cascadelab {

std::uint64_t Hashes::all() const {
    Hasher hasher;
    hasher.add(params).add(world).add(features).add(models).add(log).add(metrics);
    return hasher.value();
}

}  // namespace cascadelab
