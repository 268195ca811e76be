#include "engine/cascade/eras/examples.h"

#include "engine/base/error.h"
#include "engine/features/streaming.h"

namespace cascadelab {
namespace {

IndexKind index_kind(IndexChoice choice) {
    switch (choice) {
        case IndexChoice::exact:
            return IndexKind::exact;
        case IndexChoice::hnsw:
            return IndexKind::hnsw;
        case IndexChoice::ivf:
            return IndexKind::ivf;
    }
    CHECK(false);
}

IndexSettings index_settings(const RetrievalParams& params) {
    IndexSettings settings;
    settings.kind = index_kind(params.index);
    settings.links = static_cast<int>(params.hnsw_links);
    settings.build_breadth = static_cast<int>(params.hnsw_build_breadth);
    settings.cells = static_cast<int>(params.ivf_cells);
    return settings;
}

}  // namespace

Seconds history_begin_s(const FrozenLog& view) {
    return view.now_s - static_cast<Seconds>(view.params.training.history_days * kDay);
}

Interactions training_interactions(const FrozenLog& view) {
    Interactions interactions;
    interactions.people = view.devices->size();
    interactions.items = view.join.catalogue->size();
    const Seconds begin_s = history_begin_s(view);
    view.join.log.visit([&](const Event& event) {
        if (event.kind == EventKind::watch && event.value >= kPositiveShare &&
            event.time_s >= begin_s && event.time_s <= view.now_s) {
            interactions.rows.push_back({event.person, event.item, event.value, event.time_s});
        }
    });
    return interactions;
}

VectorSpace publish(Matrix vectors, const FrozenLog& view) {
    VectorSpace space = make_space(std::move(vectors), index_settings(view.params.retrieval));
    space.trained_s = view.now_s;
    return space;
}

}  // namespace cascadelab
