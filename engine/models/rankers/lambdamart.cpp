#include "engine/models/rankers/lambdamart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace cascadelab {
namespace {

constexpr Eigen::Index kClick = 0, kWatch = 1, kLike = 2, kNotInterested = 3;
constexpr std::size_t kFewestHeldOut = 20;  // pages; with fewer the trees' own pages are the scale

// probability = sigmoid(slope score + intercept)
struct Scale {
    double slope = 0, intercept = 0;

    double log_odds(double score) const { return slope * score + intercept; }
    double probability(double score) const { return 1 / (1 + std::exp(-log_odds(score))); }
};

// What a scale is fitted to: one entry a row that counts.
struct Observed {
    std::vector<double> score, label, weight;

    void add(double s, double l, double w) {
        score.push_back(s);
        label.push_back(l);
        weight.push_back(w);
    }
};

// The share of positives with one more of each kind, as log-odds.
double prior_log_odds(const Observed& seen) {
    double positive = 1, negative = 1;
    for (std::size_t i = 0; i < seen.label.size(); ++i) {
        positive += seen.weight[i] * seen.label[i];
        negative += seen.weight[i] * (1 - seen.label[i]);
    }
    return std::log(positive / negative);
}

// Platt's fit by Newton's method: labels a little inside 0 and 1, so that it ends. The slope keeps
// the sign; where the outcomes say otherwise, the score says nothing of them.
Scale fit_scale(const Observed& seen, double sign) {
    constexpr int kSteps = 30;
    constexpr double kRidge = 1e-3;
    double positives = 0, negatives = 0;
    for (std::size_t i = 0; i < seen.label.size(); ++i) {
        positives += seen.weight[i] * seen.label[i];
        negatives += seen.weight[i] * (1 - seen.label[i]);
    }
    const double high = (positives + 1) / (positives + 2), low = 1 / (negatives + 2);
    const Scale flat{0, prior_log_odds(seen)};
    Scale scale = flat;
    for (int step = 0; step < kSteps; ++step) {
        double g0 = 0, g1 = kRidge * scale.slope, h00 = kRidge, h01 = 0, h11 = kRidge;
        for (std::size_t i = 0; i < seen.score.size(); ++i) {
            const double s = seen.score[i], p = scale.probability(s);
            const double target = seen.label[i] > 0 ? high : low;
            const double error = seen.weight[i] * (p - target), bend = seen.weight[i] * p * (1 - p);
            g0 += error;
            g1 += error * s;
            h00 += bend;
            h01 += bend * s;
            h11 += bend * s * s;
        }
        const double determinant = h00 * h11 - h01 * h01;
        if (determinant <= 0) break;
        const double d0 = (h11 * g0 - h01 * g1) / determinant;
        const double d1 = (h00 * g1 - h01 * g0) / determinant;
        scale.intercept -= d0;
        scale.slope -= d1;
        if (std::abs(d0) + std::abs(d1) < 1e-9) break;
    }
    const bool usable = std::isfinite(scale.slope) && std::isfinite(scale.intercept);
    return usable && scale.slope * sign > 0 ? scale : flat;
}

class LambdaMart final : public OutcomeModel {
  public:
    LambdaMart(std::shared_ptr<const Booster> trees, const std::array<Scale, kOutcomeCount>& scales)
        : m_trees(std::move(trees)), m_scales(scales) {}

    std::string_view label() const override { return "LambdaMART"; }
    std::string_view explanation() const override { return "SHAP"; }
    int columns() const override { return m_trees->columns(); }
    int outcomes() const override { return static_cast<int>(kOutcomeCount); }

    void predict(const float* rows, std::size_t count, std::span<float> out) const override {
        CHECK(out.size() == kOutcomeCount * count);
        if (count == 0) return;
        const std::span<const float> score = m_trees->predict_raw(rows, count);
        for (std::size_t o = 0; o < kOutcomeCount; ++o) {
            for (std::size_t i = 0; i < count; ++i) {
                const double p = m_scales[o].probability(static_cast<double>(score[i]));
                out[o * count + i] = static_cast<float>(std::clamp(p, 1e-6, 1 - 1e-6));
            }
        }
    }

    Matrix contributions(const float* rows, std::size_t count, int outcome) const override {
        const Scale& scale = m_scales[static_cast<std::size_t>(outcome)];
        Matrix parts = m_trees->contributions(rows, count, 0) * static_cast<float>(scale.slope);
        parts.col(parts.cols() - 1).array() += static_cast<float>(scale.intercept);
        return parts;
    }

    std::vector<std::uint8_t> bytes() const override {
        std::vector<std::uint8_t> all = m_trees->bytes();
        for (const Scale& scale : m_scales) {
            for (const double number : {scale.slope, scale.intercept}) {
                std::array<std::uint8_t, sizeof(double)> raw;
                std::memcpy(raw.data(), &number, raw.size());
                all.insert(all.end(), raw.begin(), raw.end());
            }
        }
        return all;
    }

  private:
    std::shared_ptr<const Booster> m_trees;
    std::array<Scale, kOutcomeCount> m_scales;
};

std::vector<float> grades_of(const Matrix& labels) {
    std::vector<float> grades;
    for (Eigen::Index row = 0; row < labels.rows(); ++row) {
        const bool liked = labels(row, kLike) > 0, watched = labels(row, kWatch) > 0;
        grades.push_back(liked ? 3.0f : watched ? 2.0f : labels(row, kClick) > 0 ? 1.0f : 0.0f);
    }
    return grades;
}

// Scores and outcomes of the rows from `first` on; those of a click only where there was one.
std::array<Scale, kOutcomeCount> scales_of(std::span<const float> score, const Matrix& labels,
                                           std::span<const float> weights, Eigen::Index first) {
    std::array<Observed, kOutcomeCount> seen;
    for (Eigen::Index row = first; row < labels.rows(); ++row) {
        const auto place = static_cast<std::size_t>(row);
        const double weight = weights.empty() ? 1.0 : static_cast<double>(weights[place]);
        for (Eigen::Index o = 0; o < labels.cols(); ++o) {
            if ((o == kWatch || o == kLike) && labels(row, kClick) == 0) continue;
            seen[static_cast<std::size_t>(o)].add(score[place], labels(row, o), weight);
        }
    }
    std::array<Scale, kOutcomeCount> scales;
    for (std::size_t o = 0; o < kOutcomeCount; ++o)
        scales[o] = fit_scale(seen[o], o == static_cast<std::size_t>(kNotInterested) ? -1 : 1);
    return scales;
}

}  // namespace

std::shared_ptr<const OutcomeModel> train_lambdamart(const Matrix& rows, const Matrix& labels,
                                                     std::span<const Eigen::Index> pages,
                                                     const LambdaMartSettings& settings,
                                                     const Progress& progress) {
    constexpr std::array<Eigen::Index, 1> kOnePage = {0};
    if (pages.empty()) pages = kOnePage;
    CHECK(labels.rows() == rows.rows() && labels.cols() == Eigen::Index{kOutcomeCount});
    CHECK(pages.front() == 0);
    auto held_out = static_cast<std::size_t>(settings.held_out * static_cast<double>(pages.size()));
    if (held_out < kFewestHeldOut) held_out = 0;
    const std::size_t learned_pages = pages.size() - held_out;
    const Eigen::Index learned = held_out > 0 ? pages[learned_pages] : rows.rows();

    std::vector<unsigned> sizes;
    for (std::size_t page = 0; page < learned_pages; ++page) {
        const Eigen::Index end = page + 1 < learned_pages ? pages[page + 1] : learned;
        sizes.push_back(static_cast<unsigned>(end - pages[page]));
    }
    BoosterSettings trees = settings.trees;
    trees.weights = {};
    trees.pages = sizes;
    const std::vector<float> grades = grades_of(labels.topRows(learned));
    const Matrix learned_rows = rows.topRows(learned);
    const auto booster = train_booster(learned_rows, grades, trees, progress);
    if (!booster) return nullptr;
    const auto count = static_cast<std::size_t>(rows.rows());
    const std::span<const float> raw = booster->predict_raw(rows.data(), count);
    const std::vector<float> score(raw.begin(), raw.end());
    return std::make_shared<const LambdaMart>(
        booster, scales_of(score, labels, settings.weights, held_out > 0 ? learned : 0));
}

}  // namespace cascadelab
