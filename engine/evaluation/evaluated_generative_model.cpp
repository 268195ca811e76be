#include "engine/evaluation/evaluated_generative_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/text.h"
#include "engine/models/collaborative/ials.h"
#include "engine/models/decoder/beam_search.h"
#include "engine/models/semantic_ids/tokenizer.h"

namespace cascadelab {
namespace {

using Histories = std::vector<std::vector<ItemId>>;

// By person, oldest event first.
Histories histories_of(const Interactions& train) {
    Histories histories(train.people);
    for (const Interaction& row : train.rows) histories[row.person.index()].push_back(row.item);
    return histories;
}

// Unit rows; a row of zeros stays one.
Matrix unit_rows(Matrix rows) {
    for (Eigen::Index i = 0; i < rows.rows(); ++i) {
        rows.row(i) /= std::max(rows.row(i).norm(), 1e-6f);
    }
    return rows;
}

// Who has seen what, and every tag as one more person who has seen what it was written on: items of
// the same tags come to lie together, and an item without tags lies where its people put it.
Interactions seen_and_tagged(const HeldOut& held_out) {
    Interactions rows = held_out.train;
    for (const Tagging& tagging : held_out.taggings) {
        const PersonId tag(held_out.train.people + tagging.tag);
        rows.rows.push_back({tag, tagging.item, 1, 0});
    }
    rows.people += held_out.tags;
    return rows;
}

// What the IDs are made of: genres, and beside them what items occur together with, as the factors
// of who has seen what and of what was written on it. Both unit, so neither drowns the other.
Matrix content_of(const TrainingTask& task) {
    const IalsSettings settings{
        .dims = 32, .unobserved_weight = 0.1, .regularization = 0.007, .seed = task.seed};
    const auto factors = train_ials(seen_and_tagged(task.held_out), settings);
    const Matrix genres = unit_rows(task.held_out.item_features);
    const Matrix together = unit_rows(factors->items);
    Matrix content(together.rows(), together.cols() + genres.cols());
    content << together, genres;
    return content;
}

// Histories cut into windows of which each begins with the newer half of the one before: what it
// has in common with that one only tells of the person, so every event is predicted once an epoch.
std::vector<DecoderSequence> windows_of(const Histories& histories, std::size_t length) {
    std::vector<DecoderSequence> windows;
    for (const auto& history : histories) {
        for (std::size_t predicted = 0; predicted < history.size();) {
            const std::size_t begin = predicted - std::min(predicted, length / 2);
            const std::size_t end = std::min(begin + length + 1, history.size());
            DecoderSequence& window = windows.emplace_back();
            window.items.assign(history.begin() + static_cast<std::ptrdiff_t>(begin),
                                history.begin() + static_cast<std::ptrdiff_t>(end));
            window.weights.assign(end - begin, 1.0f);
            std::fill_n(window.weights.begin(), predicted - begin, 0.0f);
            predicted = end;
        }
    }
    return windows;
}

constexpr std::size_t kBeam = 200;

std::string settings_text(const DecoderSettings& settings, const TokenizerSettings& codes) {
    return std::to_string(codes.levels) + " codes of " + std::to_string(codes.codes) + ", d " +
           std::to_string(settings.dims) + ", " + std::to_string(settings.layers) +
           " layers, length " + std::to_string(settings.length) + ", " +
           std::to_string(settings.epochs) + " epochs, batch " + std::to_string(settings.batch) +
           ", dropout " + number_text(settings.dropout) + ", beam " + std::to_string(kBeam);
}

}  // namespace

Result<ScoringModel> train_generative(const TrainingTask& task) {
    const HeldOut& held_out = task.held_out;
    if (held_out.train.rows.empty()) {
        return Problem{"generative", "", "no event to learn from", "longer histories"};
    }
    TokenizerSettings codes{.codes = 64, .spread_last = true, .extra_digit = false};
    codes.seed = task.seed;
    const auto tokenized = tokenize(content_of(task), codes);
    const std::shared_ptr<const SemanticIds> ids(tokenized, &tokenized->ids);

    DecoderSettings settings{.epochs = 12, .dropout = 0.2};
    settings.seed = task.seed;
    const Histories histories = histories_of(held_out.train);
    DecoderExamples examples;
    examples.ids = ids;
    examples.sequences = windows_of(histories, static_cast<std::size_t>(settings.length));
    const auto decoder = train_code_decoder(examples, settings, task.progress);
    if (!decoder) return ScoringModel{};

    std::vector<EpochLoss> epochs;
    for (const double loss : decoder->epoch_loss()) epochs.push_back({loss, std::nan("")});
    return ScoringModel{
        [decoder, ids, histories, &held_out, tree = CodeTree(*ids)](PersonId person,
                                                                    std::span<float> scores) {
            // What the beam does not reach comes after everything it does.
            std::ranges::fill(scores, std::numeric_limits<float>::lowest());
            const std::vector<Code> past = digits_of(*ids, histories[person.index()]);
            const std::vector<ItemId> seen = held_out.seen_by(person);
            DecoderWork work;
            for (const GeneratedItem& found :
                 beam_search(*decoder, tree, {.past = past, .person = {}, .excluded = seen},
                             {.width = kBeam}, work)) {
                scores[found.item.index()] = static_cast<float>(found.log_probability);
            }
        },
        settings_text(settings, codes), std::move(epochs)};
}

}  // namespace cascadelab
