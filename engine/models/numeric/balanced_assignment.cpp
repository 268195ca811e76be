#include "engine/models/numeric/balanced_assignment.h"

#include <algorithm>
#include <limits>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

constexpr std::size_t kChunk = 256;  // rows of one matrix product

using Index = Eigen::Index;

Matrix squared_distances(const Matrix& rows, const Matrix& centres, Workers& workers) {
    const Vector squares = centres.rowwise().squaredNorm();
    Matrix away(rows.rows(), centres.rows());
    workers.for_chunks(static_cast<std::size_t>(rows.rows()), kChunk,
                       [&](std::size_t, std::size_t begin, std::size_t end, int) {
                           const auto first = static_cast<Index>(begin);
                           const auto count = static_cast<Index>(end - begin);
                           const auto block = rows.middleRows(first, count);
                           auto out = away.middleRows(first, count);
                           out.noalias() = block * centres.transpose() * -2.0f;
                           out.colwise() += block.rowwise().squaredNorm();
                           out.rowwise() += squares.transpose();
                       });
    return away;
}

// Rows ask centres, nearest first; a full centre sends away whoever of its rows is farthest. That
// ends in the same matching whatever the order of asking.
class Matching {
  public:
    explicit Matching(const Matrix& away)
        : m_away(away),
          m_last(static_cast<std::size_t>(away.rows()), Offer{-1, 0}),
          m_taken(static_cast<std::size_t>(away.cols())) {}

    std::vector<std::uint32_t> match() {
        for (std::uint32_t row = 0; row < m_last.size(); ++row) {
            for (std::uint32_t asking = row; asking != kNobody;) asking = ask_next(asking);
        }
        std::vector<std::uint32_t> cluster(m_last.size());
        for (std::size_t row = 0; row < cluster.size(); ++row) cluster[row] = m_last[row].to;
        return cluster;
    }

  private:
    static constexpr std::uint32_t kNobody = 0xFFFFFFFFu;

    // A pair by its distance, seen from either side.
    struct Offer {
        float away;
        std::uint32_t to;
        friend auto operator<=>(const Offer&, const Offer&) = default;
    };

    std::size_t room(std::uint32_t centre) const {
        const std::size_t centres = m_taken.size();
        return m_last.size() / centres + (centre < m_last.size() % centres ? 1 : 0);
    }

    // The row asks the next centre on its list; whoever is left without one comes back.
    std::uint32_t ask_next(std::uint32_t row) {
        const Offer before = m_last[row];
        Offer next{std::numeric_limits<float>::infinity(), kNobody};
        for (std::uint32_t c = 0; c < m_taken.size(); ++c) {
            const Offer offer{m_away(row, c), c};
            if (offer > before && offer < next) next = offer;
        }
        CHECK(next.to != kNobody);
        m_last[row] = next;
        std::vector<Offer>& taken = m_taken[next.to];  // a heap, the farthest row on top
        taken.push_back({next.away, row});
        std::ranges::push_heap(taken);
        if (taken.size() <= room(next.to)) return kNobody;
        std::ranges::pop_heap(taken);
        const std::uint32_t sent_away = taken.back().to;
        taken.pop_back();
        return sent_away;
    }

    const Matrix& m_away;
    std::vector<Offer> m_last;                // of every row, the centre it asked last
    std::vector<std::vector<Offer>> m_taken;  // of every centre, the rows it holds
};

}  // namespace

Assignment assign_balanced(const Matrix& rows, const Matrix& centres, Workers* workers) {
    CHECK(centres.rows() > 0 && centres.cols() == rows.cols());
    Workers alone;
    const Matrix away = squared_distances(rows, centres, workers != nullptr ? *workers : alone);
    Assignment assignment;
    assignment.cluster = Matching(away).match();
    for (Index r = 0; r < rows.rows(); ++r) {
        const auto& centre = centres.row(assignment.cluster[static_cast<std::size_t>(r)]);
        assignment.mean_error += static_cast<double>((rows.row(r) - centre).squaredNorm());
    }
    if (rows.rows() > 0) assignment.mean_error /= static_cast<double>(rows.rows());
    return assignment;
}

}  // namespace cascadelab
