// A list whose topics follow a person's own mixture (Steck 2018): what it is worth to append one
// more item. Chooses nothing by itself. One thread an object.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace cascadelab {

// The objective of equation 7: (1 - weight) x summed relevance - weight x KL(wanted || shown), with
// shown smoothed by a hundredth of wanted (equation 6).
class CalibratedList {
  public:
    // wanted: topic shares that sum to 1, or all 0 for a person without a past, for whom relevance
    // decides. weight: Steck's lambda, 0..1.
    CalibratedList(std::span<const float> wanted, double weight);

    // What the list gains in the objective by an item, up to what is the same for all of them.
    double gain(std::size_t topic, double relevance) const {
        return (1 - m_weight) * relevance - m_weight * m_divergence_with[topic];
    }
    void take(std::size_t topic);
    // KL(wanted || shown) of what was taken, nats; of an empty list the one that showing nothing
    // has.
    double divergence() const { return m_divergence; }

  private:
    double divergence_of(std::size_t extra) const;
    void look_ahead();

    std::span<const float> m_wanted;
    double m_weight;
    std::vector<double> m_count;  // taken, per topic
    double m_taken = 0;
    double m_divergence = 0;
    std::vector<double> m_divergence_with;  // after one more of each topic
};

}  // namespace cascadelab
