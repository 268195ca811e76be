#include "engine/sweep/report/sweep_report.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "engine/base/text.h"
#include "engine/sweep/report/questions.h"
#include "engine/sweep/report/svg_plot.h"

namespace cascadelab {
namespace {

Problem not_kept(std::string found, std::string expected) {
    return {"sweep report", "", std::move(found), std::move(expected), ExitCode::usage};
}

// Whether the sweep has kept what is asked for.
Status check(const Observations& observations, const ReportQuestions& questions) {
    const SweepKeep& keep = observations.plan().keep;
    if (std::ranges::find(keep.days, questions.day) == keep.days.end())
        return not_kept("day " + std::to_string(questions.day), "a day that the plan keeps");
    if (std::ranges::find(keep.groups, questions.group) == keep.groups.end())
        return not_kept("the group " + std::string(group_name(questions.group)),
                        "a group that the plan keeps");
    std::vector<Metric> metrics = questions.movers;
    for (const Goal& goal : questions.frontier) metrics.push_back(goal.metric);
    for (const Bound& bound : questions.under) metrics.push_back(bound.metric);
    if (questions.best) metrics.push_back(questions.best->metric);
    for (const Metric metric : metrics) {
        if (std::ranges::find(keep.metrics, metric) == keep.metrics.end())
            return not_kept(std::string(metric_info(metric).name), "a metric that the plan keeps");
    }
    if (questions.better &&
        std::max(questions.better->first, questions.better->second) >= observations.choices())
        return not_kept("a choice beyond the last",
                        "choices from 0 to " + std::to_string(observations.choices() - 1));
    return Done{};
}

std::string padded(const std::string& text, std::size_t width) {
    return text + std::string(width > text.size() ? width - text.size() : 0, ' ');
}

std::string table_text(const ReportSection& section) {
    if (section.headings.empty()) return {};
    std::vector<std::vector<std::string>> lines = {section.headings};
    lines.insert(lines.end(), section.rows.begin(), section.rows.end());
    std::vector<std::size_t> widths(section.headings.size());
    for (const auto& cells : lines) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            widths[i] = std::max(widths[i], cells[i].size());
    }
    std::string out;
    for (const auto& cells : lines) {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i) line += padded(cells[i], widths[i] + 2);
        out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return out;
}

std::string table_html(const ReportSection& section) {
    if (section.headings.empty()) return {};
    const auto row = [](const char* tag, const std::vector<std::string>& cells) {
        std::string out = "<tr>";
        for (const std::string& cell : cells)
            out += std::string("<") + tag + ">" + escaped(cell) + "</" + tag + ">";
        return out + "</tr>\n";
    };
    std::string out = "<div class=\"table\"><table>\n" + row("th", section.headings);
    for (const auto& cells : section.rows) out += row("td", cells);
    return out + "</table></div>\n";
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

// Metrics are measured as float: the shortest text that reads back to the same one.
std::string float_text(double value) {
    if (std::isnan(value)) return {};
    std::array<char, 32> buffer;
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), static_cast<float>(value)).ptr;
    return {buffer.data(), end};
}

}  // namespace

Result<SweepReport> make_report(const Observations& observations, const ReportQuestions& asked) {
    ReportQuestions questions = asked;
    const SweepPlan& plan = observations.plan();
    if (questions.day == 0) questions.day = plan.keep.days.back();
    if (const Status status = check(observations, questions); !status) return status.problem();
    if (questions.movers.empty()) questions.movers = {plan.keep.metrics.front()};

    SweepReport report{plan.title, plan.why, {}};
    ReportSection heading{"The sweep", {}, {}, {}, {}};
    const std::size_t cells = observations.choices() * observations.seeds();
    heading.sentences.push_back(
        plan.scenario.name + ", " + std::to_string(plan.scenario.days) + " days, " +
        std::to_string(observations.choices()) + " choices (" +
        std::string(point_kind_name(plan.points)) + "), " + std::to_string(observations.seeds()) +
        " seeds: " + std::to_string(observations.whole()) + " of " + std::to_string(cells) +
        " cells have a result, " + std::to_string(observations.failed()) + " with an error.");
    report.sections.push_back(std::move(heading));
    const auto measure = [&](Metric metric) {
        return Measure{metric, questions.day, questions.group};
    };
    for (const Metric metric : questions.movers)
        report.sections.push_back(movers_section(observations, measure(metric)));
    if (!questions.frontier.empty())
        report.sections.push_back(frontier_section(observations, questions));
    if (questions.best) report.sections.push_back(best_section(observations, questions));
    for (const Metric metric : questions.movers) {
        if (questions.better)
            report.sections.push_back(better_section(observations, measure(metric), questions));
        if (questions.matters)
            report.sections.push_back(
                seeds_section(observations, measure(metric), *questions.matters));
    }
    report.sections.push_back(choices_section(observations, questions));
    return report;
}

std::string report_text(const SweepReport& report) {
    std::string out = report.title + "\n";
    if (!report.why.empty()) out += report.why + "\n";
    for (const ReportSection& section : report.sections) {
        out += "\n" + section.title + "\n";
        for (const std::string& sentence : section.sentences) out += sentence + "\n";
        out += table_text(section);
    }
    return out;
}

std::string report_html(const SweepReport& report) {
    std::string out =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>" +
        escaped(report.title) +
        "</title>\n<style>\n"
        ":root { color-scheme: light dark; font-family: Inter, sans-serif; }\n"
        "body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.4; }\n"
        ".table { overflow-x: auto; }\n"
        "table { border-collapse: collapse; font-variant-numeric: tabular-nums; }\n"
        "th, td { text-align: left; padding: .2rem .8rem .2rem 0; white-space: nowrap; }\n"
        "svg { display: block; width: 100%; max-width: 48rem; margin: 1rem 0; }\n"
        "</style>\n</head>\n<body>\n<h1>" +
        escaped(report.title) + "</h1>\n<p>" + escaped(report.why) + "</p>\n";
    for (const ReportSection& section : report.sections) {
        out += "<h2>" + escaped(section.title) + "</h2>\n";
        for (const std::string& sentence : section.sentences)
            out += "<p>" + escaped(sentence) + "</p>\n";
        for (const std::string& plot : section.plots) out += plot;
        out += table_html(section);
    }
    return out + "</body>\n</html>\n";
}

std::string observations_csv(const Observations& observations) {
    const SweepPlan& plan = observations.plan();
    std::vector<std::string> headings = {"choice", "twin", "seed"};
    for (const SweepAxis& axis : plan.axes) headings.emplace_back(axis.parameter->key);
    headings.insert(headings.end(), {"day", "group"});
    for (const Metric metric : plan.keep.metrics) headings.emplace_back(metric_info(metric).name);
    std::string out = join(headings, ",") + "\n";
    for (std::size_t seed = 0; seed < observations.seeds(); ++seed) {
        for (std::size_t choice = 0; choice < observations.choices(); ++choice) {
            for (const std::int64_t day : plan.keep.days) {
                for (const std::size_t group : plan.keep.groups) {
                    std::vector<std::string> cells = {std::to_string(choice),
                                                      std::to_string(observations.twin_of(choice)),
                                                      std::to_string(plan.seeds[seed])};
                    const Settings& settings = observations.settings(choice);
                    for (std::size_t axis = 0; axis < plan.axes.size(); ++axis)
                        cells.push_back(
                            csv_cell(value_text(*settings[axis].parameter, settings[axis].value)));
                    cells.push_back(std::to_string(day));
                    cells.emplace_back(group_name(group));
                    for (const Metric metric : plan.keep.metrics) {
                        cells.push_back(
                            float_text(observations.value(choice, seed, {metric, day, group})));
                    }
                    out += join(cells, ",") + "\n";
                }
            }
        }
    }
    return out;
}

}  // namespace cascadelab
