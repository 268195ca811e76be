// The ranker's input columns, in matrix order: what is known only while serving, then a column for
// every row of the feature registry that ranks. One class fills them, in serving and in training,
// so the two cannot drift apart by accident. Constant data and pure functions; any thread.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/features/registry.h"

namespace cascadelab {

struct RankingColumn {
    std::string_view name;    // "topic_share_recent"
    std::string_view phrase;  // "share of the topic in the last items"
    Lane lane;                // where its value comes from
};
std::span<const RankingColumn> ranking_columns();

// The first columns are known only while serving (model scores, position on the page); they are
// logged with the request.
inline constexpr std::size_t kServedColumns = 6;
struct ServedColumns {
    float retrieval_score = 0;  // as its source scored it
    float proposers = 0;        // how many sources proposed it
    float era_similarity = 0;   // <person, item> in the space of eras.ranking
    float factor_score = 0;     // <person, item> of the factorization, its longest item being 1
    float position =
        0;  // place on the page; 0 while serving, so that the model predicts for the first place
    float surface = 0;  // the row it stands in (Surface); while serving the home list, except for
                        // what can only stand under continue-watching
};

// The rows of one request. Built once a request; keeps references.
class RowFiller {
  public:
    RowFiller(const RequestContext& context, const PersonFeatures& person,
              const FeatureStore& store, const FeatureParams& params,
              std::span<const ItemCard> cards, const RowTable& content);
    const RecentlyShown& shown() const { return m_moment.shown; }
    // Writes ranking_columns().size() floats.
    void fill(ItemId item, const ServedColumns& served, float* row) const;

  private:
    RequestMoment m_moment;
    std::vector<float> m_shared;  // feature columns that are the same for every item
};

}  // namespace cascadelab
