// Where a run file comes to stand: what may be replaced there, who is writing it, and how it gets
// its name only when it is whole. One thread a place; any number of programs.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/base/plain_file.h"

namespace cascadelab {

struct PlacedRun {
    std::string name;  // where links led
    Descriptor lock;   // of the file; nobody else places or writes it while this is open
};

// Puts these bytes, a run file, at the path. In place of a run file, or of what holds nothing; what
// another run is writing, and anything else, is somebody's work and is refused.
Result<PlacedRun> place_run_file(const std::string& path, std::string_view bytes);

// The same for a copy that `write` makes in the empty neighbour that it is given.
Status place_run_copy(const std::string& path,
                      const std::function<Status(const std::string& neighbour)>& write);

}  // namespace cascadelab
