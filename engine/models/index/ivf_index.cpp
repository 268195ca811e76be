#include "engine/models/index/ivf_index.h"

#include <algorithm>
#include <numeric>

#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/models/index/index_scan.h"
#include "engine/models/numeric/kmeans.h"

namespace cascadelab {
namespace {

constexpr std::size_t kSampleOfCell = 128;  // rows a cell that k-means learns from
constexpr int kRounds = 10;

using Index = Eigen::Index;

// A keyed sample of the rows without repetition, in row order.
Matrix sample_rows(const Matrix& vectors, std::size_t wanted, std::uint64_t seed) {
    const auto count = static_cast<std::size_t>(vectors.rows());
    if (wanted >= count) return vectors;
    Stream stream(seed, Purpose::vector_index);
    Matrix sample(static_cast<Index>(wanted), vectors.cols());
    Index taken = 0;
    // Every row is taken with the probability that leaves all samples equally likely (Knuth,
    // volume 2, algorithm S).
    for (std::size_t r = 0; r < count && taken < sample.rows(); ++r) {
        const auto missing = static_cast<std::uint64_t>(sample.rows() - taken);
        if (stream.below(count - r) >= missing) continue;
        sample.row(taken++) = vectors.row(static_cast<Index>(r));
    }
    return sample;
}

class IvfIndex final : public VectorIndex {
  public:
    IvfIndex(const Matrix& vectors, const IndexSettings& settings) {
        const auto rows = static_cast<std::size_t>(vectors.rows());
        const std::size_t cells = std::min(static_cast<std::size_t>(settings.cells), rows);
        KmeansSettings kmeans;
        kmeans.clusters = static_cast<int>(cells);
        kmeans.rounds = kRounds;
        kmeans.start = KmeansStart::sample;
        kmeans.seed = settings.seed;
        const Matrix sample = sample_rows(vectors, kSampleOfCell * cells, settings.seed);
        m_centres = train_kmeans(sample, kmeans).centres;
        m_offsets = -0.5f * m_centres.rowwise().squaredNorm();
        file_rows(vectors, assign_to_nearest(vectors, m_centres).cluster);
    }

    std::size_t size() const override { return m_items.size(); }
    int dims() const override { return static_cast<int>(m_vectors.cols()); }

    void search(std::span<const float> query, int k, const SearchBreadth& breadth,
                std::vector<ScoredItem>& out) const override {
        CHECK(query.size() == static_cast<std::size_t>(dims()));
        if (k <= 0) return;
        const auto wanted = std::min(static_cast<std::size_t>(k), size());
        BestScanned best(query, static_cast<std::size_t>(k), kNoBar, out);
        const std::vector<std::uint32_t> cells = nearest_first(query);
        std::size_t scanned = 0;
        for (std::size_t probe = 0; probe < cells.size(); ++probe) {
            // Further cells only while the probes hold fewer items than were asked for.
            if (probe >= static_cast<std::size_t>(std::max(1, breadth.probes)) && scanned >= wanted)
                break;
            const std::size_t begin = m_begin[cells[probe]];
            const std::size_t count = m_begin[cells[probe] + 1] - begin;
            best.scan(m_vectors.data() + begin * query.size(), count,
                      [&](std::size_t i) { return m_items[begin + i]; });
            scanned += count;
        }
        best.finish();
    }

    std::size_t search_raw(std::span<const float> query, int k,
                           const SearchBreadth& breadth) const override {
        std::vector<ScoredItem> found;
        search(query, k, breadth, found);
        return found.size();
    }

  private:
    // Rows cell by cell, inside a cell in id order.
    void file_rows(const Matrix& vectors, std::span<const std::uint32_t> cell) {
        m_begin.assign(static_cast<std::size_t>(m_centres.rows()) + 1, 0);
        for (const std::uint32_t c : cell) ++m_begin[c + 1];
        std::partial_sum(m_begin.begin(), m_begin.end(), m_begin.begin());
        std::vector<std::size_t> next(m_begin.begin(), m_begin.end() - 1);
        m_items.resize(cell.size());
        m_vectors.resize(vectors.rows(), vectors.cols());
        for (std::size_t r = 0; r < cell.size(); ++r) {
            const std::size_t place = next[cell[r]]++;
            m_items[place] = ItemId(r);
            m_vectors.row(static_cast<Index>(place)) = vectors.row(static_cast<Index>(r));
        }
    }

    // All cells by the distance of their centres: |q - c|^2 falls as <q, c> - |c|^2 / 2 rises.
    std::vector<std::uint32_t> nearest_first(std::span<const float> query) const {
        const Vector closeness =
            m_centres * Eigen::Map<const Vector>(query.data(), m_centres.cols()) + m_offsets;
        std::vector<std::uint32_t> cells(static_cast<std::size_t>(m_centres.rows()));
        std::iota(cells.begin(), cells.end(), 0u);
        std::ranges::sort(cells, [&](std::uint32_t a, std::uint32_t b) {
            const float x = closeness[a], y = closeness[b];
            return x != y ? x > y : a < b;
        });
        return cells;
    }

    Matrix m_centres;                  // cells x dims
    Vector m_offsets;                  // per cell: -|centre|^2 / 2
    std::vector<std::size_t> m_begin;  // cells + 1: where a cell's rows begin
    std::vector<ItemId> m_items;       // by place
    Matrix m_vectors;                  // items x dims, by place
};

}  // namespace

std::shared_ptr<const VectorIndex> build_ivf_index(const Matrix& vectors,
                                                   const IndexSettings& settings) {
    CHECK(settings.cells > 0 && vectors.rows() > 0);
    return std::make_shared<const IvfIndex>(vectors, settings);
}

}  // namespace cascadelab
