#include "engine/cascade/request/ranking_columns.h"

#include <algorithm>
#include <iterator>

namespace cascadelab {
namespace {

constexpr RankingColumn kServed[] = {
    {"retrieval_score", "score of its source", Lane::model},
    {"proposers", "number of sources that proposed it", Lane::model},
    {"era_similarity", "score of the ranker's era", Lane::model},
    {"factor_score", "factorization score", Lane::model},
    {"position", "place on the page", Lane::request},
    {"surface", "row of the page", Lane::request},
};
static_assert(std::size(kServed) == kServedColumns);

std::vector<RankingColumn> all_columns() {
    std::vector<RankingColumn> columns(std::begin(kServed), std::end(kServed));
    for (const Feature& feature : feature_registry()) {
        if (feature.ranks()) columns.push_back({feature.name, feature.phrase, feature.lane});
    }
    return columns;
}

}  // namespace

std::span<const RankingColumn> ranking_columns() {
    static const std::vector<RankingColumn> columns = all_columns();
    return columns;
}

RowFiller::RowFiller(const RequestContext& context, const PersonFeatures& person,
                     const FeatureStore& store, const FeatureParams& params,
                     std::span<const ItemCard> cards, const RowTable& content)
    : m_moment{context, person, store, params, cards, content}, m_shared(feature_column_count()) {
    fill_request_columns(m_moment, m_shared.data());
}

void RowFiller::fill(ItemId item, const ServedColumns& served, float* row) const {
    *row++ = served.retrieval_score;
    *row++ = served.proposers;
    *row++ = served.era_similarity;
    *row++ = served.factor_score;
    *row++ = served.position;
    *row++ = served.surface;
    std::ranges::copy(m_shared, row);
    fill_item_columns(m_moment, ItemMoment(m_moment, item), row);
}

}  // namespace cascadelab
