// run: a scenario to its end, headless.
#include <array>
#include <cmath>
#include <functional>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/measured.h"
#include "engine/base/text.h"
#include "engine/run/headless.h"
#include "engine/store/json/json.h"
#include "engine/store/run_file/run_file.h"
#include "engine/world/events/moment_text.h"

namespace cascadelab {
namespace {

Json hashes_json(const Hashes& hashes) {
    Json out(Json::Object{});
    out.add("params", hash_text(hashes.params)).add("world", hash_text(hashes.world));
    out.add("features", hash_text(hashes.features)).add("models", hash_text(hashes.models));
    out.add("log", hash_text(hashes.log)).add("metrics", hash_text(hashes.metrics));
    return out.add("all", hash_text(hashes.all()));
}

// wanted: which metrics.
Json metrics_json(const MetricValues& values, const std::function<bool(Metric)>& wanted) {
    Json metrics(Json::Object{});
    for (std::size_t i = 0; i < enum_count<Metric>; ++i) {
        const auto metric = static_cast<Metric>(i);
        if (!wanted(metric)) continue;
        Json groups(Json::Object{});
        for (std::size_t group = 0; group < kGroupCount; ++group)
            groups.add(std::string(group_name(group)), measured_json(values[i][group]));
        metrics.add(std::string(metric_info(metric).name), std::move(groups));
    }
    return metrics;
}

Json day_json(const DayMetrics& day) {
    Json references(Json::Object{});
    for (const Reference reference : every<Reference>) {
        references.add(std::string(reference_name(reference)),
                       metrics_json(day.metrics->reference[reference], has_reference));
    }
    Json out(Json::Object{});
    out.add("day", day.day);
    out.add("metrics", metrics_json(day.metrics->value, [](Metric) { return true; }));
    return out.add("reference", std::move(references));
}

Json report_json(const Scenario& scenario, int threads, const RunReport& report) {
    Json days(Json::List{});
    for (const DayMetrics& day : report.days) days.append(day_json(day));
    Json profile(Json::Object{});
    for (const ProfileEntry& entry : report.profile) {
        Json spent(Json::Object{});
        spent.add("seconds", entry.seconds).add("count", entry.count);
        profile.add(entry.name, std::move(spent));
    }
    Json out(Json::Object{});
    out.add("scenario", scenario.name);
    out.add("seed", seed_json(scenario.seed));
    out.add("threads", threads).add("ticks", report.ticks);
    out.add("hash", hashes_json(report.hashes)).add("days", std::move(days));
    return out.add("profile", std::move(profile));
}

// The metrics that say most, one line a day.
void print_days(const RunReport& report) {
    constexpr std::array kShown = {Metric::click_rate,         Metric::ndcg_at_10,
                                   Metric::topic_entropy_bits, Metric::intra_list_diversity,
                                   Metric::coverage,           Metric::gini};
    std::string heading = "day";
    for (const Metric metric : kShown) heading += "  " + std::string(metric_info(metric).name);
    answer(heading + "\n");
    for (const DayMetrics& day : report.days) {
        std::string line = std::to_string(day.day);
        line.resize(3, ' ');
        for (const Metric metric : kShown) {
            const float value = day.metrics->value[metric][0];
            const std::string text = std::isnan(value) ? "-" : fixed_text(value, 4);
            const std::size_t width = metric_info(metric).name.size();
            line += "  " + std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
        }
        answer(line + "\n");
    }
}

// Where a tick takes too long to wait for its end: what was committed before it is put in order.
std::string interrupted_text(const std::string& out) {
    if (out.empty()) return "interrupted within a tick";
    const auto ticks = settle_run_file(out);
    if (!ticks) return "interrupted within a tick; " + ticks.problem().sentence();
    return "interrupted after " + std::to_string(ticks.value()) + " ticks; " + out + " holds them";
}

}  // namespace

ExitCode run_command(const RunRequest& request) {
    if (!request.twin.empty()) return twin_command(request);
    const auto scenario = choose_scenario(request.choice);
    if (!scenario) return complain(scenario.problem());
    const LastWords last_words([out = request.out] { return interrupted_text(out); });
    HeadlessOptions options{.threads = request.threads, .run_file = request.out, .go_on = {}};
    Result<RunReport> report = RunReport{};
    {
        ProgressBar bar(request.progress);
        bar.show(0, "making the world");
        options.go_on = [&](const TickReport& tick, Seconds end_s) {
            bar.show(static_cast<double>(tick.now_s) / static_cast<double>(end_s),
                     day_text(tick.now_s - 1));
            return !interrupted();
        };
        report = run_headless(scenario.value(), options);
    }
    if (!report) return complain(report.problem());
    const RunReport& done = report.value();
    for (const Problem& refused : done.refused) complain(refused);
    if (request.json) {
        answer(json_pages(report_json(scenario.value(), request.threads, done)));
    } else {
        print_days(done);
        answer("hash " + hash_text(done.hashes.all()) + "\n");
    }
    if (!done.complete) {
        return leave_interrupted("interrupted after " + std::to_string(done.ticks) + " ticks" +
                                 (request.out.empty() ? "" : "; " + request.out + " holds them"));
    }
    return done.refused.empty() ? ExitCode::ok : ExitCode::failed;
}

}  // namespace cascadelab
