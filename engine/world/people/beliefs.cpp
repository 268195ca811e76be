#include "engine/world/people/beliefs.h"

#include "engine/base/error.h"
#include "engine/world/people/choice_model.h"

namespace cascadelab {
namespace {

constexpr double kKnown = 1e-12;  // variance below which there is nothing left to learn

Eigen::Index at(std::size_t item) {
    return static_cast<Eigen::Index>(item);
}

}  // namespace

Beliefs::Beliefs(VectorOf<double> mean, MatrixOf<double> covariance)
    : m_mean(std::move(mean)), m_covariance(std::move(covariance)) {
    CHECK(m_covariance.rows() == m_mean.size() && m_covariance.cols() == m_mean.size());
}

double Beliefs::variance(std::size_t item) const {
    return m_covariance(at(item), at(item));
}

double Beliefs::certainty_equivalent(std::size_t item, double risk_aversion) const {
    return cascadelab::certainty_equivalent(mean(item), variance(item), risk_aversion);
}

void Beliefs::learn(std::size_t item, double value) {
    const double before = variance(item);
    if (before < kKnown) return;
    const VectorOf<double> pull = m_covariance.col(at(item)) / before;
    const VectorOf<double> shared = m_covariance.row(at(item)).transpose();
    m_mean += pull * (value - mean(item));
    m_covariance.noalias() -= pull * shared.transpose();
}

}  // namespace cascadelab
