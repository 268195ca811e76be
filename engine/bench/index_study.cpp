#include "engine/bench/index_study.h"

#include <time.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/models/index/vector_index.h"

namespace cascadelab {
namespace {

using Index = Eigen::Index;

constexpr std::int64_t kSyntheticItems = 100000;
constexpr std::int64_t kItemsOfCluster = 400;
constexpr float kClusterSpread = 0.5f;  // against centres of deviation 1
constexpr float kQueryStep = 0.3f;      // how far a query lies from its item
constexpr float kCopyStep = 0.1f;       // how far the copies of an enlarged catalogue lie apart
constexpr int kRounds = 3;
constexpr double kWhole = 0.999;  // a recall that no wider search can raise noticeably

double thread_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// A unit vector about `step` away from a unit row.
void put_near(const Matrix& from, Index row, float step, Stream& stream, Matrix& to, Index place) {
    const float deviation = step / std::sqrt(static_cast<float>(from.cols()));
    for (Index d = 0; d < from.cols(); ++d)
        to(place, d) = from(row, d) + deviation * static_cast<float>(stream.normal());
    to.row(place).normalize();
}

Matrix synthetic_vectors(std::int64_t items, int dims, Stream& stream) {
    const auto clusters =
        static_cast<std::size_t>(std::max<std::int64_t>(8, items / kItemsOfCluster));
    Matrix centres(static_cast<Index>(clusters), dims);
    for (Index i = 0; i < centres.size(); ++i)
        centres.data()[i] = static_cast<float>(stream.normal());
    Matrix vectors(items, dims);
    for (Index r = 0; r < vectors.rows(); ++r) {
        const auto centre = static_cast<Index>(stream.below(clusters));
        for (Index d = 0; d < dims; ++d)
            vectors(r, d) =
                centres(centre, d) + kClusterSpread * static_cast<float>(stream.normal());
        vectors.row(r).normalize();
    }
    return vectors;
}

// As many rows as are wanted: a sample without repetition, or all and copies moved a little.
Matrix resized(const Matrix& given, std::int64_t items, Stream& stream) {
    Matrix vectors(items, given.cols());
    Index taken = 0;
    for (Index r = 0; r < given.rows() && taken < items; ++r) {
        const auto missing = static_cast<std::uint64_t>(items - taken);
        if (stream.below(static_cast<std::uint64_t>(given.rows() - r)) < missing)
            vectors.row(taken++) = given.row(r);
    }
    for (; taken < items; ++taken) {
        put_near(given, taken % given.rows(), kCopyStep, stream, vectors, taken);
    }
    return vectors;
}

int breadth_now(IndexChoice kind, const IndexStudy& study, const RetrievalParams& now) {
    switch (kind) {
        case IndexChoice::exact:
            return 0;
        case IndexChoice::hnsw:
            return std::max(study.k, static_cast<int>(now.hnsw_breadth));
        case IndexChoice::ivf:
            return std::min(study.cells, static_cast<int>(now.ivf_probes));
    }
    CHECK(false);
}

// The breadths to measure, rising, with the one that serves now among them.
std::vector<int> breadths(IndexChoice kind, const IndexStudy& study, const RetrievalParams& now) {
    std::vector<int> values = {breadth_now(kind, study, now)};
    const auto add_steps = [&](double from, double to, double factor) {
        for (double value = from; value < to; value *= factor)
            values.push_back(static_cast<int>(std::lround(value)));
        values.push_back(static_cast<int>(to));
    };
    if (kind == IndexChoice::hnsw) add_steps(study.k, std::max(640, 4 * study.k), 1.5);
    if (kind == IndexChoice::ivf) add_steps(1, study.cells, 1.42);
    std::ranges::sort(values);
    values.erase(std::ranges::unique(values).begin(), values.end());
    return values;
}

SearchBreadth breadth_of(IndexChoice kind, int breadth) {
    return kind == IndexChoice::hnsw ? SearchBreadth{.ef = breadth}
                                     : SearchBreadth{.probes = std::max(1, breadth)};
}

IndexSettings settings_of(IndexChoice kind, const IndexStudy& study) {
    constexpr EnumArray<IndexChoice, IndexKind> kKinds = {IndexKind::exact, IndexKind::hnsw,
                                                          IndexKind::ivf};
    IndexSettings settings;
    settings.kind = kKinds[kind];
    settings.links = study.links;
    settings.build_breadth = study.build_breadth;
    settings.cells = study.cells;
    return settings;
}

// The queries of a study, and what an exact search finds for each.
class Judge {
  public:
    Judge(Matrix queries, int k) : m_queries(std::move(queries)), m_k(k) {}

    void learn_truth(const VectorIndex& exact) {
        for_each_query(exact, {}, [&](std::size_t, std::vector<ScoredItem>& found) {
            std::ranges::sort(found, {}, &ScoredItem::item);
            m_truth.push_back(found);
        });
    }
    IndexPoint measure(const VectorIndex& index, IndexChoice kind, int breadth) const {
        const SearchBreadth wide = breadth_of(kind, breadth);
        double hits = 0, asked = 0;
        for_each_query(index, wide, [&](std::size_t q, const std::vector<ScoredItem>& found) {
            asked += static_cast<double>(m_truth[q].size());
            for (const ScoredItem& entry : found) {
                hits += std::ranges::binary_search(m_truth[q], entry.item, {}, &ScoredItem::item);
            }
        });
        std::array<double, kRounds> seconds{};
        for (double& round : seconds) {
            const double begin = thread_seconds();
            for_each_query(index, wide, [](std::size_t, const auto&) {});
            round = thread_seconds() - begin;
        }
        std::ranges::sort(seconds);
        return {breadth, hits / asked,
                1e3 * seconds[kRounds / 2] / static_cast<double>(m_queries.rows())};
    }

  private:
    template <class Visit>
    void for_each_query(const VectorIndex& index, const SearchBreadth& breadth,
                        const Visit& visit) const {
        std::vector<ScoredItem> found;
        for (Index q = 0; q < m_queries.rows(); ++q) {
            found.clear();
            index.search({m_queries.row(q).data(), static_cast<std::size_t>(m_queries.cols())}, m_k,
                         breadth, found);
            visit(static_cast<std::size_t>(q), found);
        }
    }

    Matrix m_queries;  // queries x dims
    int m_k;
    std::vector<std::vector<ScoredItem>> m_truth;  // per query, by item
};

// The vectors a study searches; says in `study` what they are.
Matrix study_vectors(const IndexStudyOptions& options, IndexStudy& study, Stream& stream) {
    if (!options.vectors || options.vectors->rows() == 0) {
        study.vectors = StudyVectors::synthetic;
        return synthetic_vectors(options.items > 0 ? options.items : kSyntheticItems, options.dims,
                                 stream);
    }
    study.given = options.vectors->rows();
    const std::int64_t wanted = options.items > 0 ? options.items : study.given;
    study.vectors = wanted == study.given  ? StudyVectors::as_given
                    : wanted < study.given ? StudyVectors::sampled
                                           : StudyVectors::enlarged;
    return wanted == study.given ? *options.vectors : resized(*options.vectors, wanted, stream);
}

Matrix study_queries(const Matrix& vectors, int count, Stream& stream) {
    Matrix queries(count, vectors.cols());
    for (Index q = 0; q < queries.rows(); ++q) {
        const auto item = stream.below(static_cast<std::uint64_t>(vectors.rows()));
        put_near(vectors, static_cast<Index>(item), kQueryStep, stream, queries, q);
    }
    return queries;
}

// A part of the study's way: where its progress begins and how much of the whole it is.
struct Part {
    IndexChoice kind;
    const char* name;
    double begin, share;
};
constexpr std::array kParts = {Part{IndexChoice::exact, "exact", 0, 0.05},
                               Part{IndexChoice::ivf, "IVF", 0.05, 0.2},
                               Part{IndexChoice::hnsw, "HNSW", 0.25, 0.75}};
constexpr double kBuilding = 0.7;  // of a part

// One kind from its build to its widest search; nothing when ended early.
std::optional<IndexCurve> study_kind(const Part& part, const Matrix& vectors,
                                     const IndexStudyOptions& options, const IndexStudy& study,
                                     Judge& judge, const StudyProgress& progress) {
    const std::string name = part.name;
    const double begin = thread_seconds();
    const auto index = build_index(vectors, settings_of(part.kind, study), [&](double built) {
        return progress(part.begin + part.share * kBuilding * built, "building " + name);
    });
    if (!index) return std::nullopt;
    IndexCurve curve;
    curve.kind = part.kind;
    curve.build_s = thread_seconds() - begin;
    if (part.kind == IndexChoice::exact) judge.learn_truth(*index);
    const std::vector<int> wanted = breadths(part.kind, study, options.setting);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const double done = static_cast<double>(i) / static_cast<double>(wanted.size());
        const double share = part.begin + part.share * (kBuilding + (1 - kBuilding) * done);
        if (!progress(share, "searching " + name)) return std::nullopt;
        curve.points.push_back(judge.measure(*index, part.kind, wanted[i]));
        // Wider only costs more; the present setting is measured in any case.
        const bool is_whole = curve.points.back().recall > kWhole;
        if (is_whole && wanted[i] >= breadth_now(part.kind, study, options.setting)) break;
    }
    return curve;
}

}  // namespace

std::optional<IndexStudy> study_indexes(const IndexStudyOptions& options,
                                        const StudyProgress& progress) {
    CHECK(options.k > 0 && options.queries > 0 && options.dims > 0);
    Stream stream(options.seed, Purpose::study);
    if (!progress(0, "making vectors")) return std::nullopt;
    IndexStudy study;
    const Matrix vectors = study_vectors(options, study, stream);
    study.items = vectors.rows();
    study.dims = static_cast<int>(vectors.cols());
    study.k = static_cast<int>(std::min<std::int64_t>(options.k, study.items));
    study.queries = options.queries;
    study.links = static_cast<int>(options.setting.hnsw_links);
    study.build_breadth = static_cast<int>(options.setting.hnsw_build_breadth);
    study.cells = static_cast<int>(std::min(options.setting.ivf_cells, study.items));
    Judge judge(study_queries(vectors, options.queries, stream), study.k);
    for (const Part& part : kParts) {
        auto curve = study_kind(part, vectors, options, study, judge, progress);
        if (!curve) return std::nullopt;
        study.curves.push_back(std::move(*curve));
    }
    progress(1, "");
    return study;
}

IndexStudyJob::IndexStudyJob(IndexStudyOptions options, std::function<void()> notify)
    : m_thread([this, options = std::move(options),
                notify = std::move(notify)](const std::stop_token& stop) {
          const auto say = [&](double share, const std::string& text) {
              {
                  const std::scoped_lock lock(m_mutex);
                  m_state.share = share;
                  m_state.text = text;
              }
              notify();
              return !stop.stop_requested();
          };
          auto study = study_indexes(options, say);
          {
              const std::scoped_lock lock(m_mutex);
              m_state.ended = true;
              if (study) m_state.study = std::make_shared<const IndexStudy>(std::move(*study));
          }
          notify();
      }) {}

IndexStudyJob::State IndexStudyJob::state() const {
    const std::scoped_lock lock(m_mutex);
    return m_state;
}

}  // namespace cascadelab
