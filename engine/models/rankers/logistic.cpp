#include "engine/models/rankers/logistic.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

using MatrixD = MatrixOf<double>;
using VectorD = VectorOf<double>;

constexpr Eigen::Index kBlock = 512;  // rows standardised at a time
constexpr double kConverged = 1e-9;   // largest slope a row, in nats

// log(1 + e^x) without overflow.
double softplus(double x) {
    return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x)));
}

struct LogisticWeights {
    Vector mean, slope;  // a column adds (value - mean) slope
    Vector missing;      // what it adds instead when its value is missing
    float intercept = 0;
};

class Logistic final : public OutcomeModel {
  public:
    explicit Logistic(LogisticWeights weights) : m_weights(std::move(weights)) {}

    std::string_view label() const override { return "Logistic regression"; }
    std::string_view explanation() const override { return "weights"; }
    int columns() const override { return static_cast<int>(m_weights.mean.size()); }
    int outcomes() const override { return 1; }

    void predict(const float* rows, std::size_t count, std::span<float> out) const override {
        CHECK(out.size() == count);
        const std::size_t width = static_cast<std::size_t>(columns());
        for (std::size_t i = 0; i < count; ++i) {
            const auto row = as_vector({rows + i * width, width}).array();
            float sum = ((row - m_weights.mean.array()) * m_weights.slope.array()).sum();
            // A value that is missing shows in the sum.
            if (std::isnan(sum)) sum = parts(row).sum();
            out[i] = 1 / (1 + std::exp(-(m_weights.intercept + sum)));
        }
    }

    Matrix contributions(const float* rows, std::size_t count, int outcome) const override {
        CHECK(outcome == 0);
        const std::size_t width = static_cast<std::size_t>(columns());
        Matrix result(count, columns() + 1);
        for (std::size_t i = 0; i < count; ++i) {
            auto row = result.row(static_cast<Eigen::Index>(i));
            row.head(columns()) = parts(as_vector({rows + i * width, width}).array()).transpose();
            row[columns()] = m_weights.intercept;
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
        for (const Vector* part : {&m_weights.mean, &m_weights.slope, &m_weights.missing})
            std::for_each(part->begin(), part->end(), add);
        add(m_weights.intercept);
        return bytes;
    }

  private:
    template <class Row>
    Vector parts(const Row& row) const {
        return row.isNaN()
            .select(m_weights.missing.array(),
                    (row - m_weights.mean.array()) * m_weights.slope.array())
            .matrix();
    }

    LogisticWeights m_weights;
};

// The columns as the regression sees them: 1, the standardised columns, then a mark for each column
// that is sometimes missing.
class Design {
  public:
    explicit Design(const Matrix& rows) : m_rows(rows), m_mean(rows.cols()), m_scale(rows.cols()) {
        for (Eigen::Index c = 0; c < rows.cols(); ++c) {
            double sum = 0, squares = 0, known = 0;
            for (const float value : rows.col(c)) {
                if (std::isnan(value)) continue;
                sum += value;
                ++known;
            }
            m_mean[c] = known > 0 ? sum / known : 0;
            for (const float value : rows.col(c)) {
                if (!std::isnan(value)) squares += (value - m_mean[c]) * (value - m_mean[c]);
            }
            const double deviation = known > 0 ? std::sqrt(squares / known) : 0;
            m_scale[c] = deviation > 1e-7 * std::abs(m_mean[c]) ? 1 / deviation : 0;
            if (static_cast<Eigen::Index>(known) < rows.rows()) m_gappy.push_back(c);
        }
    }

    Eigen::Index width() const {
        return 1 + m_rows.cols() + static_cast<Eigen::Index>(m_gappy.size());
    }

    // count rows from `first` on.
    void fill(Eigen::Index first, Eigen::Index count, MatrixD& block) const {
        block.resize(count, width());
        for (Eigen::Index i = 0; i < count; ++i) {
            double* out = block.row(i).data();
            *out++ = 1;
            for (Eigen::Index c = 0; c < m_rows.cols(); ++c) {
                const double value = m_rows(first + i, c);
                *out++ = std::isnan(value) ? 0.0 : (value - m_mean[c]) * m_scale[c];
            }
            for (const Eigen::Index c : m_gappy) *out++ = std::isnan(m_rows(first + i, c));
        }
    }

    LogisticWeights weights(const VectorD& w) const {
        LogisticWeights weights;
        weights.mean = m_mean.cast<float>();
        weights.slope = w.segment(1, m_rows.cols()).cwiseProduct(m_scale).cast<float>();
        weights.missing = Vector::Zero(m_rows.cols());
        for (std::size_t g = 0; g < m_gappy.size(); ++g) {
            weights.missing[m_gappy[g]] =
                static_cast<float>(w[1 + m_rows.cols() + static_cast<Eigen::Index>(g)]);
        }
        weights.intercept = static_cast<float>(w[0]);
        return weights;
    }

  private:
    const Matrix& m_rows;
    VectorD m_mean, m_scale;  // scale 0: the column never varies
    std::vector<Eigen::Index> m_gappy;
};

double weight_of(const LogisticSettings& settings, std::size_t row) {
    return settings.weights.empty() ? 1.0 : static_cast<double>(settings.weights[row]);
}

// The penalised loss at one point, and how it bends there.
struct Landscape {
    double loss = 0;
    VectorD slope;
    MatrixD curvature;
};

Landscape survey(const Design& design, std::span<const float> labels,
                 const LogisticSettings& settings, const VectorD& w) {
    const Eigen::Index width = design.width();
    Landscape at{0, VectorD::Zero(width), MatrixD::Zero(width, width)};
    MatrixD block;
    const auto count = static_cast<Eigen::Index>(labels.size());
    for (Eigen::Index first = 0; first < count; first += kBlock) {
        design.fill(first, std::min(kBlock, count - first), block);
        VectorD error = block * w;  // the log-odds, then the prediction less the label
        VectorD spread(error.size());
        for (Eigen::Index i = 0; i < error.size(); ++i) {
            const auto row = static_cast<std::size_t>(first + i);
            const double label = labels[row];
            const double weight = weight_of(settings, row);
            at.loss += weight * (softplus(error[i]) - label * error[i]);
            const double probability = 1 / (1 + std::exp(-error[i]));
            error[i] = weight * (probability - label);
            spread[i] = weight * (probability * (1 - probability));
        }
        at.slope.noalias() += block.transpose() * error;
        at.curvature.noalias() += block.transpose() * spread.asDiagonal() * block;
    }
    const auto penalised = w.tail(width - 1);
    const double penalty = settings.penalty;
    at.loss += penalty / 2 * penalised.squaredNorm();
    at.slope.tail(width - 1) += penalty * penalised;
    at.curvature.diagonal().tail(width - 1).array() += penalty;
    return at;
}

}  // namespace

std::shared_ptr<const OutcomeModel> train_logistic(const Matrix& rows,
                                                   std::span<const float> labels,
                                                   const LogisticSettings& settings,
                                                   const Progress& progress) {
    const auto count = static_cast<double>(labels.size());
    CHECK(rows.rows() == static_cast<Eigen::Index>(labels.size()) && count > 0);
    CHECK(settings.penalty > 0);
    CHECK(settings.weights.empty() || settings.weights.size() == labels.size());
    const Design design(rows);
    double positives = 0;
    double total = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        positives += weight_of(settings, i) * static_cast<double>(labels[i]);
        total += weight_of(settings, i);
    }
    // Start from the share of positives, kept off 0 and 1 where the log-odds are infinite.
    const double share = std::clamp(positives / total, 1e-4, 1 - 1e-4);
    VectorD w = VectorD::Zero(design.width());
    w[0] = std::log(share / (1 - share));
    // Where an outcome never or always comes there is nothing else to learn.
    const bool decided = positives == 0 || positives == total;

    Landscape here = survey(design, labels, settings, w);
    for (int step = 0; step < settings.most_steps && !decided; ++step) {
        if (here.slope.cwiseAbs().maxCoeff() < kConverged * count) break;
        if (progress && !progress(static_cast<double>(step) / settings.most_steps)) return nullptr;
        VectorD move = here.curvature.ldlt().solve(here.slope);
        // The loss is convex: half a step is downhill once it is short enough.
        Landscape there = survey(design, labels, settings, w - move);
        for (int half = 0; half < 30 && !(there.loss <= here.loss); ++half) {
            move /= 2;
            there = survey(design, labels, settings, w - move);
        }
        w -= move;
        here = std::move(there);
    }
    return std::make_shared<const Logistic>(design.weights(w));
}

}  // namespace cascadelab
