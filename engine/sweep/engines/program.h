// Another program, run to its end, and what it said. Any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/base/error.h"

namespace cascadelab {

struct ProgramEnd {
    int code = 0;      // its exit code, 128 and more when a signal ended it
    std::string said;  // on stdout and stderr, as it came
};

// words: the program, found on the PATH, and its arguments. A program that is not there is a
// Problem.
Result<ProgramEnd> run_program(const std::vector<std::string>& words);

}  // namespace cascadelab
