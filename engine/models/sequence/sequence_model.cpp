#include "engine/models/sequence/sequence_model.h"

#include <algorithm>
#include <numeric>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/shuffle.h"
#include "engine/models/sequence/sequence_batch.h"
#include "engine/models/sequence/sequence_serving.h"

namespace cascadelab {
namespace {

// What the streams of one training run are for; the net's start is 0.
enum class Draw : std::uint64_t { shuffle = 1, batch, noise, holdout, validation };

// One training run: the net, its optimiser, who learns and who is held out.
class Training {
  public:
    Training(const SequenceExamples& examples, const SequenceSettings& settings)
        : m_examples(examples),
          m_settings(settings),
          m_batcher(examples, settings),
          m_net(settings, static_cast<Eigen::Index>(examples.items), examples.item_features.cols()),
          m_optimiser({.learning_rate = settings.learning_rate, .beta1 = 0.9, .beta2 = 0.98}) {
        choose_sequences();
    }

    bool empty() const { return m_learned.empty(); }
    std::size_t batches_per_epoch() const {
        const auto size = static_cast<std::size_t>(m_settings.batch);
        return (m_learned.size() + size - 1) / size;
    }

    void shuffle(std::uint64_t epoch) {
        Stream order = stream(Draw::shuffle, epoch);
        shuffle_values(m_learned, order);
    }

    // One update; adds to the epoch's sum of losses. `step` counts through the epochs.
    void learn_batch(std::size_t batch, std::uint64_t step) {
        m_batcher.make(slice(m_learned, batch), BatchPurpose::learn, stream(Draw::batch, step),
                       m_batch);
        const SequenceNoise noise{m_settings.dropout, stream(Draw::noise, step)};
        const double loss = m_net.learn(m_batch, m_examples.item_features, noise);
        m_loss_sum += loss * static_cast<double>(m_batch.item.size());
        m_rows += m_batch.item.size();
        m_optimiser.begin_step();
        m_optimiser.update(m_net.ids);
        m_net.each_parameter([&](auto& parameter) { m_optimiser.update(parameter); });
    }

    // Notes the epoch's losses and keeps its weights if no epoch did better on the people held
    // out. False when it is time to stop.
    bool finish_epoch() {
        m_losses.training.push_back(m_loss_sum / static_cast<double>(m_rows));
        m_loss_sum = 0;
        m_rows = 0;
        if (m_held_out.empty()) {
            m_best = SequenceWeights(m_net, m_settings);
            return true;
        }
        auto& losses = m_losses.validation;
        losses.push_back(validation_loss());
        const auto best = std::ranges::min_element(losses);
        if (best == losses.end() - 1) m_best = SequenceWeights(m_net, m_settings);
        return losses.end() - 1 - best < m_settings.patience;
    }

    std::shared_ptr<const SequenceModel> finish() {
        return serve_sequences(std::move(m_best), m_batcher.known(), std::move(m_losses));
    }

  private:
    Stream stream(Draw draw, std::uint64_t key) const {
        return Stream(m_settings.seed, Purpose::train_sequence, static_cast<std::uint64_t>(draw),
                      key);
    }

    // Whoever is held out learns with all events but the last.
    void choose_sequences() {
        const auto most = static_cast<std::size_t>(m_settings.length) + 1;
        for (std::size_t person = 0; person < m_examples.sequences.size(); ++person) {
            const SequenceView all = m_examples.sequences[person];
            SequenceView newest = all.last(std::min(all.size(), most));
            Stream chance = stream(Draw::holdout, person);
            const bool held_out = chance.chance(m_settings.validation_share);
            if (held_out && newest.size() >= 3) {
                m_held_out.push_back(newest);
                newest = newest.first(newest.size() - 1);
            }
            if (newest.size() >= 2) m_learned.push_back(newest);
        }
    }

    std::span<const SequenceView> slice(const std::vector<SequenceView>& all,
                                        std::size_t batch) const {
        const auto size = static_cast<std::size_t>(m_settings.batch);
        const std::size_t begin = batch * size;
        return std::span(all).subspan(begin, std::min(size, all.size() - begin));
    }

    // The negatives are the same in every epoch, so that epochs can be compared.
    double validation_loss() {
        double sum = 0;
        const auto size = static_cast<std::size_t>(m_settings.batch);
        for (std::size_t batch = 0; batch * size < m_held_out.size(); ++batch) {
            const auto sequences = slice(m_held_out, batch);
            m_batcher.make(sequences, BatchPurpose::validate, stream(Draw::validation, batch),
                           m_batch);
            const double loss = m_net.loss(m_batch, m_examples.item_features);
            sum += loss * static_cast<double>(sequences.size());
        }
        return sum / static_cast<double>(m_held_out.size());
    }

    const SequenceExamples& m_examples;
    const SequenceSettings& m_settings;
    SequenceBatcher m_batcher;
    SequenceNet<float> m_net;
    nn::AdamW m_optimiser;
    std::vector<SequenceView> m_learned;   // in the epoch's order
    std::vector<SequenceView> m_held_out;  // with their last event
    SequenceBatch m_batch;
    double m_loss_sum = 0;  // of the epoch so far, by row
    std::size_t m_rows = 0;
    SequenceLosses m_losses;
    SequenceWeights m_best;
};

void check_examples(const SequenceExamples& examples, const SequenceSettings& settings) {
    CHECK(settings.dims > 0 && settings.heads > 0 && settings.dims % settings.heads == 0);
    CHECK(settings.blocks > 0 && settings.length > 0 && settings.negatives > 0);
    CHECK(settings.epochs > 0 && settings.batch > 0 && settings.temperature > 0);
    CHECK(settings.dropout >= 0 && settings.dropout < 1);
    CHECK(static_cast<std::size_t>(examples.item_features.rows()) == examples.items);
}

}  // namespace

std::shared_ptr<const SequenceModel> train_sequence_model(const SequenceExamples& examples,
                                                          const SequenceSettings& settings,
                                                          const Progress& progress) {
    check_examples(examples, settings);
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
        if (!training.finish_epoch()) break;
    }
    return training.finish();
}

}  // namespace cascadelab
