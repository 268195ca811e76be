// The kinds of ranker, one row each: what a kind is called in files and on the screen, and the
// metric that its AUC in a comparison becomes. What a kind does stands in rank/ranker.cpp.
// Constant; any thread.
#pragma once

#include <string_view>

#include "engine/base/enum_array.h"

namespace cascadelab {

enum class RankingModel { logistic, xgboost, deep, lambdamart };
template <>
inline constexpr std::size_t enum_count<RankingModel> = 4;

struct RankingModelRow {
    RankingModel value;
    std::string_view name;   // in files
    std::string_view label;  // on the screen
    std::string_view auc_name, auc_label;
};

// clang-format off
inline constexpr auto kRankingModels = enum_table<RankingModel, RankingModelRow>({
    {RankingModel::logistic, "logistic", "Logistic regression", "auc_logistic", "AUC of regression"},
    {RankingModel::xgboost, "xgboost", "XGBoost", "auc_xgboost", "AUC of trees"},
    {RankingModel::deep, "deep", "Deep ranker", "auc_deep", "AUC of deep ranker"},
    {RankingModel::lambdamart, "lambdamart", "LambdaMART", "auc_lambdamart", "AUC of LambdaMART"},
});
// clang-format on

}  // namespace cascadelab
