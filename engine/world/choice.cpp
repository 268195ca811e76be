// One page: what is looked at, chosen, watched and said about it.
#include <algorithm>
#include <cmath>

#include "engine/base/error.h"
#include "engine/world/choice_model.h"
#include "engine/world/taste_space.h"
#include "engine/world/utility.h"

namespace cascadelab {
namespace {

constexpr double kShareConcentration = 5;  // of the beta distribution of watch shares
constexpr double kBoredomOfEmptyPage = 0.35;
constexpr double kBoredomKeptAfterChoice = 0.5;
constexpr double kLeaveAfterChoice = 0.08;
constexpr double kSearchAfterEmptyPage = 0.06;
constexpr double kSearchFocus = 6;  // how clearly a search follows taste

// A reaction has probability rate * logistic(slope * (surplus - middle)), surplus being the utility
// above the outside option: small rates that rise or fall with how good it was.
struct Reaction {
    EventKind kind;
    double rate, slope, middle;
};
constexpr Reaction kAfterWatch[] = {
    {EventKind::like, 0.2, 2, 0.5},
    {EventKind::dislike, 0.06, -2, -0.8},
    {EventKind::follow, 0.03, 2, 1},
};
constexpr Reaction kWithoutChoice[] = {
    {EventKind::not_interested, 0.02, -2, -3},
    {EventKind::add_to_list, 0.02, 2, 0},
};

// A page in the course of being looked at.
class PageVisit {
  public:
    PageVisit(const Surroundings& around, Population& population, PersonId person,
              const ShownPage& page, Stream& stream)
        : m_around(around),
          m_population(population),
          m_id(person),
          m_page(page.items),
          m_shown(page),
          m_stream(stream),
          m_person(population.people[person.index()]),
          m_outside(outside_utility(around.params)),
          m_open(page.items.size(), false) {}

    void show();
    void examine();
    bool choose_and_watch();
    void react_to_the_rest();
    void search_perhaps();
    void decide_to_leave();
    Response take() { return std::move(m_response); }

  private:
    Event& log(EventKind kind, ItemId item, std::size_t position, double value = 0);
    void examine_row(std::size_t first, std::size_t count);
    double surplus(std::size_t position) const;
    double gain(double above) const;
    std::size_t choose_open();
    void watch(std::size_t position);
    void react(std::size_t position, std::span<const Reaction> reactions, double surplus);
    void remember(ItemId item, double share, double reached);
    void pass(double seconds);

    const Surroundings& m_around;
    Population& m_population;
    PersonId m_id;
    std::span<const ItemId> m_page;
    const ShownPage& m_shown;
    Stream& m_stream;
    Person& m_person;
    double m_outside;
    std::vector<bool> m_open;  // looked at and not yet chosen
    Response m_response;
};

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

void PageVisit::show() {
    for (std::size_t k = 0; k < m_page.size(); ++k) {
        log(EventKind::impression, m_page[k], k).explored = m_shown.explored[k];
    }
}

// A page in rows is read in two dimensions: a row is noticed or passed over as a whole, and within
// a noticed row places are looked at as in any list (after the carousel click model, Rahdari et al.
// 2022, with a position-based model in place of its two cascades). Attention is largest in the
// upper left corner, as eye tracking and logs find it (Felicioni et al. 2021).
void PageVisit::examine() {
    if (m_shown.rows.empty()) examine_row(0, m_page.size());
    for (std::size_t r = 0; r < m_shown.rows.size(); ++r) {
        const double attention = std::pow(static_cast<double>(r + 1), -m_around.params.row_decay);
        if (m_stream.chance(attention)) examine_row(m_shown.rows[r].first, m_shown.rows[r].count);
    }
    pass(m_response.examined * m_around.pack.browse_s);
}

// Position-based examination (Craswell et al. 2008, with a power law over positions).
void PageVisit::examine_row(std::size_t first, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) {
        m_open[first + k] =
            m_stream.chance(examined_by_position(k, m_around.params.position_decay));
        m_response.examined += m_open[first + k];
    }
}

double PageVisit::surplus(std::size_t position) const {
    return utility(m_around, m_population, m_id, m_page[position], m_person.session.now_s) -
           m_outside;
}

// What having the item to choose beside the outside option is worth: the logsum of the two (Small
// and Rosen 1981). Never negative, near zero for what lies far below the outside option.
double PageVisit::gain(double above) const {
    const double noise = m_around.params.choice_noise;
    if (noise <= 0) return std::max(above, 0.0);
    return std::max(above, 0.0) + noise * std::log1p(std::exp(-std::abs(above) / noise));
}

// Draws from the conditional logit over what is open; drawn again without what was chosen it is a
// Plackett-Luce order.
std::size_t PageVisit::choose_open() {
    const Appraisal appraisal(m_around, m_population, m_id, m_person.session.now_s);
    std::vector<std::size_t> place;
    std::vector<double> value;
    for (std::size_t k = 0; k < m_page.size(); ++k) {
        if (!m_open[k]) continue;
        place.push_back(k);
        value.push_back(appraisal.worth(m_page[k]));
    }
    const std::size_t chosen = choose(value, m_outside, m_around.params.choice_noise, m_stream);
    return chosen == kNoChoice ? kNoChoice : place[chosen];
}

bool PageVisit::choose_and_watch() {
    if (m_person.session.budget_s <= 0) return false;
    const std::size_t chosen = choose_open();
    if (chosen == kNoChoice) return false;
    m_open[chosen] = false;
    log(EventKind::click, m_page[chosen], chosen);
    ++m_response.clicks;
    watch(chosen);
    return true;
}

void PageVisit::watch(std::size_t position) {
    const ItemId item = m_page[position];
    const double above = surplus(position);
    const double liking = std::clamp(logistic(0.8 + 0.6 * above), 0.05, 0.95);
    // An earlier sitting is gone on with: the share drawn is of what is left.
    const float from = m_around.params.unfinished_pull > 0 ? share_seen(m_person, item) : 0;
    double share = m_stream.beta(kShareConcentration * liking, kShareConcentration * (1 - liking));
    share *= 1 - static_cast<double>(from);
    // Attention can run out before the item does.
    const double duration_s = m_around.catalogue.cards[item.index()].duration_s;
    const double left_s = std::max(m_person.session.budget_s, 1.0f);
    share = std::min(share, left_s / duration_s);
    pass(share * duration_s);
    log(EventKind::watch, item, position, share).from = from;
    m_response.watched_s += share * duration_s;
    m_response.pleasure += share * gain(above);
    react(position, kAfterWatch, above);
    remember(item, share, from + share);
}

void PageVisit::react(std::size_t position, std::span<const Reaction> reactions, double above) {
    for (const auto& [kind, rate, slope, middle] : reactions) {
        if (!m_stream.chance(rate * logistic(slope * (above - middle)))) continue;
        log(kind, m_page[position], position);
    }
}

// What watching leaves behind: satiation, a drift of taste by mere exposure (Zajonc 1968), and the
// item itself.
void PageVisit::remember(ItemId item, double share, double reached) {
    const std::size_t i = item.index();
    const Seconds now_s = m_person.session.now_s;
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
        m_person.satiation[topic] =
            static_cast<float>(satiation_at(m_around.params, m_person, topic, now_s));
    }
    m_person.satiation_at_s = now_s;
    m_person.satiation[m_around.catalogue.true_topic[i].index()] += static_cast<float>(share);
    const double step = m_around.params.taste_drift * m_person.openness * share;
    step_toward(m_population.taste[m_id.index()], m_around.catalogue.taste[i], std::min(step, 1.0));
    leave_item(m_person, item, reached, now_s);
}

void PageVisit::react_to_the_rest() {
    for (std::size_t k = 0; k < m_page.size(); ++k) {
        if (m_open[k]) react(k, kWithoutChoice, surplus(k));
    }
}

void PageVisit::search_perhaps() {
    if (m_response.clicks > 0 || !m_stream.chance(kSearchAfterEmptyPage)) return;
    std::array<double, kTopicCount> weights;
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
        const auto taste = m_population.taste[m_id.index()];
        weights[topic] = std::exp(kSearchFocus * dot(taste, m_around.topic_centres[topic]));
    }
    const std::size_t topic = m_stream.choice(weights);
    log(EventKind::search, ItemId(), 0).topic = static_cast<std::uint8_t>(topic);
    m_person.wish_topic = static_cast<std::uint8_t>(topic);
    m_person.wish_until_s =
        m_person.session.now_s + std::llround(m_around.params.search_wish_h * kHour);
}

// A page that gave nothing bores; boredom is the hazard of leaving.
void PageVisit::decide_to_leave() {
    Session& session = m_person.session;
    session.pages = static_cast<std::uint16_t>(session.pages + 1);
    session.pleasure += static_cast<float>(m_response.pleasure);
    double leave = kLeaveAfterChoice;
    if (m_response.clicks == 0) {
        session.boredom += static_cast<float>(kBoredomOfEmptyPage / m_person.patience);
        leave = 1 - std::exp(-static_cast<double>(session.boredom));
    } else {
        session.boredom *= static_cast<float>(kBoredomKeptAfterChoice);
    }
    const bool tired_of_it = m_stream.chance(leave);
    m_response.leaves = tired_of_it || session.budget_s <= 0;
}

}  // namespace

Response respond(const Surroundings& around, Population& population, PersonId person,
                 const ShownPage& page, Stream stream) {
    CHECK(page.explored.size() == page.items.size());
    CHECK(page.generated.empty() || page.generated.size() == page.items.size());
    CHECK(population.people[person.index()].session.active);
    PageVisit visit(around, population, person, page, stream);
    visit.show();
    visit.examine();
    for (int choice = 0; choice < around.pack.choices_per_page; ++choice) {
        if (!visit.choose_and_watch()) break;
    }
    visit.react_to_the_rest();
    visit.search_perhaps();
    visit.decide_to_leave();
    return visit.take();
}

}  // namespace cascadelab
