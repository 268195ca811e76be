// inspect: one request a person would make, told as text.
#include <algorithm>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "engine/base/foreign_text.h"
#include "engine/base/text.h"
#include "engine/run/player.h"
#include "engine/world/events/moment_text.h"

namespace cascadelab {
namespace {

constexpr Seconds kEvening = 20 * kHour;  // when most people are there

std::string loss_text(LossStage stage) {
    switch (stage) {
        case LossStage::retrieval:
            return "lost in retrieval";
        case LossStage::filter:
            return "lost in the filters";
        case LossStage::rank:
            return "lost below the ranker's cut";
        case LossStage::order:
            return "ranked behind the page";
        case LossStage::rerank:
            return "lost in re-ranking";
        case LossStage::explore:
            return "lost to a slot of exploration";
        case LossStage::policy:
            return "kept off by a cap or the policy gate";
        case LossStage::kept:
            return "on the page";
    }
    CHECK(false);
}

// A cell of so many letters, whatever stands in it.
std::string cell(const std::string& text, std::size_t width) {
    std::string out = shown_text(text);
    if (letter_count(out) > width) {
        out = cut_text(out, width);
        out.resize(out.size() - std::string_view("...").size());
    }
    return out + std::string(width + 2 - letter_count(out), ' ');
}

// Who placed an item where the ranker did not, and what fame cost it.
std::string note_text(const Candidate& candidate) {
    std::string note;
    if (candidate.explored) note += "  explored";
    if (candidate.unfamiliar) note += "  rare topic";
    if (candidate.promoted) note += "  promoted";
    if (candidate.discount != 0)
        note += "  popularity " + fixed_text(-candidate.discount, 2) + " SD";
    return note;
}

void print_counts(const CascadeTrace& trace) {
    answer("\nproposed\n");
    for (std::size_t i = 0; i < enum_count<Source>; ++i) {
        answer("  " + cell(std::string(source_label(static_cast<Source>(i))), 24) +
               std::to_string(trace.counts.proposed[i]) + "\n");
    }
    answer("\nmerged " + std::to_string(trace.counts.merged) + ", after filters " +
           std::to_string(trace.counts.filtered) + ", after ranking " +
           std::to_string(trace.counts.ranked) + ", on the page " +
           std::to_string(trace.counts.slate) + "\n\nwhy the others fell\n");
    for (std::size_t i = 1; i < enum_count<Fate>; ++i) {
        const auto fate = static_cast<Fate>(i);
        const auto count = std::ranges::count(trace.candidates, fate, &Candidate::fate);
        if (count > 0) {
            answer("  " + cell(std::string(fate_label(fate)), 24) + std::to_string(count) + "\n");
        }
    }
}

// Before the first item of a row, what the row is.
void print_heading(const CascadeTrace& trace, const Cards& cards, std::size_t place) {
    const PageRow* row = row_at(trace.rows, place);
    if (row == nullptr || row->first != place) return;
    const std::string heading(surface_label(row->surface));
    const bool follows = row->anchor.valid();
    answer("  " + heading +
           (follows ? " " + shown_text(cards.items[row->anchor.index()].title) : "") + "\n");
}

void print_page(const CascadeTrace& trace, const Cards& cards) {
    answer("\nthe page\n  " + cell("", 2) + cell("title", 40) + cell("topic", 14) +
           cell("source", 16) + cell("rank", 4) + cell("click", 6) + cell("watch", 6) + "value\n");
    for (const ItemId item : trace.slate) {
        const auto candidate = std::ranges::find(trace.candidates, item, &Candidate::item);
        CHECK(candidate != trace.candidates.end());
        const ItemView& card = cards.items[item.index()];
        print_heading(trace, cards, static_cast<std::size_t>(candidate->position));
        answer("  " + cell(std::to_string(candidate->position + 1), 2) + cell(card.title, 40) +
               cell(cards.topics[card.topic], 14) +
               cell(std::string(source_label(candidate->source)), 16) +
               cell(std::to_string(candidate->rank + 1), 4) +
               cell(fixed_text(candidate->click, 3), 6) + cell(fixed_text(candidate->watch, 3), 6) +
               fixed_text(candidate->value, 3) + note_text(*candidate) + "\n");
    }
}

void print_oracle(const CascadeTrace& trace, const Cards& cards) {
    answer("\nwhat would have suited best (the simulation knows)\n");
    for (const OracleItem& best : trace.oracle) {
        answer("  " + cell(cards.items[best.item.index()].title, 40) +
               cell(fixed_text(best.utility, 2), 6) + loss_text(best.lost) + "\n");
    }
}

Status check_person(std::int64_t person, std::int64_t people) {
    if (person >= 0 && person < people) return Done{};
    return Problem{"--person", "", std::to_string(person),
                   "a person from 0 to " + std::to_string(people - 1), ExitCode::usage};
}

// Whether people may join while the scenario runs.
bool lets_people_join(const Scenario& scenario) {
    return scenario.params.world.new_people_per_day > 0 ||
           std::ranges::any_of(scenario.timeline, [](const TimelineEntry& entry) {
               const auto* set = std::get_if<SetParameter>(&entry.command);
               return set && set->key == "world.new_people_per_day";
           });
}

// What the command line asks for must be in the scenario's world and time. Who has joined is known
// only when it has run.
Status check_request(const InspectRequest& request, const Scenario& scenario) {
    if (request.person < 0 || !lets_people_join(scenario)) {
        const Status person = check_person(request.person, scenario.params.world.people);
        if (!person) return person;
    }
    if (request.day < 1 || request.day > scenario.days) {
        return Problem{"--day", "", std::to_string(request.day),
                       "a day from 1 to " + std::to_string(scenario.days), ExitCode::usage};
    }
    return Done{};
}

}  // namespace

ExitCode inspect_command(const InspectRequest& request) {
    const auto scenario = choose_scenario(request.choice);
    if (!scenario) return complain(scenario.problem());
    const Status valid = check_request(request, scenario.value());
    if (!valid) return complain(valid.problem());
    auto made = Player::make(scenario.value(), {request.threads, "", false});
    if (!made) return complain(made.problem());
    Player& player = *made.value();
    const Seconds moment = (request.day - 1) * kDay + kEvening;
    {
        ProgressBar bar(request.progress);
        bar.show(0, "making the world");
        while (player.now_s() < moment) {
            if (interrupted())
                return leave_interrupted("interrupted before the evening that was asked for");
            player.step();
            bar.show(static_cast<double>(player.now_s()) / static_cast<double>(moment),
                     day_text(player.now_s()));
        }
    }
    const auto cards = player.simulation().snapshot()->cards;
    const auto people = static_cast<std::int64_t>(cards->people.size());
    if (const Status there = check_person(request.person, people); !there)
        return complain(there.problem());
    const PersonId person(static_cast<std::size_t>(request.person));
    const auto trace = player.simulation().explain(person);
    const PersonCard& card = cards->people[person.index()];
    answer(shown_text(card.name) + ", " + std::to_string(card.age) + ", " + card.device + ", " +
           card.region + ", " + std::string(group_name(card.segment + 1u)) + ": " +
           moment_text(player.now_s()) + "\n");
    print_counts(*trace);
    print_page(*trace, *cards);
    print_oracle(*trace, *cards);
    return ExitCode::ok;
}

}  // namespace cascadelab
