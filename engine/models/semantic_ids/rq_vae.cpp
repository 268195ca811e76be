#include "engine/models/semantic_ids/rq_vae.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/error.h"
#include "engine/base/shuffle.h"
#include "engine/models/nn/adamw.h"
#include "engine/models/semantic_ids/rq_vae_net.h"

namespace cascadelab {
namespace {

using Net = RqVaeNet<float>;
using Index = Eigen::Index;

constexpr double kGradientLimit = 5;

// Mean 0 and deviation 1 in every dimension of the rows it was made of.
struct Standard {
    Vector mean, scale;  // a dimension; scale 1 / deviation, 0 where nothing varies

    explicit Standard(const Matrix& rows) {
        const MatrixOf<double> wide = rows.cast<double>();
        const VectorOf<double> centre = wide.colwise().mean();
        mean = centre.cast<float>();
        scale.resize(rows.cols());
        for (Index d = 0; d < rows.cols(); ++d) {
            const double variance = (wide.col(d).array() - centre[d]).square().mean();
            scale[d] = variance > 1e-12 ? static_cast<float>(1 / std::sqrt(variance)) : 0.0f;
        }
    }

    Matrix operator()(const Matrix& rows) const {
        return ((rows.rowwise() - mean.transpose()).array().rowwise() * scale.transpose().array())
            .matrix();
    }
};

class TrainedEncoder final : public RowEncoder {
  public:
    TrainedEncoder(Standard standard, Net net)
        : m_standard(std::move(standard)), m_net(std::move(net)) {}

    Matrix encode(const Matrix& rows) const override {
        RqVaeActivations<float> at;
        m_net.encode(m_standard(rows), at);
        return at.z;
    }

  private:
    Standard m_standard;
    Net m_net;
};

// One training run: the net, its optimiser, the order of the rows.
class Training {
  public:
    Training(const Matrix& rows, const TokenizerSettings& settings)
        : m_rows(rows),
          m_settings(settings),
          m_optimiser({.learning_rate = settings.rq_vae.learning_rate}),
          m_order(static_cast<std::size_t>(rows.rows())) {
        std::iota(m_order.begin(), m_order.end(), Index{0});
        Stream stream(settings.seed, Purpose::train_tokenizer);
        m_net = Net({.inputs = rows.cols(),
                     .hidden = settings.rq_vae.hidden,
                     .latent = settings.rq_vae.latent,
                     .levels = settings.levels,
                     .codes = settings.codes},
                    stream);
        m_net.quantiser.commitment = settings.rq_vae.commitment;
        if (settings.rq_vae.mean_reconstruction)
            m_net.reconstruction_weight = 1 / static_cast<double>(rows.cols());
        place_codes();
    }

    // Mean loss of the rows as they were learned from.
    double learn_epoch(int epoch) {
        Stream stream(m_settings.seed, Purpose::train_tokenizer, 1,
                      static_cast<std::uint64_t>(epoch));
        shuffle_values(m_order, stream);
        double sum = 0;
        Matrix batch;
        const auto size = static_cast<std::size_t>(m_settings.rq_vae.batch);
        for (std::size_t begin = 0; begin < m_order.size(); begin += size) {
            const std::size_t count = std::min(size, m_order.size() - begin);
            batch.resize(static_cast<Index>(count), m_rows.cols());
            for (std::size_t i = 0; i < count; ++i)
                batch.row(static_cast<Index>(i)) = m_rows.row(m_order[begin + i]);
            const double loss = m_net.learn(batch, m_at);
            sum += loss * static_cast<double>(count);
            step();
        }
        return sum / static_cast<double>(m_order.size());
    }

    void reset_dead(int epoch) {
        m_net.encode(m_rows, m_at);
        m_net.quantiser.forward(m_at.z, m_at.quantised, m_at.y);
        const std::size_t levels = m_net.quantiser.levels.size();
        for (std::size_t l = 0; l < levels; ++l) {
            nn::Parameter<float>& codes = m_net.quantiser.levels[l];
            std::vector<bool> used(static_cast<std::size_t>(codes.value.rows()), false);
            for (std::size_t i = l; i < m_at.quantised.code.size(); i += levels)
                used[m_at.quantised.code[i]] = true;
            Stream stream(m_settings.seed, Purpose::train_tokenizer, 2 + l,
                          static_cast<std::uint64_t>(epoch));
            for (Index c = 0; c < codes.value.rows(); ++c) {
                if (used[static_cast<std::size_t>(c)]) continue;
                const auto row = static_cast<Index>(stream.below(m_order.size()));
                codes.value.row(c) = m_at.quantised.residual[l].row(row);
                codes.first_moment.row(c).setZero();
                codes.second_moment.row(c).setZero();
            }
        }
    }

    Net take() { return std::move(m_net); }

  private:
    // Level after level on what the untrained encoder leaves to it.
    void place_codes() {
        m_net.encode(m_rows, m_at);
        Matrix left = m_at.z;
        const bool noise = m_settings.start == KmeansStart::random_normal;
        for (std::size_t l = 0; l < m_net.quantiser.levels.size(); ++l) {
            const Kmeans kmeans = train_kmeans(left, {.clusters = m_settings.codes,
                                                      .rounds = noise ? 0 : m_settings.rounds,
                                                      .start = m_settings.start,
                                                      .reseed_dead = m_settings.reset_dead,
                                                      .seed = mix_bits(m_settings.seed + l)});
            m_net.quantiser.levels[l].value = kmeans.centres;
            for (Index r = 0; r < left.rows(); ++r)
                left.row(r) -=
                    kmeans.centres.row(kmeans.assignment.cluster[static_cast<std::size_t>(r)]);
        }
    }

    void step() {
        double square = 0;
        Net::visit_parameters(m_net, [&](const nn::Parameter<float>& p) {
            square += static_cast<double>(p.gradient.squaredNorm());
        });
        const double norm = std::sqrt(square);
        const auto scale = static_cast<float>(norm > kGradientLimit ? kGradientLimit / norm : 1);
        m_optimiser.begin_step();
        Net::visit_parameters(m_net, [&](nn::Parameter<float>& p) {
            p.gradient *= scale;
            m_optimiser.update(p);
        });
    }

    const Matrix& m_rows;  // standardised
    TokenizerSettings m_settings;
    nn::AdamW m_optimiser;
    std::vector<Index> m_order;
    Net m_net;
    RqVaeActivations<float> m_at;
};

}  // namespace

RqVae train_rq_vae(const Matrix& vectors, const TokenizerSettings& settings,
                   const Progress& progress) {
    CHECK(vectors.rows() > 0 && settings.levels > 0 && settings.codes > 0);
    CHECK(settings.rq_vae.batch > 0 && settings.rq_vae.epochs >= 0);
    const Standard standard(vectors);
    const Matrix rows = standard(vectors);
    Training training(rows, settings);
    RqVae result;
    for (int epoch = 0; epoch < settings.rq_vae.epochs; ++epoch) {
        if (progress && !progress(static_cast<double>(epoch) / settings.rq_vae.epochs)) return {};
        result.loss.push_back(training.learn_epoch(epoch));
        if (settings.reset_dead) training.reset_dead(epoch);
    }
    Net net = training.take();
    for (const auto& level : net.quantiser.levels) result.codebook.levels.push_back(level.value);
    result.encoder = std::make_shared<const TrainedEncoder>(standard, std::move(net));
    return result;
}

}  // namespace cascadelab
