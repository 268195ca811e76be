// A published result or a law, simulated with the engine's own parts and held against what was
// published. A study is no run: it has no scenario, no people of the world, no files. It is the
// same for any number of threads; one caller at a time.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/parallel.h"
#include "engine/base/random.h"

namespace cascadelab {

// How the own value is held against the published one.
enum class Comparison {
    within,  // |own - published| <= tolerance
    at_most  // own <= published + tolerance
};

struct StudyCheck {
    std::string name;  // "chaney.popularity"
    std::string what;  // what is measured, in words, with its unit
    double published = 0;
    double own = 0;
    double tolerance = 0;  // in the unit of the value
    Comparison comparison = Comparison::within;

    bool passed() const;  // never when the own value is no number
    // At which the tolerance (of a limit: the limit) has two digits that matter; 0 for counts.
    int decimals() const;
};

// One line or one set of points.
struct StudyCurve {
    std::string name;
    std::vector<double> x, y;
};
struct StudyPlot {
    std::string title;
    std::string x_label, y_label;        // with units
    std::vector<StudyCurve> own;         // drawn as lines
    std::vector<StudyCurve> published;   // drawn as points, by the names of the own ones
    std::vector<std::string> x_names{};  // names of x = 0, 1, ... when x counts kinds
    bool logarithmic_x = false;
};

struct StudyResult {
    std::vector<StudyCheck> checks;
    std::vector<StudyPlot> plots;

    bool passed() const;
};

// What a study runs on: workers, a seed, and a caller who watches and may stop it.
class StudyRun {
  public:
    // Called now and then on the calling thread with the share done, 0..1; false cancels.
    using GoOn = std::function<bool(double)>;
    explicit StudyRun(int threads, std::uint64_t seed = 1, GoOn go_on = {});

    std::uint64_t seed() const { return m_seed; }
    bool cancelled() const { return m_cancelled; }
    // The random numbers of one replicate of one part of a study.
    Stream stream(std::uint64_t part, std::uint64_t replicate) const {
        return Stream(m_seed, Purpose::study, replicate, part);
    }
    // The replicates that follow are the next `share` of the whole study.
    void part(double share);
    // Calls body(replicate) for 0..count-1 on all workers, in no order; those after a cancel are
    // left out, and the result of the study is then nobody's.
    void replicates(std::size_t count, const std::function<void(std::size_t)>& body);
    // Calls body on the calling thread, unless cancelled: for a study that is arithmetic.
    void once(const std::function<void()>& body);

  private:
    void tell(double share_of_part);

    Workers m_workers;
    std::uint64_t m_seed;
    GoOn m_go_on;
    double m_begin = 0;  // of the current part, as a share of the study
    double m_share = 1;  // of the current part; one that is never divided is all of it
    double m_end = 0;    // of the parts announced so far
    std::atomic<bool> m_cancelled = false;
};

struct Study {
    std::string_view name;
    std::string_view title;
    std::string_view citation;
    std::string_view setup;  // what is simulated, in a sentence or two
    StudyResult (*run)(StudyRun&);
};

// All studies in the order they are listed.
std::span<const Study> studies();
const Study* find_study(std::string_view name);  // nullptr when there is none

// The mean of one number a replicate, in their order; of one path a replicate, place by place.
double mean_of(std::span<const double> values);
std::vector<double> mean_path(std::span<const std::vector<double>> paths);
// A curve over begin, begin + step, begin + 2 step ...
StudyCurve even_curve(std::string name, double begin, double step, std::vector<double> y);

}  // namespace cascadelab
