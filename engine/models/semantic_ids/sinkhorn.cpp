#include "engine/models/semantic_ids/sinkhorn.h"

#include <algorithm>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

constexpr double kEpsilon = 0.05;
constexpr int kRounds = 50;

using Index = Eigen::Index;

MatrixOf<double> squared_distances(const Matrix& rows, std::span<const ItemId> items,
                                   const Matrix& codes, std::span<const Code> columns) {
    MatrixOf<double> cost(items.size(), columns.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto row = rows.row(static_cast<Index>(items[i].index()));
        for (std::size_t c = 0; c < columns.size(); ++c) {
            cost(static_cast<Index>(i), static_cast<Index>(c)) =
                static_cast<double>((row - codes.row(columns[c])).squaredNorm());
        }
    }
    return cost;
}

// Each row in turn the column it has most mass in, ties by lower column, among those with room.
std::vector<std::size_t> round_plan(const MatrixOf<double>& plan) {
    const Index room = (plan.rows() + plan.cols() - 1) / plan.cols();
    std::vector<Index> held(static_cast<std::size_t>(plan.cols()), 0);
    std::vector<std::size_t> column_of(static_cast<std::size_t>(plan.rows()));
    for (Index r = 0; r < plan.rows(); ++r) {
        Index best = -1;
        for (Index c = 0; c < plan.cols(); ++c) {
            if (held[static_cast<std::size_t>(c)] == room) continue;
            if (best < 0 || plan(r, c) > plan(r, best)) best = c;
        }
        ++held[static_cast<std::size_t>(best)];
        column_of[static_cast<std::size_t>(r)] = static_cast<std::size_t>(best);
    }
    return column_of;
}

// The items of one prefix, sorted by (last code, id), and what becomes of those that collide.
void spread_prefix(std::span<const ItemId> items, const Matrix& before_last,
                   const Matrix& last_level, std::size_t levels, std::vector<Code>& codes) {
    const auto last_of = [&](ItemId item) -> Code& {
        return codes[item.index() * levels + levels - 1];
    };
    std::vector<ItemId> crowded;
    std::vector<bool> held_alone(static_cast<std::size_t>(last_level.rows()), false);
    for (std::size_t begin = 0, end = 0; begin < items.size(); begin = end) {
        const Code code = last_of(items[begin]);
        while (end < items.size() && last_of(items[end]) == code) ++end;
        if (end - begin == 1) {
            held_alone[code] = true;
        } else {
            crowded.insert(crowded.end(), items.begin() + static_cast<std::ptrdiff_t>(begin),
                           items.begin() + static_cast<std::ptrdiff_t>(end));
        }
    }
    if (crowded.empty()) return;
    std::ranges::sort(crowded);
    std::vector<Code> columns;
    for (std::size_t c = 0; c < held_alone.size(); ++c) {
        if (!held_alone[c]) columns.push_back(static_cast<Code>(c));
    }
    const MatrixOf<double> plan = transport_plan(
        squared_distances(before_last, crowded, last_level, columns), kEpsilon, kRounds);
    const std::vector<std::size_t> column_of = round_plan(plan);
    for (std::size_t i = 0; i < crowded.size(); ++i) last_of(crowded[i]) = columns[column_of[i]];
}

}  // namespace

MatrixOf<double> transport_plan(const MatrixOf<double>& cost, double epsilon, int rounds) {
    CHECK(cost.size() > 0 && epsilon > 0);
    const double scale = epsilon * std::max(cost.mean(), 1e-30);
    // What a whole row has in common its sum takes out again; without it the row's largest is 1.
    MatrixOf<double> plan = cost;
    plan.colwise() -= cost.rowwise().minCoeff().eval();
    // A floor keeps a column that is far from every row from dividing by nothing.
    plan = (plan.array() / -scale).exp().max(1e-100).matrix();
    const auto rows = static_cast<double>(cost.rows());
    const auto columns = static_cast<double>(cost.cols());
    for (int round = 0; round < rounds; ++round) {
        for (Index r = 0; r < plan.rows(); ++r) plan.row(r) /= rows * plan.row(r).sum();
        const VectorOf<double> sum = columns * plan.colwise().sum().transpose();
        plan.array().rowwise() /= sum.transpose().array();
    }
    return plan;
}

void spread_collisions(const Matrix& before_last, const Matrix& last_level, std::size_t levels,
                       std::vector<Code>& codes) {
    std::vector<ItemId> order;
    for (std::size_t i = 0; i < codes.size() / levels; ++i) order.emplace_back(i);
    const auto path = [&](ItemId item, std::size_t digits) {
        return std::span<const Code>(codes).subspan(item.index() * levels, digits);
    };
    std::ranges::sort(order, [&](ItemId a, ItemId b) {
        const auto x = path(a, levels), y = path(b, levels);
        if (std::ranges::equal(x, y)) return a < b;
        return std::ranges::lexicographical_compare(x, y);
    });
    for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
        while (end < order.size() &&
               std::ranges::equal(path(order[begin], levels - 1), path(order[end], levels - 1)))
            ++end;
        spread_prefix(std::span(order).subspan(begin, end - begin), before_last, last_level, levels,
                      codes);
    }
}

}  // namespace cascadelab
