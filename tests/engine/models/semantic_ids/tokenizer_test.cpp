// Tokenizers on clouds: what their codes are worth, and what each remedy changes.
#include "engine/models/semantic_ids/tokenizer.h"

#include <QtTest>
#include <set>

#include "engine/base/random.h"
#include "engine/models/numeric/balanced_assignment.h"
#include "engine/models/semantic_ids/code_health.h"
#include "engine/models/semantic_ids/sinkhorn.h"

using namespace cascadelab;

namespace {

std::vector<Code> path(const SemanticIds& ids, std::size_t item) {
    const auto digits = ids.path(ItemId(item));
    return {digits.begin(), digits.end()};
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

class TokenizerTest : public QObject {
    Q_OBJECT
  private slots:
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
            QCOMPARE(together->hash(), alone->hash());
        }
        for (const TokenizerKind kind : {TokenizerKind::balanced_kmeans, TokenizerKind::rq_vae}) {
            TokenizerSettings other = settings;
            other.kind = kind;
            other.spread_last = true;
            other.rq_vae.epochs = 1;
            Workers workers(3);
            const auto built = tokenize(vectors, other);
            QCOMPARE(tokenize(vectors, other, &workers)->hash(), built->hash());
            QVERIFY(built->hash() != alone->hash());
        }
    }

    // One digit, or one weight of the codebook: another hash.
    void the_hash_sees_every_part() {
        const Matrix vectors = mixture(100, 5, 4, 11);
        Tokenized built = *tokenize(vectors, {.codes = 8});
        const std::uint64_t before = built.hash();
        ++built.ids.version;
        QVERIFY(built.hash() != before);
        --built.ids.version;
        ++built.ids.path_of[5];
        QVERIFY(built.hash() != before);
        --built.ids.path_of[5];
        QCOMPARE(built.hash(), before);
        Codebook moved = built.tokenizer.codebook();
        moved.levels[2](7, 3) += 1;
        built.tokenizer = Tokenizer(moved);
        QVERIFY(built.hash() != before);
    }

    void a_cancelled_build_returns_null() {
        QVERIFY(
            !tokenize(mixture(100, 5, 4, 7), {.codes = 8}, nullptr, [](double) { return false; }));
    }

    // Codes N(0, 1) around the origin, items of the same scale far to one side: the few codes that
    // lean that way are nearest to everything.
    void codes_that_start_as_noise_stay_dead_unless_reset() {
        const Matrix far = mixture(3000, 40, 16, 8).array() + 20.0f;
        TokenizerSettings settings{.start = KmeansStart::random_normal, .reset_dead = false};
        const auto dead = [&] {
            return code_health(tokenize(far, settings)->ids).levels.front().dead_codes;
        };
        QVERIFY(dead() > 240);
        settings.reset_dead = true;
        QCOMPARE(dead(), 0);
        settings.reset_dead = false;
        settings.start = KmeansStart::plus_plus;
        QCOMPARE(dead(), 0);
    }

    // Rows 0, 1, 2, 10 and centres 0, 3 with room for two each: 0 and 2 are nearest (0 and 1 away),
    // then 1 to centre 0, so 10 has the last place at 3.
    void balanced_assignment_takes_the_nearest_pairs_first() {
        const Matrix rows = (Matrix(4, 1) << 0, 1, 2, 10).finished();
        const Matrix centres = (Matrix(2, 1) << 0, 3).finished();
        const Assignment found = assign_balanced(rows, centres);
        QCOMPARE(found.cluster, (std::vector<std::uint32_t>{0, 0, 1, 1}));
        QCOMPARE(found.mean_error, (0.0 + 1 + 1 + 49) / 4);
        // All want centre 1; the two farthest from it are sent to the other, whatever their order.
        const Matrix crowd = (Matrix(4, 1) << 7, 5, 6, 8).finished();
        QCOMPARE(assign_balanced(crowd, centres).cluster, (std::vector<std::uint32_t>{0, 1, 1, 0}));
    }

    void balanced_codes_are_of_one_size_on_every_level() {
        const Matrix vectors = mixture(1000, 7, 8, 9);
        TokenizerSettings settings{.kind = TokenizerKind::balanced_kmeans, .codes = 24};
        const auto even = tokenize(vectors, settings);
        for (std::size_t level = 0; level < 3; ++level) {
            std::vector<int> size(24, 0);
            for (std::size_t i = 0; i < 1000; ++i) ++size[path(even->ids, i)[level]];
            for (std::size_t c = 0; c < 24; ++c) QCOMPARE(size[c], c < 1000 % 24 ? 42 : 41);
        }
        settings.kind = TokenizerKind::residual_kmeans;
        const auto plain = tokenize(vectors, settings);
        const double bits = code_health(plain->ids).levels.front().entropy_bits;
        QVERIFY(bits < code_health(even->ids).levels.front().entropy_bits - 0.1);
        // What evenness costs: the items fit their codes less well.
        QVERIFY(plain->error.back() < even->error.back());
    }

    void a_transport_plan_has_its_sums_and_prefers_what_is_cheap() {
        MatrixOf<double> cost(2, 4);
        cost << 0, 1, 2, 3, 3, 2, 1, 0;
        const MatrixOf<double> plan = transport_plan(cost, 0.1, 100);
        QVERIFY((plan.rowwise().sum().array() - 0.5).abs().maxCoeff() < 1e-9);
        QVERIFY((plan.colwise().sum().array() - 0.25).abs().maxCoeff() < 1e-9);
        QVERIFY(plan(0, 0) > 0.249 && plan(0, 1) > 0.249);
        // Both rows would rather have the first column, and one of them nearly all of it.
        MatrixOf<double> lopsided(2, 3);
        lopsided << 0, 1, 1, 0, 4, 5;
        const MatrixOf<double> shared = transport_plan(lopsided, 1, 300);
        QVERIFY((shared.rowwise().sum().array() - 0.5).abs().maxCoeff() < 1e-9);
        QVERIFY((shared.colwise().sum().array() - 1.0 / 3).abs().maxCoeff() < 1e-9);
        // All the same cost: the plan is even.
        const MatrixOf<double> even = transport_plan(MatrixOf<double>::Ones(3, 2), 0.1, 10);
        QVERIFY((even.array() - 1.0 / 6).abs().maxCoeff() < 1e-12);
    }

    // Prefix 0 has room for all: the lone item keeps its code, the other three share none of
    // theirs. Prefix 1 has four codes for its four items.
    void colliding_items_spread_over_the_free_codes_of_the_last_level() {
        const Matrix left = (Matrix(8, 1) << 0, 0, 0.1f, 2, 0, 0, 0, 0).finished();
        const Matrix last = (Matrix(4, 1) << 0, 1, 2, 3).finished();
        std::vector<Code> codes = {0, 0, 0, 0, 0, 0, 0, 2, 1, 0, 1, 0, 1, 0, 1, 0};
        spread_collisions(left, last, 2, codes);
        QCOMPARE(codes[7], Code{2});
        QCOMPARE((std::set<Code>{codes[1], codes[3], codes[5]}), (std::set<Code>{0, 1, 3}));
        QCOMPARE((std::set<Code>{codes[9], codes[11], codes[13], codes[15]}),
                 (std::set<Code>{0, 1, 2, 3}));
    }

    // What is left of them lies at 3, 0 and 2: each goes to the code it lies at.
    void items_spread_to_the_codes_they_lie_near() {
        const Matrix left = (Matrix(3, 1) << 3, 0, 2).finished();
        const Matrix last = (Matrix(4, 1) << 0, 1, 2, 3).finished();
        std::vector<Code> codes = {5, 1, 5, 1, 5, 1};
        spread_collisions(left, last, 2, codes);
        QCOMPARE(codes, (std::vector<Code>{5, 3, 5, 0, 5, 2}));
    }

    // What is left of an item is what its codes, as they stand in the end, do not say.
    void the_error_is_that_of_the_codes_as_they_stand() {
        for (std::uint64_t seed = 1; seed <= 8; ++seed) {
            const Matrix vectors = mixture(60, 5, 6, seed);
            for (const bool spread : {false, true}) {
                const auto built = tokenize(
                    vectors, {.levels = 2, .codes = 8, .spread_last = spread, .seed = seed});
                const auto& levels = built->tokenizer.codebook().levels;
                double sum = 0;
                for (Eigen::Index i = 0; i < vectors.rows(); ++i) {
                    const auto codes = built->ids.codes(ItemId(static_cast<std::size_t>(i)));
                    sum += static_cast<double>(
                        (vectors.row(i) - levels[0].row(codes[0]) - levels[1].row(codes[1]))
                            .squaredNorm());
                }
                QVERIFY(std::abs(built->error.back() - sum / 60) < 1e-5);
            }
        }
    }

    void spreading_makes_the_biggest_group_smaller() {
        const Matrix vectors = mixture(3000, 30, 8, 10);
        TokenizerSettings settings{.levels = 2, .codes = 64};
        const auto plain = tokenize(vectors, settings);
        settings.spread_last = true;
        const auto spread = tokenize(vectors, settings);
        const CodeHealth before = code_health(plain->ids);
        const CodeHealth after = code_health(spread->ids);
        QVERIFY(before.biggest_group >= 5);
        QVERIFY(after.biggest_group <= 2);
        QVERIFY(after.collision_rate < before.collision_rate / 2);
        QCOMPARE(after.levels.front().entropy_bits, before.levels.front().entropy_bits);
        QVERIFY(spread->error.back() > plain->error.back());
        QVERIFY(spread->error.back() < spread->error.front());
    }
};

}  // namespace

QTEST_GUILESS_MAIN(TokenizerTest)
#include "tokenizer_test.moc"
