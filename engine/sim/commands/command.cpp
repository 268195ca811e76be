#include "engine/sim/commands/command.h"

#include "engine/base/text.h"
#include "engine/world/domain/domain_pack.h"

namespace cascadelab {
namespace {

// Holds the fields of a command to their limits; the first mistake stays.
class FieldCheck {
  public:
    FieldCheck(std::string_view key, std::size_t people) : m_key(key), m_people(people) {}
    const Status& status() const { return m_status; }

    void topic(TopicId topic) {
        if (topic.index() < kTopicCount) return;
        refuse("topic", std::to_string(topic.value),
               "a topic from 0 to " + std::to_string(kTopicCount - 1));
    }
    void people(PersonId person, double share, std::string_view) {
        if (person.valid() && person.index() >= m_people) {
            refuse(path("person"), std::to_string(person.value),
                   "a person from 0 to " + std::to_string(m_people - 1));
        }
        number("share", share, 0, 1, {});
    }
    void lever(EventKind lever) { CHECK(is_lever(lever)); }
    template <class Value>
    void choice(std::string_view name, Value value, std::span<const std::string_view> names,
                std::string_view) {
        const auto place = static_cast<std::size_t>(value);
        if (place < names.size()) return;
        refuse(path(name), std::to_string(place),
               "a choice from 0 to " + std::to_string(names.size() - 1));
    }
    void number(std::string_view name, double value, double minimum, double maximum,
                std::string_view) {
        if (value >= minimum && value <= maximum) return;
        refuse(path(name), number_text(value),
               "a number from " + number_text(minimum) + " to " + number_text(maximum));
    }
    void count(std::string_view name, std::int64_t count, std::int64_t minimum,
               std::int64_t maximum, std::string_view) {
        if (count >= minimum && count <= maximum) return;
        refuse(path(name), std::to_string(count),
               "a whole number from " + std::to_string(minimum) + " to " + std::to_string(maximum));
    }

  private:
    std::string path(std::string_view name) const {
        return std::string(m_key) + "." + std::string(name);
    }
    void refuse(std::string path, std::string found, std::string expected) {
        if (m_status) m_status = Problem{"command", std::move(path), std::move(found), expected};
    }

    std::string_view m_key;
    std::size_t m_people;
    Status m_status = Done{};
};

}  // namespace

Status check_command(const Command& command, const Params& params, std::size_t people) {
    return std::visit(
        [&]<class C>(const C& it) -> Status {
            if constexpr (HasFields<const C>) {
                FieldCheck fields(C::kKey, people);
                C::visit(it, fields);
                return fields.status();
            } else {
                return it.check(params);
            }
        },
        command);
}

void apply_command(const Command& command, SimulationState& state) {
    std::visit([&](const auto& it) { it.apply(state); }, command);
}

std::string command_text(const Command& command, DomainPackName pack) {
    return std::visit([&](const auto& it) { return it.words(pack); }, command);
}

std::string_view command_key(const Command& command) {
    return std::visit([]<class C>(const C&) { return C::kKey; }, command);
}

}  // namespace cascadelab
