// What happens after a click: how much of the item is watched, how good it was, what it leaves
// behind.
#include <algorithm>
#include <cmath>

#include "engine/base/error.h"
#include "engine/world/domain/taste_space.h"
#include "engine/world/people/choice_model.h"
#include "engine/world/people/page_visit.h"
#include "engine/world/people/utility.h"

namespace cascadelab {
namespace {

constexpr double kShareConcentration = 5;  // of the beta distribution of watch shares

double drift_of(const BehaviourParams& params, Segment segment) {
    switch (segment) {
        case Segment::mainstream:
            return params.drift_mainstream;
        case Segment::niche:
            return params.drift_niche;
        case Segment::eclectic:
            return params.drift_eclectic;
    }
    CHECK(false);
}

}  // namespace

double PageVisit::surplus(std::size_t position) const {
    return utility(m_around, m_population, m_id, m_page[position], m_person.session.now_s) -
           m_outside;
}

// What having the item to choose beside the outside option is worth: the logsum of the two (Small
// and Rosen 1981). Never negative, near zero for what lies far below the outside option.
double PageVisit::gain(double above) const {
    if (m_noise <= 0) return std::max(above, 0.0);
    return std::max(above, 0.0) + m_noise * std::log1p(std::exp(-std::abs(above) / m_noise));
}

void PageVisit::watch(std::size_t position, double expected) {
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
    // Net positive exposure as in RecSim's long-term satisfaction (Ie et al. 2019), with what was
    // kept of the promise in the place of the kale.
    const double kept = above + m_outside - expected;
    m_person.promise_kept =
        static_cast<float>(m_around.behaviour.satisfaction_memory * m_person.promise_kept + kept);
    react_to_watched(position, above);
    remember(item, share, from + share);
}

// What watching leaves behind: satiation, a drift of taste by mere exposure (Zajonc 1968), and the
// item itself.
void PageVisit::remember(ItemId item, double share, double reached) {
    const std::size_t i = item.index();
    const Seconds now_s = m_person.session.now_s;
    const TopicId topic = m_around.catalogue.true_topic[i];
    add_watch(m_around, m_person, topic, share, now_s);
    Session& session = m_person.session;
    const bool again = session.topic == topic.index();
    session.repetitions = again ? static_cast<std::uint16_t>(session.repetitions + 1) : 0;
    session.topic = static_cast<std::uint8_t>(topic.index());
    const double strength =
        m_around.params.taste_drift * drift_of(m_around.behaviour, m_person.segment);
    const double step = strength * m_person.openness * share;
    step_toward(m_population.taste[m_id.index()], m_around.catalogue.taste[i], std::min(step, 1.0));
    leave_item(m_person, item, reached, now_s);
}

}  // namespace cascadelab
