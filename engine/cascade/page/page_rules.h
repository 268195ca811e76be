// The caps of a page: at most so many items of a franchise, at most a share of one topic. Counts
// what is on the page so far. One thread, one page.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

#include "engine/cascade/request/request.h"
#include "engine/params/params.h"
#include "engine/world/supply/catalogue.h"

namespace cascadelab {

class PageRules {
  public:
    // places: of the page as it is planned; the topic cap is a share of them, and at least one.
    PageRules(std::span<const ItemCard> cards, const Params& params, std::int64_t places)
        : m_cards(cards),
          m_franchise_cap(params.rerank.franchise_cap),
          m_topic_cap(std::max<std::int64_t>(
              1, std::llround(
                     std::floor(params.policy.topic_cap * static_cast<double>(places) + 1e-9)))) {}

    // The rule that forbids the item, or Fate::shown.
    Fate verdict(ItemId item) const {
        const ItemCard& card = m_cards[item.index()];
        if (card.franchise.valid() &&
            std::ranges::count(m_franchises, card.franchise) >= m_franchise_cap) {
            return Fate::franchise_cap;
        }
        return m_topics[card.topic.index()] >= m_topic_cap ? Fate::topic_cap : Fate::shown;
    }
    void take(ItemId item) {
        const ItemCard& card = m_cards[item.index()];
        if (card.franchise.valid()) m_franchises.push_back(card.franchise);
        ++m_topics[card.topic.index()];
    }

  private:
    std::span<const ItemCard> m_cards;
    std::int64_t m_franchise_cap, m_topic_cap;
    std::vector<FranchiseId> m_franchises;
    std::array<std::int64_t, kTopicCount> m_topics{};
};

}  // namespace cascadelab
