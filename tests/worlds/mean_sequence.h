// A sequence model for tests that needs no training: an item lies where its content lies, a person
// at the mean of the window's events, the later ones weighing more. It keeps the contract's
// windows: one that is full starts anew from its newer half.
#pragma once

#include <algorithm>
#include <cmath>

#include "engine/models/sequence/sequence_model.h"

namespace cascadelab {

class MeanSequence : public SequenceModel {
  public:
    MeanSequence(int dims, int length) : m_dims(dims), m_length(length) {}
    int dims() const override { return m_dims; }
    int length() const override { return m_length; }
    bool trained_on(ItemId) const override { return true; }
    void embed_item(ItemId, std::span<const float> features, std::span<float> out) const override {
        for (std::size_t d = 0; d < out.size(); ++d) out[d] = features[d % features.size()];
        normalise(out);
    }
    void append(SequenceState& state, const SequenceToken& token,
                std::span<const float> features) const override {
        const auto half = static_cast<std::size_t>(m_length / 2);
        if (state.seen >= static_cast<std::uint64_t>(m_length) && state.seen % half == 0) {
            const std::size_t kept = std::min(half, state.window.size());
            state.window.erase(state.window.begin(),
                               state.window.end() - static_cast<std::ptrdiff_t>(kept));
            state.rows.erase(state.rows.begin(),
                             state.rows.end() - static_cast<std::ptrdiff_t>(kept * out_size()));
        }
        state.window.push_back(token);
        state.rows.resize(state.rows.size() + out_size());
        embed_item(token.item, features, std::span(state.rows).last(out_size()));
        ++state.seen;
    }
    void embed_person(const SequenceState& state, std::int64_t,
                      std::span<float> out) const override {
        std::ranges::fill(out, 0.0f);
        for (std::size_t i = 0; i < state.window.size(); ++i) {
            for (std::size_t d = 0; d < out.size(); ++d)
                out[d] = 0.8f * out[d] + state.rows[i * out.size() + d];
        }
        normalise(out);
    }
    Matrix attention(const SequenceState& state, std::int64_t) const override {
        return Matrix::Constant(1, static_cast<Eigen::Index>(state.window.size()),
                                1.0f / static_cast<float>(state.window.size()));
    }
    std::span<const double> epoch_loss() const override { return m_loss; }
    std::span<const double> validation_loss() const override { return m_loss; }

  private:
    std::size_t out_size() const { return static_cast<std::size_t>(m_dims); }
    static void normalise(std::span<float> out) {
        float square = 0;
        for (const float x : out) square += x * x;
        if (square == 0) return;
        for (float& x : out) x /= std::sqrt(square);
    }
    int m_dims, m_length;
    std::vector<double> m_loss = {2, 1};
};

}  // namespace cascadelab
