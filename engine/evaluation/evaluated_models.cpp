#include "engine/evaluation/evaluated_models.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/machine.h"
#include "engine/base/text.h"
#include "engine/evaluation/evaluated_generative_model.h"
#include "engine/evaluation/evaluated_sequence_models.h"
#include "engine/models/collaborative/ease.h"
#include "engine/models/collaborative/ials.h"
#include "engine/models/collaborative/item_knn.h"
#include "engine/models/collaborative/popularity.h"
#include "engine/models/collaborative/two_tower.h"

namespace cascadelab {
namespace {

constexpr double kForever = std::numeric_limits<double>::infinity();

// scores[i] = <person, item i>.
void score_by_vectors(const Matrix& items, const Vector& person, std::span<float> scores) {
    Eigen::Map<Vector>(scores.data(), items.rows()).noalias() = items * person;
}

Result<ScoringModel> train_popularity(const TrainingTask& task) {
    const auto model = build_popularity(task.held_out.train, 0, kForever);
    return ScoringModel{[model](PersonId, std::span<float> scores) {
                            std::ranges::copy(model->score, scores.begin());
                        },
                        "events of an item in training",
                        {}};
}

Result<ScoringModel> train_item_knn(const TrainingTask& task) {
    const ItemKnnSettings settings;
    const auto model = build_item_knn(task.held_out.train, settings);
    return ScoringModel{
        [model, &held_out = task.held_out](PersonId person, std::span<float> scores) {
            model->score(held_out.seen_by(person), scores);
        },
        "cosine, k " + std::to_string(settings.neighbours),
        {}};
}

Result<ScoringModel> train_closed_form(const TrainingTask& task) {
    const EaseSettings settings;
    const auto trained = train_ease(task.held_out.train, settings, machine_memory_mib() / 2);
    if (!trained) return trained.problem();
    return ScoringModel{[model = trained.value(), &held_out = task.held_out](
                            PersonId person, std::span<float> scores) {
                            model->score(held_out.seen_by(person), scores);
                        },
                        "lambda " + number_text(settings.regularization),
                        {}};
}

Result<ScoringModel> train_factors(const TrainingTask& task) {
    const IalsSettings settings{.dims = 64,
                                .epochs = 16,
                                .unobserved_weight = 0.1,
                                .regularization = 0.007,
                                .seed = task.seed};
    const auto model = train_ials(task.held_out.train, settings, task.progress);
    if (!model) return ScoringModel{};
    return ScoringModel{
        [model](PersonId person, std::span<float> scores) {
            score_by_vectors(model->items, model->people.row(person.value).transpose(), scores);
        },
        "d " + std::to_string(settings.dims) + ", " + std::to_string(settings.epochs) +
            " epochs, a0 " + number_text(settings.unobserved_weight) + ", lambda " +
            number_text(settings.regularization),
        {}};
}

// Everybody's taste so far: the genres of what was liked before, as shares.
class GenreProfiles {
  public:
    GenreProfiles(std::size_t people, const Matrix& item_features)
        : m_items(item_features),
          m_sum(Matrix::Zero(static_cast<Eigen::Index>(people), item_features.cols())) {}

    Vector of(PersonId person) const {
        const Vector sum = m_sum.row(person.value).transpose();
        return sum / std::max(sum.sum(), 1.0f);
    }
    void add(PersonId person, ItemId item) { m_sum.row(person.value) += m_items.row(item.value); }

  private:
    const Matrix& m_items;
    Matrix m_sum;  // people x genres
};

Result<ScoringModel> train_towers(const TrainingTask& task) {
    const TwoTowerSettings settings{.epochs = 20, .seed = task.seed};
    const HeldOut& held_out = task.held_out;
    const Interactions& train = held_out.train;
    GenreProfiles profiles(train.people, held_out.item_features);
    TwoTowerExamples examples{train.people, train.items, {}, {}, {}, held_out.item_features};
    examples.person_features.resize(static_cast<Eigen::Index>(train.rows.size()),
                                    held_out.item_features.cols());
    for (const Interaction& row : train.rows) {
        const auto example = static_cast<Eigen::Index>(examples.person.size());
        examples.person_features.row(example) = profiles.of(row.person).transpose();
        profiles.add(row.person, row.item);
        examples.person.push_back(row.person);
        examples.item.push_back(row.item);
    }
    const auto model = train_two_tower(examples, settings, task.progress);
    if (!model) return ScoringModel{};
    std::vector<EpochLoss> epochs;
    for (const double loss : model->epoch_loss()) epochs.push_back({loss, std::nan("")});
    return ScoringModel{
        [model, profiles, items = embed_items(*model, held_out.item_features)](
            PersonId person, std::span<float> scores) {
            const Vector features = profiles.of(person);
            Vector vector(model->dims());
            model->embed_person(person,
                                {features.data(), static_cast<std::size_t>(features.size())},
                                {vector.data(), static_cast<std::size_t>(vector.size())});
            score_by_vectors(items, vector, scores);
        },
        "id and genres, d " + std::to_string(settings.dims) + ", " +
            std::to_string(settings.epochs) + " epochs, batch " + std::to_string(settings.batch) +
            ", tau " + number_text(settings.temperature),
        std::move(epochs)};
}

constexpr EvaluatedModel kModels[] = {
    {"popularity", train_popularity},
    {"item_knn", train_item_knn},
    {"ease", train_closed_form},
    {"ials", train_factors},
    {"two_tower", train_towers},
    {"sasrec", train_sasrec},
    {"hstu", train_hstu},
    {"generative", train_generative},
};

}  // namespace

std::span<const EvaluatedModel> evaluated_models() {
    return kModels;
}

Result<std::vector<EvaluatedModel>> choose_models(std::span<const std::string> names) {
    if (names.empty()) return std::vector<EvaluatedModel>(std::begin(kModels), std::end(kModels));
    std::vector<EvaluatedModel> chosen;
    for (const std::string& name : names) {
        const auto found = std::ranges::find(kModels, name, &EvaluatedModel::name);
        if (found != std::end(kModels)) {
            chosen.push_back(*found);
            continue;
        }
        std::vector<std::string_view> known;
        for (const EvaluatedModel& model : kModels) known.push_back(model.name);
        const std::string near = nearest_word(name, known);
        const std::vector<std::string> words(known.begin(), known.end());
        return Problem{"--model", "", cascadelab::quoted(name),
                       near.empty() ? "one of " + join(words, ", ") : "perhaps " + near,
                       ExitCode::usage};
    }
    return chosen;
}

}  // namespace cascadelab
