#include "engine/models/collaborative/two_tower.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/base/shuffle.h"
#include "engine/models/collaborative/two_tower_net.h"
#include "engine/models/nn/adamw.h"
#include "engine/models/nn/dropout.h"

namespace cascadelab {
namespace {

// Layers up to this width are evaluated on the stack when serving.
constexpr int kWidestLayer = 256;
constexpr double kGradientLimit = 1;  // global norm, nats per unit of weight

// What serving needs of a trained tower.
class ServedTower {
  public:
    ServedTower(Tower<float> tower, std::vector<bool> known)
        : m_ids(std::move(tower.ids.value)),
          m_weight1(std::move(tower.first.weight.value)),
          m_weight2(std::move(tower.second.weight.value)),
          m_bias1(tower.first.bias.value.row(0)),
          m_bias2(tower.second.bias.value.row(0)),
          m_known(std::move(known)) {}

    bool knows(std::size_t entity) const { return entity < m_known.size() && m_known[entity]; }

    // One row through the tower, as sums of weight rows: no allocation, and zeros cost nothing.
    void embed(std::size_t entity, std::span<const float> features, std::span<float> out) const {
        const Eigen::Index id_dims = m_ids.cols();
        CHECK(static_cast<Eigen::Index>(features.size()) == m_weight1.rows() - id_dims);
        CHECK(static_cast<Eigen::Index>(out.size()) == m_weight2.cols());
        Row hidden = m_bias1;
        if (knows(entity)) {
            const float* id = m_ids.row(static_cast<Eigen::Index>(entity)).data();
            add_rows(m_weight1, 0, {id, static_cast<std::size_t>(id_dims)}, hidden);
        }
        add_rows(m_weight1, id_dims, features, hidden);
        hidden = hidden.cwiseMax(0.0f);

        Row output = m_bias2;
        add_rows(m_weight2, 0, {hidden.data(), static_cast<std::size_t>(hidden.size())}, output);
        Eigen::Map<Row>(out.data(), output.size()) = output / std::max(output.norm(), 1e-6f);
    }

  private:
    using Row = Eigen::Matrix<float, 1, Eigen::Dynamic, Eigen::RowMajor, 1, kWidestLayer>;

    // sum += x W, where x meets the rows of W from `begin` on.
    static void add_rows(const Matrix& weight, Eigen::Index begin, std::span<const float> x,
                         Row& sum) {
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (x[i] != 0) sum += x[i] * weight.row(begin + static_cast<Eigen::Index>(i));
        }
    }

    Matrix m_ids;      // entities x id_dims
    Matrix m_weight1;  // (id_dims + features) x hidden
    Matrix m_weight2;  // hidden x dims
    Row m_bias1;
    Row m_bias2;
    std::vector<bool> m_known;  // whether the id had an example; the others kept their random start
};

class TrainedTwoTower final : public TwoTower {
  public:
    TrainedTwoTower(ServedTower person, ServedTower item, int dims, std::vector<double> loss)
        : m_person(std::move(person)),
          m_item(std::move(item)),
          m_dims(dims),
          m_loss(std::move(loss)) {}

    int dims() const override { return m_dims; }
    void embed_person(PersonId person, std::span<const float> features,
                      std::span<float> out) const override {
        m_person.embed(person.index(), features, out);
    }
    void embed_item(ItemId item, std::span<const float> features,
                    std::span<float> out) const override {
        m_item.embed(item.index(), features, out);
    }
    bool trained_on(ItemId item) const override { return m_item.knows(item.index()); }
    std::span<const double> epoch_loss() const override { return m_loss; }

  private:
    ServedTower m_person;
    ServedTower m_item;
    int m_dims;
    std::vector<double> m_loss;
};

// One training run: the net, its optimiser and the order of the examples.
class Training {
  public:
    Training(const TwoTowerExamples& examples, const TwoTowerSettings& settings)
        : m_examples(examples),
          m_settings(settings),
          m_batch_size(std::min(static_cast<std::size_t>(settings.batch), examples.item.size())),
          m_order(examples.item.size()),
          m_optimiser({.learning_rate = settings.learning_rate}) {
        Stream stream(settings.seed, Purpose::train_two_tower);
        m_net.person = Tower<float>(shape(examples.people, examples.person_features), stream);
        m_net.item = Tower<float>(shape(examples.items, examples.item_features), stream);
        m_net.temperature = settings.temperature;
        std::iota(m_order.begin(), m_order.end(), 0u);
        if (settings.logq) m_log_probability = log_probabilities();
    }

    std::size_t batches_per_epoch() const { return m_order.size() / m_batch_size; }

    // What is left over when the batches are full changes from epoch to epoch.
    void shuffle(int epoch) {
        Stream stream(m_settings.seed, Purpose::train_two_tower, 1,
                      static_cast<std::uint64_t>(epoch));
        shuffle_values(m_order, stream);
    }

    // One update; returns the batch's mean loss. `step` counts through the epochs.
    double learn_batch(std::size_t batch, std::uint64_t step) {
        fill_batch(batch * m_batch_size, step);
        const float loss =
            m_net.learn(m_batch, m_examples.person_features, m_examples.item_features);
        Tower<float>& p = m_net.person;
        Tower<float>& i = m_net.item;
        nn::clip_gradients(kGradientLimit, p.ids, p.first.weight, p.first.bias, p.second.weight,
                           p.second.bias, i.ids, i.first.weight, i.first.bias, i.second.weight,
                           i.second.bias);
        m_optimiser.begin_step();
        for (Tower<float>* tower : {&p, &i}) {
            m_optimiser.update(tower->ids);
            for (nn::Linear<float>* layer : {&tower->first, &tower->second}) {
                m_optimiser.update(layer->weight);
                m_optimiser.update(layer->bias);
            }
        }
        return loss;
    }

    std::shared_ptr<const TwoTower> finish(std::vector<double> epoch_loss) {
        std::vector<bool> people(m_examples.people, false);
        std::vector<bool> items(m_examples.items, false);
        for (const PersonId person : m_examples.person) {
            if (person.valid()) people[person.index()] = true;
        }
        for (const ItemId item : m_examples.item) items[item.index()] = true;
        return std::make_shared<const TrainedTwoTower>(
            ServedTower(std::move(m_net.person), std::move(people)),
            ServedTower(std::move(m_net.item), std::move(items)), m_settings.dims,
            std::move(epoch_loss));
    }

  private:
    TowerShape shape(std::size_t entities, const Matrix& features) const {
        return {static_cast<Eigen::Index>(entities), m_settings.id_dims, features.cols(),
                m_settings.hidden, m_settings.dims};
    }

    // log p_j = log(1 - (1 - f_j)^B) with f_j the item's share of the examples.
    std::vector<float> log_probabilities() const {
        std::vector<double> count(m_examples.items, 0.0);
        for (const ItemId item : m_examples.item) ++count[item.index()];
        std::vector<float> result(m_examples.items, 0.0f);
        for (std::size_t j = 0; j < count.size(); ++j) {
            if (count[j] == 0) continue;
            const double f = count[j] / static_cast<double>(m_order.size());
            const double absent = static_cast<double>(m_batch_size) * std::log1p(-f);
            result[j] = static_cast<float>(std::log(-std::expm1(absent)));
        }
        return result;
    }

    void fill_batch(std::size_t begin, std::uint64_t step) {
        m_batch.person_row.assign(
            m_order.begin() + static_cast<std::ptrdiff_t>(begin),
            m_order.begin() + static_cast<std::ptrdiff_t>(begin + m_batch_size));
        m_batch.person_id.clear();
        m_batch.item_row.clear();
        for (const std::uint32_t example : m_batch.person_row) {
            m_batch.person_id.push_back(m_examples.person[example].value);  // kNoRow when invalid
            m_batch.item_row.push_back(m_examples.item[example].value);
        }
        m_batch.item_id = m_batch.item_row;
        Stream stream(m_settings.seed, Purpose::train_two_tower, 2, step);
        nn::drop_ids(m_batch.person_id, m_settings.id_dropout, stream);
        nn::drop_ids(m_batch.item_id, m_settings.id_dropout, stream);
        if (m_log_probability.empty()) return;
        m_batch.log_probability.resize(static_cast<Eigen::Index>(m_batch_size));
        for (std::size_t j = 0; j < m_batch_size; ++j) {
            m_batch.log_probability[static_cast<Eigen::Index>(j)] =
                m_log_probability[m_batch.item_row[j]];
        }
    }

    const TwoTowerExamples& m_examples;
    const TwoTowerSettings& m_settings;
    std::size_t m_batch_size;
    std::vector<std::uint32_t> m_order;    // examples in the epoch's order
    std::vector<float> m_log_probability;  // per item; empty: no correction
    TwoTowerNet<float> m_net;
    nn::AdamW m_optimiser;
    TwoTowerBatch<float> m_batch;
};

void check_examples(const TwoTowerExamples& examples, const TwoTowerSettings& settings) {
    CHECK(settings.hidden > 0 && settings.hidden <= kWidestLayer);
    CHECK(settings.dims > 0 && settings.dims <= kWidestLayer);
    CHECK(settings.id_dims >= 0 && settings.batch > 0 && settings.temperature > 0);
    CHECK(examples.person.size() == examples.item.size());
    CHECK(static_cast<std::size_t>(examples.person_features.rows()) == examples.person.size());
    CHECK(static_cast<std::size_t>(examples.item_features.rows()) == examples.items);
    for (const PersonId person : examples.person)
        CHECK(!person.valid() || person.index() < examples.people);
    for (const ItemId item : examples.item) CHECK(item.index() < examples.items);
}

}  // namespace

std::shared_ptr<const TwoTower> train_two_tower(const TwoTowerExamples& examples,
                                                const TwoTowerSettings& settings,
                                                const Progress& progress) {
    check_examples(examples, settings);
    if (examples.item.empty()) return nullptr;
    Training training(examples, settings);
    const std::size_t batches = training.batches_per_epoch();
    const auto all = static_cast<double>(batches) * settings.epochs;
    std::uint64_t step = 0;
    std::vector<double> epoch_loss;
    for (int epoch = 0; epoch < settings.epochs; ++epoch) {
        training.shuffle(epoch);
        double sum = 0;
        for (std::size_t batch = 0; batch < batches; ++batch) {
            sum += training.learn_batch(batch, step++);
            if (progress && !progress(static_cast<double>(step) / all)) return nullptr;
        }
        epoch_loss.push_back(sum / static_cast<double>(batches));
    }
    return training.finish(std::move(epoch_loss));
}

Matrix embed_items(const TwoTower& model, const Matrix& item_features) {
    Matrix vectors(item_features.rows(), model.dims());
    const auto width = static_cast<std::size_t>(item_features.cols());
    const auto dims = static_cast<std::size_t>(model.dims());
    for (Eigen::Index i = 0; i < item_features.rows(); ++i) {
        model.embed_item(ItemId(static_cast<std::size_t>(i)), {item_features.row(i).data(), width},
                         {vectors.row(i).data(), dims});
    }
    return vectors;
}

}  // namespace cascadelab
