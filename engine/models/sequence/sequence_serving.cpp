#include "engine/models/sequence/sequence_serving.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

// The oldest event of the window after `seen` events. A full window starts anew from its newer
// half, so that places are counted from the window's start and nobody pays for it often.
std::uint64_t window_start(std::uint64_t seen, std::uint64_t length) {
    if (seen <= length) return 0;
    const std::uint64_t shed = length - length / 2;
    return shed * ((seen - length + shed - 1) / shed);
}

class ServedSequences final : public SequenceModel {
  public:
    ServedSequences(SequenceWeights weights, std::vector<bool> known, SequenceLosses losses)
        : m_weights(std::move(weights)), m_known(std::move(known)), m_losses(std::move(losses)) {}

    int dims() const override { return static_cast<int>(m_weights.dims); }
    int length() const override { return static_cast<int>(m_weights.length); }
    bool trained_on(ItemId item) const override {
        return item.index() < m_known.size() && m_known[item.index()];
    }
    std::span<const double> epoch_loss() const override { return m_losses.training; }
    std::span<const double> validation_loss() const override { return m_losses.validation; }

    void embed_item(ItemId item, std::span<const float> features,
                    std::span<float> out) const override {
        CHECK(static_cast<Eigen::Index>(out.size()) == m_weights.dims);
        Row vector(m_weights.dims);
        add_item(item, features, vector);
        write_unit(vector, out);
    }

    void append(SequenceState& state, const SequenceToken& token,
                std::span<const float> features) const override {
        CHECK(token.action < kTokenActions && token.watch_bucket < kWatchBuckets &&
              token.surface < kTokenSurfaces);
        CHECK(state.seen >= state.window.size());
        CHECK(state.rows.size() == state.window.size() * stride());
        // Rows before `begin` are final; the last one waited for the time of what follows it.
        std::size_t begin = state.window.empty() ? 0 : state.window.size() - 1;
        if (shed(state)) begin = 0;
        RowWork work(m_weights.dims, m_weights.heads, m_weights.length);
        std::vector<std::uint8_t> lags;
        for (std::size_t i = begin; i < state.window.size(); ++i) {
            const bool last = i + 1 == state.window.size();
            lags_of(state, i, last ? token.time_s : state.window[i + 1].time_s, lags);
            float* own = state.rows.data() + i * stride() + m_weights.dims;
            run_row(state, i, lags, work, own, nullptr);
        }
        state.window.push_back(token);
        state.rows.resize(state.rows.size() + stride());
        write_input(token, features, state.rows.data() + state.rows.size() - stride());
        ++state.seen;
    }

    void embed_person(const SequenceState& state, std::int64_t now_s,
                      std::span<float> out) const override {
        CHECK(static_cast<Eigen::Index>(out.size()) == m_weights.dims);
        RowWork work(m_weights.dims, m_weights.heads, m_weights.length);
        if (!run_request(state, now_s, work, nullptr)) work.x.setZero();
        write_unit(work.x, out);
    }

    Matrix attention(const SequenceState& state, std::int64_t now_s) const override {
        Matrix looks = Matrix::Zero(static_cast<Eigen::Index>(m_weights.blocks.size()),
                                    static_cast<Eigen::Index>(state.window.size()));
        RowWork work(m_weights.dims, m_weights.heads, m_weights.length);
        run_request(state, now_s, work, &looks);
        return looks;
    }

  private:
    // An event's floats: its input (item and facets, without place), then key and value a block.
    std::size_t stride() const {
        return static_cast<std::size_t>(m_weights.dims) * (1 + 2 * m_weights.blocks.size());
    }

    // sum += e, the item's vector before it is normalised
    void add_item(ItemId item, std::span<const float> features, Row& sum) const {
        CHECK(static_cast<Eigen::Index>(features.size()) == m_weights.content.rows());
        if (trained_on(item)) {
            sum = m_weights.ids.row(static_cast<Eigen::Index>(item.index()));
        } else {
            sum.setZero();
        }
        for (std::size_t f = 0; f < features.size(); ++f) {
            if (features[f] == 0) continue;
            sum += features[f] * m_weights.content.row(static_cast<Eigen::Index>(f));
        }
    }

    void write_input(const SequenceToken& token, std::span<const float> features,
                     float* out) const {
        Row row(m_weights.dims);
        add_item(token.item, features, row);
        row *= std::sqrt(static_cast<float>(m_weights.dims));
        row += m_weights.action.row(token.action);
        row += m_weights.watch.row(token.watch_bucket);
        row += m_weights.surface.row(token.surface);
        Eigen::Map<Row>(out, m_weights.dims) = row;
    }

    static void write_unit(const Row& row, std::span<float> out) {
        Eigen::Map<Row>(out.data(), row.size()) = row / std::max(row.norm(), 1e-6f);
    }

    // Drops the events that the window's next start leaves behind; whether there were any.
    bool shed(SequenceState& state) const {
        const std::uint64_t first = state.seen - state.window.size();
        const std::uint64_t start =
            window_start(state.seen + 1, static_cast<std::uint64_t>(m_weights.length));
        if (start <= first) return false;
        const auto count = std::min<std::size_t>(start - first, state.window.size());
        state.window.erase(state.window.begin(),
                           state.window.begin() + static_cast<std::ptrdiff_t>(count));
        state.rows.erase(state.rows.begin(),
                         state.rows.begin() + static_cast<std::ptrdiff_t>(count * stride()));
        return true;
    }

    static void lags_of(const SequenceState& state, std::size_t event, std::int64_t asked_s,
                        std::vector<std::uint8_t>& lags) {
        lags.clear();
        for (std::size_t j = 0; j <= event; ++j) {
            lags.push_back(nn::time_bucket(asked_s - state.window[j].time_s));
        }
    }

    // Leaves the last block's row of an event in work.x and its keys and values in `own` (blocks x
    // 2d), which may be the event's place in the state. looks: blocks x events, or null.
    void run_row(const SequenceState& state, std::size_t event, std::span<const std::uint8_t> lags,
                 RowWork& work, float* own, Matrix* looks) const {
        const Eigen::Index d = m_weights.dims;
        const auto n = static_cast<Eigen::Index>(event);
        const float* rows = state.rows.data();
        const Eigen::OuterStride<> apart(static_cast<Eigen::Index>(stride()));
        work.x = Eigen::Map<const Row>(rows + event * stride(), d) + m_weights.place.row(n);
        for (std::size_t b = 0; b < m_weights.blocks.size(); ++b) {
            const float* first = rows + d * static_cast<Eigen::Index>(1 + 2 * b);
            const RowPast past{RowPast::Rows(first, n, d, apart),
                               RowPast::Rows(first + d, n, d, apart), lags};
            float* key = own + 2 * d * static_cast<Eigen::Index>(b);
            m_weights.blocks[b]->run(past, work, key, key + d);
            if (looks == nullptr) continue;
            const Row weights = work.weights.leftCols(n + 1).cwiseAbs().colwise().sum();
            looks->row(static_cast<Eigen::Index>(b)) = weights / std::max(weights.sum(), 1e-30f);
        }
    }

    // The newest event's row as the request sees it; false for an empty state.
    bool run_request(const SequenceState& state, std::int64_t now_s, RowWork& work,
                     Matrix* looks) const {
        if (state.window.empty()) return false;
        CHECK(state.rows.size() == state.window.size() * stride());
        const std::size_t newest = state.window.size() - 1;
        std::vector<std::uint8_t> lags;
        lags_of(state, newest, now_s, lags);
        std::vector<float> own(stride());
        run_row(state, newest, lags, work, own.data(), looks);
        return true;
    }

    SequenceWeights m_weights;
    std::vector<bool> m_known;
    SequenceLosses m_losses;
};

}  // namespace

SequenceWeights::SequenceWeights(const SequenceNet<float>& net, const SequenceSettings& settings)
    : dims(settings.dims),
      heads(settings.heads),
      length(settings.length),
      ids(net.ids.value),
      content(net.content.value),
      place(net.place.value),
      action(net.action.value),
      watch(net.watch.value),
      surface(net.surface.value) {
    for (const auto& block : net.blocks) blocks.push_back(served_block(block));
}

std::shared_ptr<const SequenceModel> serve_sequences(SequenceWeights weights,
                                                     std::vector<bool> known,
                                                     SequenceLosses losses) {
    return std::make_shared<const ServedSequences>(std::move(weights), std::move(known),
                                                   std::move(losses));
}

}  // namespace cascadelab
