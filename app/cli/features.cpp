// features: the registry of features, without running anything.
#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "engine/features/registry.h"

namespace cascadelab {
namespace {

std::string padded(std::string_view text, std::size_t width) {
    std::string out(text);
    out.resize(std::max(width, out.size()), ' ');
    return out;
}

// A bar inside a cell would end it, a line break the row.
std::string cell(std::string_view text) {
    std::string out;
    for (const char letter : text) {
        if (letter == '|') out += '\\';
        const bool blank = letter == '\n' || letter == ' ';
        if (!blank) out += letter;
        if (blank && !out.empty() && out.back() != ' ') out += ' ';
    }
    return out;
}

std::string markdown_row(const Feature& feature) {
    const std::string version =
        feature.version == 1 ? "" : ", version " + std::to_string(feature.version);
    return "| `" + std::string(feature.name) + "` | " + cell(feature.phrase) + version + " | " +
           std::string(feature_entity_label(feature.entity)) + " | " +
           std::string(lane_label(feature.lane)) + " | " + cell(feature.window) + " | " +
           (feature.ranks() ? "yes" : "no") + " | " + "`" + cell(feature.definition) + "` |\n";
}

}  // namespace

ExitCode features_command(const FeaturesForm& form) {
    const bool markdown = form == FeaturesForm::markdown;
    if (markdown) {
        answer(
            "| feature | what it is | of | lane | window | ranks | definition |\n"
            "| --- | --- | --- | --- | --- | --- | --- |\n");
    }
    for (const Feature& feature : feature_registry()) {
        if (markdown) {
            answer(markdown_row(feature));
        } else {
            answer(padded(feature.name, 22) + padded(feature_entity_label(feature.entity), 17) +
                   padded(lane_label(feature.lane), 11) + std::string(feature.phrase) + "\n");
        }
    }
    return ExitCode::ok;
}

}  // namespace cascadelab
