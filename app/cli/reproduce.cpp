// reproduce: published results run again with the engine's own parts, and held against what was
// published.
#include <algorithm>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "engine/base/text.h"
#include "engine/store/json/json.h"
#include "engine/studies/study.h"

namespace cascadelab {
namespace {

Result<std::vector<const Study*>> wanted_studies(const std::string& name) {
    std::vector<const Study*> wanted;
    std::vector<std::string_view> names = {"all"};
    for (const Study& study : studies()) {
        names.push_back(study.name);
        if (name == "all" || name == study.name) wanted.push_back(&study);
    }
    if (!wanted.empty()) return wanted;
    const std::string nearest = nearest_word(name, names);
    return Problem{"reproduce", "", name.empty() ? "no name" : quoted(name),
                   nearest.empty() ? "a study that --list names, or all"
                                   : "\"" + nearest + "\"? --list names all",
                   ExitCode::usage};
}

std::string verdict(const StudyCheck& check) {
    return check.passed() ? "pass" : "fail";
}

std::string cell(std::string text, std::size_t width, bool right) {
    const std::string space(width > text.size() ? width - text.size() : 0, ' ');
    return right ? space + text : text + space;
}

void print_checks(const Study& study, const StudyResult& result) {
    answer(std::string(study.name) + ": " + std::string(study.title) + "\n  " +
           std::string(study.citation) + "\n");
    for (const StudyCheck& check : result.checks) {
        const bool limit = check.comparison == Comparison::at_most;
        const auto shown = [&](double value) { return fixed_text(value, check.decimals()); };
        answer("  " + cell(check.name, 34, false) + cell(shown(check.published), 10, true) +
               cell(shown(check.own), 11, true) +
               cell((limit ? "<= " : "+- ") + shown(limit ? check.published : check.tolerance), 11,
                    true) +
               "  " + verdict(check) + "   " + check.what + "\n");
    }
    answer("\n");
}

Json check_json(const StudyCheck& check) {
    Json out(Json::Object{});
    out.add("name", check.name).add("published", check.published).add("own", check.own);
    return out.add("tolerance", check.tolerance).add("verdict", verdict(check));
}

void print_list(bool json) {
    Json list(Json::List{});
    for (const Study& study : studies()) {
        Json entry(Json::Object{});
        entry.add("name", std::string(study.name)).add("title", std::string(study.title));
        entry.add("citation", std::string(study.citation)).add("setup", std::string(study.setup));
        list.append(std::move(entry));
        if (json) continue;
        answer(cell(std::string(study.name), 16, false) + std::string(study.title) + "\n" +
               std::string(16, ' ') + std::string(study.citation) + "\n");
    }
    if (json) answer(json_pages(Json(Json::Object{}).add("studies", std::move(list))));
}

}  // namespace

ExitCode reproduce_command(const ReproduceRequest& request) {
    if (request.list) {
        print_list(request.json);
        return ExitCode::ok;
    }
    const auto wanted = wanted_studies(request.name);
    if (!wanted) return complain(wanted.problem());
    Json results(Json::List{});
    bool all_passed = true;
    if (!request.json) answer(cell("", 36, false) + " published        own  tolerance  verdict\n");
    for (std::size_t i = 0; i < wanted.value().size(); ++i) {
        const Study& study = *wanted.value()[i];
        StudyResult result;
        {
            ProgressBar bar(request.progress);
            const auto count = static_cast<double>(wanted.value().size());
            StudyRun run(request.threads, request.seed, [&](double share) {
                bar.show((static_cast<double>(i) + share) / count, std::string(study.name));
                return !interrupted();
            });
            result = study.run(run);
        }
        if (interrupted())
            return leave_interrupted("interrupted after " + std::to_string(i) + " studies");
        all_passed = all_passed && result.passed();
        for (const StudyCheck& check : result.checks) results.append(check_json(check));
        if (!request.json) print_checks(study, result);
    }
    if (request.json) answer(json_pages(Json(Json::Object{}).add("results", std::move(results))));
    return all_passed ? ExitCode::ok : ExitCode::failed;
}

}  // namespace cascadelab
