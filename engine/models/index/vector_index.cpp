#include "engine/models/index/vector_index.h"

#include <hnswlib/hnswlib.h>

#include <algorithm>
#include <utility>

#include "engine/base/error.h"
#include "engine/models/index/index_scan.h"
#include "engine/models/index/ivf_index.h"

namespace cascadelab {

// hnswlib's own kernels, picked at compile time: its InnerProductSpace writes its choice into
// globals, on which two threads that build at once would race.
InnerProductDistance distance_for(std::size_t dims) {
    if (dims % 16 == 0) return hnswlib::InnerProductDistanceSIMD16ExtAVX;
    if (dims % 4 == 0) return hnswlib::InnerProductDistanceSIMD4ExtAVX;
    return hnswlib::InnerProductDistance;
}

namespace {

constexpr Eigen::Index kBetweenReports = 512;  // rows inserted between two reports of progress

class UnitSpace : public hnswlib::SpaceInterface<float> {
  public:
    explicit UnitSpace(std::size_t dims) : m_dims(dims) {}
    std::size_t get_data_size() override { return m_dims * sizeof(float); }
    hnswlib::DISTFUNC<float> get_dist_func() override { return distance_for(m_dims); }
    void* get_dist_func_param() override { return &m_dims; }

  private:
    std::size_t m_dims;
};

class ExactIndex final : public VectorIndex {
  public:
    explicit ExactIndex(const Matrix& vectors) : m_vectors(vectors) {}

    std::size_t size() const override { return static_cast<std::size_t>(m_vectors.rows()); }
    int dims() const override { return static_cast<int>(m_vectors.cols()); }

    void search(std::span<const float> query, int k, const SearchBreadth&,
                std::vector<ScoredItem>& out) const override {
        CHECK(query.size() == static_cast<std::size_t>(m_vectors.cols()));
        if (k <= 0) return;
        BestScanned best(query, static_cast<std::size_t>(k), kNoBar, out);
        best.scan(m_vectors.data(), size(), [](std::size_t i) { return ItemId(i); });
        best.finish();
    }

    std::size_t search_raw(std::span<const float> query, int k,
                           const SearchBreadth& breadth) const override {
        std::vector<ScoredItem> found;
        search(query, k, breadth, found);
        return found.size();
    }

  private:
    Matrix m_vectors;
};

class HnswIndex final : public VectorIndex {
  public:
    HnswIndex(const Matrix& vectors, const IndexSettings& settings)
        : m_space(static_cast<std::size_t>(vectors.cols())),
          m_graph(&m_space, static_cast<std::size_t>(vectors.rows()),
                  static_cast<std::size_t>(settings.links),
                  static_cast<std::size_t>(settings.build_breadth), settings.seed) {
        // hnswlib prefetches one link past a full list: a spare link keeps that read in bounds.
        m_graph.size_links_per_element_ += sizeof(hnswlib::tableint);
    }

    // In id order on one thread: the graph's node numbers are the item ids. False: ended early.
    bool insert(const Matrix& vectors, const std::function<bool(double)>& progress) {
        for (Eigen::Index i = 0; i < vectors.rows(); ++i) {
            if (progress && i % kBetweenReports == 0 &&
                !progress(static_cast<double>(i) / static_cast<double>(vectors.rows())))
                return false;
            m_graph.addPoint(vectors.row(i).data(), static_cast<std::size_t>(i));
        }
        return true;
    }

    std::size_t size() const override { return m_graph.cur_element_count; }
    int dims() const override { return static_cast<int>(m_graph.data_size_ / sizeof(float)); }

    // What searchKnn does, without its three costs to a concurrent caller: its ef is a member, it
    // counts hops in atomics that all threads share, and it hands results through a second queue.
    void search(std::span<const float> query, int k, const SearchBreadth& breadth,
                std::vector<ScoredItem>& out) const override {
        CHECK(query.size() == static_cast<std::size_t>(dims()));
        if (k <= 0) return;
        const auto ef = static_cast<std::size_t>(std::max(k, breadth.ef));
        auto queue = m_graph.searchBaseLayerST<false, false>(entry_near(query), query.data(), ef);
        const std::size_t begin = out.size();
        for (const auto& [distance, node] : entries_of(queue)) {
            out.push_back({ItemId(node), 1.0f - distance});
        }
        keep_best(out, begin, static_cast<std::size_t>(k));
    }

    std::size_t search_raw(std::span<const float> query, int k,
                           const SearchBreadth& breadth) const override {
        return m_graph.searchKnn(query.data(), static_cast<std::size_t>(std::max(k, breadth.ef)))
            .size();
    }

  private:
    using Node = hnswlib::tableint;

    // Greedy descent through the sparse layers to the node where the search of layer 0 starts.
    Node entry_near(std::span<const float> query) const {
        std::size_t dims = query.size();
        const auto distance_to = [&](Node node) {
            return m_graph.fstdistfunc_(query.data(), m_graph.getDataByInternalId(node), &dims);
        };
        Node nearest = m_graph.enterpoint_node_;
        float nearest_distance = distance_to(nearest);
        for (int level = m_graph.maxlevel_; level > 0; --level) {
            for (bool moved = true; moved;) {
                moved = false;
                const hnswlib::linklistsizeint* links = m_graph.get_linklist(nearest, level);
                const int count = m_graph.getListCount(const_cast<unsigned int*>(links));
                for (int i = 1; i <= count; ++i) {
                    const float distance = distance_to(links[i]);
                    if (distance >= nearest_distance) continue;
                    nearest = links[i];
                    nearest_distance = distance;
                    moved = true;
                }
            }
        }
        return nearest;
    }

    // The array under a priority queue: popping it entry by entry would sort it a second time.
    template <class Queue>
    static const typename Queue::container_type& entries_of(const Queue& queue) {
        struct Opened : Queue {
            static const typename Queue::container_type& of(const Queue& closed) {
                return closed.*&Opened::c;
            }
        };
        return Opened::of(queue);
    }

    UnitSpace m_space;
    hnswlib::HierarchicalNSW<float> m_graph;
};

}  // namespace

std::shared_ptr<const VectorIndex> build_index(const Matrix& vectors, const IndexSettings& settings,
                                               const std::function<bool(double)>& progress) {
    // A graph without a node has no entry point; an exact index of nothing finds nothing.
    if (settings.kind == IndexKind::exact || vectors.rows() == 0) {
        return std::make_shared<const ExactIndex>(vectors);
    }
    if (settings.kind == IndexKind::ivf) return build_ivf_index(vectors, settings);
    CHECK(settings.links >= 2 && settings.build_breadth > 0);
    auto graph = std::make_shared<HnswIndex>(vectors, settings);
    if (!graph->insert(vectors, progress)) return nullptr;
    return graph;
}

LiveIndex::LiveIndex(std::shared_ptr<const VectorIndex> main) : m_main(std::move(main)) {}

bool LiveIndex::empty() const {
    return (!m_main || m_main->size() == 0) && m_fresh_items.empty();
}

void LiveIndex::add(ItemId item, std::span<const float> vector) {
    CHECK(!m_main || item.index() >= m_main->size());
    CHECK(!m_main || static_cast<int>(vector.size()) == m_main->dims());
    CHECK(m_fresh_items.empty() || m_fresh_items.back() < item);
    m_fresh_items.push_back(item);
    m_fresh_vectors.insert(m_fresh_vectors.end(), vector.begin(), vector.end());
}

void LiveIndex::remove(ItemId item) {
    const auto grave = std::ranges::lower_bound(m_tombstones, item);
    if (grave == m_tombstones.end() || *grave != item) m_tombstones.insert(grave, item);

    const auto fresh = std::ranges::lower_bound(m_fresh_items, item);
    if (fresh == m_fresh_items.end() || *fresh != item) return;
    const auto dims = static_cast<std::ptrdiff_t>(m_fresh_vectors.size() / m_fresh_items.size());
    const auto vector = m_fresh_vectors.begin() + (fresh - m_fresh_items.begin()) * dims;
    m_fresh_vectors.erase(vector, vector + dims);
    m_fresh_items.erase(fresh);
}

void LiveIndex::search_main(std::span<const float> query, std::size_t k,
                            const SearchBreadth& breadth, std::vector<ScoredItem>& out) const {
    const std::size_t begin = out.size();
    const std::size_t size = m_main->size();
    const auto dead = static_cast<std::size_t>(
        std::ranges::lower_bound(m_tombstones, ItemId(size)) - m_tombstones.begin());
    if (dead == 0) return m_main->search(query, static_cast<int>(k), breadth, out);

    // Ask for the removed items' share on top; where they crowd around the query, ask again.
    const auto removed = [this](const ScoredItem& entry) {
        return std::ranges::binary_search(m_tombstones, entry.item);
    };
    for (std::size_t wanted = k + std::min(dead, k * dead / size + 16);; wanted *= 2) {
        m_main->search(query, static_cast<int>(std::min(wanted, size)), breadth, out);
        out.erase(
            std::remove_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), removed),
            out.end());
        if (out.size() - begin >= k || wanted >= std::min(size, k + dead)) break;
        out.resize(begin);
    }
    out.resize(std::min(out.size(), begin + k));
}

void LiveIndex::search(std::span<const float> query, int k, const SearchBreadth& breadth,
                       std::vector<ScoredItem>& out) const {
    if (k <= 0) return;
    const auto wanted = static_cast<std::size_t>(k);
    const std::size_t begin = out.size();
    if (m_main && m_main->size() > 0) search_main(query, wanted, breadth, out);
    if (m_fresh_items.empty()) return;

    // Fresh items carry higher ids than the main part, so they must beat its last place.
    const std::size_t middle = out.size();
    const float bar = middle - begin == wanted ? out.back().score : kNoBar;
    BestScanned best(query, wanted, bar, out);
    best.scan(m_fresh_vectors.data(), m_fresh_items.size(),
              [this](std::size_t i) { return m_fresh_items[i]; });
    best.finish();
    std::inplace_merge(out.begin() + static_cast<std::ptrdiff_t>(begin),
                       out.begin() + static_cast<std::ptrdiff_t>(middle), out.end(), ranks_before);
    out.resize(std::min(out.size(), begin + wanted));
}

}  // namespace cascadelab
