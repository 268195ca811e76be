// The choice models of the literature as pure functions of utilities: what is looked at, what is
// chosen. They know no person and no page; the world's responses and the reproduced studies call
// the same ones. Any thread.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "engine/base/random.h"

namespace cascadelab {

// --- examination
// ----------------------------------------------------------------------------------

// Probability that place 0, 1, 2 ... of a list is looked at: (place + 1)^-decay (position-based
// model, Craswell et al. 2008, with a power law over places).
inline double examined_by_position(std::size_t place, double decay) {
    return std::pow(static_cast<double>(place + 1), -decay);
}

// Cascade model (Craswell et al. 2008; persistence as in Chapelle and Zhang 2009): looks from the
// top, takes an item with its attraction and then stops, otherwise goes on with probability
// `persistence`. out: probability that each place is looked at; its click probability is that times
// the attraction.
void examined_by_cascade(std::span<const double> attraction, double persistence,
                         std::span<double> out);

// --- expectation
// -----------------------------------------------------------------------------------

// What an uncertain value is worth to somebody with constant absolute risk aversion: mean -
// aversion / 2 x variance (Pratt 1964; Aridor et al. 2020, section 2).
inline double certainty_equivalent(double mean, double variance, double risk_aversion) {
    return mean - risk_aversion / 2 * variance;
}

// --- choice
// ---------------------------------------------------------------------------------------

inline constexpr std::size_t kNoChoice = std::numeric_limits<std::size_t>::max();

// 1 / (1 + e^-x): the conditional logit of one alternative that is x better than doing without.
inline double logistic(double x) {
    return 1 / (1 + std::exp(-x));
}

// Conditional logit with a no-choice option (McFadden 1974): P(i) = e^(u_i / noise) / (e^(outside /
// noise) + sum over j of e^(u_j / noise)). out has one place an alternative; gives the probability
// of no choice. outside = -infinity: somebody who must choose. noise > 0.
double choice_probabilities(std::span<const double> utility, double outside, double noise,
                            std::span<double> out);

// One draw of the same: utility + noise x Gumbel, the largest wins, ties to the first; kNoChoice
// for the outside option. noise 0 is a perfectly rational choice. Draws the outside option's noise
// first, then one for each alternative in order.
std::size_t choose(std::span<const double> utility, double outside, double noise, Stream& stream);

// Probability that choosing again and again without what was chosen gives this order (Luce 1959;
// Plackett 1975). order: places in utility, without repeats; may leave some out at the end.
double order_probability(std::span<const double> utility, double noise,
                         std::span<const std::size_t> order);
// One draw of the first `count` of such an order.
std::vector<std::size_t> draw_order(std::span<const double> utility, double noise,
                                    std::size_t count, Stream& stream);

}  // namespace cascadelab
