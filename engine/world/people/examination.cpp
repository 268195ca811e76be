// What of a page is looked at, after it has come.
#include <algorithm>
#include <cmath>

#include "engine/world/people/choice_model.h"
#include "engine/world/people/expected_utility.h"
#include "engine/world/people/page_visit.h"

namespace cascadelab {

bool PageVisit::waits_for_it() {
    const BehaviourParams& params = m_around.behaviour;
    const Arrival& arrival = m_shown.arrival;
    if (arrival.leave > 0 && m_stream.chance(arrival.leave)) {
        pass(arrival.delay_s);
        m_response.abandoned = m_response.leaves = true;
        return false;
    }
    if (arrival.delay_s > 0) pass(arrival.delay_s);
    if (params.page_delay_ms <= 0) return true;
    const double delay_s = params.page_delay_ms / 1000;
    if (has(params.impatient) && params.abandonment_per_s > 0) {
        const double patience = patience_of(params, m_person);
        const double patience_s = m_stream.exponential(patience / params.abandonment_per_s);
        if (patience_s < delay_s) {
            pass(patience_s);
            m_response.abandoned = m_response.leaves = true;
            return false;
        }
    }
    pass(delay_s);
    return true;
}

void PageVisit::show() {
    for (std::size_t k = 0; k < m_page.size(); ++k) {
        log(EventKind::impression, m_page[k], k).explored = m_shown.explored[k];
    }
}

double PageVisit::row_attention(std::size_t row) const {
    return examined_by_position(row, m_around.params.row_decay);
}

// A page in rows is read in two dimensions: a row is noticed or passed over as a whole, and within
// a noticed row places are looked at as in any list (after the carousel click model, Rahdari et al.
// 2022, with a position-based model in place of its two cascades). Attention is largest in the
// upper left corner, as eye tracking and logs find it (Felicioni et al. 2021).
void PageVisit::examine() {
    if (m_shown.rows.empty()) examine_row(0, m_page.size());
    for (std::size_t r = 0; r < m_shown.rows.size(); ++r) {
        const PageRow& row = m_shown.rows[r];
        const bool all = has(m_around.behaviour.looks_at_all);
        if (all || m_stream.chance(row_attention(r))) examine_row(row.first, row.count);
    }
    pass(m_response.examined * m_around.pack.browse_s);
    if (m_shown.arrival.think_s > 0) pass(m_shown.arrival.think_s);
}

// Position-based examination (Craswell et al. 2008, with a power law over positions), or all of it.
void PageVisit::examine_row(std::size_t first, std::size_t count) {
    const bool all = has(m_around.behaviour.looks_at_all);
    for (std::size_t k = 0; k < count; ++k) {
        m_open[first + k] =
            all || m_stream.chance(examined_by_position(k, m_around.params.position_decay));
        m_response.examined += m_open[first + k];
        m_known += m_open[first + k] && has_watched(m_person, m_page[first + k]);
    }
}

// Rows are noticed as ever; each is read as a cascade of its own.
void PageVisit::look_down() {
    if (m_shown.rows.empty()) look_down_row(0, m_page.size());
    for (std::size_t r = 0; r < m_shown.rows.size() && may_choose(); ++r) {
        const PageRow& row = m_shown.rows[r];
        if (m_stream.chance(row_attention(r))) look_down_row(row.first, row.count);
    }
}

// Cascade model (Craswell et al. 2008; persistence and going on after a click as in the dynamic
// Bayesian network of Chapelle and Zhang 2009): each item is taken or not before the next is seen.
void PageVisit::look_down_row(std::size_t first, std::size_t count) {
    for (std::size_t k = first; k < first + count; ++k) {
        m_open[k] = true;
        ++m_response.examined;
        m_known += has_watched(m_person, m_page[k]);
        pass(m_around.pack.browse_s);
        const ExpectedUtility expectation(m_around, m_population, m_id, m_person.session.now_s);
        const double expected = expectation.of(m_page[k], recommended(k));
        const std::array one = {expected};
        if (choose(one, m_outside, m_noise, m_stream) != kNoChoice) take_item(k, expected);
        if (!may_choose() || !m_stream.chance(m_around.behaviour.persistence)) return;
    }
}

}  // namespace cascadelab
