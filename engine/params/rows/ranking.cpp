// How candidates are valued.
#include <array>

#include "engine/params/rows/rows.h"

namespace cascadelab {
namespace {

using namespace std::string_view_literals;

constexpr auto kRankerNames = [] {
    std::array<std::string_view, enum_count<RankingModel>> names;
    for (const RankingModelRow& row : kRankingModels) names[index_of(row.value)] = row.name;
    return names;
}();

using Group = RankingParams;

// clang-format off
constexpr Parameter kRows[] = {
    toggle<&Params::ranking, &Group::enabled>({"ranking.enabled", "Ranker", "", "Off: candidates keep the order of their retrieval scores."},
        Stage::ranking, When::live),
    option<&Params::ranking, &Group::model>({"ranking.model", "Model", "", "What learns to rank: logistic regression, boosted trees, a deep net of cross layers, or LambdaMART, trees that learn the order inside a page and tell all outcomes from one score; taken up at the next training."},
        kRankerNames, Stage::ranking, When::live),
    row<&Params::ranking, &Group::trees>({"ranking.trees", "Trees", "trees", "Boosted trees of all outcome models of XGBoost together; taken up at the next training."},
        {4, 1000, 4, kLog}, Stage::ranking, When::live),
    row<&Params::ranking, &Group::depth>({"ranking.depth", "Tree depth", "", "Depth of a tree; taken up at the next training."},
        {1, 10, 1}, Stage::ranking, When::live),
    row<&Params::ranking, &Group::learning_rate>({"ranking.learning_rate", "Learning rate", "", "Shrinkage of every tree; taken up at the next training."},
        {0.01, 1, 0.01, kLog}, Stage::ranking, When::live),
    row<&Params::ranking, &Group::training_rows>({"ranking.training_rows", "Training rows", "rows", "Most recent impressions the ranker learns from."},
        {1000, 500000, 1000, kLog}, Stage::training, When::live),
    row<&Params::ranking, &Group::keep>({"ranking.keep", "Kept after ranking", "items", "How many of the best ranked candidates reach re-ranking."},
        {10, 500, 5, kLog}, Stage::ranking, When::live),
    row<&Params::ranking, &Group::weight_click>({"ranking.weight_click", "Weight of click", "", "Weight of the predicted click in the value of an item."},
        {-5, 5, 0.1}, Stage::ranking, When::live),
    row<&Params::ranking, &Group::weight_watch>({"ranking.weight_watch", "Weight of watch time", "", "Weight of the predicted long watch in the value of an item."},
        {-5, 5, 0.1}, Stage::ranking, When::live),
    row<&Params::ranking, &Group::weight_like>({"ranking.weight_like", "Weight of like", "", "Weight of the predicted like in the value of an item."},
        {-5, 5, 0.1}, Stage::ranking, When::live),
    row<&Params::ranking, &Group::weight_not_interested>({"ranking.weight_not_interested", "Weight of not interested", "", "Weight of the predicted \"not interested\" in the value of an item."},
        {-20, 5, 0.1}, Stage::ranking, When::live),
    row<&Params::ranking, &Group::popularity_discount>({"ranking.popularity_discount", "Popularity discount", "SD", "How many standard deviations of value an item loses for each of log popularity (Steck 2011); 0 leaves popularity alone."},
        {0, 5, 0.05}, Stage::ranking, When::live),
    toggle<&Params::ranking, &Group::inverse_propensity>({"ranking.inverse_propensity", "Inverse propensity", "", "What was clicked far down counts the more in training the less likely it was to be looked at (Joachims et al. 2017); position is then no column."},
        Stage::training, When::live),
    row<&Params::ranking, &Group::propensity_decay>({"ranking.propensity_decay", "Propensity: decay", "", "The system's belief: place k of a list is looked at with probability k^-x."},
        {0, 2, 0.05}, Stage::training, When::live),
    row<&Params::ranking, &Group::propensity_clip>({"ranking.propensity_clip", "Propensity: clip", "x", "No click counts more than so many times."},
        {1, 100, 0.5, kLog}, Stage::training, When::live),
    row<&Params::ranking, &Group::deep_hidden>({"ranking.deep_hidden", "Deep: hidden", "units", "Width of the deep ranker's first layer, the second has half; taken up at the next training."},
        {8, 512, 8, kLog}, Stage::ranking, When::live),
    row<&Params::ranking, &Group::deep_cross_layers>({"ranking.deep_cross_layers", "Deep: cross layers", "layers", "Each multiplies the columns once more with each other; taken up at the next training."},
        {0, 6, 1}, Stage::ranking, When::live),
    row<&Params::ranking, &Group::deep_epochs>({"ranking.deep_epochs", "Deep: epochs", "epochs", "Most passes over the rows; fewer when the newest tenth of them, held out, gets no better."},
        {1, 100, 1, kLog}, Stage::ranking, When::live),
    row<&Params::ranking, &Group::deep_learning_rate>({"ranking.deep_learning_rate", "Deep: learning rate", "", "Step size of AdamW; taken up at the next training."},
        {0.0001, 0.05, 0.0001, kLog}, Stage::ranking, When::live),
    toggle<&Params::ranking, &Group::compare>({"ranking.compare", "Compare rankers", "", "Every training also trains a model of every kind on the older four fifths of the same rows and measures them on the rest."},
        Stage::ranking, When::live),
};
// clang-format on

}  // namespace

std::span<const Parameter> ranking_rows() {
    return kRows;
}

}  // namespace cascadelab
