// The inside of respond(): a page in the course of being looked at. Its parts stand in files of
// their own: examination.cpp (waiting, looking), choice.cpp (choosing, and the whole in order),
// watching.cpp (watching and what it leaves behind), reactions.cpp (what is said about it, the last
// word). Not an interface for other rooms. One thread a person.
#pragma once

#include <vector>

#include "engine/world/people/behaviour.h"

namespace cascadelab {

class PageVisit {
  public:
    PageVisit(const Surroundings& around, Population& population, PersonId person,
              const ShownPage& page, Stream& stream);

    // False when the person gave up before the page came: an exponential patience with
    // behaviour.abandonment_per_s, longer for the patient (abandonment grows steadily with the
    // wait: Arapakis, Bai and Cambazoglu 2014). Where a fleet serves the page, its arrival says how
    // long it took and how likely that was too long.
    bool waits_for_it();
    void show();
    // Chooses and watches, as often as the pack and the person's manner allow.
    void look_and_choose();
    void react_to_the_rest();
    void pull_meant_lever();
    void search_perhaps();
    void judge_the_page();
    void decide_to_leave();
    Response take() { return std::move(m_response); }

  private:
    bool has(Who who) const { return has_trait(who, m_person.segment); }
    bool recommended(std::size_t position) const { return !m_shown.explored[position]; }
    Event& log(EventKind kind, ItemId item, std::size_t position, double value = 0);
    void pass(double seconds);

    // Examination.
    void examine();
    void examine_row(std::size_t first, std::size_t count);
    void look_down();
    void look_down_row(std::size_t first, std::size_t count);
    double row_attention(std::size_t row) const;

    // Choice.
    bool may_choose() const { return m_choices_left > 0 && m_person.session.budget_s > 0; }
    bool choose_and_watch();
    void take_item(std::size_t position, double expected);

    // Watching.
    double surplus(std::size_t position) const;
    double gain(double above) const;
    void watch(std::size_t position, double expected);
    void remember(ItemId item, double share, double reached);
    struct Reaction;
    void react(std::size_t position, std::span<const Reaction> reactions, double surplus);
    void react_to_watched(std::size_t position, double surplus);

    const Surroundings& m_around;
    Population& m_population;
    PersonId m_id;
    std::span<const ItemId> m_page;
    const ShownPage& m_shown;
    Stream& m_stream;
    Person& m_person;
    double m_outside;
    double m_noise;  // of choice; 0 for who always takes the best
    int m_choices_left;
    std::vector<bool> m_open;  // looked at and not yet chosen
    int m_known = 0;           // looked at and watched through before this page
    Response m_response;
};

}  // namespace cascadelab
