#include "engine/cascade/rerank/rerank.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "engine/cascade/rerank/calibration.h"

namespace cascadelab {
namespace {

constexpr float kNever_f = -std::numeric_limits<float>::infinity();

// A page can only be calibrated for somebody whose topics are known.
RerankMethod method_for(const RerankInput& in, const RerankParams& params) {
    const bool nothing_wanted = std::ranges::none_of(in.wanted, [](float p) { return p > 0; });
    if (params.method == RerankMethod::calibrated && nothing_wanted) return RerankMethod::none;
    return params.diversity > 0 ? params.method : RerankMethod::none;
}

// The objective of a greedy choice: what the next pick is worth given the picks so far.
//   none: relevance
//   mmr:  (1 - d) relevance - d max similarity to a pick
//   dpp:  ln of the squared residual of the kernel L = diag(q) S diag(q), q = exp(a relevance), a =
//   (1 - d) / d
//   calibrated: (1 - d) relevance - d KL(wanted topics || topics of the page with it)
// mmr and dpp keep one number a candidate and update it after every pick in O(candidates x dims).
class Objective {
  public:
    Objective(const RerankInput& in, const RerankParams& params, int size, CascadeScratch& scratch)
        : m_in(in),
          m_method(method_for(in, params)),
          m_diversity(static_cast<float>(params.diversity)),
          m_size(static_cast<std::size_t>(size)),
          m_gain(scratch.gain),
          m_rows(scratch.similarity) {
        const std::size_t count = in.items.size();
        m_gain.assign(count, m_method == RerankMethod::dpp ? 1.0f : 0.0f);
        if (m_method == RerankMethod::dpp) m_rows.assign(count * m_size, 0.0f);
        if (m_method == RerankMethod::calibrated) m_list.emplace(in.wanted, params.diversity);
    }

    float score(std::size_t i) const {
        switch (m_method) {
            case RerankMethod::none:
                return m_in.relevance[i];
            case RerankMethod::mmr:
                return (1 - m_diversity) * m_in.relevance[i] - m_diversity * m_gain[i];
            case RerankMethod::dpp:
                if (m_gain[i] < 1e-6f) return kNever_f;
                return 2 * quality_exponent() * m_in.relevance[i] + std::log(m_gain[i]);
            case RerankMethod::calibrated:
                return static_cast<float>(
                    m_list->gain(topic_of(i), static_cast<double>(m_in.relevance[i])));
        }
        return kNever_f;
    }

    void pick(std::size_t chosen) {
        const std::size_t count = m_in.items.size();
        if (m_method == RerankMethod::none || m_picks == m_size) return;
        if (m_method == RerankMethod::calibrated) return m_list->take(topic_of(chosen));
        const float root =
            m_method == RerankMethod::dpp ? std::sqrt(std::max(m_gain[chosen], 1e-6f)) : 1.0f;
        for (std::size_t i = 0; i < count; ++i) {
            const float similarity = similarity_of(chosen, i);
            if (m_method == RerankMethod::mmr) {
                m_gain[i] = m_picks == 0 ? similarity : std::max(m_gain[i], similarity);
                continue;
            }
            // Cholesky row of the unit-diagonal kernel; qualities cancel out of the residual.
            float inner = 0;
            for (std::size_t k = 0; k < m_picks; ++k)
                inner += m_rows[chosen * m_size + k] * m_rows[i * m_size + k];
            const float e = (similarity - inner) / root;
            if (i != chosen) {
                m_rows[i * m_size + m_picks] = e;
                m_gain[i] = std::max(0.0f, m_gain[i] - e * e);
            }
        }
        if (m_method == RerankMethod::dpp) {
            m_rows[chosen * m_size + m_picks] = root;
            m_gain[chosen] = 0;
        }
        ++m_picks;
    }

    // A DPP has nothing left to choose once the picks span the content's dimensions; relevance
    // fills the rest of the page. True when that changes anything.
    bool give_up_diversity() {
        return std::exchange(m_method, RerankMethod::none) == RerankMethod::dpp;
    }

  private:
    float quality_exponent() const { return (1 - m_diversity) / std::max(m_diversity, 1e-3f); }
    std::size_t topic_of(std::size_t i) const {
        return m_in.cards[m_in.items[i].index()].topic.index();
    }
    float similarity_of(std::size_t a, std::size_t b) const {
        return dot(m_in.content[m_in.items[a].index()], m_in.content[m_in.items[b].index()]);
    }

    const RerankInput& m_in;
    RerankMethod m_method;
    float m_diversity;
    std::size_t m_size;
    std::size_t m_picks = 0;
    std::vector<float>& m_gain;  // mmr: largest similarity to a pick; dpp: squared residual
    std::vector<float>& m_rows;  // dpp: candidates x size
    std::optional<CalibratedList> m_list;
};

}  // namespace

void choose_page(const RerankInput& in, const RerankParams& params, int size, PageRules& rules,
                 CascadeScratch& scratch, Page& page) {
    const std::size_t count = in.items.size();
    page.chosen.clear();
    page.score.clear();
    page.promoted.clear();
    page.fate.assign(count, Fate::score);
    Objective objective(in, params, size, scratch);

    auto new_owed = static_cast<int>(
        std::min<std::int64_t>(params.promote_new, std::ranges::count(in.is_new, std::uint8_t{1})));
    while (std::ssize(page.chosen) < size) {
        // When only as many places are left as new releases are owed, only those are considered.
        const bool must_be_new = new_owed > 0 && size - std::ssize(page.chosen) <= new_owed;
        int best = -1;
        float best_score = kNever_f;
        for (std::size_t i = 0; i < count; ++i) {
            if (page.fate[i] == Fate::shown || (must_be_new && in.is_new[i] == 0)) continue;
            const float score = objective.score(i);
            if (score <= best_score) continue;
            if (const Fate verdict = rules.verdict(in.items[i]); verdict != Fate::shown) {
                page.fate[i] = verdict;
                continue;
            }
            best = static_cast<int>(i);
            best_score = score;
        }
        if (best < 0) {
            if (must_be_new) {
                new_owed = 0;  // every new release is forbidden by a rule
            } else if (!objective.give_up_diversity()) {
                break;
            }
            continue;
        }
        page.fate[best] = Fate::shown;
        page.chosen.push_back(best);
        page.score.push_back(best_score);
        page.promoted.push_back(must_be_new);
        if (in.is_new[best] != 0) --new_owed;
        rules.take(in.items[best]);
        objective.pick(static_cast<std::size_t>(best));
    }
    // Good enough by value alone, and yet not taken: sameness cost it the place.
    for (std::size_t i = 0; i < count && i < page.chosen.size(); ++i) {
        if (page.fate[i] == Fate::score) page.fate[i] = Fate::diversity;
    }
}

}  // namespace cascadelab
