#include "engine/models/rankers/deep_ranker.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "engine/base/error.h"
#include "engine/base/shuffle.h"
#include "engine/models/nn/adamw.h"
#include "engine/models/rankers/deep_ranker_net.h"

namespace cascadelab {
namespace {

using Net = DeepRankerNet<float>;
using Row = Eigen::Matrix<float, 1, Eigen::Dynamic>;

constexpr std::size_t kBlock = 128;      // rows predicted at a time; what they leave fits a cache
constexpr Eigen::Index kPathSteps = 64;  // of integrated gradients
constexpr double kGradientLimit = 5;     // global norm, nats per unit of weight

class TrainedDeepRanker final : public DeepRanker {
  public:
    TrainedDeepRanker(Net net, Row baseline, std::vector<double> loss)
        : m_net(std::move(net)), m_baseline(std::move(baseline)), m_loss(std::move(loss)) {}

    std::string_view label() const override { return "Deep (DCN-v2)"; }
    std::string_view explanation() const override { return "integrated gradients"; }
    int columns() const override { return static_cast<int>(m_net.columns.knots.size()); }
    int outcomes() const override { return static_cast<int>(m_net.heads.bias.value.cols()); }
    std::span<const double> held_out_loss() const override { return m_loss; }

    void predict(const float* rows, std::size_t count, std::span<float> out) const override {
        const auto heads = static_cast<std::size_t>(outcomes());
        CHECK(out.size() == heads * count);
        DeepActivations<float> at;
        for (std::size_t first = 0; first < count; first += kBlock) {
            const std::size_t size = std::min(kBlock, count - first);
            m_net.forward(rows + first * m_net.columns.knots.size(), size, at);
            for (std::size_t h = 0; h < heads; ++h) {
                for (std::size_t i = 0; i < size; ++i) {
                    const float z = at.logits(static_cast<Eigen::Index>(i), static_cast<int>(h));
                    out[h * count + first + i] = 1 / (1 + std::exp(-z));
                }
            }
        }
    }

    Matrix contributions(const float* rows, std::size_t count, int outcome) const override {
        CHECK(outcome >= 0 && outcome < outcomes());
        const Eigen::Index dims = m_net.columns.table.value.cols();
        Matrix result(count, columns() + 1);
        DeepActivations<float> at;
        DeepSlopes<float> slopes;
        Matrix embedded, path;
        for (std::size_t i = 0; i < count; ++i) {
            m_net.columns.place(rows + i * m_net.columns.knots.size(), 1, at.places);
            m_net.columns.forward(at.places, embedded);
            const Row way = embedded.row(0) - m_baseline;
            at.crossed.resize(1);
            at.crossed.front() = m_baseline.replicate(kPathSteps, 1);
            for (Eigen::Index k = 0; k < kPathSteps; ++k) {
                at.crossed.front().row(k) +=
                    way * ((static_cast<float>(k) + 0.5f) / static_cast<float>(kPathSteps));
            }
            m_net.forward_embedded(at);
            path.setZero(kPathSteps, outcomes());
            path.col(outcome).setConstant(1.0f / static_cast<float>(kPathSteps));
            m_net.pull_back(at, path, slopes);
            const Row parts = slopes.row.colwise().sum().cwiseProduct(way);
            auto out = result.row(static_cast<Eigen::Index>(i));
            for (Eigen::Index c = 0; c < columns(); ++c)
                out[c] = parts.segment(c * dims, dims).sum();
            out[columns()] = baseline_log_odds(outcome);
        }
        return result;
    }

    std::vector<std::uint8_t> bytes() const override {
        std::vector<std::uint8_t> bytes;
        const auto add = [&](float value) {
            const auto bits = std::bit_cast<std::uint32_t>(value);
            for (int shift = 0; shift < 32; shift += 8)
                bytes.push_back(static_cast<std::uint8_t>(bits >> shift));
        };
        for (const nn::Knots& knots : m_net.columns.knots)
            std::for_each_n(knots.at.begin(), knots.count, add);
        Net::visit_parameters(m_net, [&](const nn::Parameter<float>& p) {
            std::for_each_n(p.value.data(), p.value.size(), add);
        });
        return bytes;
    }

  private:
    float baseline_log_odds(int outcome) const {
        DeepActivations<float> at;
        at.crossed.resize(1);
        at.crossed.front() = m_baseline;
        m_net.forward_embedded(at);
        return at.logits(0, outcome);
    }

    Net m_net;
    Row m_baseline;  // the mean embedded training row
    std::vector<double> m_loss;
};

// One training run: the net, its optimiser, the order of the rows.
class Training {
  public:
    Training(const Matrix& rows, const Matrix& labels, const DeepRankerSettings& settings)
        : m_rows(rows),
          m_labels(labels),
          m_settings(settings),
          m_optimiser(
              {.learning_rate = settings.learning_rate, .weight_decay = settings.weight_decay}) {
        const auto all = static_cast<std::size_t>(rows.rows());
        const auto held_out =
            static_cast<std::size_t>(settings.held_out * static_cast<double>(all));
        m_order.resize(std::max<std::size_t>(1, all - held_out));
        std::iota(m_order.begin(), m_order.end(), Eigen::Index(0));
        Stream stream(settings.seed, Purpose::train_ranker);
        const DeepShape shape{.embedding = settings.embedding,
                              .hidden = settings.hidden,
                              .cross_layers = settings.cross_layers,
                              .heads = labels.cols()};
        m_net = Net(rows.topRows(learned()), shape, stream);
        for (Eigen::Index head = 0; head < labels.cols(); ++head)
            m_net.heads.bias.value(0, head) = prior_log_odds(head);
        m_best = m_net;
        m_loss.push_back(held_out_loss());
    }

    std::size_t batches() const {
        const auto size = static_cast<std::size_t>(m_settings.batch);
        return (m_order.size() + size - 1) / size;
    }

    void shuffle(int epoch) {
        Stream stream(m_settings.seed, Purpose::train_ranker, 1, static_cast<std::uint64_t>(epoch));
        shuffle_values(m_order, stream);
    }

    void learn_batch(std::size_t batch) {
        const auto size = static_cast<std::size_t>(m_settings.batch);
        const auto begin = m_order.begin() + static_cast<std::ptrdiff_t>(batch * size);
        const auto end = m_order.begin() +
                         static_cast<std::ptrdiff_t>(std::min(m_order.size(), (batch + 1) * size));
        const std::vector<Eigen::Index> chosen(begin, end);
        m_batch_rows = m_rows(chosen, Eigen::all);
        m_batch_labels = m_labels(chosen, Eigen::all);
        if (!m_settings.weights.empty()) {
            m_batch_weights.resize(static_cast<Eigen::Index>(chosen.size()));
            for (std::size_t i = 0; i < chosen.size(); ++i) {
                m_batch_weights[static_cast<Eigen::Index>(i)] =
                    m_settings.weights[static_cast<std::size_t>(chosen[i])];
            }
        }
        m_net.learn(m_batch_rows, m_batch_labels, m_at, m_slopes,
                    m_settings.weights.empty() ? nullptr : m_batch_weights.data());
        step();
    }

    // Closes an epoch; false when it is time to stop.
    bool goes_on() {
        m_loss.push_back(held_out_loss());
        const auto best = std::ranges::min_element(m_loss);
        if (best + 1 == m_loss.end()) m_best = m_net;
        return m_loss.end() - best <= m_settings.patience;
    }

    std::shared_ptr<const DeepRanker> finish() {
        Row baseline = Row::Zero(m_best.columns.width());
        Matrix embedded;
        for (Eigen::Index first = 0; first < learned(); first += kBlock) {
            const auto size = std::min(static_cast<Eigen::Index>(kBlock), learned() - first);
            m_best.columns.place(m_rows.row(first).data(), static_cast<std::size_t>(size),
                                 m_at.places);
            m_best.columns.forward(m_at.places, embedded);
            baseline += embedded.colwise().sum();
        }
        baseline /= static_cast<float>(learned());
        // What only training needs is not kept.
        Net::visit_parameters(m_best, [](nn::Parameter<float>& p) {
            for (auto* part : {&p.gradient, &p.first_moment, &p.second_moment}) part->resize(0, 0);
        });
        return std::make_shared<const TrainedDeepRanker>(std::move(m_best), std::move(baseline),
                                                         std::move(m_loss));
    }

  private:
    Eigen::Index learned() const { return static_cast<Eigen::Index>(m_order.size()); }

    double weight_of(Eigen::Index row) const {
        return m_settings.weights.empty()
                   ? 1.0
                   : static_cast<double>(m_settings.weights[static_cast<std::size_t>(row)]);
    }

    float prior_log_odds(Eigen::Index head) const {
        double positives = 0, asked = 0;
        for (Eigen::Index i = 0; i < learned(); ++i) {
            if (std::isnan(m_labels(i, head))) continue;
            const double weight = weight_of(i);
            positives += weight * static_cast<double>(m_labels(i, head));
            asked += weight;
        }
        const double share = asked > 0 ? std::clamp(positives / asked, 1e-4, 1 - 1e-4) : 0.5;
        return static_cast<float>(std::log(share / (1 - share)));
    }

    // One update, with the gradients' common norm limited.
    void step() {
        double squares = 0;
        Net::visit_parameters(m_net, [&](nn::Parameter<float>& p) {
            squares += static_cast<double>(p.gradient.squaredNorm());
        });
        const double norm = std::sqrt(squares);
        const auto scale = static_cast<float>(norm > kGradientLimit ? kGradientLimit / norm : 1);
        m_optimiser.begin_step();
        Net::visit_parameters(m_net, [&](nn::Parameter<float>& p) {
            p.gradient *= scale;
            m_optimiser.update(p);
        });
    }

    // Of the rows not learned from; of all when none is held out.
    double held_out_loss() {
        const Eigen::Index begin = learned() < m_rows.rows() ? learned() : 0;
        double sum = 0;
        for (Eigen::Index first = begin; first < m_rows.rows(); first += kBlock) {
            const auto size = std::min(static_cast<Eigen::Index>(kBlock), m_rows.rows() - first);
            m_net.forward(m_rows.row(first).data(), static_cast<std::size_t>(size), m_at);
            const Matrix labels = m_labels.middleRows(first, size);
            const float* weights =
                m_settings.weights.empty() ? nullptr : m_settings.weights.data() + first;
            sum +=
                static_cast<double>(nn::binary_cross_entropy(m_at.logits, labels, weights).sum()) *
                static_cast<double>(size);
        }
        return sum / static_cast<double>(m_rows.rows() - begin);
    }

    const Matrix& m_rows;
    const Matrix& m_labels;
    const DeepRankerSettings& m_settings;
    std::vector<Eigen::Index> m_order;  // rows learned from, in the epoch's order
    Net m_net, m_best;
    nn::AdamW m_optimiser;
    std::vector<double> m_loss;
    DeepActivations<float> m_at;
    DeepSlopes<float> m_slopes;
    Matrix m_batch_rows, m_batch_labels;
    Vector m_batch_weights;
};

}  // namespace

std::shared_ptr<const DeepRanker> train_deep_ranker(const Matrix& rows, const Matrix& labels,
                                                    const DeepRankerSettings& settings,
                                                    const Progress& progress) {
    CHECK(rows.rows() > 0 && rows.rows() == labels.rows() && labels.cols() > 0);
    CHECK(settings.hidden >= 2 && settings.cross_layers >= 0 && settings.embedding > 0);
    CHECK(settings.weights.empty() ||
          settings.weights.size() == static_cast<std::size_t>(rows.rows()));
    CHECK(settings.batch > 0 && settings.held_out >= 0 && settings.held_out < 1);
    Training training(rows, labels, settings);
    const auto all = static_cast<double>(training.batches()) * settings.epochs;
    double done = 0;
    for (int epoch = 0; epoch < settings.epochs; ++epoch) {
        training.shuffle(epoch);
        for (std::size_t batch = 0; batch < training.batches(); ++batch) {
            training.learn_batch(batch);
            if (progress && !progress(++done / all)) return nullptr;
        }
        if (!training.goes_on()) break;
    }
    return training.finish();
}

}  // namespace cascadelab
