// run --twin: a scenario and its twin over several seeds, and what the difference caused.
#include <algorithm>
#include <cmath>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/measured.h"
#include "engine/base/hash.h"
#include "engine/base/text.h"
#include "engine/params/table.h"
#include "engine/run/twins.h"

namespace cascadelab {
namespace {

Json value_json(const TwinValue& value) {
    Json out(Json::Object{});
    out.add("base", measured_json(value.base)).add("twin", measured_json(value.twin));
    out.add("difference", measured_json(value.difference.mean));
    out.add("low", measured_json(value.difference.low));
    return out.add("high", measured_json(value.difference.high));
}

Json day_json(const TwinDay& day) {
    Json metrics(Json::Object{});
    for (std::size_t m = 0; m < enum_count<Metric>; ++m) {
        Json groups(Json::Object{});
        for (std::size_t group = 0; group < kGroupCount; ++group)
            groups.add(std::string(group_name(group)), value_json(day.value[m][group]));
        metrics.add(std::string(metric_info(static_cast<Metric>(m)).name), std::move(groups));
    }
    Json out(Json::Object{});
    return out.add("day", day.day).add("metrics", std::move(metrics));
}

Json report_json(const RunRequest& request, const Scenario& scenario, const TwinReport& report) {
    Json settings(Json::List{}), pairs(Json::List{}), days(Json::List{});
    for (const std::string& setting : request.twin) settings.append(Json(setting));
    for (const TwinPair& pair : report.pairs) {
        Json entry(Json::Object{});
        entry.add("seed", seed_json(pair.seed)).add("base", hash_text(pair.base_hash));
        pairs.append(std::move(entry.add("twin", hash_text(pair.twin_hash))));
    }
    for (const TwinDay& day : report.days) days.append(day_json(day));
    Json out(Json::Object{});
    out.add("scenario", scenario.name).add("twin", std::move(settings));
    out.add("threads", request.threads).add("pairs", std::move(pairs));
    return out.add("days", std::move(days));
}

std::string padded(const std::string& text, std::size_t width) {
    return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

// Everybody's last day, one line a metric that was measured.
void print_last_day(const TwinReport& report) {
    if (report.days.empty()) return;
    constexpr std::size_t kNameWidth = 24, kWidth = 12;
    const TwinDay& day = report.days.back();
    answer("day " + std::to_string(day.day) + ", " + std::to_string(report.pairs.size()) +
           " pairs, everybody; difference with its 95 % confidence interval\n");
    std::string heading = "metric";
    heading.resize(kNameWidth, ' ');
    for (const char* name : {"base", "twin", "difference", "from", "to"})
        heading += padded(name, kWidth);
    answer(heading + "\n");
    for (std::size_t m = 0; m < enum_count<Metric>; ++m) {
        const TwinValue& value = day.value[m][0];
        if (std::isnan(value.base)) continue;
        std::string line(metric_info(static_cast<Metric>(m)).name);
        line.resize(std::max(kNameWidth, line.size() + 1), ' ');
        const ConfidenceInterval& difference = value.difference;
        for (const double amount :
             {value.base, value.twin, difference.mean, difference.low, difference.high})
            line += padded(std::isnan(amount) ? "-" : fixed_text(amount, 4), kWidth);
        answer(line + "\n");
    }
}

}  // namespace

ExitCode twin_command(const RunRequest& request) {
    const auto base = choose_scenario(request.choice);
    if (!base) return complain(base.problem());
    // On its own first, so that a mistake is told of --twin.
    Params twin_params = base.value().params;
    for (const std::string& setting : request.twin) {
        const Status fits = apply_setting(twin_params, setting);
        if (fits) continue;
        Problem problem = fits.problem();
        problem.file = "--twin";
        return complain(problem);
    }
    ScenarioChoice other = request.choice;
    other.settings.insert(other.settings.end(), request.twin.begin(), request.twin.end());
    const auto twin = choose_scenario(other);
    if (!twin) return complain(twin.problem());
    TwinOptions options{.seeds = request.seeds, .threads = request.threads, .go_on = {}};
    Result<TwinReport> report = TwinReport{};
    {
        ProgressBar bar(request.progress);
        options.go_on = [&](double share, const std::string& now) {
            bar.show(share, now);
            return !interrupted();
        };
        report = run_twins(base.value(), twin.value(), options);
    }
    if (!report) return complain(report.problem());
    if (request.json) {
        answer(json_pages(report_json(request, base.value(), report.value())));
    } else {
        print_last_day(report.value());
    }
    if (report.value().complete) return ExitCode::ok;
    return leave_interrupted("interrupted after " + std::to_string(report.value().pairs.size()) +
                             " whole pairs");
}

}  // namespace cascadelab
