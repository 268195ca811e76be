#include "engine/sim/training/training.h"

#include <algorithm>
#include <cmath>

#include "engine/cascade/retrieve/person_vectors.h"
#include "engine/features/streaming.h"
#include "engine/sim/training/ranker_rows.h"

namespace cascadelab {
namespace {

constexpr std::size_t kFewestExamples = 500;  // below this a model would only memorise noise
const PersonBatch kNoBatch;
const PersonHistory kNoHistory;

IndexKind index_kind(IndexChoice choice) {
    switch (choice) {
        case IndexChoice::exact:
            return IndexKind::exact;
        case IndexChoice::hnsw:
            return IndexKind::hnsw;
        case IndexChoice::ivf:
            return IndexKind::ivf;
    }
    CHECK(false);
}

IndexSettings index_settings(const RetrievalParams& params) {
    IndexSettings settings;
    settings.kind = index_kind(params.index);
    settings.links = static_cast<int>(params.hnsw_links);
    settings.build_breadth = static_cast<int>(params.hnsw_build_breadth);
    settings.cells = static_cast<int>(params.ivf_cells);
    return settings;
}

// Maximum inner product becomes nearest neighbour: one more dimension makes all norms equal
// (Bachrach et al. 2014).
Matrix equal_norms(const Matrix& factors) {
    const float largest = std::max(factors.rowwise().norm().maxCoeff(), 1e-6f);
    Matrix extended(factors.rows(), factors.cols() + 1);
    extended.leftCols(factors.cols()) = factors / largest;
    extended.col(factors.cols()) =
        (1 - extended.leftCols(factors.cols()).rowwise().squaredNorm().array())
            .max(0.0f)
            .sqrt()
            .matrix();
    return extended;
}

// The batch run that served at a time; the earliest one for times before it.
const BatchTables* batch_at(const FrozenLog& view, Seconds time_s) {
    const BatchTables* best = view.join.batches.empty() ? nullptr : view.join.batches.front().get();
    for (const auto& batch : view.join.batches) {
        if (batch->stamp.write_s <= time_s) best = batch.get();
    }
    return best;
}

// What is known of a person at a moment of the log, from the streaming values then.
PersonFeatures features_at(const FrozenLog& view, PersonId person, const PersonRealtime& realtime,
                           Seconds time_s) {
    const BatchTables* batch = batch_at(view, time_s);
    PersonFeatures features;
    features.realtime = &realtime;
    features.sequence = &realtime.sequence;
    features.batch = batch == nullptr ? &kNoBatch : &batch->person(person);
    features.history = &kNoHistory;
    if (view.params.features.signup) features.sign_up = &(*view.join.sign_ups)[person.index()];
    return features;
}

// Positive pairs with the person's features as they were just before, by the streaming lane's own
// aggregator. realtime: everybody's values, at the end those of the view's moment.
TwoTowerExamples tower_examples(const FrozenLog& view, std::vector<PersonRealtime>& realtime) {
    const Catalogue& catalogue = *view.join.catalogue;
    const std::size_t width = tower_feature_count(catalogue.content.dims);
    TwoTowerExamples examples;
    examples.people = realtime.size();
    examples.items = catalogue.size();
    examples.item_features = catalogue.content.matrix();

    std::size_t positives = 0;
    const auto is_positive = [&](const Event& e) {
        return e.kind == EventKind::watch && e.value >= kPositiveShare && e.time_s <= view.now_s;
    };
    view.join.log.visit([&](const Event& event) { positives += is_positive(event); });
    const auto wanted = static_cast<std::size_t>(view.params.training.tower_examples);
    std::size_t skip = positives > wanted ? positives - wanted : 0;

    std::vector<float> rows;
    rows.reserve(std::min(positives, wanted) * width);
    const PersonRealtime no_realtime = empty_realtime(catalogue);
    Stream cold(mix_bits(view.seed ^ view.tick), Purpose::train_two_tower, 3);
    view.join.log.visit([&](const Event& event) {
        if (event.time_s > view.now_s) return;
        PersonRealtime& value = realtime[event.person.index()];
        if (is_positive(event)) {
            if (skip > 0) {
                --skip;
            } else {
                // Now and then without all that history tells, so that the rest learns to stand
                // alone (Volkovs et al. 2017, "DropoutNet").
                const bool is_cold = cold.chance(view.params.training.tower_cold_share);
                PersonFeatures person =
                    features_at(view, event.person, is_cold ? no_realtime : value, event.time_s);
                if (is_cold) person.batch = &kNoBatch;
                rows.resize(rows.size() + width);
                fill_tower_features(person, (*view.devices)[event.person.index()], event.time_s,
                                    catalogue.content.dims, std::span(rows).last(width));
                examples.person.push_back(is_cold ? PersonId() : event.person);
                examples.item.push_back(event.item);
            }
        }
        value = aggregate(std::move(value), event, view.join.params, catalogue);
    });
    examples.person_features =
        Eigen::Map<const Matrix>(rows.data(), static_cast<Eigen::Index>(examples.item.size()),
                                 static_cast<Eigen::Index>(width));
    return examples;
}

// Everybody's vector at the view's moment.
Matrix embed_people(const TwoTower& model, std::span<const PersonRealtime> realtime,
                    const FrozenLog& view) {
    const std::size_t content_dims = view.join.catalogue->content.dims;
    const auto dims = static_cast<std::size_t>(model.dims());
    Matrix people(static_cast<Eigen::Index>(realtime.size()), model.dims());
    std::vector<float> features(tower_feature_count(content_dims));
    for (std::size_t p = 0; p < realtime.size(); ++p) {
        const PersonFeatures person = features_at(view, PersonId(p), realtime[p], view.now_s);
        fill_tower_features(person, (*view.devices)[p], view.now_s, content_dims, features);
        model.embed_person(PersonId(p), features, {people.data() + p * dims, dims});
    }
    return people;
}

}  // namespace

Seconds history_begin_s(const FrozenLog& view) {
    return view.now_s - static_cast<Seconds>(view.params.training.history_days * kDay);
}

VectorSpace publish(Matrix vectors, const FrozenLog& view) {
    VectorSpace space = make_space(std::move(vectors), index_settings(view.params.retrieval));
    space.trained_s = view.now_s;
    return space;
}

Interactions training_interactions(const FrozenLog& view) {
    Interactions interactions;
    interactions.people = view.devices->size();
    interactions.items = view.join.catalogue->size();
    const Seconds begin_s = history_begin_s(view);
    view.join.log.visit([&](const Event& event) {
        if (event.kind == EventKind::watch && event.value >= kPositiveShare &&
            event.time_s >= begin_s && event.time_s <= view.now_s) {
            interactions.rows.push_back({event.person, event.item, event.value, event.time_s});
        }
    });
    return interactions;
}

FactorizationResult train_factorization(const FrozenLog& view, const Progress& progress) {
    const Interactions interactions = training_interactions(view);
    if (interactions.rows.size() < kFewestExamples) return {};
    const TrainingParams& params = view.params.training;
    IalsSettings settings;
    settings.dims = static_cast<int>(params.mf_dims);
    settings.epochs = static_cast<int>(params.mf_epochs);
    settings.unobserved_weight = params.mf_unobserved_weight;
    settings.regularization = params.mf_regularization;
    settings.seed = mix_bits(view.seed ^ view.tick);
    FactorizationResult result;
    result.model = train_ials(interactions, settings, progress);
    if (result.model) result.space = publish(equal_norms(result.model->items), view);
    return result;
}

TwoTowerResult train_towers(const FrozenLog& view, const Progress& progress) {
    std::vector<PersonRealtime> realtime(view.devices->size(),
                                         empty_realtime(*view.join.catalogue));
    const TwoTowerExamples examples = tower_examples(view, realtime);
    if (examples.item.size() < kFewestExamples) return {};
    const TrainingParams& params = view.params.training;
    TwoTowerSettings settings;
    settings.dims = static_cast<int>(params.tower_dims);
    settings.epochs = static_cast<int>(params.tower_epochs);
    settings.learning_rate = params.tower_learning_rate;
    settings.id_dropout = params.tower_id_dropout;
    settings.seed = mix_bits(view.seed ^ view.tick);
    TwoTowerResult result;
    result.model = train_two_tower(examples, settings, progress);
    if (!result.model) return result;
    result.space = publish(embed_items(*result.model, examples.item_features), view);
    if (view.params.freshness.people_vectors == PeopleVectors::nightly) {
        result.space.people =
            std::make_shared<const Matrix>(embed_people(*result.model, realtime, view));
    }
    return result;
}

RankerResult train_ranker_on_log(const FrozenLog& view, const Progress& progress) {
    const RankerRows data = ranker_rows(view);
    RankerResult result;
    result.rows = static_cast<std::size_t>(data.shown.rows.rows());
    result.skew = skew_of(data);
    if (result.rows < kFewestExamples) return result;
    result.model =
        train_ranker(data.shown, view.params.ranking, mix_bits(view.seed ^ view.tick), progress);
    return result;
}

std::shared_ptr<const CoVisitation> train_covisitation(const FrozenLog& view) {
    const Interactions interactions = training_interactions(view);
    if (interactions.rows.size() < kFewestExamples) return nullptr;
    return build_covisitation(interactions, CoVisitationSettings{});
}

}  // namespace cascadelab
