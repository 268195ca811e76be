// The inside of utility(): what does not depend on the item is worked out once a person and moment,
// so that a response, the oracle and the metrics add up the very same numbers. Not an interface for
// other rooms. Any thread.
#pragma once

#include <array>

#include "engine/world/people/behaviour.h"

namespace cascadelab {

class Appraisal {
  public:
    Appraisal(const Surroundings& around, const Population& population, PersonId person,
              Seconds now_s);

    // Utility of an item: all that utility() adds up.
    double worth(ItemId item) const;
    // The same of an item that was not left unfinished, given whether it was watched.
    double value(ItemId item, bool watched) const {
        const std::size_t i = item.index();
        const double ratio = m_catalogue.cards[i].duration_s * m_per_suiting_duration;
        // sech(ln ratio) stretched to -1..1: 1 when the duration suits the moment.
        const double fit = 4 * ratio / (ratio * ratio + 1) - 1;
        return m_taste_weight * dot(m_taste, m_catalogue.taste[i]) +
               m_quality_weight * m_catalogue.quality[i] + m_context_weight * fit +
               m_topic_term[m_catalogue.true_topic[i].index()] - (watched ? m_repeat_penalty : 0) -
               (m_ageing > 0 ? ageing(item) : 0);
    }

    // What having been left unfinished adds to it.
    double pull(const UnfinishedItem& left) const;

  private:
    // What an item has lost with age: half of supply.ageing after the domain's half-life, in the
    // end all (interest in what is published falls off at a rate of its domain, Szabo and Huberman
    // 2010).
    double ageing(ItemId item) const;

    const Catalogue& m_catalogue;
    const Person& m_person;
    std::span<const float> m_taste;
    double m_taste_weight;
    double m_quality_weight;
    double m_context_weight;
    double m_repeat_penalty;
    double m_per_suiting_duration;  // 1 / the duration that suits hour and device, 1/s
    double m_unfinished_pull;
    double m_unfinished_half_life_s;
    double m_ageing;
    double m_ageing_half_life_s;
    Seconds m_now_s;
    std::array<double, kTopicCount> m_topic_term{};  // trend + sensitisation - satiation
};

// Satiation of a person in a topic at now_s, in full watches.
double satiation_at(const WorldParams& params, const Person& person, std::size_t topic,
                    Seconds now_s);
// One more watch of a topic, this share of a full one. It satiates for long and, where people
// sensitise, excites for a short while: response is the sum of the two (Groves and Thompson 1970, a
// dual-process theory of habituation).
void add_watch(const Surroundings& around, Person& person, TopicId topic, double share,
               Seconds now_s);
bool has_watched(const Person& person, ItemId item);
void mark_watched(Person& person, ItemId item);
// Share of an item that was seen before it was left; 0 when it was not begun or is forgotten.
float share_seen(const Person& person, ItemId item);
// An item was left after this share of it: watched through, unfinished or not begun at all.
void leave_item(Person& person, ItemId item, double share, Seconds now_s);

}  // namespace cascadelab
