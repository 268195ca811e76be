// Sequences of different lengths stacked row under row, without padding: layers that look at one
// row at a time see one tall matrix, attention sees each sequence by itself. One thread.
#pragma once

#include <vector>

#include "engine/base/matrix.h"

namespace cascadelab::nn {

class SequenceRows {
  public:
    void clear() { m_starts.assign(1, 0); }
    void add(Eigen::Index length) { m_starts.push_back(rows() + length); }

    std::size_t sequences() const { return m_starts.size() - 1; }
    Eigen::Index rows() const { return m_starts.back(); }  // of all sequences together
    Eigen::Index begin(std::size_t sequence) const { return m_starts[sequence]; }
    Eigen::Index length(std::size_t sequence) const {
        return m_starts[sequence + 1] - m_starts[sequence];
    }
    // Numbers in one square (length x length) a sequence: where attention keeps its weights.
    Eigen::Index pairs() const {
        Eigen::Index sum = 0;
        for (std::size_t s = 0; s < sequences(); ++s) sum += length(s) * length(s);
        return sum;
    }

  private:
    std::vector<Eigen::Index> m_starts = {0};
};

}  // namespace cascadelab::nn
