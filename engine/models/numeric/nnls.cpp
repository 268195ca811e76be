#include "engine/models/numeric/nnls.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <vector>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

using Index = Eigen::Index;
using VectorD = VectorOf<double>;

constexpr double kRelativeSlack = 1e-10;  // a gradient this small beside the largest is zero

class ActiveSet {
  public:
    ActiveSet(const MatrixOf<double>& gram, const VectorD& right)
        : m_gram(gram), m_right(right), m_weight(VectorD::Zero(right.size())) {
        m_slack = kRelativeSlack * std::max(1e-300, right.cwiseAbs().maxCoeff());
    }

    VectorD solve() {
        // Three times the number of parts is the method's customary bound.
        for (Index round = 0; round < 3 * m_right.size(); ++round) {
            const Index next = steepest();
            if (next < 0) break;
            m_free.push_back(next);
            while (!step_to_least_squares()) {
            }
        }
        return m_weight;
    }

  private:
    // The part at zero whose weight most wants to grow; -1 when none does.
    Index steepest() const {
        const VectorD gradient = m_right - m_gram * m_weight;
        Index best = -1;
        for (Index i = 0; i < gradient.size(); ++i) {
            if (gradient[i] <= m_slack || std::ranges::count(m_free, i) > 0) continue;
            if (best < 0 || gradient[i] > gradient[best]) best = i;
        }
        return best;
    }

    // Goes to the least squares of the free parts; false when a weight met zero on the way and its
    // part was fixed there.
    bool step_to_least_squares() {
        const MatrixOf<double> gram = m_gram(m_free, m_free);
        const VectorD right = m_right(m_free);
        const VectorD goal = gram.ldlt().solve(right);
        double way = 1;
        for (std::size_t k = 0; k < m_free.size(); ++k) {
            const double from = m_weight[m_free[k]];
            const double to = goal[static_cast<Index>(k)];
            if (to <= 0) way = std::min(way, from > to ? from / (from - to) : 0.0);
        }
        for (std::size_t k = 0; k < m_free.size(); ++k) {
            double& weight = m_weight[m_free[k]];
            weight += way * (goal[static_cast<Index>(k)] - weight);
        }
        if (way == 1) return true;
        std::erase_if(m_free, [&](Index i) {
            const bool gone = m_weight[i] <= 1e-14;
            if (gone) m_weight[i] = 0;
            return gone;
        });
        return m_free.empty();
    }

    const MatrixOf<double>& m_gram;
    const VectorD& m_right;
    VectorD m_weight;
    std::vector<Index> m_free;
    double m_slack;
};

}  // namespace

VectorOf<double> solve_nnls(const MatrixOf<double>& gram, const VectorOf<double>& right) {
    CHECK(gram.rows() == gram.cols() && gram.rows() == right.size());
    return ActiveSet(gram, right).solve();
}

}  // namespace cascadelab
