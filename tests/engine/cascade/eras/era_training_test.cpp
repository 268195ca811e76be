// What a training of an era takes from the log, and what it publishes of what it found.
#include <QtTest>
#include <cmath>
#include <numbers>

#include "engine/cascade/eras/examples.h"
#include "engine/cascade/eras/factorization.h"
#include "engine/cascade/eras/hstu.h"
#include "engine/cascade/eras/two_tower.h"
#include "engine/cascade/request/request.h"
#include "engine/features/streaming.h"
#include "tests/worlds/small_run.h"

using namespace cascadelab;

namespace {

constexpr std::size_t kPeople = 20, kItems = 50;
constexpr Seconds kNow = 3 * kDay + 5 * kHour;

std::shared_ptr<const BatchTables> tables(Seconds write_s, float share) {
    auto batch = std::make_shared<BatchTables>();
    batch->stamp = {write_s, write_s};
    batch->people.resize(kPeople);
    for (PersonBatch& person : batch->people) person.topic_share[2] = share;
    return batch;
}

// People watch in turn, an item each minute up to now; what comes after now is in the log as well.
FrozenLog log_of(std::size_t watches, float share = 0.8f) {
    FrozenLog view;
    view.seed = 3;
    view.now_s = kNow;
    TrainingParams& training = view.params.training;
    training.mf_dims = training.tower_dims = training.hstu_dims = 4;
    training.mf_epochs = training.tower_epochs = training.hstu_epochs = 1;
    training.hstu_blocks = 1;
    view.params.features.sequence_events = 10;
    view.join.params = view.params.features;
    view.join.catalogue = small_catalogue(kItems);
    view.join.batches = {tables(kNow - 2 * kDay, 0.25f), tables(kNow, 0.5f),
                         tables(kNow + 1, 0.75f)};
    view.join.sign_ups = std::make_shared<const std::vector<SignUp>>(kPeople);
    view.devices = std::make_shared<const std::vector<Device>>(kPeople, Device::tablet);
    std::vector<Event> events;
    for (std::size_t i = 0; i < watches; ++i) {
        events.push_back({kNow - 60 * static_cast<Seconds>(watches - 1 - i), PersonId(i % kPeople),
                          ItemId(7 * i % kItems), static_cast<std::uint32_t>(i), share,
                          EventKind::watch});
    }
    for (std::size_t p = 0; p < kPeople; ++p)
        events.push_back({kNow + 1, PersonId(p), ItemId(p), 9000, 1, EventKind::watch});
    view.join.log.append(events);
    return view;
}

// Everybody's streaming values at the log's now.
std::vector<PersonRealtime> values_now(const FrozenLog& view) {
    const Catalogue& catalogue = *view.join.catalogue;
    std::vector<PersonRealtime> values(kPeople, empty_realtime(catalogue));
    view.join.log.visit([&](const Event& event) {
        if (event.time_s > view.now_s) return;
        PersonRealtime& value = values[event.person.index()];
        value = aggregate(std::move(value), event, view.join.params, catalogue);
    });
    return values;
}

}  // namespace

class EraTrainingTest : public QObject {
    Q_OBJECT
  private slots:
    // Every example is one token, and what comes after now does not count.
    void a_training_wants_five_hundred_examples() {
        for (const auto train : {train_factorization, train_two_tower, train_hstu}) {
            QVERIFY(!train(log_of(499), {}).ready());
            QVERIFY(train(log_of(500), {}).ready());
            QVERIFY(train(log_of(500, kPositiveShare), {}).ready());
        }
        // The newest five hundred of six hundred; those after now have no part in the count.
        FrozenLog view = log_of(600);
        view.params.training.tower_examples = 500;
        QVERIFY(train_two_tower(view, {}).ready());
        view.params.training.tower_examples = 499;
        QVERIFY(!train_two_tower(view, {}).ready());
    }

    // A sequence is learned from up to the last thing watched.
    void what_somebody_says_after_the_last_watch_teaches_nothing() {
        const FrozenLog view = log_of(700);
        FrozenLog talked = view;
        std::vector<Event> likes;
        for (std::size_t p = 0; p < kPeople; ++p)
            likes.push_back({kNow, PersonId(p), ItemId(p), 8000, 0, EventKind::like});
        talked.join.log.append(likes);
        const PublishedEra without = train_hstu(view, {}), with = train_hstu(talked, {});
        QCOMPARE(hash_matrix(*with.space.trained), hash_matrix(*without.space.trained));
        for (Event& like : likes) like.kind = EventKind::watch, like.value = 1;
        FrozenLog watched = view;
        watched.join.log.append(likes);
        QVERIFY(hash_matrix(*train_hstu(watched, {}).space.trained) !=
                hash_matrix(*without.space.trained));
    }

    // Bachrach et al. 2014: one entry more makes all items one length, and the nearest direction is
    // the largest product.
    void factors_are_published_as_directions_that_keep_their_products() {
        const PublishedEra era = train_factorization(log_of(700), {});
        const Factorization& factors = dynamic_cast<const FactorizationEra&>(*era.model).factors();
        QCOMPARE(factors.items.cols(), Eigen::Index{4});
        const float largest = factors.items.rowwise().norm().maxCoeff();
        std::vector<float> query;
        for (std::size_t p = 0; p < kPeople; ++p) {
            const auto person = row_of(factors.people, PersonId(p));
            const float length = search_vector(person, query);
            QVERIFY(std::abs(length - as_vector(person).norm()) < 1e-6f);
            QVERIFY(std::abs(as_vector(query).norm() - 1) < 1e-5f);
            QCOMPARE(query.back(), 0.0f);
            for (std::size_t i = 0; i < kItems; ++i) {
                QVERIFY(std::abs(as_vector(era.space[ItemId(i)]).norm() - 1) < 1e-5f);
                const float product =
                    factors.items.row(static_cast<Eigen::Index>(i)).dot(as_vector(person));
                QVERIFY(std::abs(dot(query, era.space[ItemId(i)]) * length * largest - product) <
                        1e-5f);
            }
        }
        QCOMPARE(search_vector(std::vector<float>(4), query), 0.0f);
        QCOMPARE(query, std::vector<float>(5));
        QCOMPARE(era.model->bytes(), sizeof(float) * kPeople * 4);
        QCOMPARE(era.space.trained_s, kNow);
    }

    void who_is_newer_than_the_factors_has_no_vector() {
        FrozenLog view = log_of(700);
        view.params.freshness.people_vectors = PeopleVectors::nightly;
        const PublishedEra era = train_factorization(view, {});
        const Catalogue& catalogue = *view.join.catalogue;
        const FeatureStore store(view.params.features, kPeople, catalogue);
        const PublishedModels none;
        const CascadeInputs in{view.params, catalogue.cards, catalogue.content, store, none};
        CascadeScratch scratch;
        std::vector<float> query = {1, 2, 3};
        Request request;
        request.person = PersonId(kPeople);
        QCOMPARE(era.model->embed_person(in, request, {}, scratch, query), 0.0f);
        QVERIFY(query.empty());
        request.person = PersonId(kPeople - 1);
        QCOMPARE(era.model->embed_person(in, request, {}, scratch, query),
                 as_vector(row_of(*era.people(), request.person)).norm());
        QCOMPARE(query.size(), std::size_t{5});
    }

    // A person's row of a nightly training is what a request at that moment would be given.
    void nightly_people_are_who_they_are_at_the_trainings_moment() {
        FrozenLog view = log_of(700);
        const Catalogue& catalogue = *view.join.catalogue;
        const std::vector<PersonRealtime> values = values_now(view);
        const FeatureStore store(view.params.features, kPeople, catalogue);
        const PublishedModels none;
        const CascadeInputs in{view.params, catalogue.cards, catalogue.content, store, none};
        for (const auto train : {train_two_tower, train_hstu}) {
            view.params.freshness.people_vectors = PeopleVectors::streaming;
            QVERIFY(train(view, {}).people() == nullptr);
            view.params.freshness.people_vectors = PeopleVectors::nightly;
            const PublishedEra era = train(view, {});
            QVERIFY(era.people() != nullptr);
            QCOMPARE(era.people()->rows(), static_cast<Eigen::Index>(kPeople));
            QCOMPARE(era.people()->cols(), Eigen::Index{4});
            QCOMPARE(era.space.size(), kItems);
            for (std::size_t p = 0; p < kPeople; ++p) {
                PersonFeatures person;
                person.realtime = &values[p];
                person.sequence = &values[p].sequence;
                person.batch = &view.join.batches[1]->person(PersonId(p));
                const PersonHistory history;
                person.history = &history;
                person.sign_up = &(*view.join.sign_ups)[p];
                Request request;
                request.person = PersonId(p);
                request.now_s = kNow;
                request.device = Device::tablet;
                CascadeScratch scratch;
                std::vector<float> query;
                era.model->embed_person(in, request, person, scratch, query);
                const auto row = row_of(*era.people(), PersonId(p));
                QCOMPARE(query.size(), row.size());
                for (std::size_t d = 0; d < row.size(); ++d)
                    QVERIFY(std::abs(query[d] - row[d]) < 1e-5f);
            }
        }
    }

    // Profile, topics lately, topics in the long run, survey, device, hour as a point of a circle.
    void the_towers_read_a_person_in_a_fixed_order() {
        PersonRealtime realtime;
        realtime.profile = {0.6f, 0.8f};
        PersonBatch batch;
        for (std::size_t t = 0; t < kTopicCount; ++t) {
            realtime.recent_share[t] = 1 + static_cast<float>(t);
            batch.topic_share[t] = 20 + static_cast<float>(t);
        }
        PersonFeatures person;
        person.realtime = &realtime;
        person.batch = &batch;
        QCOMPARE(tower_feature_count(2), 2 + 3 * kTopicCount + kDeviceCount + 2);
        std::vector<float> row(tower_feature_count(2), 99.0f);
        fill_tower_features(person, Device::television, 5 * kDay + 18 * kHour, 2, row);
        std::vector<float> expected = {0.6f, 0.8f};
        for (std::size_t t = 0; t < kTopicCount; ++t) expected.push_back(realtime.recent_share[t]);
        for (std::size_t t = 0; t < kTopicCount; ++t) expected.push_back(batch.topic_share[t]);
        expected.resize(expected.size() + kTopicCount);  // no survey
        for (std::size_t d = 0; d < kDeviceCount; ++d)
            expected.push_back(d == index_of(Device::television) ? 1.0f : 0.0f);
        const double angle = 2 * std::numbers::pi * hour_of(18 * kHour) / 24;
        expected.push_back(static_cast<float>(std::sin(angle)));
        expected.push_back(static_cast<float>(std::cos(angle)));
        QCOMPARE(row.size(), expected.size());
        for (std::size_t i = 0; i < row.size(); ++i)
            QVERIFY2(std::abs(row[i] - expected[i]) < 1e-6f, qPrintable(QString::number(i)));
    }
};

QTEST_GUILESS_MAIN(EraTrainingTest)
#include "era_training_test.moc"
