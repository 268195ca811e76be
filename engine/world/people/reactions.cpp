// What a person says about what was on the page, what the page did to their opinion of the service,
// and whether they stay.
#include <algorithm>
#include <array>
#include <cmath>

#include "engine/world/people/choice_model.h"
#include "engine/world/people/page_visit.h"

namespace cascadelab {
namespace {

constexpr double kBoredomOfEmptyPage = 0.35;
constexpr double kBoredomKeptAfterChoice = 0.5;
constexpr double kLeaveAfterChoice = 0.08;
constexpr double kSearchAfterEmptyPage = 0.06;
constexpr double kSearchFocus = 6;  // how clearly a search follows taste

}  // namespace

// A reaction has probability rate * logistic(slope * (surplus - middle)), surplus being the utility
// above the outside option: small rates that rise or fall with how good it was.
struct PageVisit::Reaction {
    EventKind kind;
    double rate, slope, middle;
};

void PageVisit::react(std::size_t position, std::span<const Reaction> reactions, double above) {
    const double readiness = m_around.behaviour.lever_rate;
    for (const auto& [kind, rate, slope, middle] : reactions) {
        if (!m_stream.chance(readiness * rate * logistic(slope * (above - middle)))) continue;
        log(kind, m_page[position], position);
    }
}

void PageVisit::react_to_watched(std::size_t position, double above) {
    constexpr Reaction kAfterWatch[] = {
        {EventKind::like, 0.2, 2, 0.5},
        {EventKind::dislike, 0.06, -2, -0.8},
        {EventKind::follow, 0.03, 2, 1},
    };
    react(position, kAfterWatch, above);
}

void PageVisit::react_to_the_rest() {
    constexpr Reaction kWithoutChoice[] = {
        {EventKind::not_interested, 0.02, -2, -3},
        {EventKind::add_to_list, 0.02, 2, 0},
    };
    for (std::size_t k = 0; k < m_page.size(); ++k) {
        if (m_open[k]) react(k, kWithoutChoice, surplus(k));
    }
}

void PageVisit::pull_meant_lever() {
    const Intention meant = m_person.intention;
    if (!meant.topic.valid()) return;
    for (std::size_t k = 0; k < m_page.size(); ++k) {
        if (m_around.catalogue.cards[m_page[k].index()].topic != meant.topic) continue;
        log(meant.lever, m_page[k], k);
        m_person.intention = {};
        return;
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

// A good page earns trust, a page that gave nothing loses it: an average over pages that forgets
// (Josang and Ismail 2002, the beta reputation system, in the limit of many ratings).
void PageVisit::judge_the_page() {
    const BehaviourParams& params = m_around.behaviour;
    if (!has(params.trusting)) return;
    const double satisfaction = satisfaction_of(m_response.pleasure);
    m_person.trust = static_cast<float>(params.trust_memory * m_person.trust +
                                        (1 - params.trust_memory) * satisfaction);
}

// A page that gave nothing bores; boredom is the hazard of leaving. Who tires of repetition is
// bored by more of the same topic as well (Kapoor et al. 2015), and by what is known: past a point
// repetition is tedious (Berlyne 1970).
void PageVisit::decide_to_leave() {
    const BehaviourParams& params = m_around.behaviour;
    Session& session = m_person.session;
    session.pages = static_cast<std::uint16_t>(session.pages + 1);
    session.pleasure += static_cast<float>(m_response.pleasure);
    const double patience = patience_of(params, m_person);
    double leave = kLeaveAfterChoice;
    if (m_response.clicks == 0) {
        session.boredom += static_cast<float>(kBoredomOfEmptyPage / patience);
        leave = 1 - std::exp(-static_cast<double>(session.boredom));
    } else {
        session.boredom *= static_cast<float>(kBoredomKeptAfterChoice);
    }
    if (has(params.tires_of_repetition)) {
        const double known_share = static_cast<double>(m_known) / std::max(1, m_response.examined);
        const double sameness =
            (params.repetition_boredom * session.repetitions + params.seen_boredom * known_share) /
            patience;
        leave += (1 - leave) * (1 - std::exp(-sameness));
    }
    // A slow page shortens the session (Brutlag 2009), whatever it showed.
    leave = std::min(1.0, leave / m_shown.arrival.stay);
    const bool tired_of_it = m_stream.chance(leave);
    m_response.leaves = tired_of_it || session.budget_s <= 0;
}

}  // namespace cascadelab
