// Recently liked by people near you: user-user collaborative filtering (Herlocker et al. 1999) over
// the vectors of people instead of their ratings. People and vectors are those of the last
// training, likes those of the last hour's barrier; who came after the training gets nothing.
#include <algorithm>
#include <cmath>

#include "engine/cascade/retrieve/sources.h"

namespace cascadelab {
namespace {

constexpr std::size_t kNeighbours = 20;
constexpr double kLikeHalfLife = 2 * kDay;  // how fast a like loses its weight

// Everybody's vector as of a training: of the era that serves eras.ranking where it publishes
// people, else of the factorization, which always does. Null before the first models.
const Matrix* people_of(const CascadeInputs& in) {
    const std::optional<Era> era = serving_era(in.models, in.params.eras.ranking);
    const Matrix* people = era ? in.models.eras[*era].people() : nullptr;
    return people ? people : in.models.eras[Era::factorization].people();
}

// Cosine; 0 where either is unknown.
float likeness(std::span<const float> a, std::span<const float> b) {
    if (a.empty() || b.empty()) return 0;
    const float scale = std::sqrt(dot(a, a) * dot(b, b));
    return scale > 0 ? dot(a, b) / scale : 0;
}

struct Neighbour {
    float likeness;
    std::span<const LikedItem> liked;
};

// The likest people among those who liked anything lately, the likest first; of equals the lower
// id.
std::vector<Neighbour> nearest_people(const LikedLately& liked, const Matrix& people,
                                      PersonId person) {
    const std::span<const float> own = row_of(people, person);
    std::vector<Neighbour> nearest;
    for (std::size_t begin = 0, end = 0; begin < liked.size(); begin = end) {
        const PersonId other = liked[begin].person;
        while (end < liked.size() && liked[end].person == other) ++end;
        const float near = other == person ? 0 : likeness(own, row_of(people, other));
        if (near <= 0) continue;
        if (nearest.size() == kNeighbours && near <= nearest.back().likeness) continue;
        const auto place =
            std::ranges::upper_bound(nearest, near, std::greater<>(), &Neighbour::likeness);
        nearest.insert(place, {near, std::span(liked).subspan(begin, end - begin)});
        if (nearest.size() > kNeighbours) nearest.pop_back();
    }
    return nearest;
}

}  // namespace

bool knows_neighbours(const CascadeInputs& in, const PersonFeatures&, Seconds) {
    return in.models.liked_lately && !in.models.liked_lately->empty() && people_of(in);
}

// An item's score is the sum over its likes of how alike that person is, halved every two days.
void propose_neighbours_liked(const SourceRequest& asked, int quota, Stream&,
                              CascadeScratch& scratch) {
    const CascadeInputs& in = asked.in;
    scratch.begin_sums(in.cards.size());
    for (const Neighbour& near :
         nearest_people(*in.models.liked_lately, *people_of(in), asked.request.person)) {
        for (const LikedItem& like : near.liked) {
            const auto age_s = static_cast<double>(asked.request.now_s - like.time_s);
            scratch.add_score(
                like.item, near.likeness * static_cast<float>(std::exp2(-age_s / kLikeHalfLife)));
        }
    }
    scratch.propose_best(quota);
}

}  // namespace cascadelab
