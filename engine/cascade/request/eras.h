// The eras of representation side by side: matrix factorization, two towers, sequential
// transduction. Which of them a consumer reads is a parameter; which can answer depends on what is
// published. No vectors of people: those belong to a request. Pure functions; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "engine/cascade/request/published.h"
#include "engine/cascade/request/source.h"
#include "engine/params/params.h"

namespace cascadelab {

inline std::string_view era_label(Era era) {
    return kEras[era].label;
}

// Whose vector of a person the decoder is told (generative.condition).
inline constexpr Era kDecoderEra = Era::hstu;

// Whether the parameters ask for an era anywhere: as a source, through eras.*, to be compared, or
// as what the decoder is told of a person.
bool era_used(const Params& params, Era era);

// The era that answers for the one that is wanted: itself when it is ready, else the latest that
// is; none before the first models.
std::optional<Era> serving_era(const PublishedModels& models, Era wanted);

// How wide a space is searched while serving, whatever kind its index is.
SearchBreadth search_breadth(const RetrievalParams& params);

}  // namespace cascadelab
