// Playing a scenario with moves in between, plainly, watched or from a keyframe, and where two
// plays of it part.
#pragma once

#include <QString>
#include <vector>

#include "engine/run/player.h"
#include "engine/run/verify.h"

namespace cascadelab {

using Moves = std::vector<Command> (*)(std::uint64_t tick);  // what is submitted before a tick

inline std::vector<Hashes> play(Player& player, std::int64_t ticks, Moves moves) {
    std::vector<Hashes> out;
    for (std::int64_t i = 0; i < ticks; ++i)
        out.push_back(player.step(moves(player.simulation().tick() + 1)).hashes);
    return out;
}

// The same while a window looks at one person after the other.
inline std::vector<Hashes> play_watched(Player& player, std::int64_t ticks, Moves moves) {
    std::vector<Hashes> out;
    for (std::int64_t i = 0; i < ticks; ++i) {
        const std::uint64_t tick = player.simulation().tick() + 1;
        out.push_back(player.step(moves(tick)).hashes);
        const auto people = static_cast<std::uint64_t>(player.scenario().params.world.people);
        player.simulation().set_focus({PersonId(tick % people)});
        if (tick % 3 == 0) player.simulation().snapshot();
        if (tick % 7 == 0) player.simulation().explain(PersonId(tick % people));
    }
    return out;
}

// Empty where every tick of `found` is that of `expected`, `from` ticks later.
inline QString where_they_part(const std::vector<Hashes>& expected,
                               const std::vector<Hashes>& found, std::size_t from = 0) {
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto difference = first_difference({from + i + 1, 0, expected[from + i]}, found[i]);
        if (difference) return QString::fromStdString(difference->sentence());
    }
    return {};
}

// The same for a player that goes back and plays to the end again, its moves from memory.
inline QString where_it_parts_after_going_back(Player& player, Seconds time_s,
                                               const std::vector<Hashes>& expected) {
    player.go_back(time_s);
    if (player.now_s() != time_s) return "there is no keyframe of that time";
    const std::uint64_t from = player.simulation().tick();
    std::vector<Hashes> again;
    for (std::uint64_t tick = from; tick < expected.size(); ++tick)
        again.push_back(player.step().hashes);
    return where_they_part(expected, again, from);
}

}  // namespace cascadelab
