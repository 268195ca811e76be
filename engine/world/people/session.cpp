// Between pages: opening a session, closing it, coming back.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/base/error.h"
#include "engine/world/domain/taste_space.h"
#include "engine/world/people/behaviour.h"
#include "engine/world/people/choice_model.h"

namespace cascadelab {
namespace {

constexpr double kPleasureScale = 0.8;  // pleasure at which a session satisfies to 63 %
constexpr double kMoodMemory = 0.75;    // share of the mood that one session leaves
constexpr double kRhythmSwing = 0.85;   // depth of the daily rhythm
constexpr double kMoodOnReturn = 0.7;   // how strongly mood speeds the return

double patience_of_segment(const BehaviourParams& params, Segment segment) {
    switch (segment) {
        case Segment::mainstream:
            return params.patience_mainstream;
        case Segment::niche:
            return params.patience_niche;
        case Segment::eclectic:
            return params.patience_eclectic;
    }
    CHECK(false);
}

}  // namespace

double daily_rhythm(const Person& person, double t_s) {
    const double hours = t_s / kHour - person.peak_hour;
    return 1 + kRhythmSwing * std::cos(2 * std::numbers::pi * hours / 24);
}

double patience_of(const BehaviourParams& params, const Person& person) {
    return person.patience * patience_of_segment(params, person.segment);
}

double satisfaction_of(double pleasure) {
    return 1 - std::exp(-pleasure / kPleasureScale);
}

void begin_session(const Surroundings& around, Person& person, Stream stream) {
    CHECK(!person.session.active);
    const double budget_s =
        stream.lognormal(around.pack.session_budget_median_s, around.pack.session_budget_sigma);
    person.session = {};
    person.session.active = true;
    person.session.started_s = person.next_session_s;
    person.session.now_s = person.next_session_s;
    // Long-term satisfaction (RecSim, Ie et al. 2019), 1 for who was neither over- nor
    // underwhelmed, scales what a session may take.
    const BehaviourParams& behaviour = around.behaviour;
    const double satisfaction =
        2 * logistic(behaviour.satisfaction_sensitivity * person.promise_kept);
    person.session.budget_s =
        static_cast<float>(budget_s * patience_of(behaviour, person) * satisfaction);
}

void end_session(const Surroundings& around, Population& population, PersonId id, Stream stream) {
    Person& person = population.people[id.index()];
    CHECK(person.session.active);
    const double pleasure = std::max(0.0f, person.session.pleasure);
    const double satisfaction = satisfaction_of(pleasure);
    const double mood = kMoodMemory * person.mood + (1 - kMoodMemory) * (2 * satisfaction - 1);
    person.mood = static_cast<float>(mood);
    person.session.active = false;

    // A bad session alone is forgiven by someone in a good mood; both together cost the person.
    const double grievance = (1 - satisfaction) * (1 - mood) / 2;
    person.churned = stream.chance(around.params.churn * grievance * grievance);
    if (person.churned) return;

    const Seconds now_s = person.session.now_s;
    person.next_session_s = next_session_after(around.params, person, now_s, stream);
    const double days_away = static_cast<double>(person.next_session_s - now_s) / kDay;
    const double way_back = 1 - std::pow(1 - around.params.taste_return, days_away);
    step_toward(population.taste[id.index()], population.innate[id.index()], way_back);
}

// An inhomogeneous Poisson process, drawn by thinning (Lewis and Shedler 1979).
Seconds next_session_after(const WorldParams& params, const Person& person, Seconds from_s,
                           Stream& stream) {
    const double eagerness = std::exp(kMoodOnReturn * person.mood);
    const double a_day = params.sessions_per_day * person.activity * eagerness;
    const double mean_gap_s = kDay / (a_day * (1 + kRhythmSwing));
    auto t_s = static_cast<double>(from_s);
    while (true) {
        t_s += stream.exponential(mean_gap_s);
        if (stream.chance(daily_rhythm(person, t_s) / (1 + kRhythmSwing))) break;
    }
    return std::max(from_s + 1, static_cast<Seconds>(t_s));
}

}  // namespace cascadelab
