// How well and how fast each kind of vector index answers on this machine: recall against an exact
// search, and milliseconds a query, while the breadth of the search grows. Wall-clock figures;
// nothing of it is part of any run, and it touches none. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/matrix.h"
#include "engine/params/params.h"

namespace cascadelab {

struct IndexStudyOptions {
    std::shared_ptr<const Matrix> vectors;  // items x dims, unit rows; null: synthetic ones
    std::int64_t items = 0;   // size of the catalogue; 0: all vectors, or 100,000 synthetic ones
    int dims = 32;            // of synthetic vectors
    int k = 500;              // neighbours asked for
    int queries = 200;        // items moved a little
    RetrievalParams setting;  // how indexes are built; its breadths are measured, too
    std::uint64_t seed = 1;
};

// Where the vectors of a study come from.
enum class StudyVectors { as_given, sampled, enlarged, synthetic };

struct IndexPoint {
    int breadth = 0;    // HNSW: ef; IVF: probes; exact: 0
    double recall = 0;  // share of the exact k nearest that were found, mean over queries
    double ms = 0;      // CPU time a query; the middle of three rounds
};
struct IndexCurve {
    IndexChoice kind = IndexChoice::exact;
    double build_s = 0;              // CPU time
    std::vector<IndexPoint> points;  // breadth rising
};
struct IndexStudy {
    StudyVectors vectors = StudyVectors::synthetic;
    std::int64_t given = 0;  // vectors the study was given
    std::int64_t items = 0;
    int dims = 0, k = 0, queries = 0;
    int links = 0, build_breadth = 0, cells = 0;  // as built
    std::vector<IndexCurve> curves;
};

// share 0..1 and what is being done; false ends the study.
using StudyProgress = std::function<bool(double share, const std::string& text)>;

// Nothing when it was ended early.
std::optional<IndexStudy> study_indexes(const IndexStudyOptions& options,
                                        const StudyProgress& progress);

// One study on a thread of its own. Its methods return at once; the end of its life ends it.
class IndexStudyJob {
  public:
    struct State {
        double share = 0;
        std::string text;  // what is being done
        bool ended = false;
        std::shared_ptr<const IndexStudy> study;  // null until it has ended, or when cancelled
    };
    // notify is called on the study's thread whenever state() has changed.
    IndexStudyJob(IndexStudyOptions options, std::function<void()> notify);
    State state() const;
    void cancel() { m_thread.request_stop(); }

  private:
    mutable std::mutex m_mutex;
    State m_state;
    std::jthread m_thread;  // last: it starts when all else stands
};

}  // namespace cascadelab
