#include "engine/models/elicitation/gaussian_belief.h"

#include <Eigen/Cholesky>
#include <cmath>

#include "engine/base/error.h"

namespace cascadelab {

GaussianBelief::GaussianBelief(Eigen::VectorXd mean, double variance)
    : m_mean(std::move(mean)),
      m_covariance(variance * Eigen::MatrixXd::Identity(m_mean.size(), m_mean.size())) {}

double GaussianBelief::variance_of(const Eigen::Ref<const Eigen::VectorXd>& item) const {
    return item.dot(m_covariance * item);
}

void GaussianBelief::take_answer(const Eigen::Ref<const Eigen::VectorXd>& item, double answer,
                                 double noise) {
    const Eigen::VectorXd spread = m_covariance * item;
    const Eigen::VectorXd gain = spread / (item.dot(spread) + noise);
    m_mean += gain * (answer - item.dot(m_mean));
    m_covariance -= gain * spread.transpose();
}

Eigen::VectorXd GaussianBelief::draw(Stream& stream) const {
    Eigen::VectorXd white(m_mean.size());
    for (double& x : white) x = stream.normal();
    return m_mean + m_covariance.llt().matrixL() * white;
}

std::string_view question_choice_name(QuestionChoice choice) {
    constexpr EnumArray<QuestionChoice, std::string_view> kNames = {"random", "greedy", "uncertain",
                                                                    "ucb", "thompson"};
    return kNames[choice];
}

std::size_t choose_question(QuestionChoice choice, const GaussianBelief& belief,
                            const Eigen::Ref<const Eigen::MatrixXd>& items,
                            std::span<const bool> asked, Stream& stream) {
    Eigen::VectorXd taste = belief.mean();
    if (choice == QuestionChoice::thompson) taste = belief.draw(stream);
    const auto worth = [&](Eigen::Index item) {
        const auto x = items.row(item).transpose();
        switch (choice) {
            case QuestionChoice::random:
                return stream.uniform();
            case QuestionChoice::greedy:
            case QuestionChoice::thompson:
                return x.dot(taste);
            case QuestionChoice::uncertain:
                return belief.variance_of(x);
            case QuestionChoice::ucb:
                return x.dot(taste) + std::sqrt(belief.variance_of(x));
        }
        CHECK(false);
    };
    auto best = static_cast<std::size_t>(items.rows());
    double most = 0;
    for (Eigen::Index item = 0; item < items.rows(); ++item) {
        const auto place = static_cast<std::size_t>(item);
        const double value = worth(item);
        if (asked[place] || (best < asked.size() && value <= most)) continue;
        best = place;
        most = value;
    }
    return best;
}

}  // namespace cascadelab
