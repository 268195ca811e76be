#include "engine/sim/command.h"

#include "engine/base/text.h"
#include "engine/params/table.h"
#include "engine/sim/command_check.h"
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

Status check_search(const Search& search, std::size_t people) {
    if (const Status status = check_topic(search.topic); !status) return status;
    if (search.person.valid() && search.person.index() >= people) {
        return Problem{"command", "search.person", std::to_string(search.person.value),
                       "a person from 0 to " + std::to_string(people - 1)};
    }
    if (!(search.share >= 0 && search.share <= 1)) {
        return Problem{"command", "search.share", number_text(search.share),
                       "a number from 0 to 1"};
    }
    return Done{};
}

Status check_release(const ReleaseItems& release) {
    if (const Status status = check_topic(release.topic); !status) return status;
    if (release.count < 1 || release.count > 10000) {
        return Problem{"command", "release.count", std::to_string(release.count),
                       "a whole number from 1 to 10000"};
    }
    if (!(release.quality >= -5 && release.quality <= 5)) {
        return Problem{"command", "release.quality", number_text(release.quality),
                       "a number from -5 to 5"};
    }
    return Done{};
}

}  // namespace

Status check_command(const Command& command, const Params& params, std::size_t people) {
    return std::visit(
        Overloaded{[&](const SetParameter& set) { return check_parameter(set, params); },
                   [&](const Search& search) { return check_search(search, people); },
                   [&](const ReleaseItems& release) { return check_release(release); },
                   [&](const Note&) { return Status(Done{}); }},
        command);
}

std::string command_text(const Command& command, DomainPackName pack) {
    const auto topic_name = [&](TopicId topic) {
        return std::string(domain_pack(pack).topics[topic.index()].name);
    };
    return std::visit(
        Overloaded{[&](const SetParameter& set) {
                       const Parameter* parameter = find_parameter(set.key);
                       if (parameter == nullptr) return set.key;
                       return std::string(parameter->label) + " " +
                              value_text(*parameter, set.value);
                   },
                   [&](const Search& search) { return "search: " + topic_name(search.topic); },
                   [&](const ReleaseItems& release) {
                       return grouped_text(release.count) + " new: " + topic_name(release.topic);
                   },
                   [&](const Note& note) { return note.text; }},
        command);
}

}  // namespace cascadelab
