// The ranker's input columns, in matrix order, and the one function that fills them: serving and
// training call it, so the two cannot drift apart by accident. Constant data and pure functions;
// any thread.
#pragma once

#include <span>
#include <string_view>

#include "engine/cascade/request/recently_shown.h"
#include "engine/features/feature_store.h"
#include "engine/params/params.h"
#include "engine/world/catalogue.h"

namespace cascadelab {

enum class Lane : unsigned char { request, batch, streaming, on_event, model };
std::string_view lane_label(Lane lane);

struct RankingColumn {
    std::string_view name;    // "recent_topic_share"
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

// The moment of a request as the ranker sees it.
struct RequestContext {
    Seconds now_s = 0;
    Device device = Device::phone;
};

// How far a topic is what the person named at sign-up: 1 first, 0.5 second, else 0.
float survey_match(const PersonFeatures& person, TopicId topic);

// What the columns of one request share. Built once a request.
class RowFiller {
  public:
    RowFiller(const RequestContext& context, const PersonFeatures& person,
              const FeatureStore& store, const FeatureParams& params,
              std::span<const ItemCard> cards, const RowTable& content);
    const RecentlyShown& shown() const { return m_shown; }
    // Writes ranking_columns().size() floats.
    void fill(ItemId item, const ServedColumns& served, float* row) const;

  private:
    const RequestContext& m_context;
    const PersonFeatures& m_person;
    const FeatureStore& m_store;
    const FeatureParams& m_params;
    std::span<const ItemCard> m_cards;
    const RowTable& m_content;
    RecentlyShown m_shown;
    float m_hour_sin, m_hour_cos, m_weekend, m_rest_h, m_search_freshness;
};

}  // namespace cascadelab
