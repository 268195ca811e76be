#include "engine/sweep/cells/cell_result.h"

#include "engine/base/plain_file.h"
#include "engine/store/json/object_reader.h"
#include "engine/store/scenario/command_json.h"

namespace cascadelab {
namespace {

constexpr std::string_view kCellFormat = "cascadelab-cell";
constexpr int kCellVersion = 1;
constexpr double kHuge = 1e300;
constexpr std::size_t kLargestResult = 64u << 20;

Json settings_json(const Settings& settings) {
    Json out(Json::Object{});
    for (const auto& [parameter, value] : settings)
        out.add(std::string(parameter->key), value_json(*parameter, value));
    return out;
}

// {"day": 2, "metric": "gini", "group": "all", "value": 0.4}
Json value_json(const CellValue& value) {
    Json out(Json::Object{});
    out.add("day", value.day).add("metric", metric_info(value.metric).name);
    out.add("group", group_name(value.group));
    return out.add("value", static_cast<double>(value.value));
}

CellValue read_value(const Json& json, const std::string& path, Trouble& trouble) {
    ObjectReader reader(json, path, trouble, {"day", "metric", "group", "value"});
    CellValue out;
    out.day = reader.integer("day", 1, 3650).value_or(1);
    const auto metric = metric_of(reader.text("metric"));
    if (!metric) reader.report("metric", reader.found_text("metric"), "the name of a metric");
    out.metric = metric.value_or(Metric::coverage);
    const std::string group = reader.text("group");
    while (out.group < kGroupCount && group_name(out.group) != group) ++out.group;
    if (out.group == kGroupCount)
        reader.report("group", reader.found_text("group"), "a group of people");
    reader.require("value", "a number");
    out.value = static_cast<float>(reader.number("value", -kHuge, kHuge).value_or(0));
    return out;
}

CellTiming read_timing(const Json& json, Trouble& trouble) {
    ObjectReader reader(json, "timing", trouble, {"machine", "seconds", "threads"});
    CellTiming out;
    out.machine = reader.text("machine");
    out.seconds = reader.number("seconds", 0, kHuge).value_or(0);
    out.threads = static_cast<int>(reader.integer("threads", 1, 1024).value_or(1));
    return out;
}

}  // namespace

Status write_cell_result(const CellResult& result, const SweepCell& cell, const std::string& path) {
    Json out(Json::Object{});
    out.add("format", kCellFormat).add("version", kCellVersion).add("id", result.id);
    out.add("seed", std::to_string(cell.seed)).add("settings", settings_json(cell.settings));
    out.add("hash", result.hash).add("ticks", result.ticks).add("error", result.error);
    Json timing(Json::Object{});
    timing.add("machine", result.timing.machine).add("seconds", result.timing.seconds);
    out.add("timing", timing.add("threads", result.timing.threads));
    Json values(Json::List{});
    for (const CellValue& value : result.values) values.append(value_json(value));
    out.add("values", std::move(values));
    return write_whole(path, json_pages(out));
}

Result<CellResult> read_cell_result(const std::string& path) {
    const auto text = read_whole(path, kLargestResult, "the result of a cell");
    if (!text) return text.problem();
    const auto json = parse_json(text.value(), path);
    if (!json) return json.problem();
    Trouble trouble{path, {}};
    ObjectReader reader(json.value(), "", trouble,
                        {"format", "version", "id", "seed", "settings", "hash", "ticks", "error",
                         "timing", "values"});
    if (reader.text("format") != kCellFormat)
        reader.report("format", reader.found_text("format"), Json(kCellFormat).found_text());
    if (reader.integer("version", 1, kCellVersion) != kCellVersion)
        reader.report("version", reader.found_text("version"), std::to_string(kCellVersion));
    CellResult out;
    out.id = reader.text("id");
    out.hash = reader.text("hash");
    out.ticks =
        static_cast<std::uint64_t>(reader.integer("ticks", 0, std::int64_t{1} << 53).value_or(0));
    out.error = reader.text("error");
    if (const Json* timing = reader.find("timing")) out.timing = read_timing(*timing, trouble);
    for (const Json& value : reader.list("values")) {
        out.values.push_back(
            read_value(value, "values[" + std::to_string(out.values.size()) + "]", trouble));
    }
    if (trouble.first) return *trouble.first;
    return out;
}

}  // namespace cascadelab
