// A run that is tiny and yet has everything: several trainings of every model in two days.
#pragma once

#include <vector>

#include "engine/sim/simulation.h"
#include "engine/sim/state/state.h"

namespace cascadelab {

inline Params tiny_params() {
    Params p;
    p.world.people = 60;
    p.world.items = 300;
    p.world.creators = 20;
    p.world.new_items_per_day = 24;
    p.world.new_people_per_day = 24;
    p.world.sessions_per_day = 4;
    p.clock.tick_s = 900;
    p.features.batch_every_h = 6;
    p.features.log_share = 1;
    p.retrieval.candidates = 60;
    p.ranking.keep = 30;
    p.ranking.trees = 8;
    p.ranking.depth = 3;
    p.ranking.training_rows = 3000;
    p.rerank.slate_size = 8;
    p.rerank.exploration_slots = 1;
    p.training.every_h = 12;
    p.training.duration_s = 2700;
    p.training.mf_dims = 4;
    p.training.mf_epochs = 2;
    p.training.tower_dims = 8;
    p.training.tower_epochs = 1;
    p.training.tower_examples = 1000;
    p.metrics.neighbour_pairs = 10;
    return p;
}

inline constexpr int kTicksADay = 96;

// Everything of a trace but what was measured with a clock.
inline std::uint64_t trace_hash(const CascadeTrace& t) {
    Hasher hasher;
    hasher.add(t.person.value).add(t.request).add(t.now_s).add(t.preview).add(t.counts.merged);
    for (const Candidate& c : t.candidates) {
        hasher.add(c.item.value).add(c.source).add(c.proposers).add(c.fate).add(c.position);
        hasher.add(c.explored).add(c.promoted).add(c.value).add(c.rerank_score).add(c.rank);
    }
    for (ItemId item : t.slate) hasher.add(item.value);
    for (Eigen::Index i = 0; i < t.contributions.size(); ++i) hasher.add(t.contributions.data()[i]);
    for (const OracleItem& best : t.oracle)
        hasher.add(best.item.value).add(best.utility).add(best.lost);
    return hasher.add(t.query.size()).add(t.features.rows()).value();
}

// What a tick gives away: its hashes and its sampled traces.
inline std::uint64_t report_hash(const TickReport& report) {
    Hasher hasher;
    hasher.add(report.hashes.all()).add(report.requests).add(report.traces.size());
    for (const auto& trace : report.traces) hasher.add(trace_hash(*trace));
    return hasher.value();
}

// Hashes of so many ticks.
inline std::vector<std::uint64_t> run_ticks(Simulation& simulation, int ticks) {
    std::vector<std::uint64_t> hashes;
    for (int i = 0; i < ticks; ++i) hashes.push_back(report_hash(simulation.step()));
    return hashes;
}

}  // namespace cascadelab
