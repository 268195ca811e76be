// The ladder of rooms, from the ground up, and the rungs inside them: who may include whom.
#pragma once

#include <QHash>
#include <QStringList>

namespace cascadelab {

// The room a path belongs to, "engine/base" or "ui"; its index is its level.
inline const QStringList kRooms = {"engine/base",
                                   "engine/language",
                                   "engine/params",
                                   "engine/world",
                                   "engine/features",
                                   "engine/models",
                                   "engine/cascade",
                                   "engine/serving",
                                   "engine/sim",
                                   "engine/store",
                                   "engine/evaluation",
                                   "engine/bench",
                                   "engine/studies",
                                   "engine/run",
                                   "engine/sweep",
                                   "ui",
                                   "app"};

// The rooms inside a room, from the ground up; "." is the room's own floor. A folder that is not
// named here has no rung, and is found.
inline const QHash<QString, QStringList> kInnerRungs = {
    {"engine/params", {".", "rows"}},
    {"engine/world", {"events", "domain", "supply", "people", "."}},
    {"engine/models",
     {".", "nn", "numeric", "index", "collaborative", "sequence", "semantic_ids", "decoder",
      "rankers", "elicitation", "federated"}},
    {"engine/cascade",
     {"request", "eras", "page", "filter", "retrieve", "rank", "language", "explore", "rerank",
      "policy", "."}},
    {"engine/sim",
     {"fleet", "metrics", "snapshot", "training", "state", "commands", "visit", "watch", "step",
      "."}},
    {"engine/sweep", {"design", "analysis", "plan", "cells", "engines", "report"}},
    {"engine/store", {"json", "scenario", "run_file", "ratings"}},
    {"ui",
     {"words", "theme", "widgets", "plot", "view", "items", "parameters", "timeline", "inspector",
      "studies", "views", "shell"}},
};

inline qsizetype level_of(const QString& path) {
    for (qsizetype level = 0; level < kRooms.size(); ++level) {
        if (path.startsWith(kRooms[level] + '/')) return level;
    }
    return -1;
}

// The rung of a path inside its room, -1 when its folder has none; 0 in a room without rungs.
inline qsizetype rung_of(const QString& path, qsizetype level) {
    const QString room = kRooms[level];
    if (!kInnerRungs.contains(room)) return 0;
    const QString rest = path.mid(room.size() + 1);
    return kInnerRungs[room].indexOf(rest.contains('/') ? rest.section('/', 0, 0) : ".");
}

}  // namespace cascadelab
