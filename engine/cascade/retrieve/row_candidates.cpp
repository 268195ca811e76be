#include "engine/cascade/retrieve/row_candidates.h"

#include <algorithm>
#include <cmath>
#include <ranges>

#include "engine/cascade/eras/factorization.h"
#include "engine/cascade/retrieve/sources.h"

namespace cascadelab {
namespace {

constexpr Seconds kPause = kHour;  // what was just left is not offered again at once

}  // namespace

void nearest_items(const PublishedModels& models, const Params& params, ItemId item, int count,
                   std::vector<ScoredItem>& out) {
    const std::optional<Era> era = serving_era(models, params.eras.rows);
    if (!era || count <= 0) return;
    const auto& [model, space] = models.eras[*era];
    std::span<const float> vector = space[item];
    std::vector<float> query(vector.begin(), vector.end());
    // What serves the search alone says nothing of what an item is like.
    if (model->dims() < vector.size()) search_vector(vector.first(model->dims()), query);
    if (std::ranges::all_of(query, [](float x) { return x == 0; })) return;

    const auto begin = static_cast<std::ptrdiff_t>(out.size());
    space.index.search(query, count + 1, search_breadth(params.retrieval), out);
    const auto itself = std::find_if(out.begin() + begin, out.end(),
                                     [&](const ScoredItem& near) { return near.item == item; });
    if (itself != out.end()) out.erase(itself);
    const std::size_t most = static_cast<std::size_t>(begin) + static_cast<std::size_t>(count);
    if (out.size() > most) out.resize(most);
}

std::vector<Neighbourhood> neighbourhoods_of(const CascadeInputs& in, const PersonFeatures& person,
                                             int count) {
    std::vector<Neighbourhood> found;
    const auto most = static_cast<std::size_t>(in.params.page.because_rows);
    const std::vector<RecentItem>& recent = person.realtime->recent;
    for (auto seen = recent.rbegin(); seen != recent.rend() && found.size() < most; ++seen) {
        if (!std::ranges::binary_search(person.history->watched, seen->item)) continue;
        if (std::ranges::find(found, seen->item, &Neighbourhood::anchor) != found.end()) continue;
        Neighbourhood near{seen->item, {}};
        nearest_items(in.models, in.params, seen->item, count, near.items);
        if (!near.items.empty()) found.push_back(std::move(near));
    }
    return found;
}

// Neighbours of what was watched last; which belongs to which is remembered for the rows.
void propose_neighbours(const SourceRequest& asked, int quota, Stream&, CascadeScratch& scratch) {
    const auto rows = static_cast<int>(asked.in.params.page.because_rows);
    scratch.neighbourhoods = neighbourhoods_of(asked.in, asked.person, quota / std::max(rows, 1));
    for (const Neighbourhood& near : scratch.neighbourhoods)
        scratch.proposals.insert(scratch.proposals.end(), near.items.begin(), near.items.end());
}

// What the person left unfinished in the last page.continue_days, but not within the hour; the most
// recent first, scored by 2^(-days / 3).
void propose_unfinished(const SourceRequest& asked, int quota, Stream&, CascadeScratch& scratch) {
    const std::vector<RecentItem>& unfinished = asked.person.history->unfinished;
    std::vector<ScoredItem>& out = scratch.proposals;
    for (const RecentItem& left : std::views::reverse(unfinished)) {
        if (std::ssize(out) == quota) return;
        const auto age_s = static_cast<double>(asked.request.now_s - left.time_s);
        if (age_s < kPause || age_s > asked.in.params.page.continue_days * kDay) continue;
        out.push_back(
            {left.item, static_cast<float>(std::exp2(-age_s / kDay / kContinueHalfLifeDays))});
    }
}

}  // namespace cascadelab
