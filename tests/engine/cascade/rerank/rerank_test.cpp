// Re-ranking against slow and obvious versions of itself, and its rules on pages worked by hand.
#include "engine/cascade/rerank/rerank.h"

#include <rapidcheck.h>

#include <Eigen/LU>
#include <QtTest>

#include "tests/worlds/small_cascade.h"

using namespace cascadelab;

namespace {

// Candidates in rank order over a catalogue of the same items; rules allow everything unless asked.
struct Candidates {
    Candidates(std::size_t count, std::size_t dims, std::uint64_t seed) {
        Stream stream(seed, Purpose::test, count, dims);
        const Matrix rows = unit_rows(count, dims, stream);
        content.dims = dims;
        content.data.assign(rows.data(), rows.data() + rows.size());
        for (std::size_t i = 0; i < count; ++i) {
            items.push_back(ItemId(i));
            relevance.push_back(static_cast<float>(stream.uniform()));
            cards.emplace_back().topic = TopicId(i % kTopicCount);
        }
        std::ranges::sort(relevance, std::greater());
        is_new.assign(count, 0);
        params.rerank.slate_size = 30;
        params.rerank.promote_new = 0;
    }
    RerankInput input() const { return {relevance, items, content, cards, is_new, wanted}; }
    Page choose(int size) const {
        PageRules rules(cards, params, params.rerank.slate_size);
        CascadeScratch scratch;
        Page page;
        choose_page(input(), params.rerank, size, rules, scratch, page);
        return page;
    }
    float similarity(int a, int b) const {
        return dot(content[static_cast<std::size_t>(a)], content[static_cast<std::size_t>(b)]);
    }

    Params params;
    std::vector<float> relevance;
    std::vector<ItemId> items;
    RowTable content;
    std::vector<ItemCard> cards;
    std::vector<std::uint8_t> is_new;
    std::vector<float> wanted;
};

// The item that makes a set worth most, again and again; ties by lower place.
template <class Worth>
std::vector<int> naive_greedy(std::size_t count, int size, Worth&& worth) {
    std::vector<int> chosen;
    while (static_cast<int>(chosen.size()) < std::min(size, static_cast<int>(count))) {
        int best = -1;
        double most = 0;
        for (int i = 0; i < static_cast<int>(count); ++i) {
            if (std::ranges::count(chosen, i) > 0) continue;
            const double value = worth(chosen, i);
            if (best >= 0 && value <= most) continue;
            best = i;
            most = value;
        }
        chosen.push_back(best);
    }
    return chosen;
}

}  // namespace

class RerankTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void dpp_picks_what_the_determinant_picks();
    void mmr_picks_what_its_definition_picks();
    void without_diversity_relevance_decides();
    void equal_candidates_keep_their_order();
    void a_cap_sends_the_place_to_the_next();
    void what_sameness_cost_is_told();
    void a_promised_place_is_the_last_one();
    void a_page_longer_than_the_content_is_wide_is_filled();
    void a_calibrated_page_has_the_wanted_topics();
    void the_value_model_is_a_weighted_sum();
};

void RerankTest::initTestCase() {
    if (!qEnvironmentVariableIsSet("RC_PARAMS")) qputenv("RC_PARAMS", "seed=1");
}

void RerankTest::dpp_picks_what_the_determinant_picks() {
    QVERIFY(rc::check("log det", [] {
        const auto count = *rc::gen::inRange<std::size_t>(1, 40);
        Candidates c(count, 24, *rc::gen::inRange<std::uint64_t>(0, 100000));
        c.params.rerank.method = RerankMethod::dpp;
        c.params.rerank.diversity = *rc::gen::inRange(2, 11) / 10.0;
        const int size = *rc::gen::inRange(1, 12);
        // L = diag(q) S diag(q), q = exp((1 - d) / d relevance), as the header says.
        const double weight = (1 - c.params.rerank.diversity) / c.params.rerank.diversity;
        const auto log_det = [&](std::vector<int> set, int next) {
            set.push_back(next);
            Eigen::MatrixXd kernel(set.size(), set.size());
            for (std::size_t a = 0; a < set.size(); ++a) {
                for (std::size_t b = 0; b < set.size(); ++b) {
                    const double quality = std::exp(weight * double(c.relevance[set[a]])) *
                                           std::exp(weight * double(c.relevance[set[b]]));
                    kernel(a, b) = quality * double(c.similarity(set[a], set[b]));
                }
            }
            return std::log(kernel.determinant());
        };
        RC_ASSERT(c.choose(size).chosen == naive_greedy(count, size, log_det));
    }));
}

void RerankTest::mmr_picks_what_its_definition_picks() {
    QVERIFY(rc::check("mmr", [] {
        const auto count = *rc::gen::inRange<std::size_t>(1, 60);
        Candidates c(count, 6, *rc::gen::inRange<std::uint64_t>(0, 100000));
        c.params.rerank.method = RerankMethod::mmr;
        const auto d = static_cast<float>(*rc::gen::inRange(1, 11)) / 10;
        c.params.rerank.diversity = d;
        const int size = *rc::gen::inRange(1, 30);
        const auto marginal = [&](const std::vector<int>& set, int next) {
            float nearest = set.empty() ? 0 : -2;
            for (int picked : set) nearest = std::max(nearest, c.similarity(picked, next));
            return double((1 - d) * c.relevance[static_cast<std::size_t>(next)] - d * nearest);
        };
        RC_ASSERT(c.choose(size).chosen == naive_greedy(count, size, marginal));
    }));
}

void RerankTest::without_diversity_relevance_decides() {
    for (const RerankMethod method : {RerankMethod::none, RerankMethod::mmr, RerankMethod::dpp}) {
        Candidates c(20, 6, 3);
        c.params.rerank.method = method;
        c.params.rerank.diversity = method == RerankMethod::none ? 0.7 : 0;
        const Page page = c.choose(5);
        QCOMPARE(page.chosen, (std::vector<int>{0, 1, 2, 3, 4}));
        for (std::size_t k = 0; k < 5; ++k) QCOMPARE(page.score[k], c.relevance[k]);
        QCOMPARE(std::ranges::count(page.fate, Fate::shown), 5);
        QCOMPARE(std::ranges::count(page.fate, Fate::score), 15);
    }
}

void RerankTest::equal_candidates_keep_their_order() {
    Candidates c(6, 8, 3);
    std::ranges::fill(c.relevance, 1.0f);
    c.content.data.assign(6 * 8, 0.0f);
    for (std::size_t i = 0; i < 6; ++i) c.content[i][i] = 1;  // all equally different
    for (const RerankMethod method : {RerankMethod::none, RerankMethod::mmr, RerankMethod::dpp}) {
        c.params.rerank.method = method;
        c.params.rerank.diversity = 0.5;
        QCOMPARE(c.choose(4).chosen, (std::vector<int>{0, 1, 2, 3}));
    }
}

void RerankTest::a_cap_sends_the_place_to_the_next() {
    Candidates c(6, 8, 3);
    c.params.rerank.method = RerankMethod::none;
    c.params.rerank.franchise_cap = 2;
    c.params.rerank.slate_size = 4;
    c.params.policy.topic_cap = 0.25;  // one of each topic
    for (std::size_t i : {0, 1, 2}) c.cards[i].franchise = FranchiseId(std::size_t{9});
    c.cards[3].topic = c.cards[0].topic;
    const Page page = c.choose(4);
    QCOMPARE(page.chosen, (std::vector<int>{0, 1, 4, 5}));
    QCOMPARE(page.fate[2], Fate::franchise_cap);
    QCOMPARE(page.fate[3], Fate::topic_cap);
}

void RerankTest::what_sameness_cost_is_told() {
    // The second is the first again: a half diverse page takes the third.
    Candidates c(3, 2, 3);
    c.relevance = {1, 0.9f, 0.5f};
    c.content.data = {1, 0, 1, 0, 0, 1};
    c.params.rerank.diversity = 0.5;
    for (const RerankMethod method : {RerankMethod::mmr, RerankMethod::dpp}) {
        c.params.rerank.method = method;
        const Page page = c.choose(2);
        QCOMPARE(page.chosen, (std::vector<int>{0, 2}));
        QCOMPARE(page.fate[1], Fate::diversity);
    }
}

void RerankTest::a_promised_place_is_the_last_one() {
    Candidates c(8, 8, 3);
    c.params.rerank.method = RerankMethod::none;
    c.params.rerank.promote_new = 2;
    c.is_new = {0, 0, 0, 0, 0, 1, 1, 1};
    const Page page = c.choose(4);
    QCOMPARE(page.chosen, (std::vector<int>{0, 1, 5, 6}));
    QCOMPARE(page.promoted, (std::vector<bool>{false, false, true, true}));

    // One that earns its place by itself fulfils the promise.
    c.is_new[1] = 1;
    QCOMPARE(c.choose(4).chosen, (std::vector<int>{0, 1, 2, 5}));

    // A promise that a rule forbids does not leave the place empty.
    c.is_new = {0, 0, 0, 0, 0, 1, 0, 0};
    c.cards[0].franchise = c.cards[5].franchise = FranchiseId(std::size_t{1});
    c.params.rerank.franchise_cap = 1;
    QCOMPARE(c.choose(4).chosen, (std::vector<int>{0, 1, 2, 3}));
}

void RerankTest::a_page_longer_than_the_content_is_wide_is_filled() {
    Candidates c(30, 4, 3);
    c.params.rerank.method = RerankMethod::dpp;
    c.params.rerank.diversity = 0.5;
    const Page page = c.choose(12);
    QCOMPARE(page.chosen.size(), std::size_t{12});
    QVERIFY(std::is_sorted(page.chosen.begin() + 4, page.chosen.end()));
    c.params.rerank.franchise_cap = 1;
    for (ItemCard& card : c.cards) card.franchise = FranchiseId(std::size_t{1});
    QCOMPARE(c.choose(12).chosen.size(), std::size_t{1});
}

void RerankTest::a_calibrated_page_has_the_wanted_topics() {
    // Ten of each of two topics, all of the first ahead; three quarters of the second are wanted.
    Candidates c(20, 4, 3);
    c.params.rerank.method = RerankMethod::calibrated;
    c.params.rerank.diversity = 0.99;
    for (std::size_t i = 0; i < 20; ++i) c.cards[i].topic = TopicId(i < 10 ? 0u : 1u);
    c.wanted.assign(kTopicCount, 0.0f);
    c.wanted[0] = 0.25f;
    c.wanted[1] = 0.75f;
    const Page page = c.choose(8);
    QCOMPARE(std::ranges::count_if(page.chosen, [](int i) { return i >= 10; }), 6);
    QCOMPARE(page.fate[2], Fate::diversity);
    // The best of each topic come first.
    auto sorted = page.chosen;
    std::ranges::sort(sorted);
    QCOMPARE(sorted, (std::vector<int>{0, 1, 10, 11, 12, 13, 14, 15}));
    // Somebody without a past gets the order of value.
    c.wanted.assign(kTopicCount, 0.0f);
    QCOMPARE(c.choose(3).chosen, (std::vector<int>{0, 1, 2}));
}

void RerankTest::the_value_model_is_a_weighted_sum() {
    RankingParams weights;
    weights.weight_click = 0.5;
    weights.weight_watch = 2;
    weights.weight_like = 3;
    weights.weight_not_interested = -4;
    QCOMPARE(value_of(weights, {0.5f, 0.25f, 0.125f, 0.0625f}), 0.25f + 0.5f + 0.375f - 0.25f);
}

QTEST_GUILESS_MAIN(RerankTest)
#include "rerank_test.moc"
