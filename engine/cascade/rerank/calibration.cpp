#include "engine/cascade/rerank/calibration.h"

#include <algorithm>
#include <cmath>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

constexpr double kSmoothing = 0.01;  // alpha of equation 6
constexpr std::size_t kNoTopic = static_cast<std::size_t>(-1);

}  // namespace

CalibratedList::CalibratedList(std::span<const float> wanted, double weight)
    : m_wanted(wanted),
      m_weight(weight),
      m_count(wanted.size(), 0.0),
      m_divergence_with(wanted.size(), 0.0) {
    m_divergence = divergence_of(kNoTopic);
    look_ahead();
}

// The divergence of what was taken and one more of a topic, or none.
double CalibratedList::divergence_of(std::size_t extra) const {
    const double total = std::max(1.0, m_taken + (extra == kNoTopic ? 0 : 1));
    double divergence = 0;
    for (std::size_t topic = 0; topic < m_wanted.size(); ++topic) {
        const double p = m_wanted[topic];
        if (p <= 0) continue;
        const double shown = (m_count[topic] + (topic == extra ? 1 : 0)) / total;
        divergence += p * std::log(p / ((1 - kSmoothing) * shown + kSmoothing * p));
    }
    return divergence;
}

void CalibratedList::look_ahead() {
    for (std::size_t topic = 0; topic < m_wanted.size(); ++topic) {
        m_divergence_with[topic] = divergence_of(topic);
    }
}

void CalibratedList::take(std::size_t topic) {
    CHECK(topic < m_count.size());
    m_count[topic] += 1;
    m_taken += 1;
    m_divergence = divergence_of(kNoTopic);
    look_ahead();
}

}  // namespace cascadelab
