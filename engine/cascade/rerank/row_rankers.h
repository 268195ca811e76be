// The rows a page may be made of, each by a small ranker of its own over the candidates that all
// rows share, with the values of the one ranking model; and the order of the rows. What is left out
// because it stands higher up is not known here. Pure functions of one request.
#pragma once

#include <vector>

#include "engine/cascade/request/request.h"
#include "engine/world/events/page.h"

namespace cascadelab {

struct RowPlan {
    Surface surface = Surface::home;
    ItemId anchor;                     // because_watched: what was watched
    std::vector<std::uint32_t> items;  // indices of candidates, best first
    float value = 0;                   // mean value of the first kFirstOfRow, missing ones being 0
};
inline constexpr std::size_t kFirstOfRow = 4;  // what is seen of a row without scrolling it

// The fewest items with which a row is shown.
std::size_t fewest_of_row(Surface surface);

// All rows that could be shown, from the top of the page: by value, except that continue-watching
// takes the slot that the parameters give it. Home is among them; it may hold anything that is not
// unfinished.
std::vector<RowPlan> plan_rows(const CascadeInputs& in, const Request& request,
                               const PersonFeatures& person, const CascadeScratch& scratch,
                               const CascadeTrace& trace);

}  // namespace cascadelab
