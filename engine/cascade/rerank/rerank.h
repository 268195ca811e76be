// Re-ranking: choose a page from ranked candidates, trading value against sameness, under rules.
// Pure functions.
#pragma once

#include "engine/cascade/page/page_rules.h"
#include "engine/cascade/request/workspace.h"

namespace cascadelab {

// What one page is chosen from: candidates in rank order, with what the choice needs of each.
struct RerankInput {
    std::span<const float> relevance;  // per candidate, 0..1 inside the request, falling
    std::span<const ItemId> items;
    const RowTable& content;  // similarity is the cosine of content vectors (unit rows)
    std::span<const ItemCard> cards;
    std::span<const std::uint8_t> is_new;  // inside the fresh window
    std::span<const float> wanted{};  // the person's long-term topic shares; empty or all 0: none
};

// Maximal marginal relevance (Carbonell and Goldstein 1998), fast greedy MAP inference of a
// determinantal point process (Chen et al. 2018), a calibrated list (Steck 2018), or value alone,
// under the page's rules and with promoted new releases. Ties by lower place. size: at most so many
// are chosen. rules knows what is on the page already and is told what is chosen.
void choose_page(const RerankInput& in, const RerankParams& params, int size, PageRules& rules,
                 CascadeScratch& scratch, Page& page);

}  // namespace cascadelab
