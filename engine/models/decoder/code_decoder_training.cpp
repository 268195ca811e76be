// How a code decoder learns: batches of stacked sequences, AdamW, a warm start where there is one.
#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/shuffle.h"
#include "engine/models/decoder/code_decoder.h"
#include "engine/models/decoder/code_decoder_net.h"

namespace cascadelab {
namespace {

// What the streams of one training run are for; the net's start is 0.
enum class Draw : std::uint64_t { shuffle = 1, noise };

// One sequence as the net reads it.
struct Digits {
    std::size_t sequence;         // of the examples
    std::vector<Code> digits;     // items x levels, oldest item first
    std::vector<double> weights;  // by item
};

DecoderShape shape_of(const DecoderExamples& examples, const DecoderSettings& settings) {
    DecoderShape shape{.alphabets = decoder_alphabets(*examples.ids)};
    shape.dims = settings.dims;
    shape.layers = settings.layers;
    shape.heads = settings.heads;
    shape.length = settings.length;
    shape.person_width = static_cast<int>(examples.people.cols());
    shape.tied = settings.tied;
    return shape;
}

// The same weights; moments and activations begin anew.
void copy_weights(DecoderNet<float> from, DecoderNet<float>& to) {
    std::vector<Matrix> values;
    from.each_parameter([&](auto& p) { values.push_back(std::move(p.value)); });
    std::size_t at = 0;
    to.each_parameter([&](auto& p) { p.value = std::move(values[at++]); });
}

class Training {
  public:
    Training(const DecoderExamples& examples, const DecoderSettings& settings)
        : m_examples(examples),
          m_settings(settings),
          m_net(shape_of(examples, settings), settings.seed),
          m_optimiser({.learning_rate = settings.learning_rate}) {
        if (examples.start && examples.start->shape() == m_net.shape) {
            copy_weights(examples.start->net(), m_net);
        }
        for (std::size_t s = 0; s < examples.sequences.size(); ++s) add_sequence(s);
    }

    bool empty() const { return m_sequences.empty(); }
    std::size_t batches_per_epoch() const {
        const auto size = static_cast<std::size_t>(m_settings.batch);
        return (m_sequences.size() + size - 1) / size;
    }

    void shuffle(std::uint64_t epoch) {
        Stream order = stream(Draw::shuffle, epoch);
        shuffle_values(m_sequences, order);
    }

    // One update; adds to the epoch's sum of losses. `step` counts through the epochs.
    void learn_batch(std::size_t batch, std::uint64_t step) {
        const auto size = static_cast<std::size_t>(m_settings.batch);
        const std::size_t begin = batch * size;
        make_batch(begin, std::min(begin + size, m_sequences.size()));
        const double loss = m_net.learn(m_batch, {m_settings.dropout, stream(Draw::noise, step)});
        m_loss_sum += loss * m_batch_weight;
        m_weight_sum += m_batch_weight;
        const float shrink = clipping();
        m_optimiser.begin_step();
        m_net.each_parameter([&](auto& p) {
            if (shrink < 1) p.gradient *= shrink;
            m_optimiser.update(p);
        });
    }

    void finish_epoch() {
        m_losses.push_back(m_loss_sum / m_weight_sum);
        m_loss_sum = 0;
        m_weight_sum = 0;
    }

    std::shared_ptr<const CodeDecoder> finish() {
        DecoderNet<float> net(m_net.shape, m_settings.seed);
        copy_weights(std::move(m_net), net);
        net.each_parameter([](auto& p) {
            for (auto* part : {&p.gradient, &p.first_moment, &p.second_moment}) part->resize(0, 0);
        });
        return std::make_shared<const CodeDecoder>(std::move(net), m_examples.ids->version,
                                                   std::move(m_losses));
    }

  private:
    Stream stream(Draw draw, std::uint64_t key) const {
        return Stream(m_settings.seed, Purpose::train_decoder, static_cast<std::uint64_t>(draw),
                      key);
    }

    void add_sequence(std::size_t s) {
        const auto& [items, weights] = m_examples.sequences[s];
        const SemanticIds& ids = *m_examples.ids;
        CHECK(weights.empty() || weights.size() == items.size());
        std::vector<std::size_t> kept;  // places, newest first
        for (std::size_t i = items.size(); i-- > 0;) {
            if (items[i].index() < ids.items()) kept.push_back(i);
            if (kept.size() == static_cast<std::size_t>(m_settings.length) + 1) break;
        }
        Digits one{s, {}, {}};
        double sum = 0;
        for (std::size_t k = kept.size(); k-- > 0;) {
            const auto path = ids.path(items[kept[k]]);
            one.digits.insert(one.digits.end(), path.begin(), path.end());
            one.weights.push_back(weights.empty() ? 1.0 : weights[kept[k]]);
            CHECK(one.weights.back() >= 0);
            sum += one.weights.back();
        }
        if (sum > 0) m_sequences.push_back(std::move(one));
    }

    void make_batch(std::size_t begin, std::size_t end) {
        m_batch.rows.clear();
        m_batch.code.clear();
        m_batch.place.clear();
        m_batch.targets.resize(m_net.shape.levels());
        for (DecoderTargets& targets : m_batch.targets) {
            targets.row.clear();
            targets.code.clear();
            targets.weight.clear();
        }
        m_batch.people.resize(static_cast<Eigen::Index>(end - begin), m_examples.people.cols());
        m_batch_weight = 0;
        for (std::size_t s = begin; s < end; ++s) {
            const Digits& one = m_sequences[s];
            for (const double weight : one.weights) m_batch_weight += weight;
            if (m_examples.people.cols() == 0) continue;
            m_batch.people.row(static_cast<Eigen::Index>(s - begin)) =
                m_examples.people.row(static_cast<Eigen::Index>(one.sequence));
        }
        for (std::size_t s = begin; s < end; ++s) add_rows(m_sequences[s]);
    }

    // Each digit is predicted by the row of the digit before it.
    void add_rows(const Digits& one) {
        const std::size_t levels = m_net.shape.levels();
        const double digits = m_batch_weight * static_cast<double>(levels);
        for (std::size_t r = 0; r < one.digits.size(); ++r) {
            DecoderTargets& targets = m_batch.targets[r % levels];
            targets.row.push_back(static_cast<std::uint32_t>(m_batch.code.size()));
            targets.code.push_back(one.digits[r]);
            targets.weight.push_back(one.weights[r / levels] / digits);
            m_batch.place.push_back(static_cast<std::uint32_t>(r));
            m_batch.code.push_back(r == 0 ? nn::kNoRow : row_of(one.digits[r - 1], r - 1));
        }
        m_batch.rows.add(std::ssize(one.digits));
    }

    std::uint32_t row_of(Code code, std::size_t place) const {
        const std::size_t level = place % m_net.shape.levels();
        CHECK(code < m_net.shape.alphabets[level]);
        return static_cast<std::uint32_t>(m_net.shape.first_code(level) + code);
    }

    // What the gradients are scaled by, so that their common norm is at most `clip`.
    float clipping() {
        double square = 0;
        m_net.each_parameter([&](auto& p) { square += p.gradient.squaredNorm(); });
        return static_cast<float>(std::min(1.0, m_settings.clip / std::sqrt(square + 1e-30)));
    }

    const DecoderExamples& m_examples;
    const DecoderSettings& m_settings;
    DecoderNet<float> m_net;
    nn::AdamW m_optimiser;
    std::vector<Digits> m_sequences;  // in the epoch's order
    DecoderBatch m_batch;
    double m_batch_weight = 0;  // of its items
    double m_loss_sum = 0;      // of the epoch so far, by weight
    double m_weight_sum = 0;
    std::vector<double> m_losses;
};

void check_examples(const DecoderExamples& examples, const DecoderSettings& settings) {
    CHECK(settings.dims > 0 && settings.heads > 0 && settings.dims % settings.heads == 0);
    CHECK(settings.layers > 0 && settings.length > 0 && settings.clip > 0);
    CHECK(settings.epochs > 0 && settings.batch > 0);
    CHECK(settings.dropout >= 0 && settings.dropout < 1);
    CHECK(examples.ids != nullptr);
    const bool conditioned = examples.people.cols() > 0;
    CHECK(!conditioned || examples.people.rows() == std::ssize(examples.sequences));
}

}  // namespace

std::shared_ptr<const CodeDecoder> train_code_decoder(const DecoderExamples& examples,
                                                      const DecoderSettings& settings,
                                                      const Progress& progress) {
    check_examples(examples, settings);
    if (examples.ids->digits() == 0) return nullptr;
    Training training(examples, settings);
    if (training.empty()) return nullptr;
    const std::size_t batches = training.batches_per_epoch();
    const auto all = static_cast<double>(batches) * settings.epochs;
    std::uint64_t step = 0;
    for (int epoch = 0; epoch < settings.epochs; ++epoch) {
        training.shuffle(static_cast<std::uint64_t>(epoch));
        for (std::size_t batch = 0; batch < batches; ++batch) {
            training.learn_batch(batch, step++);
            if (progress && !progress(static_cast<double>(step) / all)) return nullptr;
        }
        training.finish_epoch();
    }
    return training.finish();
}

}  // namespace cascadelab
