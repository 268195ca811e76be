// One page from the first look to the last word, and the choice on it.
#include "engine/base/error.h"
#include "engine/world/people/choice_model.h"
#include "engine/world/people/expected_utility.h"
#include "engine/world/people/page_visit.h"

namespace cascadelab {

PageVisit::PageVisit(const Surroundings& around, Population& population, PersonId person,
                     const ShownPage& page, Stream& stream)
    : m_around(around),
      m_population(population),
      m_id(person),
      m_page(page.items),
      m_shown(page),
      m_stream(stream),
      m_person(population.people[person.index()]),
      m_outside(outside_utility(around.params)),
      m_noise(has(around.behaviour.chooses_best) ? 0 : around.params.choice_noise),
      m_choices_left(has(around.behaviour.chooses_once) ? 1 : around.pack.choices_per_page),
      m_open(page.items.size(), false) {}

Event& PageVisit::log(EventKind kind, ItemId item, std::size_t position, double value) {
    Event event;
    event.time_s = m_person.session.now_s;
    event.person = m_id;
    event.item = item;
    event.request = m_person.requests;
    event.value = static_cast<float>(value);
    event.kind = kind;
    event.position = static_cast<std::uint8_t>(position);
    if (item.valid()) {
        event.surface = surface_at(m_shown.rows, position);
        event.generated = !m_shown.generated.empty() && m_shown.generated[position];
    }
    return m_response.events.emplace_back(event);
}

void PageVisit::pass(double seconds) {
    m_person.session.now_s += static_cast<Seconds>(std::llround(seconds));
    m_person.session.budget_s -= static_cast<float>(seconds);
}

void PageVisit::look_and_choose() {
    const BehaviourParams& params = m_around.behaviour;
    if (has(params.looks_down) && !has(params.looks_at_all)) return look_down();
    examine();
    while (may_choose() && choose_and_watch()) {
    }
}

// Draws from the conditional logit over what is open; drawn again without what was chosen it is a
// Plackett-Luce order.
bool PageVisit::choose_and_watch() {
    const ExpectedUtility expectation(m_around, m_population, m_id, m_person.session.now_s);
    std::vector<std::size_t> place;
    std::vector<double> expected;
    for (std::size_t k = 0; k < m_page.size(); ++k) {
        if (!m_open[k]) continue;
        place.push_back(k);
        expected.push_back(expectation.of(m_page[k], recommended(k)));
    }
    const std::size_t chosen = choose(expected, m_outside, m_noise, m_stream);
    if (chosen == kNoChoice) return false;
    take_item(place[chosen], expected[chosen]);
    return true;
}

void PageVisit::take_item(std::size_t position, double expected) {
    m_open[position] = false;
    --m_choices_left;
    log(EventKind::click, m_page[position], position);
    ++m_response.clicks;
    watch(position, expected);
}

Response respond(const Surroundings& around, Population& population, PersonId person,
                 const ShownPage& page, Stream stream) {
    CHECK(page.explored.size() == page.items.size());
    CHECK(page.generated.empty() || page.generated.size() == page.items.size());
    CHECK(population.people[person.index()].session.active);
    PageVisit visit(around, population, person, page, stream);
    if (!visit.waits_for_it()) return visit.take();
    visit.show();
    visit.look_and_choose();
    visit.react_to_the_rest();
    visit.pull_meant_lever();
    visit.search_perhaps();
    visit.judge_the_page();
    visit.decide_to_leave();
    return visit.take();
}

}  // namespace cascadelab
