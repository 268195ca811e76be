#include "engine/studies/study.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cascadelab {

bool StudyCheck::passed() const {
    // Decimal limits are not exact in binary: 0.25 - 0.22 is a little more than 0.03.
    const double slack = 1e-9 * (std::abs(published) + tolerance);
    switch (comparison) {
        case Comparison::within:
            return std::abs(own - published) <= tolerance + slack;
        case Comparison::at_most:
            return own <= published + tolerance + slack;
    }
    return false;
}

int StudyCheck::decimals() const {
    const double scale = comparison == Comparison::at_most ? published / 10 : tolerance;
    if (scale <= 0) return 0;
    return std::clamp(1 - static_cast<int>(std::floor(std::log10(scale))), 0, 6);
}

bool StudyResult::passed() const {
    return std::ranges::all_of(checks, &StudyCheck::passed);
}

StudyRun::StudyRun(int threads, std::uint64_t seed, GoOn go_on)
    : m_workers(threads), m_seed(seed), m_go_on(std::move(go_on)) {}

void StudyRun::part(double share) {
    m_begin = m_end;
    m_share = share;
    m_end += share;
}

void StudyRun::tell(double share_of_part) {
    if (m_go_on && !m_go_on(m_begin + share_of_part * m_share)) m_cancelled = true;
}

void StudyRun::replicates(std::size_t count, const std::function<void(std::size_t)>& body) {
    std::atomic<std::size_t> done = 0;
    const auto one = [&](std::size_t, std::size_t replicate, std::size_t, int worker) {
        if (m_cancelled) return;
        body(replicate);
        ++done;
        // Worker 0 is the calling thread, the only one that talks to the caller.
        if (worker == 0) tell(static_cast<double>(done) / static_cast<double>(count));
    };
    m_workers.for_chunks(count, 1, one);
}

void StudyRun::once(const std::function<void()>& body) {
    if (m_cancelled) return;
    body();
    tell(1);
}

std::vector<double> mean_path(std::span<const std::vector<double>> paths) {
    std::vector<double> mean;
    for (const std::vector<double>& path : paths) {
        mean.resize(path.size(), 0.0);
        for (std::size_t i = 0; i < path.size(); ++i) {
            mean[i] += path[i] / static_cast<double>(paths.size());
        }
    }
    return mean;
}

StudyCurve even_curve(std::string name, double begin, double step, std::vector<double> y) {
    StudyCurve curve{std::move(name), {}, std::move(y)};
    for (std::size_t i = 0; i < curve.y.size(); ++i) {
        curve.x.push_back(begin + step * static_cast<double>(i));
    }
    return curve;
}

double mean_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

}  // namespace cascadelab
