// The ranker's input columns: name and a sentence each, in matrix order. Constant data; any thread.
#pragma once

#include <span>
#include <string_view>

namespace cascadelab {

enum class Lane : unsigned char { request, batch, streaming, on_event, model };
std::string_view lane_label(Lane lane);

struct RankingColumn {
    std::string_view name;    // "recent_topic_share"
    std::string_view phrase;  // "share of the topic in the last items"
    Lane lane;                // where its value comes from
};
std::span<const RankingColumn> ranking_columns();

}  // namespace cascadelab
