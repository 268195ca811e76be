#include "engine/sim/commands/command.h"

#include "engine/base/text.h"
#include "engine/params/table.h"
#include "engine/sim/commands/command_check.h"
#include "engine/world/domain_pack.h"

namespace cascadelab {
namespace {

template <class... Visits>
struct Overloaded : Visits... {
    using Visits::operator()...;
};

Status check_topic(TopicId topic) {
    if (topic.index() < kTopicCount) return Done{};
    return Problem{"command", "topic", std::to_string(topic.value),
                   "a topic from 0 to " + std::to_string(kTopicCount - 1)};
}

Status check_parameter(const SetParameter& set, const Params& params) {
    const auto parameter = require_parameter(set.key);
    if (!parameter) return parameter.problem();
    if (const Status status = check_value(*parameter.value(), set.value); !status) return status;
    if (parameter.value()->when == When::restart) {
        return Problem{"command", set.key, "a change while the world runs",
                       "a restart with the new value"};
    }
    Params changed = params;
    parameter.value()->set(changed, set.value);
    return check_together(changed, 1e12);
}

Status check_range(const std::string& path, double value, double minimum, double maximum) {
    if (value >= minimum && value <= maximum) return Done{};
    return Problem{"command", path, number_text(value),
                   "a number from " + number_text(minimum) + " to " + number_text(maximum)};
}

Status check_count(const std::string& path, std::int64_t count, std::int64_t minimum) {
    if (count >= minimum && count <= kReleaseLimit) return Done{};
    return Problem{
        "command", path, std::to_string(count),
        "a whole number from " + std::to_string(minimum) + " to " + std::to_string(kReleaseLimit)};
}

// A command to one person or a share of all; name is its key.
template <class ToPeople>
Status check_people(const std::string& name, const ToPeople& command, std::size_t people) {
    if (const Status status = check_topic(command.topic); !status) return status;
    if (command.person.valid() && command.person.index() >= people) {
        return Problem{"command", name + ".person", std::to_string(command.person.value),
                       "a person from 0 to " + std::to_string(people - 1)};
    }
    return check_range(name + ".share", command.share, 0, 1);
}

Status check_release(const ReleaseItems& release) {
    if (const Status status = check_topic(release.topic); !status) return status;
    if (const Status status = check_count("release.count", release.count, 1); !status)
        return status;
    return check_range("release.quality", release.quality, -kQualityLimit, kQualityLimit);
}

Status check_burst(const Burst& burst) {
    if (const Status status = check_topic(burst.topic); !status) return status;
    if (const Status status = check_count("burst.releases", burst.releases, 0); !status)
        return status;
    if (const Status status = check_range("burst.hours", burst.hours, 1, kBurstHoursLimit); !status)
        return status;
    return check_range("burst.strength", burst.strength, 0, kBurstStrengthLimit);
}

}  // namespace

Status check_command(const Command& command, const Params& params, std::size_t people) {
    return std::visit(
        Overloaded{
            [&](const SetParameter& set) { return check_parameter(set, params); },
            [&](const Search& search) { return check_people("search", search, people); },
            [&](const PullLever& pull) {
                CHECK(is_lever(pull.lever));
                return check_people("pull_lever", pull, people);
            },
            [&](const ReleaseItems& release) { return check_release(release); },
            [&](const ChangeTaste& change) { return check_people("change_taste", change, people); },
            [&](const Burst& burst) { return check_burst(burst); },
            [&](const CorruptCodes& damage) {
                return check_range("corrupt_codes.share", damage.share, 0, 1);
            },
            [&](const Note&) { return Status(Done{}); }},
        command);
}

std::string command_text(const Command& command, DomainPackName pack) {
    const auto topic_name = [&](TopicId topic) {
        return std::string(domain_pack(pack).topics[topic.index()].name);
    };
    return std::visit(
        Overloaded{
            [&](const SetParameter& set) {
                const Parameter* parameter = find_parameter(set.key);
                if (parameter == nullptr) return set.key;
                return std::string(parameter->label) + " " + value_text(*parameter, set.value);
            },
            [&](const Search& search) { return "search: " + topic_name(search.topic); },
            [&](const PullLever& pull) {
                return std::string(lever_name(pull.lever)) + ": " + topic_name(pull.topic);
            },
            [&](const ReleaseItems& release) {
                return grouped_text(release.count) + " new: " + topic_name(release.topic);
            },
            [&](const ChangeTaste& change) { return "taste turns: " + topic_name(change.topic); },
            [&](const Burst& burst) { return "breaking: " + topic_name(burst.topic); },
            [&](const CorruptCodes& damage) {
                return "codes corrupted: " + fixed_text(100 * damage.share, 0) + " %";
            },
            [&](const Note& note) { return note.text; }},
        command);
}

}  // namespace cascadelab
