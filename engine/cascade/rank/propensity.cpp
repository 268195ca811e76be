#include "engine/cascade/rank/propensity.h"

#include <algorithm>
#include <cmath>

#include "engine/base/error.h"
#include "engine/cascade/rank/ranker.h"
#include "engine/cascade/request/ranking_columns.h"

namespace cascadelab {
namespace {

Eigen::Index position_column() {
    const auto columns = ranking_columns();
    const auto found =
        std::ranges::find(columns, std::string_view("position"), &RankingColumn::name);
    CHECK(found != columns.end());
    return found - columns.begin();
}

}  // namespace

double propensity(const RankingParams& params, double place) {
    return std::pow(place + 1, -params.propensity_decay);
}

std::vector<float> propensity_weights(const Matrix& rows, const Matrix& labels,
                                      const RankingParams& params) {
    constexpr Eigen::Index kClick = 0, kNotInterested = 3;
    CHECK(rows.cols() == static_cast<Eigen::Index>(ranking_columns().size()));
    const Eigen::Index position = position_column();
    std::vector<float> weights;
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        const bool done = labels(i, kClick) > 0 || labels(i, kNotInterested) > 0;
        const double inverse = 1 / propensity(params, static_cast<double>(rows(i, position)));
        weights.push_back(done ? static_cast<float>(std::min(inverse, params.propensity_clip))
                               : 1.0f);
    }
    return weights;
}

Matrix without_position(Matrix rows) {
    rows.col(position_column()).setZero();
    return rows;
}

}  // namespace cascadelab
