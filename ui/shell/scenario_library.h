// The scenarios that come with the program: what each is for. Any thread.
#pragma once

#include <QString>
#include <QStringList>
#include <vector>

namespace cascadelab {

inline constexpr const char* kDefaultScenario = "first_half_second";

struct ScenarioEntry {
    QString path, title, why;
    QStringList lookFor;
};

std::vector<ScenarioEntry> listScenarios();  // readable ones, the default first, then by title

}  // namespace cascadelab
