#include "engine/models/index/vector_index.h"

#include <QtTest>
#include <algorithm>
#include <set>
#include <thread>

#include "engine/base/random.h"

using namespace cascadelab;

namespace {

// Unit vectors around `clusters` centres, as trained item vectors lie.
Matrix clustered(Eigen::Index count, Eigen::Index dims, std::size_t clusters, std::uint64_t seed) {
    Matrix centres(static_cast<Eigen::Index>(clusters), dims);
    Stream stream(seed, Purpose::test);
    for (Eigen::Index i = 0; i < centres.size(); ++i) {
        centres.data()[i] = static_cast<float>(stream.normal());
    }
    Matrix vectors(count, dims);
    for (Eigen::Index r = 0; r < count; ++r) {
        const auto centre = static_cast<Eigen::Index>(stream.below(clusters));
        for (Eigen::Index d = 0; d < dims; ++d) {
            vectors(r, d) = centres(centre, d) + 0.5f * static_cast<float>(stream.normal());
        }
        vectors.row(r).normalize();
    }
    return vectors;
}

std::span<const float> row_of(const Matrix& matrix, Eigen::Index r) {
    return {matrix.row(r).data(), static_cast<std::size_t>(matrix.cols())};
}

std::vector<ScoredItem> found(const VectorIndex& index, std::span<const float> query, int k,
                              SearchBreadth breadth = {}) {
    std::vector<ScoredItem> out;
    index.search(query, k, breadth, out);
    return out;
}

std::vector<ScoredItem> found(const LiveIndex& index, std::span<const float> query, int k,
                              SearchBreadth breadth = {}) {
    std::vector<ScoredItem> out;
    index.search(query, k, breadth, out);
    return out;
}

class VectorIndexTest : public QObject {
    Q_OBJECT
  private slots:
    void exact_search_is_a_full_sort_data() {
        QTest::addColumn<int>("dims");
        for (const int dims : {3, 4, 20, 32}) QTest::addRow("%d dims", dims) << dims;
    }
    void exact_search_is_a_full_sort() {
        QFETCH(int, dims);
        const Matrix vectors = clustered(3000, dims, 20, 1);
        const auto index = build_index(vectors, {.kind = IndexKind::exact});
        for (Eigen::Index q = 0; q < 5; ++q) {
            const Eigen::VectorXf scores = vectors * vectors.row(q).transpose();
            const auto list = found(*index, row_of(vectors, q), 100);
            QCOMPARE(list.size(), std::size_t(100));
            QVERIFY(std::ranges::is_sorted(list, ranks_before));
            std::vector<float> sorted(scores.data(), scores.data() + scores.size());
            std::sort(sorted.rbegin(), sorted.rend());
            for (std::size_t i = 0; i < list.size(); ++i) {
                QVERIFY(std::abs(list[i].score - sorted[i]) < 1e-5f);
                QVERIFY(std::abs(list[i].score - scores[list[i].item.value]) < 1e-5f);
            }
        }
    }

    void equal_vectors_rank_by_lower_id() {
        Matrix vectors = Matrix::Zero(500, 16);
        vectors.col(0).setOnes();
        for (const IndexKind kind : {IndexKind::exact, IndexKind::hnsw, IndexKind::ivf}) {
            const auto index = build_index(vectors, {.kind = kind});
            const auto list = found(*index, row_of(vectors, 0), 500, {.ef = 600});
            QVERIFY(std::ranges::is_sorted(list, ranks_before));
            QCOMPARE(list.front().item, ItemId(0u));
        }
        const auto exact = build_index(vectors, {.kind = IndexKind::exact});
        const auto few = found(*exact, row_of(vectors, 0), 7);
        for (std::size_t i = 0; i < 7; ++i) QCOMPARE(few[i].item, ItemId(i));
    }

    void hnsw_finds_nearly_all_of_the_exact_neighbours() {
        const Matrix vectors = clustered(5000, 32, 50, 2);
        const auto exact = build_index(vectors, {.kind = IndexKind::exact});
        const auto hnsw = build_index(vectors, {.kind = IndexKind::hnsw});
        int hits = 0;
        for (Eigen::Index q = 0; q < 50; ++q) {
            const auto truth = found(*exact, row_of(vectors, q * 97), 100);
            const auto list = found(*hnsw, row_of(vectors, q * 97), 100, {.ef = 400});
            QCOMPARE(list.size(), std::size_t(100));
            QVERIFY(std::ranges::is_sorted(list, ranks_before));
            const std::set<ItemId> true_items = [&] {
                std::set<ItemId> items;
                for (const ScoredItem& entry : truth) items.insert(entry.item);
                return items;
            }();
            for (const ScoredItem& entry : list) hits += true_items.contains(entry.item);
        }
        QVERIFY2(hits > 0.95 * 50 * 100, qPrintable(QString::number(hits)));
    }

    void hnsw_and_exact_score_an_item_alike_to_the_bit() {
        const Matrix vectors = clustered(1000, 32, 10, 3);
        const auto exact =
            found(*build_index(vectors, {.kind = IndexKind::exact}), row_of(vectors, 5), 10);
        const auto hnsw = found(*build_index(vectors, {.kind = IndexKind::hnsw}),
                                row_of(vectors, 5), 10, {.ef = 400});
        QCOMPARE(hnsw, exact);
    }

    void two_builds_answer_alike_and_so_do_two_threads_data() {
        QTest::addColumn<IndexKind>("kind");
        QTest::newRow("hnsw") << IndexKind::hnsw;
        QTest::newRow("ivf") << IndexKind::ivf;
    }
    void two_builds_answer_alike_and_so_do_two_threads() {
        const Matrix vectors = clustered(2000, 32, 30, 4);
        QFETCH(IndexKind, kind);
        const auto a = build_index(vectors, {.kind = kind, .cells = 40});
        const auto b = build_index(vectors, {.kind = kind, .cells = 40});
        std::vector<std::vector<ScoredItem>> answers[2];
        const auto ask = [&](int side, const VectorIndex& index) {
            for (Eigen::Index q = 0; q < 200; ++q) {
                answers[side].push_back(found(index, row_of(vectors, q * 7), 50, {100, 3}));
            }
        };
        {
            const std::jthread first([&] { ask(0, *a); });
            const std::jthread second([&] { ask(1, *a); });
        }
        QCOMPARE(answers[0], answers[1]);
        answers[1].clear();
        ask(1, *b);
        QCOMPARE(answers[0], answers[1]);
    }

    void the_raw_search_finds_as_many() {
        const Matrix vectors = clustered(600, 32, 5, 5);
        for (const IndexKind kind : {IndexKind::exact, IndexKind::hnsw, IndexKind::ivf}) {
            const auto index = build_index(vectors, {.kind = kind});
            QCOMPARE(index->search_raw(row_of(vectors, 0), 40, {.ef = 40}), std::size_t(40));
        }
    }

    void all_probes_find_what_the_exact_index_finds_data() {
        QTest::addColumn<int>("items");
        QTest::addColumn<int>("cells");
        QTest::newRow("many items a cell") << 3000 << 40;
        QTest::newRow("cells without items") << 300 << 299;
        QTest::newRow("fewer items than cells") << 20 << 64;
        QTest::newRow("one cell") << 500 << 1;
    }
    void all_probes_find_what_the_exact_index_finds() {
        QFETCH(int, items);
        QFETCH(int, cells);
        const Matrix vectors = clustered(items, 32, 12, 10);
        const auto exact = build_index(vectors, {.kind = IndexKind::exact});
        const auto ivf = build_index(vectors, {.kind = IndexKind::ivf, .cells = cells});
        QCOMPARE(ivf->size(), exact->size());
        QCOMPARE(ivf->dims(), 32);
        for (Eigen::Index q = 0; q < 20; ++q) {
            for (const int k : {1, 50, items}) {
                QCOMPARE(found(*ivf, row_of(vectors, q), k, {.probes = cells}),
                         found(*exact, row_of(vectors, q), k));
            }
        }
    }

    void more_probes_find_more() {
        const Matrix vectors = clustered(20000, 32, 400, 11);
        const auto exact = build_index(vectors, {.kind = IndexKind::exact});
        const auto ivf = build_index(vectors, {.kind = IndexKind::ivf, .cells = 64});
        double before = 0;
        for (const int probes : {1, 2, 4, 8, 16, 64}) {
            double recall = 0;
            for (Eigen::Index q = 0; q < 40; ++q) {
                const auto truth = found(*exact, row_of(vectors, q * 97), 100);
                const auto list = found(*ivf, row_of(vectors, q * 97), 100, {.probes = probes});
                QVERIFY(std::ranges::is_sorted(list, ranks_before));
                QCOMPARE(list.size(), std::size_t(100));
                std::set<ItemId> items;
                for (const ScoredItem& entry : list) items.insert(entry.item);
                for (const ScoredItem& entry : truth) recall += items.contains(entry.item) / 4000.0;
            }
            QVERIFY2(probes > 2 || recall < 0.999, "two cells must not hold everything");
            QVERIFY2(recall >= before, qPrintable(QString::number(recall)));
            if (probes == 16) QVERIFY2(recall > 0.9, qPrintable(QString::number(recall)));
            before = recall;
        }
        QCOMPARE_GT(before, 0.9999);
    }

    void one_probe_goes_on_until_there_are_k_items() {
        const Matrix vectors = clustered(400, 32, 8, 12);
        const auto ivf = build_index(vectors, {.kind = IndexKind::ivf, .cells = 100});
        for (const int k : {1, 30, 200, 400, 1000}) {
            const auto list = found(*ivf, row_of(vectors, 9), k, {.probes = 1});
            QCOMPARE(list.size(), std::size_t(std::min(k, 400)));
        }
    }

    void a_fresh_item_is_found_at_once() {
        const Matrix vectors = clustered(1000, 32, 10, 6);
        LiveIndex live(build_index(vectors.topRows(900), {}));
        for (Eigen::Index r = 900; r < 1000; ++r) {
            live.add(ItemId(static_cast<std::size_t>(r)), row_of(vectors, r));
            const auto list = found(live, row_of(vectors, r), 5, {.ef = 100});
            QCOMPARE(list.size(), std::size_t(5));
            QCOMPARE(list.front().item, ItemId(static_cast<std::size_t>(r)));
        }
        QCOMPARE(live.fresh_count(), std::size_t(100));
    }

    void main_and_fresh_together_are_one_exact_list() {
        const Matrix vectors = clustered(700, 32, 10, 7);
        const auto whole = build_index(vectors, {.kind = IndexKind::exact});
        LiveIndex live(build_index(vectors.topRows(500), {.kind = IndexKind::exact}));
        for (Eigen::Index r = 500; r < 700; ++r) {
            live.add(ItemId(static_cast<std::size_t>(r)), row_of(vectors, r));
        }
        for (const int k : {1, 10, 300, 900}) {
            QCOMPARE(found(live, row_of(vectors, 3), k), found(*whole, row_of(vectors, 3), k));
        }
    }

    void ties_between_main_and_fresh_rank_by_lower_id() {
        Matrix vectors = Matrix::Zero(4, 16);
        vectors.col(2).setOnes();
        LiveIndex live(build_index(vectors.topRows(2), {}));
        live.add(ItemId(2u), row_of(vectors, 2));
        live.add(ItemId(3u), row_of(vectors, 3));
        const auto list = found(live, row_of(vectors, 0), 3);
        QCOMPARE(list.size(), std::size_t(3));
        for (std::size_t i = 0; i < 3; ++i) QCOMPARE(list[i].item, ItemId(i));
    }

    void a_removed_item_never_returns_and_its_place_is_filled() {
        const Matrix vectors = clustered(600, 32, 6, 8);
        const auto whole = build_index(vectors, {.kind = IndexKind::exact});
        LiveIndex live(build_index(vectors.topRows(500), {.kind = IndexKind::exact}));
        for (Eigen::Index r = 500; r < 600; ++r) {
            live.add(ItemId(static_cast<std::size_t>(r)), row_of(vectors, r));
        }
        // The forty best for this query are withdrawn, some of them fresh.
        const auto before = found(*whole, row_of(vectors, 0), 600);
        for (std::size_t i = 0; i < 40; ++i) live.remove(before[i].item);
        live.remove(before[0].item);
        QCOMPARE(live.tombstone_count(), std::size_t(40));
        const auto after = found(live, row_of(vectors, 0), 20);
        QCOMPARE(after, std::vector<ScoredItem>(before.begin() + 40, before.begin() + 60));
        QCOMPARE(found(live, row_of(vectors, 0), 1000).size(), std::size_t(560));
    }

    void results_are_appended() {
        const Matrix vectors = clustered(50, 16, 3, 9);
        LiveIndex live(build_index(vectors.topRows(40), {}));
        live.add(ItemId(45u), row_of(vectors, 45));
        std::vector<ScoredItem> out = {{ItemId(7u), 9.0f}};
        live.search(row_of(vectors, 0), 5, {.ef = 50}, out);
        QCOMPARE(out.size(), std::size_t(6));
        QCOMPARE(out[0], (ScoredItem{ItemId(7u), 9.0f}));
    }

    void nothing_is_found_in_nothing() {
        const LiveIndex live;
        QVERIFY(live.empty());
        const std::vector<float> query(32, 0.1f);
        QVERIFY(found(live, query, 5).empty());
        for (const IndexKind kind : {IndexKind::exact, IndexKind::hnsw, IndexKind::ivf})
            QVERIFY(found(*build_index(Matrix(0, 32), {.kind = kind}), query, 5).empty());
        LiveIndex fresh_only(build_index(Matrix(0, 32), {}));
        fresh_only.add(ItemId(0u), query);
        QVERIFY(!fresh_only.empty());
        QCOMPARE(found(fresh_only, query, 5).size(), std::size_t(1));
    }
};

}  // namespace

QTEST_GUILESS_MAIN(VectorIndexTest)
#include "vector_index_test.moc"
