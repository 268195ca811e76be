// One request and everything its cascade may read: parameters, what the catalogue shows, the
// feature store and the published models. No hidden truth of the world. Values and views; one
// thread a request.
#pragma once

#include <algorithm>
#include <vector>

#include "engine/base/random.h"
#include "engine/cascade/request/eras.h"
#include "engine/cascade/request/published.h"
#include "engine/cascade/request/ranking_columns.h"
#include "engine/cascade/request/sequence_memory.h"
#include "engine/cascade/request/trace.h"
#include "engine/models/decoder/beam_search.h"
#include "engine/models/rankers/outcome_model.h"

namespace cascadelab {

struct Request {
    PersonId person;
    std::uint32_t number = 0;  // the person's own count
    Seconds now_s = 0;
    Device device = Device::phone;
    std::uint8_t region = 0;
    bool keep_rows = false;  // assemble ranking rows even without a ranker, for the feature log
    bool explain = false;    // keep features, query and SHAP in the trace
    SequenceMemory* memory = nullptr;  // the person's own; null: made anew for this request
};

struct CascadeInputs {
    const Params& params;
    std::span<const ItemCard> cards;
    const RowTable& content;
    const FeatureStore& store;
    const PublishedModels& models;
};

// Only the cascade makes a page in rows; every other page is one list.
inline bool is_in_rows(const Params& params, FeedMaker maker) {
    return params.page.layout == PageLayout::rows && maker == FeedMaker::cascade;
}
// Places of the page as it is planned.
inline std::int64_t places_of_page(const Params& params, FeedMaker maker) {
    return is_in_rows(params, maker) ? params.page.rows * params.page.row_items
                                     : params.rerank.slate_size;
}

// Neighbours of an item that the person watched through, best first.
struct Neighbourhood {
    ItemId anchor;
    std::vector<ScoredItem> items;
};

// What beam search works with while it answers one request.
struct GenerationScratch {
    std::vector<ItemId> past_items;  // the person's last watches, oldest first
    std::vector<Code> past;          // their digits
    std::vector<ItemId> excluded;    // ascending
    DecoderWork work;
    BeamTrace trace;
    BeamPicture picture;  // of a request that is explained
};

// Memory that requests of one worker use again and again; never carries anything from one request
// to the next.
struct CascadeScratch {
    std::vector<ScoredItem> proposals;
    std::vector<std::uint32_t> stamp;  // per item: which round touched it last
    std::vector<std::uint32_t> slot;   // per item: index into what the round collects
    std::uint32_t round = 0;
    std::vector<ScoredItem> collected;
    std::vector<std::uint32_t> merge_stamp;  // per item: which merge touched it last
    std::vector<std::uint32_t> merge_slot;   // per item: index of its candidate
    std::uint32_t merge_round = 0;
    EnumArray<Era, std::vector<float>> queries;  // the person's vector in each era's space,
                                                 // ready to be searched; empty: none
    EnumArray<Era, float> scales{};  // length of each before it was made ready for the search
    SequenceMemory own_memory;       // of a request that brings none
    std::vector<float> tower_features;
    std::vector<float> rows;   // candidates x columns
    std::vector<float> heads;  // outcomes x candidates, as the models predict them
    std::vector<OutcomeScores> outcomes;
    std::vector<std::uint32_t> order;  // candidate indices
    std::vector<float> similarity;     // DPP: candidates x slate Cholesky rows
    std::vector<float> gain;
    GenerationScratch generation;
    std::vector<Neighbourhood> neighbourhoods;  // of a page in rows, newest anchor first

    std::vector<float>& query(Era era) { return queries[era]; }
    const std::vector<float>& query(Era era) const { return queries[era]; }

    // Starts a round over items 0..items-1: nothing is touched.
    void begin_round(std::size_t items) {
        if (stamp.size() < items) {
            stamp.resize(items, 0);
            slot.resize(items, 0);
        }
        ++round;
    }
    bool touched(ItemId item) const { return stamp[item.index()] == round; }
    // Starts to add up scores over items 0..items-1.
    void begin_sums(std::size_t items) {
        begin_round(items);
        collected.clear();
    }
    void add_score(ItemId item, float score) {
        if (!touched(item)) {
            stamp[item.index()] = round;
            slot[item.index()] = static_cast<std::uint32_t>(collected.size());
            collected.push_back({item, 0});
        }
        collected[slot[item.index()]].score += score;
    }
    // Makes the best of what was added up the proposals, best first.
    void propose_best(int quota) {
        const auto count = std::min<std::size_t>(collected.size(), static_cast<std::size_t>(quota));
        const auto middle = collected.begin() + static_cast<std::ptrdiff_t>(count);
        std::partial_sort(collected.begin(), middle, collected.end(), ranks_before);
        proposals.assign(collected.begin(), middle);
    }
    // Starts a request over items 0..items-1: none is a candidate.
    void begin_merge(std::size_t items) {
        merge_stamp.resize(std::max(merge_stamp.size(), items), 0);
        merge_slot.resize(merge_stamp.size());
        ++merge_round;
    }
    // Is it a candidate of this request already?
    bool merged(ItemId item) const { return merge_stamp[item.index()] == merge_round; }
};

inline SequenceMemory& memory_of(const Request& request, CascadeScratch& scratch) {
    return request.memory ? *request.memory : scratch.own_memory;
}

}  // namespace cascadelab
