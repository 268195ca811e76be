#include "engine/models/collaborative/ease.h"

#include <Eigen/Cholesky>
#include <algorithm>

#include "engine/base/text.h"

namespace cascadelab {
namespace {

using Square = MatrixOf<double>;

// Rows r, s: how many columns both have; plus lambda on the diagonal.
Square gram_of(const Incidence& rows, const Incidence& columns, double lambda) {
    const auto size = static_cast<Eigen::Index>(rows.rows());
    Square gram = Square::Zero(size, size);
    for (Eigen::Index r = 0; r < size; ++r) {
        for (const std::uint32_t column : rows.row(static_cast<std::size_t>(r))) {
            for (const std::uint32_t s : columns.row(column)) gram(r, s) += 1;
        }
        gram(r, r) += lambda;
    }
    return gram;
}

Square inverted(Square gram) {
    const Eigen::LLT<Eigen::Ref<Square>> cholesky(gram);
    CHECK(cholesky.info() == Eigen::Success);  // lambda > 0 makes it positive definite
    return cholesky.solve(Square::Identity(gram.rows(), gram.cols()));
}

}  // namespace

Ease::Ease(const Interactions& interactions, const EaseSettings& settings)
    : m_items_of(items_of_people(interactions)),
      m_people_of(transposed(m_items_of, interactions.items)),
      m_lambda(settings.regularization) {
    CHECK(m_lambda > 0);
    if (!by_people()) {
        m_inverse = inverted(gram_of(m_people_of, m_items_of, m_lambda));
        m_diagonal = m_inverse.diagonal();
        return;
    }
    m_inverse = inverted(gram_of(m_items_of, m_people_of, m_lambda));
    m_diagonal.resize(static_cast<Eigen::Index>(interactions.items));
    for (std::size_t j = 0; j < interactions.items; ++j) {
        double explained = 0;
        for (const std::uint32_t a : m_people_of.row(j)) {
            for (const std::uint32_t b : m_people_of.row(j)) explained += m_inverse(a, b);
        }
        m_diagonal[static_cast<Eigen::Index>(j)] = (1 - explained) / m_lambda;
    }
}

VectorOf<double> Ease::times_inverse(std::span<const ItemId> items_of_person) const {
    VectorOf<double> product = VectorOf<double>::Zero(m_diagonal.size());
    if (!by_people()) {
        for (const ItemId item : items_of_person) {
            product += m_inverse.row(item.value).transpose();
        }
        return product;
    }
    // x P = (x - (x X^T) K^-1 X) / lambda, from right to left.
    VectorOf<double> shared = VectorOf<double>::Zero(m_inverse.rows());
    for (const ItemId item : items_of_person) {
        for (const std::uint32_t person : m_people_of.row(item.index())) shared[person] += 1;
        product[item.value] += 1;
    }
    const VectorOf<double> weights = m_inverse * shared;
    for (std::size_t person = 0; person < m_items_of.rows(); ++person) {
        const double weight = weights[static_cast<Eigen::Index>(person)];
        for (const std::uint32_t item : m_items_of.row(person)) product[item] -= weight;
    }
    return product / m_lambda;
}

void Ease::score(std::span<const ItemId> items_of_person, std::span<float> out) const {
    CHECK(static_cast<Eigen::Index>(out.size()) == m_diagonal.size());
    VectorOf<double> scores = -times_inverse(items_of_person).cwiseQuotient(m_diagonal);
    // The diagonal of B is zero: take back what an item says of itself.
    for (const ItemId item : items_of_person) scores[item.value] += 1;
    std::ranges::copy(scores.cast<float>(), out.begin());
}

double ease_memory_mib(std::size_t people, std::size_t items) {
    const auto size = static_cast<double>(std::min(people, items));
    return 2 * size * size * sizeof(double) / (1024 * 1024);
}

Result<std::shared_ptr<const Ease>> train_ease(const Interactions& interactions,
                                               const EaseSettings& settings, double memory_mib) {
    const double need = ease_memory_mib(interactions.people, interactions.items);
    if (need > memory_mib) {
        return Problem{
            "ease", "",
            grouped_text(static_cast<std::int64_t>(interactions.people)) + " people and " +
                grouped_text(static_cast<std::int64_t>(interactions.items)) +
                " items, whose smaller Gram matrix needs " +
                grouped_text(static_cast<std::int64_t>(need)) + " MiB",
            "sizes that fit into " + grouped_text(static_cast<std::int64_t>(memory_mib)) + " MiB"};
    }
    return std::make_shared<const Ease>(interactions, settings);
}

}  // namespace cascadelab
