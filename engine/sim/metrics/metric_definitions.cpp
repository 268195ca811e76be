#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/error.h"
#include "engine/sim/metrics/metrics.h"

namespace cascadelab {
namespace {

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

// Of place 0, 1, 2 ... in a list.
double discount(std::size_t place) {
    return 1 / std::log2(static_cast<double>(place) + 2);
}

double sum(std::span<const double> values) {
    double total = 0;
    for (double value : values) total += value;
    return total;
}

}  // namespace

double gini(std::span<const double> exposure) {
    std::vector<double> ascending(exposure.begin(), exposure.end());
    std::ranges::sort(ascending);
    const double total = sum(ascending);
    if (!(total > 0)) return kNothing;
    // sum over i of (2 i - n - 1) x_i / (n total), with i = 1 the least exposed.
    const auto n = static_cast<double>(ascending.size());
    double weighted = 0;
    double place = 1;
    for (double value : ascending) weighted += (2 * place++ - n - 1) * value;
    return weighted / (n * total);
}

double entropy_bits(std::span<const double> weight) {
    const double total = sum(weight);
    if (!(total > 0)) return kNothing;
    double bits = 0;
    for (double value : weight) {
        if (value > 0) bits -= value / total * std::log2(value / total);
    }
    return bits;
}

double effective_size(std::span<const double> weight) {
    return std::exp2(entropy_bits(weight));
}

double coverage(std::span<const double> exposure) {
    if (exposure.empty()) return kNothing;
    const auto shown = std::ranges::count_if(exposure, [](double value) { return value > 0; });
    return static_cast<double>(shown) / static_cast<double>(exposure.size());
}

double calibration_kl(std::span<const float> wanted, std::span<const float> shown) {
    constexpr double kAlpha = 0.01;
    CHECK(wanted.size() == shown.size());
    double divergence = 0;
    double wanted_total = 0;
    double shown_total = 0;
    for (std::size_t topic = 0; topic < wanted.size(); ++topic) {
        const double p = wanted[topic];
        const double q = (1 - kAlpha) * shown[topic] + kAlpha * p;
        if (p > 0) divergence += p * std::log(p / q);
        wanted_total += p;
        shown_total += shown[topic];
    }
    return wanted_total > 0 && shown_total > 0 ? divergence : kNothing;
}

double jaccard(std::span<const ItemId> sorted_a, std::span<const ItemId> sorted_b) {
    std::size_t common = 0;
    auto a = sorted_a.begin();
    auto b = sorted_b.begin();
    while (a != sorted_a.end() && b != sorted_b.end()) {
        if (*a == *b) ++common;
        const bool step_a = *a <= *b;
        const bool step_b = *b <= *a;
        if (step_a) ++a;
        if (step_b) ++b;
    }
    const std::size_t joint = sorted_a.size() + sorted_b.size() - common;
    return joint == 0 ? 1 : static_cast<double>(common) / static_cast<double>(joint);
}

double ndcg(std::span<const ItemId> page, std::span<const OracleItem> ideal, std::size_t k) {
    ideal = ideal.first(std::min(k, ideal.size()));
    double gained = 0;
    for (std::size_t place = 0; place < std::min(k, page.size()); ++place) {
        const auto is_it = [&](const OracleItem& best) { return best.item == page[place]; };
        if (std::ranges::any_of(ideal, is_it)) gained += discount(place);
    }
    double best = 0;
    for (std::size_t place = 0; place < ideal.size(); ++place) best += discount(place);
    return best > 0 ? gained / best : kNothing;
}

double graded_ndcg(std::span<const double> gain, std::span<const double> all_gains, std::size_t k) {
    std::vector<double> ideal(all_gains.begin(), all_gains.end());
    std::ranges::sort(ideal, std::greater());
    double gained = 0;
    for (std::size_t place = 0; place < std::min(k, gain.size()); ++place) {
        gained += gain[place] * discount(place);
    }
    double best = 0;
    for (std::size_t place = 0; place < std::min(k, ideal.size()); ++place) {
        best += ideal[place] * discount(place);
    }
    return best > 0 ? gained / best : kNothing;
}

double intra_list_diversity(const RowTable& content, std::span<const ItemId> page) {
    double distance = 0;
    double pairs = 0;
    for (std::size_t a = 0; a < page.size(); ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            distance +=
                1 - static_cast<double>(dot(content[page[a].index()], content[page[b].index()]));
            ++pairs;
        }
    }
    return pairs > 0 ? distance / pairs : kNothing;
}

ImpressionShares smoothed_impressions(std::span<const double> impressions) {
    const double total = sum(impressions) + static_cast<double>(impressions.size());
    ImpressionShares popularity;
    if (impressions.empty()) return popularity;
    popularity.unseen = static_cast<float>(1 / total);
    popularity.share.reserve(impressions.size());
    for (double count : impressions) {
        popularity.share.push_back(static_cast<float>((count + 1) / total));
    }
    return popularity;
}

double novelty_bits(const ImpressionShares& popularity, std::span<const ItemId> page) {
    double bits = 0;
    for (ItemId item : page) {
        const bool known = item.index() < popularity.share.size();
        bits -= std::log2(
            static_cast<double>(known ? popularity.share[item.index()] : popularity.unseen));
    }
    return page.empty() ? kNothing : bits / static_cast<double>(page.size());
}

double nearest_rank(std::vector<float> values, double share) {
    CHECK(share > 0 && share <= 1);
    if (values.empty()) return kNothing;
    const double place = std::ceil(share * static_cast<double>(values.size()));
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(place) - 1;
    std::ranges::nth_element(values, at);
    return *at;
}

}  // namespace cascadelab
