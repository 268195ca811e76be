// bench: the cascade alone against the floor its libraries set.
#include "app/cli/commands.h"
#include "app/cli/console.h"

namespace cascadelab {

ExitCode bench_command(const BenchRequest&) {
    return complain({"bench", "", "no measurement in this build", "a build with engine/run/bench",
                     ExitCode::failed});
}

}  // namespace cascadelab
