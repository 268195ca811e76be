// What a person expects of an item on a page before having tried it. By default that is its
// utility; click appeal, partial knowledge and trust in recommendations set the two apart. Choices
// go by the expectation, everything felt afterwards by the utility. Not an interface for other
// rooms. Any thread.
#pragma once

#include "engine/world/people/utility.h"

namespace cascadelab {

class ExpectedUtility {
  public:
    // around is referred to, so it must be somebody's.
    ExpectedUtility(const Surroundings& around, const Population& population, PersonId person,
                    Seconds now_s);
    ExpectedUtility(const Surroundings&& around, const Population& population, PersonId person,
                    Seconds now_s) = delete;

    // utility + click appeal, known only partly where the person knows partly, + trust_weight (2
    // trust - 1) where the recommender vouches for the item and the person heeds that (trust in a
    // recommender grows with how well it did: Pu and Chen 2006).
    double of(ItemId item, bool recommended) const;

  private:
    // People know the topic; what sets an item apart from it has variance V and they know share K
    // of it: they expect K x own part + noise of variance K (1 - K) V, fixed for person and item,
    // and value it at its certainty equivalent under the variance (1 - K) V that is left (the
    // partial knowledge of Chaney et al. 2018 with the risk aversion of Aridor et al. 2020).
    double known_worth(ItemId item, double worth, bool recommended) const;

    const Surroundings& m_around;
    Appraisal m_appraisal;
    const Person& m_person;
    PersonId m_id;
    std::span<const float> m_taste;
    bool m_knows_partly;
    double m_trust;  // utility that trust adds to what is recommended
};

}  // namespace cascadelab
