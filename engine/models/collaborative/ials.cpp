#include "engine/models/collaborative/ials.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "engine/base/error.h"
#include "engine/base/random.h"
#include "engine/models/collaborative/incidence.h"

namespace cascadelab {
namespace {

// Solves the rows of one side while the other side stands still. Owns the scratch of one thread.
class HalfStep {
  public:
    // fixed: other side x dims; gram: dims x dims, its fixed^T fixed.
    HalfStep(const Matrix& fixed, const Matrix& gram, const IalsSettings& settings)
        : m_fixed(fixed),
          m_settings(settings),
          m_base(static_cast<float>(settings.unobserved_weight) * gram) {}

    // The least-squares vector of someone who touched these rows of the fixed side:
    // (sum h h^T + a0 H^T H + lambda (n + a0 |I|)^nu Id) w = sum h   (Rendle et al. 2021, eq. 6)
    Vector solve(std::span<const std::uint32_t> touched) {
        if (touched.empty()) return Vector::Zero(m_fixed.cols());
        m_gathered.resize(static_cast<Eigen::Index>(touched.size()), m_fixed.cols());
        for (std::size_t i = 0; i < touched.size(); ++i) {
            m_gathered.row(static_cast<Eigen::Index>(i)) = m_fixed.row(touched[i]);
        }
        const double weight = static_cast<double>(touched.size()) +
                              m_settings.unobserved_weight * static_cast<double>(m_fixed.rows());
        const double ridge =
            m_settings.regularization * std::pow(weight, m_settings.frequency_exponent);

        m_normal = m_base;
        m_normal.diagonal().array() += static_cast<float>(ridge);
        m_normal.selfadjointView<Eigen::Lower>().rankUpdate(m_gathered.transpose());
        const Vector right = m_gathered.colwise().sum().transpose();
        m_cholesky.compute(m_normal);
        return m_cholesky.solve(right);
    }

    // Solves every row of `side` from its list in `touched_by`.
    void solve_all(const Incidence& touched_by, Matrix& side) {
        for (Eigen::Index r = 0; r < side.rows(); ++r) {
            side.row(r) = solve(touched_by.row(static_cast<std::size_t>(r))).transpose();
        }
    }

  private:
    const Matrix& m_fixed;
    const IalsSettings& m_settings;
    Eigen::MatrixXf m_base;    // a0 H^T H
    Eigen::MatrixXf m_normal;  // dims x dims, lower half in use
    Matrix m_gathered;         // touched x dims
    Eigen::LLT<Eigen::MatrixXf> m_cholesky;
};

Matrix gram_of(const Matrix& rows) {
    return rows.transpose() * rows;
}

// N(0, (0.1 / sqrt d)^2) for what somebody touched, zeros for the rest.
Matrix initial_factors(const Incidence& touched_by, int dims, std::uint64_t seed) {
    Matrix factors = Matrix::Zero(static_cast<Eigen::Index>(touched_by.rows()), dims);
    const double deviation = 0.1 / std::sqrt(static_cast<double>(dims));
    for (std::size_t r = 0; r < touched_by.rows(); ++r) {
        if (touched_by.row(r).empty()) continue;
        Stream stream(seed, Purpose::train_ials, r);
        for (int d = 0; d < dims; ++d) {
            factors(static_cast<Eigen::Index>(r), d) =
                static_cast<float>(stream.normal(0, deviation));
        }
    }
    return factors;
}

}  // namespace

Vector Factorization::fold_in(std::span<const ItemId> items_of_person) const {
    std::vector<std::uint32_t> known;
    for (const ItemId item : items_of_person) {
        if (item.index() < static_cast<std::size_t>(items.rows())) known.push_back(item.value);
    }
    std::ranges::sort(known);
    known.erase(std::ranges::unique(known).begin(), known.end());
    return HalfStep(items, item_gram, settings).solve(known);
}

std::shared_ptr<const Factorization> train_ials(const Interactions& interactions,
                                                const IalsSettings& settings,
                                                const Progress& progress) {
    CHECK(settings.dims > 0 && settings.epochs >= 0 && settings.regularization > 0);
    const Incidence items_of = items_of_people(interactions);
    const Incidence people_of = transposed(items_of, interactions.items);

    auto model = std::make_shared<Factorization>();
    model->settings = settings;
    model->people.setZero(static_cast<Eigen::Index>(interactions.people), settings.dims);
    model->items = initial_factors(people_of, settings.dims, settings.seed);
    model->item_gram = gram_of(model->items);
    for (int epoch = 0; epoch < settings.epochs; ++epoch) {
        HalfStep(model->items, model->item_gram, settings).solve_all(items_of, model->people);
        const Matrix people_gram = gram_of(model->people);
        HalfStep(model->people, people_gram, settings).solve_all(people_of, model->items);
        model->item_gram = gram_of(model->items);
        if (progress && !progress((epoch + 1.0) / settings.epochs)) return nullptr;
    }
    // One step more for the people, so that everybody stands where fold_in would put them.
    HalfStep(model->items, model->item_gram, settings).solve_all(items_of, model->people);
    return model;
}

}  // namespace cascadelab
