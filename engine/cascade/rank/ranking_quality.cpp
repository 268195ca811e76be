#include "engine/cascade/rank/ranking_quality.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/base/error.h"
#include "engine/cascade/request/ranking_columns.h"

namespace cascadelab {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// Places by falling score; equal scores keep their order.
std::vector<std::size_t> by_score(std::span<const float> scores) {
    std::vector<std::size_t> order(scores.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
    return order;
}

std::vector<OutcomeScores> predict_all(const Ranker& ranker, const Matrix& rows) {
    const auto count = static_cast<std::size_t>(rows.rows());
    std::vector<float> scratch(kOutcomeCount * count);
    std::vector<OutcomeScores> out(count);
    predict_outcomes(ranker, rows.data(), count, scratch, out);
    return out;
}

}  // namespace

double log_loss(std::span<const float> labels, std::span<const float> probabilities) {
    CHECK(labels.size() == probabilities.size() && !labels.empty());
    double sum = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const double p = std::clamp(static_cast<double>(probabilities[i]), 1e-7, 1 - 1e-7);
        const double label = labels[i];
        sum -= label * std::log(p) + (1 - label) * std::log1p(-p);
    }
    return sum / static_cast<double>(labels.size());
}

double area_under_curve(std::span<const float> labels, std::span<const float> scores) {
    CHECK(labels.size() == scores.size());
    const std::vector<std::size_t> order = by_score(scores);
    double positives = 0, wins = 0, positives_above = 0;
    for (std::size_t i = 0; i < order.size();) {
        // All of one score at once.
        std::size_t end = i;
        double equal_positives = 0;
        for (; end < order.size() && scores[order[end]] == scores[order[i]]; ++end)
            equal_positives += labels[order[end]];
        const double equal_negatives = static_cast<double>(end - i) - equal_positives;
        wins += equal_negatives * (positives_above + equal_positives / 2);
        positives_above += equal_positives;
        positives += equal_positives;
        i = end;
    }
    const double negatives = static_cast<double>(labels.size()) - positives;
    return positives > 0 && negatives > 0 ? wins / (positives * negatives) : kNone;
}

double request_ndcg(std::span<const float> labels, std::span<const float> scores) {
    CHECK(labels.size() == scores.size());
    const std::vector<std::size_t> order = by_score(scores);
    double gain = 0, best = 0;
    std::size_t positives = 0;
    for (const float label : labels) positives += label > 0;
    for (std::size_t place = 0; place < std::min<std::size_t>(10, order.size()); ++place) {
        const double weight = 1 / std::log2(static_cast<double>(place) + 2);
        if (labels[order[place]] > 0) gain += weight;
        if (place < positives) best += weight;
    }
    return best > 0 ? gain / best : kNone;
}

ShownRows part_of(const ShownRows& all, std::size_t first, std::size_t last) {
    CHECK(first <= last && last <= all.requests.size());
    const auto row_of = [&](std::size_t request) {
        return request < all.requests.size() ? all.requests[request] : all.rows.rows();
    };
    const Eigen::Index begin = row_of(first), count = row_of(last) - begin;
    ShownRows part{all.rows.middleRows(begin, count), all.labels.middleRows(begin, count), {}};
    for (std::size_t r = first; r < last; ++r) part.requests.push_back(all.requests[r] - begin);
    return part;
}

RankingQuality measure_quality(const Ranker& ranker, const RankingParams& params,
                               const ShownRows& shown) {
    CHECK(shown.rows.rows() > 0);
    const auto position =
        std::ranges::find(ranking_columns(), std::string_view("position"), &RankingColumn::name);
    Matrix served = shown.rows;
    served.col(position - ranking_columns().begin()).setZero();

    const Vector labels = shown.labels.col(0);
    const std::span<const float> clicks(labels.data(), static_cast<std::size_t>(labels.size()));
    std::vector<float> click, value;
    for (const OutcomeScores& scores : predict_all(ranker, shown.rows))
        click.push_back(scores.click);
    for (const OutcomeScores& scores : predict_all(ranker, served))
        value.push_back(value_of(params, scores));

    double ndcg = 0, answered = 0;
    for (std::size_t r = 0; r < shown.requests.size(); ++r) {
        const auto begin = static_cast<std::size_t>(shown.requests[r]);
        const auto end = r + 1 < shown.requests.size()
                             ? static_cast<std::size_t>(shown.requests[r + 1])
                             : clicks.size();
        const double one = request_ndcg(clicks.subspan(begin, end - begin),
                                        std::span(value).subspan(begin, end - begin));
        if (std::isnan(one)) continue;
        ndcg += one;
        ++answered;
    }
    return {static_cast<float>(log_loss(clicks, click)),
            static_cast<float>(area_under_curve(clicks, click)),
            static_cast<float>(answered > 0 ? ndcg / answered : kNone)};
}

}  // namespace cascadelab
