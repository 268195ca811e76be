#include "engine/models/sequence/sequence_row.h"

#include <cmath>

namespace cascadelab {
namespace {

// The same 1e-6 as nn::layer_norm_forward. y may be x.
void normalise(const Row& x, Row& y) {
    const float width = static_cast<float>(x.size());
    const float mean = x.sum() / width;
    y.array() = x.array() - mean;
    y *= 1 / std::sqrt(y.squaredNorm() / width + 1e-6f);
}

// Scores of one head against the past and the row itself: <q, k>.
template <class Query, class Key, class Scores>
void score(const RowPast& past, Eigen::Index column, const Query& q, const Key& k, Scores&& out) {
    const Eigen::Index n = past.keys.rows(), w = q.size();
    out.head(n).noalias() = q * past.keys.middleCols(column, w).transpose();
    out[n] = q.dot(k);
}

template <class Weights, class Value, class Out>
void gather(const RowPast& past, Eigen::Index column, const Weights& a, const Value& v, Out&& out) {
    const Eigen::Index n = past.values.rows(), w = v.size();
    out.noalias() = a.head(n) * past.values.middleCols(column, w);
    out += a[n] * v;
}

class HstuRow final : public RowBlock {
  public:
    explicit HstuRow(const HstuBlock<float>& block)
        : m_heads(block.attention.heads),
          m_projection(block.projection.value),
          m_position(block.attention.position.value),
          m_time(block.attention.time.value),
          m_output(block.output.weight.value),
          m_bias(block.output.bias.value) {}

    void run(const RowPast& past, RowWork& work, float* key, float* value) const override {
        const Eigen::Index d = work.x.size(), n = past.keys.rows() + 1, w = d / m_heads;
        normalise(work.x, work.normal);
        work.projected.noalias() = work.normal * m_projection;
        work.projected.array() /= 1 + (-work.projected.array()).exp();
        const auto u = work.projected.head(d), v = work.projected.segment(d, d);
        const auto q = work.projected.segment(2 * d, d), k = work.projected.segment(3 * d, d);
        for (Eigen::Index h = 0; h < m_heads; ++h) {
            auto a = work.weights.row(h).head(n);
            score(past, h * w, q.segment(h * w, w), k.segment(h * w, w), a);
            a += m_position.tail(n);
            for (Eigen::Index j = 0; j < n; ++j) a[j] += m_time[past.lags[j]];
            a.array() /= static_cast<float>(m_position.size()) * (1 + (-a.array()).exp());
            gather(past, h * w, a, v.segment(h * w, w), work.seen.segment(h * w, w));
        }
        normalise(work.seen, work.seen);
        work.hidden = u.cwiseProduct(work.seen);
        work.x += m_bias;
        work.x.noalias() += work.hidden * m_output;
        Eigen::Map<Row>(key, d) = k;
        Eigen::Map<Row>(value, d) = v;
    }

  private:
    Eigen::Index m_heads;
    Matrix m_projection;  // d x 4d, the columns U, V, Q, K
    Row m_position;
    Row m_time;
    Matrix m_output;  // d x d
    Row m_bias;
};

class SasrecRow final : public RowBlock {
  public:
    explicit SasrecRow(const SasrecBlock<float>& block)
        : m_heads(block.heads()),
          m_attention_norm(block.attention_norm),
          m_projection(block.projection),
          m_output(block.output),
          m_feed_norm(block.feed_norm),
          m_first(block.first),
          m_second(block.second) {}

    void run(const RowPast& past, RowWork& work, float* key, float* value) const override {
        const Eigen::Index d = work.x.size(), n = past.keys.rows() + 1, w = d / m_heads;
        m_attention_norm.run(work.x, work.normal);
        auto qkv = work.projected.head(3 * d);
        qkv = m_projection.bias;
        qkv.noalias() += work.normal * m_projection.weight;
        const auto q = work.projected.head(d), k = work.projected.segment(d, d);
        const auto v = work.projected.segment(2 * d, d);
        const float scale = 1 / std::sqrt(static_cast<float>(w));
        for (Eigen::Index h = 0; h < m_heads; ++h) {
            auto a = work.weights.row(h).head(n);
            score(past, h * w, q.segment(h * w, w), k.segment(h * w, w), a);
            a *= scale;
            nn::softmax_in_place<float>(a);
            gather(past, h * w, a, v.segment(h * w, w), work.seen.segment(h * w, w));
        }
        work.x += m_output.bias;
        work.x.noalias() += work.seen * m_output.weight;
        Eigen::Map<Row>(key, d) = k;
        Eigen::Map<Row>(value, d) = v;

        m_feed_norm.run(work.x, work.normal);
        work.hidden = m_first.bias;
        work.hidden.noalias() += work.normal * m_first.weight;
        work.hidden = work.hidden.cwiseMax(0.0f);
        work.x += m_second.bias;
        work.x.noalias() += work.hidden * m_second.weight;
    }

  private:
    struct Norm {
        explicit Norm(const nn::LayerNorm<float>& layer)
            : gain(layer.gain.value), bias(layer.bias.value) {}
        void run(const Row& x, Row& y) const {
            normalise(x, y);
            y = y.cwiseProduct(gain) + bias;
        }
        Row gain;
        Row bias;
    };
    struct Affine {
        explicit Affine(const nn::Linear<float>& layer)
            : weight(layer.weight.value), bias(layer.bias.value) {}
        Matrix weight;  // in x out
        Row bias;
    };

    Eigen::Index m_heads;
    Norm m_attention_norm;
    Affine m_projection;
    Affine m_output;
    Norm m_feed_norm;
    Affine m_first;
    Affine m_second;
};

std::unique_ptr<const RowBlock> served(const HstuBlock<float>& block) {
    return std::make_unique<HstuRow>(block);
}
std::unique_ptr<const RowBlock> served(const SasrecBlock<float>& block) {
    return std::make_unique<SasrecRow>(block);
}

}  // namespace

RowWork::RowWork(Eigen::Index dims, Eigen::Index heads, Eigen::Index length)
    : x(dims),
      weights(heads, length),
      normal(dims),
      projected(4 * dims),
      seen(dims),
      hidden(dims) {}

std::unique_ptr<const RowBlock> served_block(const SequenceNet<float>::Block& block) {
    return std::visit([](const auto& b) { return served(b); }, block);
}

}  // namespace cascadelab
