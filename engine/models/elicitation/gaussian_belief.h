// What is believed of a person's taste, question by question: a normal distribution over linear
// utilities, sharpened by each answer (Bayesian linear regression; the elicitation of
// Christakopoulou, Radlinski and Hofmann 2016, "Towards conversational recommender systems"). One
// thread a belief.
#pragma once

#include <Eigen/Core>
#include <span>

#include "engine/base/enum_array.h"
#include "engine/base/random.h"

namespace cascadelab {

class GaussianBelief {
  public:
    // Mean, d; the covariance is the identity times variance.
    GaussianBelief(Eigen::VectorXd mean, double variance);

    const Eigen::VectorXd& mean() const { return m_mean; }
    const Eigen::MatrixXd& covariance() const { return m_covariance; }
    double variance_of(const Eigen::Ref<const Eigen::VectorXd>& item) const;  // of x'theta
    // The answer y = x'theta + noise, of that variance, to an item x, d:
    //   g = S x / (x'S x + noise), m += g (y - x'm), S -= g x'S.
    void take_answer(const Eigen::Ref<const Eigen::VectorXd>& item, double answer, double noise);
    // A taste drawn from the belief, d.
    Eigen::VectorXd draw(Stream& stream) const;

  private:
    Eigen::VectorXd m_mean;
    Eigen::MatrixXd m_covariance;
};

// Which item is asked about next.
enum class QuestionChoice {
    random,
    greedy,     // the best believed
    uncertain,  // the least known
    ucb,        // mean and a deviation
    thompson    // the best of a taste that is drawn
};
template <>
inline constexpr std::size_t enum_count<QuestionChoice> = 5;
std::string_view question_choice_name(QuestionChoice choice);  // "uncertain"

// An item, a row of items, n x d, that was not asked about yet; n when there is none.
std::size_t choose_question(QuestionChoice choice, const GaussianBelief& belief,
                            const Eigen::Ref<const Eigen::MatrixXd>& items,
                            std::span<const bool> asked, Stream& stream);

}  // namespace cascadelab
