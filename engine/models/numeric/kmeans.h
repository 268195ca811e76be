// Lloyd's k-means over dense rows, with a choice of where the centres start: the cells of an
// inverted-file index and the codes of a quantiser. It quantises once; residual levels are the
// caller's loop. Immutable once built; any thread may read.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/matrix.h"
#include "engine/base/parallel.h"

namespace cascadelab {

enum class KmeansStart {
    random_normal,  // N(0, 1) in every dimension, wherever the rows lie: most centres may stay dead
    sample,         // distinct rows (Forgy 1965)
    plus_plus       // rows, each with probability ~ squared distance to the centres so far (Arthur
                    // and Vassilvitskii 2007)
};

struct KmeansSettings {
    int clusters = 256;
    int rounds = 15;  // at most; ends earlier when no row changes its cluster
    KmeansStart start = KmeansStart::plus_plus;
    bool reseed_dead = false;  // after every move, centres without rows go where rows lie farthest
    bool balanced = false;     // clusters of one size, by assign_balanced
    std::uint64_t seed = 0;
};

struct Assignment {
    std::vector<std::uint32_t> cluster;  // per row; ties by lower cluster
    double mean_error = 0;               // mean over rows of the squared distance to their centre
};
// The nearest centre of every row (Euclidean). rows: n x dims, centres: clusters x dims, at least
// one. The same for any number of workers; nullptr: the calling thread alone.
Assignment assign_to_nearest(const Matrix& rows, const Matrix& centres, Workers* workers = nullptr);

struct Kmeans {
    Matrix centres;                 // clusters x dims
    Assignment assignment;          // of the rows it was built from
    std::vector<std::size_t> size;  // rows a cluster; 0 is a dead one

    std::size_t dead_count() const;
};
// Alternates assignment and means (Lloyd 1982); unless re-seeded a centre without rows stays where
// it is. Fewer rows than clusters are allowed: the centres beyond repeat rows and stay dead.
Kmeans train_kmeans(const Matrix& rows, const KmeansSettings& settings, Workers* workers = nullptr);

}  // namespace cascadelab
