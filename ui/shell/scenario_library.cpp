#include "ui/shell/scenario_library.h"

#include <algorithm>

#include "engine/store/scenario/library.h"
#include "engine/store/scenario/scenario.h"
#include "ui/words/numbers.h"

namespace cascadelab {

std::vector<ScenarioEntry> listScenarios() {
    std::vector<ScenarioEntry> entries;
    for (const std::string& path : scenario_library()) {
        const auto scenario = read_scenario(path);
        if (!scenario) continue;
        ScenarioEntry entry{
            toText(path), toText(scenario.value().title), toText(scenario.value().why), {}};
        for (const std::string& line : scenario.value().look_for) entry.lookFor << toText(line);
        entries.push_back(std::move(entry));
    }
    std::ranges::stable_sort(entries, [](const ScenarioEntry& a, const ScenarioEntry& b) {
        const bool first = a.path.contains(kDefaultScenario);
        return first != b.path.contains(kDefaultScenario) ? first : a.title < b.title;
    });
    return entries;
}

}  // namespace cascadelab
