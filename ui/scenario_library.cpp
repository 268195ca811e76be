#include "ui/scenario_library.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <algorithm>

#include "engine/store/scenario.h"
#include "ui/text.h"

namespace cascadelab {
namespace {

constexpr const char* kEnding = ".cascade.json";

}  // namespace

QString scenarioFolder() {
    // build/<preset>/app in the source tree, build/<preset>/tests, or <prefix>/bin.
    const QString here = QCoreApplication::applicationDirPath();
    for (const char* relative : {"/../share/cascadelab/scenarios", "/../../../scenarios",
                                 "/../../scenarios", "/scenarios"}) {
        if (QFileInfo(here + relative).isDir()) return QDir(here + relative).canonicalPath();
    }
    return QFileInfo("scenarios").isDir() ? QDir("scenarios").canonicalPath() : QString();
}

std::vector<ScenarioEntry> listScenarios() {
    std::vector<ScenarioEntry> entries;
    const QString folder = scenarioFolder();
    if (folder.isEmpty()) return entries;
    const QStringList files =
        QDir(folder).entryList({QString("*") + kEnding}, QDir::Files, QDir::Name);
    for (const QString& file : files) {
        const QString path = folder + "/" + file;
        const auto scenario = read_scenario(path.toStdString());
        if (!scenario) continue;
        ScenarioEntry entry{path, words(scenario.value().title), words(scenario.value().why), {}};
        for (const std::string& line : scenario.value().look_for) entry.lookFor << words(line);
        entries.push_back(std::move(entry));
    }
    std::ranges::stable_sort(entries, [](const ScenarioEntry& a, const ScenarioEntry& b) {
        const bool first = a.path.contains(kDefaultScenario);
        return first != b.path.contains(kDefaultScenario) ? first : a.title < b.title;
    });
    return entries;
}

QString findScenario(const QString& pathOrName) {
    if (QFileInfo::exists(pathOrName)) return pathOrName;
    const QString inLibrary = scenarioFolder() + "/" + pathOrName + kEnding;
    return QFileInfo::exists(inLibrary) ? inLibrary : QString();
}

}  // namespace cascadelab
