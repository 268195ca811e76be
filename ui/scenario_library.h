// The scenarios that come with the program: where they lie and what each is for. Any thread.
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

// The folder beside the installed program or, in a build tree, the source's; empty: none.
QString scenarioFolder();
std::vector<ScenarioEntry> listScenarios();  // readable ones, the default first, then by title
// A path as given, or the name of a scenario of the library ("rut"); empty: neither exists.
QString findScenario(const QString& pathOrName);

}  // namespace cascadelab
