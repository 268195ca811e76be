#include "engine/models/collaborative/two_tower.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

#include "engine/models/collaborative/two_tower_net.h"
#include "engine/models/index/vector_index.h"
#include "tests/engine/models/gradient_check.h"

using namespace cascadelab;

namespace {

constexpr Eigen::Index kTastes = 8;

// A small world: items have a taste point that their features show with noise, people a taste; an
// example is an item near the person's taste. Items from `trained` on are never consumed.
struct SmallWorld {
    Matrix person_taste;
    Matrix item_taste;
    TwoTowerExamples examples;
};

Matrix unit_rows(std::size_t count, Stream& stream) {
    Matrix rows(static_cast<Eigen::Index>(count), kTastes);
    for (Eigen::Index i = 0; i < rows.size(); ++i)
        rows.data()[i] = static_cast<float>(stream.normal());
    rows.rowwise().normalize();
    return rows;
}

SmallWorld small_world(std::size_t people, std::size_t items, std::size_t trained,
                       std::size_t count) {
    Stream stream(11, Purpose::test);
    SmallWorld world{unit_rows(people, stream), unit_rows(items, stream), {}};
    TwoTowerExamples& e = world.examples;
    e.people = people;
    e.items = items;
    e.item_features = world.item_taste;
    for (Eigen::Index i = 0; i < e.item_features.size(); ++i) {
        e.item_features.data()[i] += 0.1f * static_cast<float>(stream.normal());
    }
    // Person features say nothing but that there is a person: the taste must come from the id.
    e.person_features.setOnes(static_cast<Eigen::Index>(count), 1);
    const Matrix affinity = world.person_taste * world.item_taste.transpose();
    std::vector<double> weights(trained);
    for (std::size_t n = 0; n < count; ++n) {
        const std::size_t person = stream.below(people);
        for (std::size_t i = 0; i < trained; ++i) {
            weights[i] = std::exp(
                6.0 * affinity(static_cast<Eigen::Index>(person), static_cast<Eigen::Index>(i)));
        }
        e.person.push_back(PersonId(person));
        e.item.push_back(ItemId(stream.choice(weights)));
    }
    return world;
}

Vector person_vector(const TwoTower& model, std::size_t person) {
    Vector out(model.dims());
    const float one = 1;
    model.embed_person(PersonId(person), {&one, 1},
                       {out.data(), static_cast<std::size_t>(out.size())});
    return out;
}

class TwoTowerTest : public QObject {
    Q_OBJECT
  private slots:
    void every_gradient_of_the_whole_net_matches_differences() {
        Stream stream(1, Purpose::test);
        TwoTowerNet<double> net;
        net.person = Tower<double>({5, 3, 2, 6, 4}, stream);
        net.item = Tower<double>({6, 3, 4, 6, 4}, stream);
        net.temperature = 0.3;
        // Biases off zero, so that no row sits on the ReLU's corner.
        for (Tower<double>* tower : {&net.person, &net.item}) {
            tower->first.bias.randomize(0.3, stream);
            tower->second.bias.randomize(0.3, stream);
        }
        const Matrix person_features = nn::random_matrix(6, 2, 21).cast<float>();
        const Matrix item_features = nn::random_matrix(6, 4, 22).cast<float>();
        const TwoTowerBatch<double> batch{
            .person_id = {0, 3, nn::kNoRow, 3, 4},
            .person_row = {5, 0, 2, 1, 3},
            .item_id = {2, 2, 5, nn::kNoRow, 0},
            .item_row = {2, 2, 5, 1, 0},
            .log_probability = -nn::random_matrix(5, 1, 23).cwiseAbs()};
        net.learn(batch, person_features, item_features);
        // A copy takes the differences, so that the gradients stand still.
        TwoTowerNet<double> probe = net;
        const auto loss = [&] { return probe.learn(batch, person_features, item_features); };
        const auto check = [&](nn::MatrixD& value, const nn::MatrixD& gradient) {
            QVERIFY(gradient.norm() > 1e-3);
            QVERIFY(nn::gradient_error(value, gradient, loss) < 1e-6);
        };
        for (const auto tower : {&TwoTowerNet<double>::person, &TwoTowerNet<double>::item}) {
            Tower<double>& at = probe.*tower;
            const Tower<double>& from = net.*tower;
            check(at.first.weight.value, from.first.weight.gradient);
            check(at.first.bias.value, from.first.bias.gradient);
            check(at.second.weight.value, from.second.weight.gradient);
            check(at.second.bias.value, from.second.bias.gradient);
            nn::MatrixD ids = nn::MatrixD::Zero(at.ids.value.rows(), at.ids.value.cols());
            for (std::size_t t = 0; t < from.ids.touched.size(); ++t) {
                ids.row(from.ids.touched[t]) = from.ids.gradient.row(static_cast<Eigen::Index>(t));
            }
            check(at.ids.value, ids);
        }
    }

    void loss_starts_near_the_log_of_the_batch() {
        const SmallWorld world = small_world(200, 400, 400, 2000);
        TwoTowerSettings settings{
            .epochs = 1, .batch = 128, .learning_rate = 0, .temperature = 1, .logq = false};
        const auto model = train_two_tower(world.examples, settings);
        QCOMPARE(model->epoch_loss().size(), std::size_t(1));
        QVERIFY(std::abs(model->epoch_loss()[0] - std::log(128.0)) < 0.15);
    }

    void loss_falls_from_epoch_to_epoch() {
        const SmallWorld world = small_world(200, 400, 400, 4000);
        const auto model = train_two_tower(world.examples, {.epochs = 4});
        const auto loss = model->epoch_loss();
        for (std::size_t i = 1; i < loss.size(); ++i) QVERIFY(loss[i] < loss[i - 1]);
    }

    void training_twice_is_the_same_to_the_bit() {
        const SmallWorld world = small_world(100, 150, 150, 1000);
        const auto a = train_two_tower(world.examples, {.epochs = 1, .seed = 5});
        const auto b = train_two_tower(world.examples, {.epochs = 1, .seed = 5});
        const auto c = train_two_tower(world.examples, {.epochs = 1, .seed = 6});
        const Matrix vectors = embed_items(*a, world.examples.item_features);
        QVERIFY(vectors == embed_items(*b, world.examples.item_features));
        QVERIFY(vectors != embed_items(*c, world.examples.item_features));
        QVERIFY(person_vector(*a, 7) == person_vector(*b, 7));
    }

    void vectors_have_unit_length_and_known_ids_matter() {
        const SmallWorld world = small_world(100, 150, 120, 2000);
        const auto model = train_two_tower(world.examples, {.epochs = 2});
        const Matrix items = embed_items(*model, world.examples.item_features);
        QVERIFY((items.rowwise().norm().array() - 1).abs().maxCoeff() < 1e-5f);
        QVERIFY(std::abs(person_vector(*model, 3).norm() - 1) < 1e-5f);
        QVERIFY(person_vector(*model, 3) != person_vector(*model, 4));
        // Whoever was not in the examples is one and the same stranger.
        QVERIFY(person_vector(*model, 100) == person_vector(*model, 5000));
        QVERIFY(!model->trained_on(ItemId(130u)));
        QVERIFY(!model->trained_on(ItemId(9999u)));
        QVERIFY(model->trained_on(world.examples.item.front()));
    }

    // The last 100 of 500 items were never consumed. For every person, how many of the ten new
    // items that suit them best are among the twenty new items the model puts first? Chance finds 2
    // of 10.
    void an_unseen_item_is_found_from_its_content() {
        const SmallWorld world = small_world(150, 500, 400, 12000);
        const auto model = train_two_tower(world.examples, {.epochs = 5});
        const Matrix fresh = embed_items(*model, world.examples.item_features).bottomRows(100);
        const auto index = build_index(fresh, {.kind = IndexKind::exact});
        const auto truth =
            build_index(world.item_taste.bottomRows(100), {.kind = IndexKind::exact});
        int hits = 0;
        for (std::size_t person = 0; person < 150; ++person) {
            std::vector<ScoredItem> found, best;
            const Vector query = person_vector(*model, person);
            index->search({query.data(), static_cast<std::size_t>(query.size())}, 20, {}, found);
            const auto taste = world.person_taste.row(static_cast<Eigen::Index>(person));
            truth->search({taste.data(), static_cast<std::size_t>(kTastes)}, 10, {}, best);
            for (const ScoredItem& wanted : best) {
                hits += std::ranges::any_of(
                    found, [&](const ScoredItem& entry) { return entry.item == wanted.item; });
            }
        }
        const double recall = hits / 1500.0;
        QVERIFY2(recall > 0.6, qPrintable(QString::number(recall)));
    }

    void no_examples_or_a_cancel_give_null() {
        TwoTowerExamples none{.people = 3,
                              .items = 2,
                              .person = {},
                              .item = {},
                              .person_features = Matrix(0, 4),
                              .item_features = Matrix::Zero(2, 3)};
        QVERIFY(train_two_tower(none, {}) == nullptr);
        const SmallWorld world = small_world(20, 30, 30, 600);
        QVERIFY(train_two_tower(world.examples, {}, [](double share) { return share < 0.5; }) ==
                nullptr);
    }

    void fewer_examples_than_a_batch_still_train() {
        const SmallWorld world = small_world(10, 12, 12, 40);
        QVERIFY(train_two_tower(world.examples, {.epochs = 2}) != nullptr);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(TwoTowerTest)
#include "two_tower_test.moc"
