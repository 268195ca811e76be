// IDs and their tree on codes worked by hand, and residual k-means on clouds.
#include "engine/models/semantic_ids.h"

#include <rapidcheck.h>

#include <QtTest>
#include <set>

#include "engine/base/random.h"
#include "engine/models/code_tree.h"
#include "engine/models/tokenizer.h"

using namespace cascadelab;

namespace {

std::vector<Code> path(const SemanticIds& ids, std::size_t item) {
    const auto digits = ids.path(ItemId(item));
    return {digits.begin(), digits.end()};
}

std::vector<std::size_t> values(std::span<const ItemId> items) {
    std::vector<std::size_t> values;
    for (const ItemId item : items) values.push_back(item.index());
    return values;
}

// A mixture: `clouds` centres N(0, 1), items around them with deviation .3.
Matrix mixture(Eigen::Index items, Eigen::Index clouds, Eigen::Index dims, std::uint64_t seed) {
    Stream stream(seed, Purpose::test);
    const auto normal = [&](Eigen::Index rows, double deviation) {
        Matrix matrix(rows, dims);
        for (Eigen::Index i = 0; i < matrix.size(); ++i)
            matrix.data()[i] = static_cast<float>(stream.normal(0, deviation));
        return matrix;
    };
    const Matrix centres = normal(clouds, 1);
    Matrix rows = normal(items, 0.3);
    for (Eigen::Index r = 0; r < items; ++r) rows.row(r) += centres.row(r % clouds);
    return rows;
}

// Random codes, few enough that items share them.
SemanticIds random_ids(bool extra_digit) {
    const auto items = *rc::gen::inRange<std::size_t>(0, 60);
    std::vector<int> alphabet(*rc::gen::inRange<std::size_t>(1, 5));
    for (int& codes : alphabet) codes = *rc::gen::inRange(1, 5);
    std::vector<Code> codes;
    for (std::size_t i = 0; i < items * alphabet.size(); ++i)
        codes.push_back(*rc::gen::inRange<Code>(0, Code(alphabet[i % alphabet.size()])));
    return make_ids(codes, alphabet, extra_digit, 7);
}

// Every item stands under exactly the nodes of its own path, and nothing else stands anywhere.
void assert_well_formed(const CodeTree& tree, const SemanticIds& ids) {
    RC_ASSERT(tree.depth() == ids.digits());
    RC_ASSERT(tree.item_count(CodeTree::kRoot) == ids.items());
    for (std::size_t i = 0; i < ids.items(); ++i) {
        const auto digits = ids.path(ItemId(i));
        for (std::size_t n = 0; n <= digits.size(); ++n) {
            const CodeTree::Node node = tree.find(digits.first(n));
            RC_ASSERT(node != CodeTree::kNone);
            RC_ASSERT(tree.is_leaf(node) == (n == digits.size()));
            RC_ASSERT(std::ranges::count(tree.items(node), ItemId(i)) == 1);
        }
    }
    for (int d = 0; d < tree.depth(); ++d) {
        CodeTree::Node next = tree.level_begin(d + 1);
        for (CodeTree::Node n = tree.level_begin(d); n < tree.level_begin(d + 1); ++n) {
            const auto below = tree.children(n);
            RC_ASSERT(below.first == next);
            std::size_t items = 0;
            for (std::size_t k = 0; k < below.size(); ++k) {
                RC_ASSERT(below.codes[k] < ids.codes_at(d));
                RC_ASSERT(k == 0 || below.codes[k - 1] < below.codes[k]);
                RC_ASSERT(tree.code(below.node(k)) == below.codes[k]);
                items += tree.item_count(below.node(k));
            }
            RC_ASSERT(items == tree.item_count(n));
            next += static_cast<CodeTree::Node>(below.size());
        }
        RC_ASSERT(next == tree.level_begin(d + 2));
    }
    for (CodeTree::Node n = tree.level_begin(tree.depth()); n < tree.nodes(); ++n) {
        RC_ASSERT(tree.children(n).size() == 0);
        RC_ASSERT(std::ranges::is_sorted(tree.items(n)));
        RC_ASSERT(!ids.extra_digit || ids.items() == 0 || tree.item_count(n) == 1);
    }
}

class SemanticIdsTest : public QObject {
    Q_OBJECT
  private slots:
    // Level one: 0 and 10; level two: -1 and 2. 12 = 10 + 2, 0.4 = 0 + ... nearest -1: 1.4 away,
    // 2: 1.6 away.
    void quantising_takes_the_nearest_code_of_what_is_left() {
        Codebook book;
        book.levels = {(Matrix(2, 1) << 0, 10).finished(), (Matrix(2, 1) << -1, 2).finished()};
        const Matrix rows = (Matrix(2, 1) << 12, 0.4f).finished();
        const Quantised found = quantise(book, rows);
        QCOMPARE(found.codes, (std::vector<Code>{1, 1, 0, 0}));
        QVERIFY((found.residual - (Matrix(2, 1) << 0, 1.4f).finished()).norm() < 1e-6f);
        QCOMPARE(found.error.size(), std::size_t{3});
        QVERIFY(std::abs(found.error[0] - (144 + 0.16) / 2) < 1e-4);
        QVERIFY(std::abs(found.error[1] - (4 + 0.16) / 2) < 1e-6);
        QVERIFY(std::abs(found.error[2] - 1.96 / 2) < 1e-6);
    }

    void the_extra_digit_numbers_items_of_one_path_by_id() {
        const std::vector<Code> codes = {2, 1, 0, 0, 2, 1, 2, 0, 2, 1};
        const SemanticIds ids = make_ids(codes, {3, 2}, true, 4);
        QCOMPARE(ids.digits(), 3);
        QCOMPARE(ids.levels(), 2);
        QCOMPARE(ids.codes_at(2), 3);
        QCOMPARE(ids.version, std::uint64_t{4});
        QCOMPARE(path(ids, 0), (std::vector<Code>{2, 1, 0}));
        QCOMPARE(path(ids, 1), (std::vector<Code>{0, 0, 0}));
        QCOMPARE(path(ids, 2), (std::vector<Code>{2, 1, 1}));
        QCOMPARE(path(ids, 3), (std::vector<Code>{2, 0, 0}));
        QCOMPARE(path(ids, 4), (std::vector<Code>{2, 1, 2}));
        const SemanticIds shared = make_ids(codes, {3, 2}, false, 4);
        QCOMPARE(shared.digits(), 2);
        QCOMPARE(path(shared, 4), (std::vector<Code>{2, 1}));
    }

    void the_tree_holds_what_exists() {
        const std::vector<Code> codes = {2, 1, 0, 0, 2, 1, 2, 0, 2, 1};
        const CodeTree tree(make_ids(codes, {3, 2}, false, 4));
        QCOMPARE(tree.nodes(), std::size_t{6});  // root | 0, 2 | 00, 20, 21
        const auto first = tree.children(CodeTree::kRoot);
        QCOMPARE(std::vector<Code>(first.codes.begin(), first.codes.end()),
                 (std::vector<Code>{0, 2}));
        QCOMPARE(tree.item_count(first.node(1)), std::size_t{4});
        QCOMPARE(values(tree.items(first.node(1))), (std::vector<std::size_t>{3, 0, 2, 4}));
        const CodeTree::Node leaf = tree.find(std::vector<Code>{2, 1});
        QVERIFY(tree.is_leaf(leaf));
        QCOMPARE(values(tree.items(leaf)), (std::vector<std::size_t>{0, 2, 4}));
        QCOMPARE(tree.child(CodeTree::kRoot, 1), CodeTree::kNone);
        QCOMPARE(tree.find(std::vector<Code>{0, 1}), CodeTree::kNone);
        QCOMPARE(tree.find(std::vector<Code>{2, 1, 0}), CodeTree::kNone);
        QCOMPARE(tree.version(), std::uint64_t{4});
        QCOMPARE(CodeTree().nodes(), std::size_t{1});
    }

    void a_tree_of_some_items_forgets_the_rest() {
        const std::vector<Code> codes = {2, 1, 0, 0, 2, 1, 2, 0, 2, 1};
        const std::vector<ItemId> some = {ItemId(4), ItemId(3)};
        const CodeTree tree(make_ids(codes, {3, 2}, true, 4), some);
        QCOMPARE(tree.children(CodeTree::kRoot).size(), std::size_t{1});
        QCOMPARE(values(tree.items(CodeTree::kRoot)), (std::vector<std::size_t>{3, 4}));
        QVERIFY(tree.find(std::vector<Code>{2, 1, 2}) != CodeTree::kNone);
        QCOMPARE(tree.find(std::vector<Code>{2, 1, 0}), CodeTree::kNone);
    }

    void every_tree_is_well_formed() {
        QVERIFY(rc::check("tree", [](bool extra_digit) {
            const SemanticIds ids = random_ids(extra_digit);
            assert_well_formed(CodeTree(ids), ids);
        }));
    }

    void new_items_take_the_next_free_number_of_their_group() {
        SemanticIds ids = make_ids(std::vector<Code>{1, 0, 1, 0, 0, 1}, {2, 2}, true, 1);
        append_id(ids, std::vector<Code>{0, 1});
        append_id(ids, std::vector<Code>{1, 0});
        append_id(ids, std::vector<Code>{1, 1});
        QCOMPARE(ids.items(), std::size_t{6});
        QCOMPARE(path(ids, 3), (std::vector<Code>{0, 1, 1}));
        QCOMPARE(path(ids, 4), (std::vector<Code>{1, 0, 2}));
        QCOMPARE(path(ids, 5), (std::vector<Code>{1, 1, 0}));
        QCOMPARE(ids.codes_at(2), 3);
    }

    void new_items_are_coded_like_old_ones() {
        const Matrix vectors = mixture(600, 20, 8, 1);
        const auto built = tokenize(vectors, {.codes = 16, .extra_digit = false, .seed = 3});
        SemanticIds ids = built->ids;
        append_ids(ids, built->tokenizer, vectors.topRows(50));
        for (std::size_t i = 0; i < 50; ++i) QCOMPARE(path(ids, 600 + i), path(ids, i));
    }

    void every_level_leaves_less() {
        const auto built = tokenize(mixture(2000, 60, 16, 2), {.codes = 32, .seed = 3});
        QCOMPARE(built->error.size(), std::size_t{4});
        for (std::size_t l = 0; l < 3; ++l) QVERIFY(built->error[l + 1] < 0.9 * built->error[l]);
        QVERIFY(built->error[1] < 0.5 * built->error[0]);
    }

    void items_have_an_id_of_their_own_with_the_extra_digit() {
        const Matrix vectors = mixture(1500, 10, 8, 4);
        const SemanticIds ids = tokenize(vectors, {.levels = 2, .codes = 8})->ids;
        QVERIFY(ids.codes_at(2) > 1);
        std::set<std::vector<Code>> seen;
        for (std::size_t i = 0; i < ids.items(); ++i) seen.insert(path(ids, i));
        QCOMPARE(seen.size(), ids.items());
    }

    void any_number_of_threads_gives_the_same_ids() {
        const Matrix vectors = mixture(1200, 30, 12, 5);
        const TokenizerSettings settings{.codes = 24, .seed = 6};
        const auto alone = tokenize(vectors, settings);
        for (const int threads : {1, 2, 3, 8}) {
            Workers workers(threads);
            const auto together = tokenize(vectors, settings, &workers);
            QCOMPARE(together->ids.path_of, alone->ids.path_of);
            QCOMPARE(together->error, alone->error);
            for (std::size_t l = 0; l < 3; ++l) {
                QVERIFY(together->tokenizer.codebook().levels[l] ==
                        alone->tokenizer.codebook().levels[l]);
            }
        }
    }

    void a_cancelled_build_returns_null() {
        QVERIFY(
            !tokenize(mixture(100, 5, 4, 7), {.codes = 8}, nullptr, [](double) { return false; }));
    }
};

}  // namespace

QTEST_GUILESS_MAIN(SemanticIdsTest)
#include "semantic_ids_test.moc"
