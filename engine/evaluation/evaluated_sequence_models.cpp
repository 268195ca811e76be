// HSTU and SASRec as evaluation sees them: trained on windows of everybody's history, asked with
// the newest window and the moment of the question.
#include "engine/evaluation/evaluated_sequence_models.h"

#include <algorithm>
#include <cmath>

#include "engine/base/text.h"
#include "engine/models/sequence/sequence_model.h"

namespace cascadelab {
namespace {

using Sequences = std::vector<std::vector<SequenceToken>>;

// Everybody's history, oldest event first; nothing but item and time is known of an event.
Sequences histories_of(const Interactions& train) {
    Sequences histories(train.people);
    for (const Interaction& row : train.rows) {
        histories[row.person.index()].push_back({.item = row.item, .time_s = row.time_s});
    }
    return histories;
}

// Histories cut into windows of length + 1, each beginning with the last event of the one before:
// every event but a person's first is predicted once an epoch, however long the history is.
Sequences windows_of(const Sequences& histories, std::size_t length) {
    Sequences windows;
    for (const auto& history : histories) {
        // From the newest back, so that the short one is the oldest.
        for (std::size_t end = history.size(); end > 1;) {
            const std::size_t begin = end > length + 1 ? end - length - 1 : 0;
            windows.emplace_back(history.begin() + static_cast<std::ptrdiff_t>(begin),
                                 history.begin() + static_cast<std::ptrdiff_t>(end));
            end = begin == 0 ? 0 : begin + 1;
        }
    }
    return windows;
}

std::span<const float> row_of(const Matrix& matrix, std::size_t row) {
    return {matrix.data() + static_cast<Eigen::Index>(row) * matrix.cols(),
            static_cast<std::size_t>(matrix.cols())};
}

Matrix vectors_of_items(const SequenceModel& model, const Matrix& features) {
    Matrix vectors(features.rows(), model.dims());
    for (std::size_t i = 0; i < static_cast<std::size_t>(features.rows()); ++i) {
        float* out = vectors.row(static_cast<Eigen::Index>(i)).data();
        model.embed_item(ItemId(i), row_of(features, i),
                         {out, static_cast<std::size_t>(model.dims())});
    }
    return vectors;
}

// The vector of a person who is asked at a moment, from the newest events.
Vector vector_of_person(const SequenceModel& model, std::span<const SequenceToken> history,
                        const Matrix& features, std::int64_t asked_s) {
    const std::size_t length = std::min(history.size(), static_cast<std::size_t>(model.length()));
    SequenceState state;
    for (const SequenceToken& token : history.last(length)) {
        model.append(state, token, row_of(features, token.item.index()));
    }
    Vector vector(model.dims());
    model.embed_person(state, asked_s, {vector.data(), static_cast<std::size_t>(vector.size())});
    return vector;
}

std::string settings_text(const SequenceSettings& settings, std::size_t epochs) {
    return "d " + std::to_string(settings.dims) + ", " + std::to_string(settings.blocks) +
           " blocks, length " + std::to_string(settings.length) + ", " +
           std::to_string(settings.negatives) + " negatives, " + std::to_string(epochs) +
           " epochs of at most " + std::to_string(settings.epochs) + ", batch " +
           std::to_string(settings.batch) + ", dropout " + number_text(settings.dropout) + " and " +
           number_text(settings.id_dropout) + " of ids, tau " + number_text(settings.temperature);
}

Result<ScoringModel> train_sequences(const TrainingTask& task, const SequenceSettings& settings) {
    const HeldOut& held_out = task.held_out;
    const Sequences histories = histories_of(held_out.train);
    const SequenceExamples examples{
        held_out.train.items, windows_of(histories, static_cast<std::size_t>(settings.length)),
        held_out.item_features};
    if (examples.sequences.empty()) {
        return Problem{settings.block == SequenceBlock::hstu ? "hstu" : "sasrec", "",
                       "nobody with two events to learn from", "longer histories"};
    }
    const auto model = train_sequence_model(examples, settings, task.progress);
    if (!model) return ScoringModel{};
    std::vector<EpochLoss> epochs;
    const auto validation = model->validation_loss();
    for (std::size_t e = 0; e < model->epoch_loss().size(); ++e) {
        const bool known = e < validation.size();
        epochs.push_back({model->epoch_loss()[e], known ? validation[e] : std::nan("")});
    }
    const std::size_t count = epochs.size();
    return ScoringModel{
        [model, histories, &held_out, items = vectors_of_items(*model, held_out.item_features)](
            PersonId person, std::span<float> scores) {
            const Vector vector =
                vector_of_person(*model, histories[person.index()], held_out.item_features,
                                 held_out.asked_s[person.index()]);
            Eigen::Map<Vector>(scores.data(), items.rows()).noalias() = items * vector;
        },
        settings_text(settings, count), std::move(epochs)};
}

// Few and short histories: training stops where people held out profit no more. Each block with
// what suited it best when everybody's last two events were held out and the earlier one asked for.
constexpr SequenceSettings kCommon = {.epochs = 40, .patience = 5, .validation_share = 0.1};

}  // namespace

Result<ScoringModel> train_sasrec(const TrainingTask& task) {
    SequenceSettings settings = kCommon;
    settings.block = SequenceBlock::sasrec;
    settings.seed = task.seed;
    return train_sequences(task, settings);
}

Result<ScoringModel> train_hstu(const TrainingTask& task) {
    SequenceSettings settings = kCommon;
    settings.block = SequenceBlock::hstu;
    settings.batch = 64;
    settings.dropout = 0.4;
    settings.id_dropout = 0.3;
    settings.seed = task.seed;
    return train_sequences(task, settings);
}

}  // namespace cascadelab
