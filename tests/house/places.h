// Where the tree stands that is tested, and where its build is. Any thread.
#pragma once

#include <QString>

namespace cascadelab {

QString source_path(const char* inside);  // "scenarios" -> its absolute path
QString build_path(const char* inside);   // "app/cascadelab-cli"

}  // namespace cascadelab
