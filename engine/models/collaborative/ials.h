// Matrix factorization for implicit feedback by alternating least squares (iALS; Rendle et al.
// 2021, "Revisiting the performance of iALS on item recommendation benchmarks"). Immutable once
// trained; any thread may read.
#pragma once

#include <memory>
#include <span>

#include "engine/base/matrix.h"
#include "engine/models/collaborative/interactions.h"
#include "engine/models/progress.h"

namespace cascadelab {

struct IalsSettings {
    int dims = 32;
    int epochs = 16;
    double unobserved_weight = 0.1;  // a0
    double regularization = 0.02;    // lambda
    double frequency_exponent = 1;   // nu: lambda (|I_u| + a0 |I|)^nu
    std::uint64_t seed = 0;
};

struct Factorization {
    Matrix people;     // people x dims; a row of zeros for a person without interactions
    Matrix items;      // items x dims; a row of zeros for an item without interactions
    Matrix item_gram;  // dims x dims, H^T H, kept for fold-in
    IalsSettings settings;

    // The vector of a person known only by a list of items: one least-squares step against fixed
    // item factors.
    Vector fold_in(std::span<const ItemId> items_of_person) const;
};

// progress(share of 0..1) returns false to cancel; then the result is null. Duplicate (person,
// item) rows count once.
std::shared_ptr<const Factorization> train_ials(const Interactions& interactions,
                                                const IalsSettings& settings,
                                                const Progress& progress = {});

}  // namespace cascadelab
