// AdamW (Loshchilov and Hutter 2019) over dense parameters and over the touched rows of embeddings,
// and clipping by the norm of all gradients together (Pascanu et al. 2013). One thread.
#pragma once

#include <cmath>

#include "engine/models/nn/embedding.h"
#include "engine/models/nn/parameter.h"

namespace cascadelab::nn {

struct AdamWSettings {
    double learning_rate = 1e-3;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    double weight_decay = 0;
};

class AdamW {
  public:
    explicit AdamW(const AdamWSettings& settings) : m_settings(settings) {}

    // Once before the updates of a batch: the moments start at zero, and are scaled up for it.
    void begin_step() {
        ++m_step;
        m_first_scale = 1 / (1 - std::pow(m_settings.beta1, m_step));
        m_second_scale = 1 / (1 - std::pow(m_settings.beta2, m_step));
    }

    // Clears the gradient it used.
    template <class Scalar>
    void update(Parameter<Scalar>& p) const {
        move<Scalar>(p.value, p.gradient, p.first_moment, p.second_moment);
        p.gradient.setZero();
    }

    // Rows outside the batch keep value and moments: the lazy variant, whose cost is the batch's.
    template <class Scalar>
    void update(Embedding<Scalar>& e) const {
        for (std::size_t t = 0; t < e.touched.size(); ++t) {
            const Eigen::Index row = e.touched[t];
            move<Scalar>(e.value.middleRows(row, 1),
                         e.gradient.middleRows(static_cast<Eigen::Index>(t), 1),
                         e.first_moment.middleRows(row, 1), e.second_moment.middleRows(row, 1));
        }
    }

  private:
    // m = b1 m + (1-b1) g,  v = b2 v + (1-b2) g^2,
    // w -= rate ( m / (1-b1^t) / (sqrt(v / (1-b2^t)) + epsilon) + decay w )
    template <class Scalar>
    void move(Block<Scalar> w, const ConstBlock<Scalar>& g, Block<Scalar> m,
              Block<Scalar> v) const {
        const auto b1 = static_cast<Scalar>(m_settings.beta1);
        const auto b2 = static_cast<Scalar>(m_settings.beta2);
        const auto rate = static_cast<Scalar>(m_settings.learning_rate);
        const auto m_scale = static_cast<Scalar>(m_first_scale);
        const auto v_scale = static_cast<Scalar>(m_second_scale);
        m = b1 * m + (1 - b1) * g;
        v = b2 * v + (1 - b2) * g.cwiseAbs2();
        w.array() -=
            rate * (m_scale * m.array() /
                        ((v_scale * v.array()).sqrt() + static_cast<Scalar>(m_settings.epsilon)) +
                    static_cast<Scalar>(m_settings.weight_decay) * w.array());
    }

    AdamWSettings m_settings;
    long m_step = 0;  // updates so far
    double m_first_scale = 1;
    double m_second_scale = 1;
};

// Scales all gradients down together so that their common norm is at most `limit`; returns the norm
// before. Each argument is a Parameter or an Embedding.
template <class... Holders>
double clip_gradients(double limit, Holders&... holders) {
    const double norm =
        std::sqrt((static_cast<double>(holders.gradient.squaredNorm()) + ... + 0.0));
    if (norm > limit) {
        const double scale = limit / norm;
        ((holders.gradient *=
          static_cast<typename std::decay_t<decltype(holders.gradient)>::Scalar>(scale)),
         ...);
    }
    return norm;
}

}  // namespace cascadelab::nn
