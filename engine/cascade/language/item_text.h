// An item in words, as a catalogue would print it: all that a simulated language model is ever told
// of it. Made from what a recommender may see, its card and its noisy content, so that the text is
// as rich or as poor as the metadata. Pure; any thread.
#pragma once

#include <span>
#include <string>

#include "engine/params/params.h"
#include "engine/world/supply/catalogue.h"

namespace cascadelab {

// "The Yak Herders of Altai | documentary, nature | slow, tender, vast, plain". The moods are words
// for the directions of taste space in which the content is strongest. content: kTopicCount tags,
// then the taste as content shows it.
std::string item_text(const ItemCard& card, std::span<const float> content, DomainPackName pack);

// How widely known an item is by its views, as the text says it: "known 3/5", a step a doubling
// from two to 32 views a person of a hundred.
std::string fame_text(double views, std::size_t people);

}  // namespace cascadelab
