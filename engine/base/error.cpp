#include "engine/base/error.h"

#include <cstdio>
#include <cstdlib>

#include "engine/base/foreign_text.h"

namespace cascadelab {

void fail_check(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "cascadelab: broken promise at %s:%d: %s\n", file, line, condition);
    std::abort();
}

std::string Problem::sentence() const {
    std::string text;
    for (const std::string& part : {file, path}) {
        if (!part.empty()) text += part + ": ";
    }
    if (!found.empty()) text += "found " + found;
    if (!found.empty() && !expected.empty()) text += ", ";
    if (!expected.empty()) text += "expected " + expected;
    return shown_text(text);
}

}  // namespace cascadelab
