// sweep report: the results of a sweep as text, CSV or a page of HTML, and answers to questions.
#include <algorithm>

#include "app/cli/console.h"
#include "app/cli/sweep_commands.h"
#include "engine/base/plain_file.h"
#include "engine/base/text.h"
#include "engine/store/json/object_reader.h"
#include "engine/sweep/cells/cell_result.h"
#include "engine/sweep/report/sweep_report.h"

namespace cascadelab {
namespace {

Problem misread(const std::string& option, const std::string& text, std::string expected) {
    return {option, "", quoted(text), std::move(expected), ExitCode::usage};
}

Result<Metric> read_metric(const std::string& option, const std::string& name) {
    if (const auto metric = metric_of(name)) return *metric;
    std::vector<std::string_view> known;
    for (const Metric metric : every<Metric>) known.push_back(metric_info(metric).name);
    return misread(option, name, expected_word(name, known));
}

// "metric=least"
Result<Goal> read_goal(const std::string& option, const std::string& text) {
    const auto sign = text.find('=');
    const auto metric = read_metric(option, text.substr(0, sign));
    if (!metric) return metric.problem();
    const std::string direction = sign == std::string::npos ? "" : text.substr(sign + 1);
    if (direction == "least") return Goal{metric.value(), Direction::least};
    if (direction == "most") return Goal{metric.value(), Direction::most};
    return misread(option, text, "METRIC=least or METRIC=most");
}

// "metric=150"
Result<Bound> read_bound(const std::string& text) {
    const auto sign = text.find('=');
    const auto metric = read_metric("--under", text.substr(0, sign));
    if (!metric) return metric.problem();
    const auto most =
        sign == std::string::npos ? std::nullopt : parse_number(text.substr(sign + 1));
    if (!most) return misread("--under", text, "METRIC=VALUE");
    return Bound{metric.value(), *most};
}

// "3,7"
Result<std::pair<std::size_t, std::size_t>> read_pair(const std::string& text) {
    const auto comma = text.find(',');
    const auto a = parse_integer(text.substr(0, comma));
    const auto b =
        comma == std::string::npos ? std::nullopt : parse_integer(text.substr(comma + 1));
    if (!a || !b || *a < 0 || *b < 0 || *a == *b)
        return misread("--better", text, "the numbers of two choices as A,B");
    return std::pair{static_cast<std::size_t>(*a), static_cast<std::size_t>(*b)};
}

Result<ReportQuestions> read_questions(const SweepReportRequest& request) {
    ReportQuestions out;
    out.day = request.day.value_or(0);
    out.error_rate = request.error_rate;
    out.matters = request.difference;
    while (out.group < kGroupCount && group_name(out.group) != request.group) ++out.group;
    if (out.group == kGroupCount) return misread("--group", request.group, "a group of people");
    for (const std::string& name : request.metrics) {
        const auto metric = read_metric("--metric", name);
        if (!metric) return metric.problem();
        out.movers.push_back(metric.value());
    }
    for (const std::string& text : request.frontier) {
        const auto goal = read_goal("--goal", text);
        if (!goal) return goal.problem();
        out.frontier.push_back(goal.value());
    }
    if (!request.best.empty()) {
        const auto goal = read_goal("--best", request.best);
        if (!goal) return goal.problem();
        out.best = goal.value();
    }
    for (const std::string& text : request.under) {
        const auto bound = read_bound(text);
        if (!bound) return bound.problem();
        out.under.push_back(bound.value());
    }
    if (!out.under.empty() && !out.best)
        return misread("--under", request.under.front(), "--best, to say what is best under it");
    if (!request.better.empty()) {
        const auto pair = read_pair(request.better);
        if (!pair) return pair.problem();
        out.better = pair.value();
    }
    return out;
}

}  // namespace

ExitCode sweep_report_command(const SweepReportRequest& request) {
    const auto questions = read_questions(request);
    if (!questions) return complain(questions.problem());
    const auto folder = SweepFolder::open(request.folder);
    if (!folder) return complain(folder.problem());
    const auto observations = Observations::make(folder.value());
    if (!observations) return complain(observations.problem());
    const auto report = make_report(observations.value(), questions.value());
    if (!report) return complain(report.problem());
    answer(request.csv ? observations_csv(observations.value()) : report_text(report.value()));
    if (request.html.empty()) return ExitCode::ok;
    const Status written = write_whole(request.html, report_html(report.value()));
    return written ? ExitCode::ok : complain(written.problem());
}

}  // namespace cascadelab
