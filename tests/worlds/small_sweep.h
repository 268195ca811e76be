// A sweep of tiny worlds in a folder of its own: a cell is computed within half a second.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

#include "engine/sweep/plan/sweep_plan.h"
#include "tests/worlds/small_world.h"

namespace cascadelab {

// One day of few people and items, nothing trained before its evening.
inline Scenario tiny_world() {
    Scenario scenario = small_world(1);
    scenario.name = "tiny";
    scenario.title = "Tiny";
    scenario.timeline.clear();
    Params& p = scenario.params;
    p.world.people = 20;
    p.world.items = 120;
    p.world.creators = 10;
    p.world.new_items_per_day = 5;
    p.world.sessions_per_day = 1;
    p.clock.tick_s = 3600;
    return scenario;
}

// Two candidates counts, three diversities, so many seeds.
inline QByteArray tiny_plan(int seeds) {
    return QByteArray(R"({
        "format": "cascadelab-sweep", "version": 1, "title": "Tiny sweep",
        "scenario": "tiny.cascade.json", "seeds": )") +
           QByteArray::number(seeds) + R"(,
        "axes": [
            {"key": "retrieval.candidates", "values": [40, 60]},
            {"key": "rerank.diversity", "range": [0, 1], "steps": 3}
        ],
        "keep": {"metrics": ["click_rate", "gini", "intra_list_diversity"], "groups": ["all", "niche"]}
    })";
}

inline bool write_file(const QString& path, const QByteArray& content) {
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

// The scenario and the plan; gives the plan's path, empty when they could not be written.
inline QString write_tiny_sweep(const QString& folder, const QByteArray& plan) {
    const QString scenario = folder + "/tiny.cascade.json";
    const QString path = folder + "/tiny.sweep.json";
    const bool is_written =
        write_scenario(tiny_world(), scenario.toStdString()).ok() && write_file(path, plan);
    return is_written ? path : QString();
}

}  // namespace cascadelab
