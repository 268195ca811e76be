#include "engine/world/people/expected_utility.h"

#include <cmath>

#include "engine/world/people/choice_model.h"

namespace cascadelab {
namespace {

constexpr double kOwnTaste = 0.25;  // deviation of the likeness of a taste and a topic's items

double trust_of(const BehaviourParams& params, const Person& person) {
    if (!has_trait(params.trusting, person.segment)) return 0;
    return params.trust_weight * (2 * static_cast<double>(person.trust) - 1);
}

}  // namespace

ExpectedUtility::ExpectedUtility(const Surroundings& around, const Population& population,
                                 PersonId id, Seconds now_s)
    : m_around(around),
      m_appraisal(around, population, id, now_s),
      m_person(population.people[id.index()]),
      m_id(id),
      m_taste(population.taste[id.index()]),
      m_knows_partly(has_trait(around.behaviour.knows_partly, m_person.segment)),
      m_trust(trust_of(around.behaviour, m_person)) {}

double ExpectedUtility::of(ItemId item, bool recommended) const {
    double expected = m_appraisal.worth(item);
    const bool tried =
        m_knows_partly && (has_watched(m_person, item) || share_seen(m_person, item) > 0);
    if (m_knows_partly && !tried) expected = known_worth(item, expected, recommended);
    if (recommended) expected += m_trust;
    return expected + static_cast<double>(m_around.catalogue.appeal[item.index()]);
}

double ExpectedUtility::known_worth(ItemId item, double worth, bool recommended) const {
    const BehaviourParams& params = m_around.behaviour;
    const Catalogue& catalogue = m_around.catalogue;
    const std::size_t i = item.index();
    const double taste_weight = m_around.params.taste_weight;
    const double quality_weight = m_around.params.quality_weight;
    const auto topic = m_around.topic_centres[catalogue.true_topic[i].index()];
    const double own = taste_weight * (dot(m_taste, catalogue.taste[i]) - dot(m_taste, topic)) +
                       quality_weight * catalogue.quality[i];
    const double spread = std::hypot(taste_weight * kOwnTaste, quality_weight);
    double known = params.known_share;
    if (recommended) known += (1 - known) * params.revealed_share;
    Stream stream(m_around.seed, Purpose::foreknowledge, m_id.value, item.value);
    const double noise = std::sqrt(known * (1 - known)) * spread * stream.normal();
    const double mean = worth - own + known * own + noise;
    return certainty_equivalent(mean, (1 - known) * spread * spread, params.risk_aversion);
}

}  // namespace cascadelab
