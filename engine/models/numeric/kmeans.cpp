#include "engine/models/numeric/kmeans.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/models/numeric/balanced_assignment.h"

namespace cascadelab {
namespace {

constexpr std::size_t kChunk = 256;  // rows of one matrix product

using Index = Eigen::Index;

// Distances of one block of rows: |c|^2 - 2 <x, c> orders centres as |x - c|^2 does.
class NearestOfBlock {
  public:
    NearestOfBlock(const Matrix& rows, const Matrix& centres, const Vector& squares)
        : m_rows(rows), m_centres(centres), m_squares(squares) {}

    // Fills cluster[begin, end); gives the block's summed squared error.
    double assign(std::size_t begin, std::size_t end, std::vector<std::uint32_t>& cluster) const {
        const auto block =
            m_rows.middleRows(static_cast<Index>(begin), static_cast<Index>(end - begin));
        const Matrix inner = block * m_centres.transpose();
        double error = 0;
        for (Index r = 0; r < block.rows(); ++r) {
            // minCoeff does not promise the first of equals.
            Index best = 0;
            float least = std::numeric_limits<float>::infinity();
            for (Index c = 0; c < m_centres.rows(); ++c) {
                const float distance = m_squares[c] - 2 * inner(r, c);
                if (distance >= least) continue;
                least = distance;
                best = c;
            }
            cluster[begin + static_cast<std::size_t>(r)] = static_cast<std::uint32_t>(best);
            error += static_cast<double>((block.row(r) - m_centres.row(best)).squaredNorm());
        }
        return error;
    }

  private:
    const Matrix& m_rows;
    const Matrix& m_centres;
    const Vector& m_squares;
};

Matrix normal_start(const Matrix& rows, const KmeansSettings& settings, Stream& stream) {
    Matrix centres(settings.clusters, rows.cols());
    for (Index c = 0; c < centres.rows(); ++c) {
        for (Index d = 0; d < centres.cols(); ++d) {
            centres(c, d) = static_cast<float>(stream.normal());
        }
    }
    return centres;
}

// The first of a random order of the rows; it begins again when there are more clusters than rows.
Matrix sample_start(const Matrix& rows, const KmeansSettings& settings, Stream& stream) {
    std::vector<Index> order(static_cast<std::size_t>(rows.rows()));
    std::iota(order.begin(), order.end(), Index{0});
    Matrix centres(settings.clusters, rows.cols());
    for (std::size_t c = 0; c < static_cast<std::size_t>(settings.clusters); ++c) {
        const std::size_t place = c % order.size();
        if (c < order.size())
            std::swap(order[place], order[place + stream.below(order.size() - place)]);
        centres.row(static_cast<Index>(c)) = rows.row(order[place]);
    }
    return centres;
}

Matrix plus_plus_start(const Matrix& rows, const KmeansSettings& settings, Stream& stream) {
    Matrix centres(settings.clusters, rows.cols());
    const auto count = static_cast<std::size_t>(rows.rows());
    std::vector<double> square(count, 1.0);  // distance to the nearest centre so far, squared
    for (Index c = 0; c < centres.rows(); ++c) {
        const bool spread = std::ranges::any_of(square, [](double d) { return d > 0; });
        const std::size_t row = spread ? stream.choice(square) : stream.below(count);
        centres.row(c) = rows.row(static_cast<Index>(row));
        for (std::size_t r = 0; r < count; ++r) {
            const auto away = static_cast<double>(
                (rows.row(static_cast<Index>(r)) - centres.row(c)).squaredNorm());
            square[r] = c == 0 ? away : std::min(square[r], away);
        }
    }
    return centres;
}

Matrix starting_centres(const Matrix& rows, const KmeansSettings& settings) {
    Stream stream(settings.seed, Purpose::kmeans);
    switch (settings.start) {
        case KmeansStart::random_normal:
            return normal_start(rows, settings, stream);
        case KmeansStart::sample:
            return sample_start(rows, settings, stream);
        case KmeansStart::plus_plus:
            return plus_plus_start(rows, settings, stream);
    }
    CHECK(false);
}

std::vector<std::size_t> sizes(std::span<const std::uint32_t> cluster, Index clusters) {
    std::vector<std::size_t> size(static_cast<std::size_t>(clusters), 0);
    for (const std::uint32_t c : cluster) ++size[c];
    return size;
}

// Moves every centre that has rows to their mean; sums are taken in row order.
void move_to_means(const Matrix& rows, std::span<const std::uint32_t> cluster, Matrix& centres) {
    MatrixOf<double> sum = MatrixOf<double>::Zero(centres.rows(), centres.cols());
    for (Index r = 0; r < rows.rows(); ++r) {
        sum.row(cluster[static_cast<std::size_t>(r)]) += rows.row(r).cast<double>();
    }
    const std::vector<std::size_t> size = sizes(cluster, centres.rows());
    for (Index c = 0; c < centres.rows(); ++c) {
        const auto count = static_cast<double>(size[static_cast<std::size_t>(c)]);
        if (count > 0) centres.row(c) = (sum.row(c) / count).cast<float>();
    }
}

// Farthest first (Gonzalez 1985): each dead centre goes to the row that lies farthest from all
// centres in use and those re-seeded before it; ties by lower row.
void reseed_dead(const Matrix& rows, std::span<const std::uint32_t> cluster, Matrix& centres) {
    const std::vector<std::size_t> size = sizes(cluster, centres.rows());
    if (std::ranges::find(size, std::size_t{0}) == size.end()) return;
    std::vector<float> away(cluster.size());
    for (std::size_t r = 0; r < away.size(); ++r)
        away[r] = (rows.row(static_cast<Index>(r)) - centres.row(cluster[r])).squaredNorm();
    for (Index c = 0; c < centres.rows(); ++c) {
        if (size[static_cast<std::size_t>(c)] > 0) continue;
        const auto farthest = std::ranges::max_element(away);
        if (*farthest <= 0) return;
        centres.row(c) = rows.row(farthest - away.begin());
        for (std::size_t r = 0; r < away.size(); ++r) {
            const float next = (rows.row(static_cast<Index>(r)) - centres.row(c)).squaredNorm();
            away[r] = std::min(away[r], next);
        }
    }
}

}  // namespace

std::size_t Kmeans::dead_count() const {
    return static_cast<std::size_t>(std::ranges::count(size, std::size_t{0}));
}

Assignment assign_to_nearest(const Matrix& rows, const Matrix& centres, Workers* workers) {
    CHECK(centres.rows() > 0 && centres.cols() == rows.cols());
    const auto count = static_cast<std::size_t>(rows.rows());
    const Vector squares = centres.rowwise().squaredNorm();
    const NearestOfBlock nearest(rows, centres, squares);
    Assignment assignment;
    assignment.cluster.resize(count);
    std::vector<double> error((count + kChunk - 1) / kChunk, 0.0);
    const auto body = [&](std::size_t chunk, std::size_t begin, std::size_t end, int) {
        error[chunk] = nearest.assign(begin, end, assignment.cluster);
    };
    Workers alone;
    (workers != nullptr ? *workers : alone).for_chunks(count, kChunk, body);
    const double total = std::accumulate(error.begin(), error.end(), 0.0);
    assignment.mean_error = count > 0 ? total / static_cast<double>(count) : 0;
    return assignment;
}

Kmeans train_kmeans(const Matrix& rows, const KmeansSettings& settings, Workers* workers) {
    CHECK(settings.clusters > 0 && settings.rounds >= 0 && rows.rows() > 0);
    Kmeans result;
    result.centres = starting_centres(rows, settings);
    const auto assign = settings.balanced ? assign_balanced : assign_to_nearest;
    result.assignment = assign(rows, result.centres, workers);
    for (int round = 0; round < settings.rounds; ++round) {
        move_to_means(rows, result.assignment.cluster, result.centres);
        if (settings.reseed_dead) reseed_dead(rows, result.assignment.cluster, result.centres);
        Assignment next = assign(rows, result.centres, workers);
        const bool settled = next.cluster == result.assignment.cluster;
        result.assignment = std::move(next);
        if (settled) break;
    }
    result.size = sizes(result.assignment.cluster, result.centres.rows());
    return result;
}

}  // namespace cascadelab
