// Nearest neighbours by inner product over unit vectors: exact (a whole scan), HNSW (hnswlib;
// Malkov and Yashunin 2018) or IVF-Flat (k-means cells of which the nearest are scanned), an
// immutable main part plus a small exact segment for items newer than the last rebuild, plus
// tombstones. The main part may be searched by any number of threads; build it on one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "engine/base/matrix.h"
#include "engine/models/scored_item.h"

namespace cascadelab {

enum class IndexKind { exact, hnsw, ivf };

struct IndexSettings {
    IndexKind kind = IndexKind::hnsw;
    int links = 16;           // HNSW M
    int build_breadth = 200;  // HNSW ef_construction
    int cells = 256;          // IVF; at most one an item
    std::uint64_t seed = 100;
};

// How wide a search looks. Each approximate kind reads its own entry, the exact one none.
struct SearchBreadth {
    int ef = 0;      // HNSW: length of its list of candidates, raised to k when smaller
    int probes = 1;  // IVF: nearest cells that are scanned; more while they hold fewer than k items
};

// Items are the rows 0..rows-1 of the vectors it was built from.
class VectorIndex {
  public:
    virtual ~VectorIndex() = default;
    virtual std::size_t size() const = 0;
    virtual int dims() const = 0;
    // Appends up to k items to out, best first, ties by lower id. Thread-safe.
    virtual void search(std::span<const float> query, int k, const SearchBreadth& breadth,
                        std::vector<ScoredItem>& out) const = 0;
    // The library's own search of the same width and nothing else, for the bench's floor: how many
    // it found.
    virtual std::size_t search_raw(std::span<const float> query, int k,
                                   const SearchBreadth& breadth) const = 0;
};
// vectors: items x dims, unit rows. Insertion in id order on the calling thread, so the same bytes
// every time. progress is told the share done; when it returns false the build ends with nullptr.
std::shared_ptr<const VectorIndex> build_index(const Matrix& vectors, const IndexSettings& settings,
                                               const std::function<bool(double)>& progress = {});

// What requests search: the main index, items released since, items withdrawn. A value: copying is
// cheap enough for keyframes. Changed only at the tick's barrier.
class LiveIndex {
  public:
    LiveIndex() = default;
    explicit LiveIndex(std::shared_ptr<const VectorIndex> main);

    bool empty() const;
    const std::shared_ptr<const VectorIndex>& main() const { return m_main; }
    void add(ItemId item,
             std::span<const float> vector);  // ids ascend and are not in the main part
    void remove(ItemId item);                 // tombstone; the item is never returned again
    std::size_t fresh_count() const { return m_fresh_items.size(); }
    std::size_t tombstone_count() const { return m_tombstones.size(); }
    // Main, fresh and tombstones as one list: up to k items, best first, ties by lower id.
    void search(std::span<const float> query, int k, const SearchBreadth& breadth,
                std::vector<ScoredItem>& out) const;

  private:
    // The main part without what was removed: up to k items, best first.
    void search_main(std::span<const float> query, std::size_t k, const SearchBreadth& breadth,
                     std::vector<ScoredItem>& out) const;

    std::shared_ptr<const VectorIndex> m_main;
    std::vector<ItemId> m_fresh_items;
    std::vector<float> m_fresh_vectors;  // fresh items x dims
    std::vector<ItemId> m_tombstones;    // sorted
};

}  // namespace cascadelab
