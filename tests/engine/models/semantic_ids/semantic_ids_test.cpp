// IDs, their tree, health and corruption: on codes worked by hand and as properties.
#include "engine/models/semantic_ids/semantic_ids.h"

#include <rapidcheck.h>

#include <QtTest>
#include <set>

#include "engine/base/random.h"
#include "engine/models/semantic_ids/code_health.h"
#include "engine/models/semantic_ids/code_tree.h"
#include "engine/models/semantic_ids/corrupt_codes.h"

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

    // An ID that was taken back is nobody's, even where its digits still stand in memory.
    void a_number_is_free_again_when_its_item_is_gone() {
        SemanticIds ids = make_ids(std::vector<Code>{1, 0, 0, 1}, {2, 2}, true, 1);
        const std::size_t before = ids.path_of.size();
        for (int round = 0; round < 3; ++round) {
            append_id(ids, std::vector<Code>{1, 1});
            QCOMPARE(path(ids, 2), (std::vector<Code>{1, 1, 0}));
            ids.path_of.resize(before);
        }
    }

    // Level one: 0 x4, 1 x4 of 4 codes, so 1 bit; level two: 5 of 8 are 0, 2 are 1, 1 is 2. Paths:
    // 00 x3, 01, | 10 x2, 11, 12.
    void health_has_its_known_values() {
        const std::vector<Code> codes = {0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 2};
        for (const bool extra_digit : {false, true}) {
            const SemanticIds ids = make_ids(codes, {4, 3}, extra_digit, 1);
            const CodeHealth health = code_health(ids);
            QCOMPARE(health.levels.size(), std::size_t{2});
            QCOMPARE(health.levels[0].entropy_bits, 1.0);
            QCOMPARE(health.levels[0].perplexity, 2.0);
            QCOMPARE(health.levels[0].dead_codes, 2);
            const double bits = 5.0 / 8 * std::log2(8.0 / 5) + 2.0 / 8 * 2 + 1.0 / 8 * 3;
            QVERIFY(std::abs(health.levels[1].entropy_bits - bits) < 1e-12);
            QVERIFY(std::abs(health.levels[1].perplexity - std::exp2(bits)) < 1e-12);
            QCOMPARE(health.levels[1].dead_codes, 0);
            QCOMPARE(health.unique_share, 3.0 / 8);
            QCOMPARE(health.collision_rate, 1 - 5.0 / 8);
            QCOMPARE(health.biggest_group, std::size_t{3});
            const double share = (2.0 / 4 + std::exp2(bits) / 3) / 2;
            QVERIFY(std::abs(perplexity_share(health, ids) - share) < 1e-12);
        }
        const CodeHealth none = code_health(SemanticIds{});
        QCOMPARE(none.biggest_group, std::size_t{0});
        QCOMPARE(perplexity_share(none, SemanticIds{}), 0.0);
    }

    void more_items_than_paths_must_share() {
        QCOMPARE(items_beyond_paths(45'000'000, 256, 3), std::uint64_t{28'222'784});
        QCOMPARE(items_beyond_paths(45'000'000, 256, 6), std::uint64_t{0});
        QCOMPARE(items_beyond_paths(10, 3, 2), std::uint64_t{1});
        QCOMPARE(items_beyond_paths(9, 3, 2), std::uint64_t{0});
    }

    void corrupt_ids_still_make_a_well_formed_tree() {
        QVERIFY(rc::check("corrupted", [](bool extra_digit) {
            const SemanticIds ids = random_ids(extra_digit);
            const double share = *rc::gen::inRange(0, 11) / 10.0;
            const Stream stream(*rc::gen::arbitrary<std::uint64_t>(), Purpose::corrupt_codes);
            const SemanticIds found = corrupt_codes(ids, share, stream);
            RC_ASSERT(found.alphabet == ids.alphabet);
            RC_ASSERT(found.version == ids.version);
            RC_ASSERT(found.items() == ids.items());
            assert_well_formed(CodeTree(found), found);
            std::size_t moved = 0;
            for (std::size_t i = 0; i < ids.items(); ++i) moved += path(found, i) != path(ids, i);
            RC_ASSERT(double(moved) <= share * double(ids.items()) + 0.5);
            RC_ASSERT(corrupt_codes(ids, share, stream).path_of == found.path_of);
        }));
    }

    void corruption_hits_the_share_it_is_told() {
        std::vector<Code> codes;
        for (std::size_t i = 0; i < 3000; ++i) codes.push_back(static_cast<Code>(i % 100));
        const SemanticIds ids = make_ids(codes, {1000}, true, 1);
        const SemanticIds found = corrupt_codes(ids, 0.3, Stream(1, Purpose::corrupt_codes));
        std::size_t moved = 0;
        std::size_t fresh = 0;
        for (std::size_t i = 0; i < 3000; ++i) {
            moved += path(found, i) != path(ids, i);
            fresh += path(found, i)[0] >= 100;
        }
        QVERIFY(moved > 890 && moved <= 900);
        QVERIFY(fresh > 780 && fresh < 840);  // nine of ten codes had no item before
    }
};

}  // namespace

QTEST_GUILESS_MAIN(SemanticIdsTest)
#include "semantic_ids_test.moc"
