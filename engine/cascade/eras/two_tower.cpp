#include "engine/cascade/eras/two_tower.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/error.h"
#include "engine/cascade/eras/examples.h"
#include "engine/cascade/request/request.h"
#include "engine/features/streaming.h"

namespace cascadelab {
namespace {

const PersonBatch kNoBatch;
const PersonHistory kNoHistory;

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

PublishedEra train_two_tower(const FrozenLog& view, const Progress& progress) {
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
    const std::shared_ptr<const TwoTower> towers = train_two_tower(examples, settings, progress);
    if (!towers) return {};
    PublishedEra era{std::make_shared<const TwoTowerEra>(towers),
                     publish(embed_items(*towers, examples.item_features), view)};
    if (view.params.freshness.people_vectors == PeopleVectors::nightly)
        era.space.people = std::make_shared<const Matrix>(embed_people(*towers, realtime, view));
    return era;
}

TwoTowerEra::TwoTowerEra(std::shared_ptr<const TwoTower> towers) : m_towers(std::move(towers)) {}

std::size_t TwoTowerEra::dims() const {
    return static_cast<std::size_t>(m_towers->dims());
}

float TwoTowerEra::embed_person(const CascadeInputs& in, const Request& request,
                                const PersonFeatures& person, CascadeScratch& scratch,
                                std::vector<float>& query) const {
    query.resize(dims());
    scratch.tower_features.resize(tower_feature_count(in.content.dims));
    fill_tower_features(person, request.device, request.now_s, in.content.dims,
                        scratch.tower_features);
    m_towers->embed_person(request.person, scratch.tower_features, query);
    return 1;
}

void TwoTowerEra::embed_item(ItemId item, std::span<const float> content,
                             std::span<float> out) const {
    m_towers->embed_item(item, content, out);
}

std::size_t tower_feature_count(std::size_t content_dims) {
    return content_dims + 3 * kTopicCount + kDeviceCount + 2;
}

void fill_tower_features(const PersonFeatures& person, Device device, Seconds now_s,
                         std::size_t content_dims, std::span<float> out) {
    CHECK(out.size() == tower_feature_count(content_dims));
    std::ranges::fill(out, 0.0f);
    std::ranges::copy(person.realtime->profile, out.begin());
    auto next = out.subspan(content_dims);
    std::ranges::copy(person.realtime->recent_share, next.begin());
    next = next.subspan(kTopicCount);
    std::ranges::copy(person.batch->topic_share, next.begin());
    next = next.subspan(kTopicCount);
    for (std::size_t topic = 0; topic < kTopicCount; ++topic)
        next[topic] = survey_match(person, TopicId(topic));
    next = next.subspan(kTopicCount);
    next[index_of(device)] = 1;
    next = next.subspan(kDeviceCount);
    const double angle = 2 * std::numbers::pi * hour_of(now_s) / 24;
    next[0] = static_cast<float>(std::sin(angle));
    next[1] = static_cast<float>(std::cos(angle));
}

}  // namespace cascadelab
