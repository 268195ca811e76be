// What holds for every request, whatever the world, the person and the parameters: properties of
// the whole cascade on random small worlds.
#include <rapidcheck.h>

#include <QtTest>
#include <map>
#include <set>

#include "engine/cascade/page/page_rules.h"
#include "tests/worlds/random_requests.h"

using namespace cascadelab;

namespace {

// What the gate brought when the page was short: behind all that were ranked, and without a value.
bool joined_at_the_gate(const Candidate& c) {
    return c.source == Source::fallback && c.value == 0;
}

// Everything of a trace but what was measured with a clock.
bool same_result(const CascadeTrace& a, const CascadeTrace& b) {
    const auto told = [](const CascadeTrace& t) {
        Hasher hasher;
        hasher.add(t.person.value).add(t.request).add(t.now_s).add(t.preview);
        for (std::uint32_t n : t.counts.proposed) hasher.add(n);
        hasher.add(t.counts.merged).add(t.counts.filtered).add(t.counts.ranked);
        hasher.add(t.counts.slate).add(t.candidates.size());
        for (const Candidate& c : t.candidates) {
            hasher.add(c.item.value).add(c.source).add(c.proposers).add(c.fate).add(c.position);
            hasher.add(c.explored).add(c.promoted).add(c.retrieval_score).add(c.click);
            hasher.add(c.watch).add(c.like).add(c.not_interested).add(c.value);
            hasher.add(c.rerank_score).add(c.rank);
        }
        for (ItemId item : t.slate) hasher.add(item.value);
        hasher.add(t.query.size()).add(t.features.rows()).add(t.contributions.rows());
        hasher.add(t.oracle.size());
        return hasher.value();
    };
    return told(a) == told(b);
}

}  // namespace

class CascadeTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void stages_only_take_away();
    void every_candidate_is_there_once_and_has_a_fate();
    void caps_hold_on_the_whole_page();
    void filters_keep_what_must_not_be_shown();
    void quotas_use_the_budget_and_no_more();
    void a_source_without_weight_is_silent();
    void the_fallback_fills_a_thin_page_and_no_more();
    void a_page_is_thin_only_when_the_catalogue_is_exhausted();
    void explaining_changes_no_page();
    void contributions_add_up_to_the_margin();
    void the_same_request_gives_the_same_trace();
    void ranks_follow_value_then_id();
    void the_page_without_diversity_follows_value();
    void a_bound_of_zero_follows_the_population();
    void pages_are_full_without_a_ranker();
    void pages_are_served_before_the_first_model();
    void exploration_gets_its_places_at_the_end();
    void promised_new_releases_are_on_the_page();
    void served_rows_are_those_of_the_page();
};

void CascadeTest::initTestCase() {
    // The same cases every time; RC_PARAMS from outside looks at others.
    if (!qEnvironmentVariableIsSet("RC_PARAMS")) qputenv("RC_PARAMS", "seed=1");
}

void CascadeTest::stages_only_take_away() {
    QVERIFY(for_random_requests("counts fall", [](auto&, auto&, const CascadeTrace& trace) {
        assert_stages_only_take_away(trace);
    }));
}

void CascadeTest::every_candidate_is_there_once_and_has_a_fate() {
    QVERIFY(for_random_requests("once", [](auto&, auto&, const CascadeTrace& trace) {
        assert_every_candidate_is_there_once(trace);
    }));
}

void CascadeTest::caps_hold_on_the_whole_page() {
    QVERIFY(for_random_requests("caps", [](SmallCascade& world, auto&, const CascadeTrace& trace) {
        std::map<FranchiseId, int> franchises;
        std::map<TopicId, int> topics;
        for (ItemId item : trace.slate) {
            const ItemCard& card = world.catalogue.cards[item.index()];
            ++topics[card.topic];
            if (card.franchise.valid()) ++franchises[card.franchise];
        }
        const RerankParams& rerank = world.params.rerank;
        const double most =
            std::max(1.0, world.params.policy.topic_cap * double(rerank.slate_size) + 1e-6);
        for (const auto& [topic, count] : topics) RC_ASSERT(count <= most);
        for (const auto& [name, count] : franchises) RC_ASSERT(count <= rerank.franchise_cap);
        RC_ASSERT(trace.slate.size() <= static_cast<std::size_t>(rerank.slate_size));
    }));
}

void CascadeTest::filters_keep_what_must_not_be_shown() {
    QVERIFY(for_random_requests(
        "filters", [](SmallCascade& world, const Request& request, const CascadeTrace& trace) {
            for (const Candidate& c : trace.candidates) {
                const Fate wanted = filter_of(world, request, c.item);
                RC_ASSERT((wanted == Fate::score) == (c.rank != kUnranked));
                if (wanted != Fate::score) RC_ASSERT(c.fate == wanted);
            }
        }));
}

void CascadeTest::quotas_use_the_budget_and_no_more() {
    QVERIFY(for_random_requests(
        "quotas", [](SmallCascade& world, const Request& request, const CascadeTrace& trace) {
            const PersonFeatures features = world.store.read_person(
                world.params.features, world.catalogue, request.person, request.now_s);
            const auto quotas = source_quotas(world.inputs(), features, request.now_s);
            int sum = 0;
            for (std::size_t s = 0; s < enum_count<Source>; ++s) {
                RC_ASSERT(quotas[s] >= 0);
                if (static_cast<Source>(s) == Source::fallback) continue;
                const double most = quotas[s] * world.params.retrieval.overfetch;
                RC_ASSERT(double(trace.counts.proposed[s]) <= most + 0.5);
                if (static_cast<Source>(s) == Source::exploration) continue;
                sum += quotas[s];
                // What may be shown fills the quota and no more.
                int usable = 0;
                for (const Candidate& c : trace.candidates)
                    usable += (c.proposers >> s & 1) == 1 && c.rank != kUnranked;
                RC_ASSERT(usable <= quotas[s]);
            }
            RC_ASSERT(sum == 0 || sum == world.params.retrieval.candidates);
        }));
}

void CascadeTest::a_source_without_weight_is_silent() {
    QVERIFY(rc::check("silent", [] {
        SmallCascade world = random_world();
        RetrievalParams& retrieval = world.params.retrieval;
        const std::pair<Source, double*> weights[] = {
            {Source::search_intent, &retrieval.search_intent},
            {Source::two_tower, &retrieval.two_tower},
            {Source::generative, &retrieval.generative},
            {Source::factorization, &retrieval.factorization},
            {Source::covisitation, &retrieval.covisitation},
            {Source::trending, &retrieval.trending},
            {Source::fresh, &retrieval.fresh}};
        const auto& [off, weight] = weights[*rc::gen::inRange<std::size_t>(0, std::size(weights))];
        *weight = 0;
        CascadeWorkspace workspace;
        const CascadeTrace& trace = world.run(world.request(random_person()), workspace);
        RC_ASSERT(trace.counts.proposed[static_cast<std::size_t>(off)] == 0u);
        for (const Candidate& c : trace.candidates)
            RC_ASSERT((c.proposers >> static_cast<unsigned>(off) & 1) == 0);
    }));
}

void CascadeTest::the_fallback_fills_a_thin_page_and_no_more() {
    QVERIFY(
        for_random_requests("fallback", [](SmallCascade& world, auto&, const CascadeTrace& trace) {
            std::size_t others = 0, fallback = 0;
            for (const Candidate& c : trace.candidates) {
                const bool brought = c.source == Source::fallback;
                RC_ASSERT(!brought || c.rank != kUnranked);
                RC_ASSERT(!brought || std::popcount(c.proposers) == 1);
                if (!joined_at_the_gate(c)) (brought ? fallback : others) += c.rank != kUnranked;
            }
            const auto page = static_cast<std::size_t>(world.params.rerank.slate_size);
            RC_ASSERT(fallback == 0 || others + fallback <= page);
        }));
}

void CascadeTest::a_page_is_thin_only_when_the_catalogue_is_exhausted() {
    QVERIFY(for_random_requests(
        "thin", [](SmallCascade& world, const Request& request, const CascadeTrace& trace) {
            if (trace.counts.filtered >= world.params.rerank.slate_size) return;
            for (std::size_t i = 0; i < world.catalogue.size(); ++i) {
                const bool is_candidate =
                    std::ranges::count(trace.candidates, ItemId(i), &Candidate::item) > 0;
                RC_ASSERT(is_candidate || filter_of(world, request, ItemId(i)) != Fate::score);
            }
        }));
}

void CascadeTest::explaining_changes_no_page() {
    QVERIFY(for_random_requests(
        "explained", [](SmallCascade& world, Request request, const CascadeTrace& plain) {
            RC_ASSERT(plain.features.size() == 0);
            request.explain = true;
            CascadeWorkspace workspace;
            const CascadeTrace& told = world.run(request, workspace);
            RC_ASSERT(told.slate == plain.slate);
            RC_ASSERT(told.candidates.size() == plain.candidates.size());
            RC_ASSERT(told.features.rows() == static_cast<Eigen::Index>(told.candidates.size()));
            for (std::size_t i = 0; i < told.candidates.size(); ++i) {
                RC_ASSERT(told.candidates[i].value == plain.candidates[i].value);
                RC_ASSERT(told.candidates[i].fate == plain.candidates[i].fate);
                const bool has_row = told.candidates[i].rank != kUnranked;
                RC_ASSERT(told.features.row(static_cast<Eigen::Index>(i)).hasNaN() != has_row);
            }
        }));
}

void CascadeTest::contributions_add_up_to_the_margin() {
    QVERIFY(for_random_requests(
        "margin", [](SmallCascade& world, Request request, const CascadeTrace&) {
            request.explain = true;
            CascadeWorkspace workspace;
            const CascadeTrace& trace = world.run(request, workspace);
            const bool ranked = world.models.ranker && world.params.ranking.enabled;
            RC_ASSERT(trace.contributions.rows() ==
                      static_cast<Eigen::Index>(ranked ? trace.slate.size() : 0));
            for (Eigen::Index place = 0; place < trace.contributions.rows(); ++place) {
                const ItemId item = trace.slate[static_cast<std::size_t>(place)];
                const double click = candidate_of(trace, item).click;
                const double margin = std::log(click / (1 - click));
                RC_ASSERT(std::abs(trace.contributions.row(place).sum() - margin) < 1e-4);
            }
        }));
}

void CascadeTest::the_same_request_gives_the_same_trace() {
    QVERIFY(for_random_requests(
        "again", [](SmallCascade& world, const Request& request, const CascadeTrace& first) {
            // A workspace that has served others, in this world and in a larger one.
            CascadeWorkspace used;
            SmallCascade other(77, 300);
            Request explained = other.request(PersonId(1));
            explained.explain = explained.keep_rows = true;
            other.run(explained, used);
            world.run(world.request(PersonId((request.person.index() + 1) % 3)), used);
            RC_ASSERT(same_result(world.run(request, used), first));
        }));
}

void CascadeTest::ranks_follow_value_then_id() {
    QVERIFY(for_random_requests("ranks", [](auto&, auto&, const CascadeTrace& trace) {
        std::vector<const Candidate*> ranked;
        for (const Candidate& c : trace.candidates) {
            if (c.rank != kUnranked) ranked.push_back(&c);
        }
        std::ranges::sort(ranked, {}, &Candidate::rank);
        for (std::size_t k = 0; k + 1 < ranked.size(); ++k) {
            const Candidate &a = *ranked[k], &b = *ranked[k + 1];
            RC_ASSERT(a.rank == k);
            if (joined_at_the_gate(b)) continue;
            RC_ASSERT(a.value > b.value || (a.value == b.value && a.item < b.item));
        }
    }));
}

void CascadeTest::the_page_without_diversity_follows_value() {
    QVERIFY(rc::check("value", [] {
        SmallCascade world = random_world();
        world.params.rerank.diversity = 0;
        world.params.rerank.promote_new = 0;
        world.params.rerank.exploration_slots = 0;
        world.params.rerank.franchise_cap = 30;
        world.params.policy.topic_cap = 1;
        CascadeWorkspace workspace;
        const CascadeTrace& trace = world.run(world.request(random_person()), workspace);
        for (std::size_t place = 0; place < trace.slate.size(); ++place)
            RC_ASSERT(candidate_of(trace, trace.slate[place]).rank == place);
        RC_ASSERT(trace.slate.size() ==
                  std::min<std::size_t>(trace.counts.ranked,
                                        static_cast<std::size_t>(world.params.rerank.slate_size)));
    }));
}

void CascadeTest::a_bound_of_zero_follows_the_population() {
    QVERIFY(rc::check("bound", [] {
        SmallCascade world = random_world();
        world.params.policy.personalisation_bound = 0;
        CascadeWorkspace workspace;
        const CascadeTrace& trace = world.run(world.request(random_person()), workspace);
        const RankingParams& weights = world.params.ranking;
        for (const Candidate& c : trace.candidates) {
            if (c.rank == kUnranked || joined_at_the_gate(c)) continue;
            const ItemBatch& item =
                world.store.item_batch(c.item, world.now_s, world.params.features);
            const double popular =
                item.click_rate * (weights.weight_click + weights.weight_watch * item.watch_share +
                                   weights.weight_like * item.like_rate);
            RC_ASSERT(std::abs(c.value - popular) < 1e-5);
        }
    }));
}

void CascadeTest::pages_are_full_without_a_ranker() {
    for (const bool has_ranker : {true, false}) {
        SmallCascade world(11, 150);
        world.params.ranking.enabled = false;
        world.params.policy.hide_watched = world.params.policy.licences = false;
        world.params.policy.repeat_after_h = 0;
        if (!has_ranker) world.models.ranker = nullptr;
        CascadeWorkspace workspace;
        const CascadeTrace& trace = world.run(world.request(), workspace);
        QCOMPARE(trace.slate.size(), std::size_t{10});
        // Sources take turns: the first place of each comes before the second of any. Places 1 2 3
        // ... of a source are worth 1, 1/2, 1/3 ...
        std::set<Source> first, second;
        for (const Candidate& c : trace.candidates) {
            if (c.value == 1.0f) QVERIFY(first.insert(c.source).second);
            if (c.value == 0.5f) QVERIFY(second.insert(c.source).second);
            QVERIFY(c.value > 0 && c.value <= 1);
        }
        QVERIFY(first.size() >= 3 && second.size() >= 3);
    }
}

void CascadeTest::pages_are_served_before_the_first_model() {
    SmallCascade world(12, 150);
    PublishedModels lists;
    lists.popularity = world.models.popularity;
    lists.newest = world.models.newest;
    world.models = lists;
    CascadeWorkspace workspace;
    QCOMPARE(world.run(world.request(), workspace).slate.size(), std::size_t{10});

    world.models = {};  // nothing at all: the newest fill the page
    QCOMPARE(world.run(world.request(), workspace).slate.size(), std::size_t{10});
    QCOMPARE(workspace.trace.counts.proposed[Source::fallback], 10u);
}

void CascadeTest::exploration_gets_its_places_at_the_end() {
    QVERIFY(
        for_random_requests("explore", [](SmallCascade& world, auto&, const CascadeTrace& trace) {
            const auto places = static_cast<std::size_t>(
                std::min(world.params.rerank.exploration_slots, world.params.rerank.slate_size));
            const auto chosen = static_cast<std::size_t>(world.params.rerank.slate_size) - places;
            std::size_t explored = 0;
            for (std::size_t place = 0; place < trace.slate.size(); ++place) {
                const Candidate& c = candidate_of(trace, trace.slate[place]);
                explored += c.explored;
                // Once a place is explored, all behind it are, but for what the gate filled.
                RC_ASSERT(c.filled || c.explored == (explored > 0));
                if (place >= chosen) RC_ASSERT(c.explored || c.filled);
            }
            RC_ASSERT(explored <= places);
            const bool full = std::ssize(trace.slate) == world.params.rerank.slate_size;
            if (explored == places || full) return;
            // A place stays empty only when the rules forbid everything that is left.
            PageRules rules(world.catalogue.cards, world.params, world.params.rerank.slate_size);
            for (ItemId item : trace.slate) rules.take(item);
            for (const Candidate& c : trace.candidates) {
                if (c.rank != kUnranked && c.fate != Fate::shown)
                    RC_ASSERT(rules.verdict(c.item) != Fate::shown);
            }
        }));
}

void CascadeTest::promised_new_releases_are_on_the_page() {
    QVERIFY(rc::check("promote", [] {
        SmallCascade world = random_world();
        RerankParams& rerank = world.params.rerank;
        rerank.franchise_cap = 30;
        world.params.policy.topic_cap = 1;
        rerank.method = *rc::gen::element(RerankMethod::none, RerankMethod::mmr);
        CascadeWorkspace workspace;
        const CascadeTrace& trace = world.run(world.request(random_person()), workspace);
        std::int64_t kept_new = 0, chosen = 0, chosen_new = 0;
        for (const Candidate& c : trace.candidates) {
            const bool fresh = world.is_new(c.item);
            if (c.rank < trace.counts.ranked) kept_new += fresh;
            if (c.promoted) RC_ASSERT(fresh && c.position >= 0 && !c.explored);
            if (c.position < 0 || c.explored) continue;
            ++chosen;
            chosen_new += fresh;
        }
        RC_ASSERT(chosen_new >= std::min({rerank.promote_new, kept_new, chosen}));
    }));
}

void CascadeTest::served_rows_are_those_of_the_page() {
    QVERIFY(
        for_random_requests("rows", [](SmallCascade& world, Request request, const CascadeTrace&) {
            request.keep_rows = request.explain = true;
            CascadeWorkspace workspace;
            const CascadeTrace& trace = world.run(request, workspace);
            const std::size_t columns = ranking_columns().size();
            RC_ASSERT(workspace.slate_rows.size() == trace.slate.size() * columns);
            for (std::size_t i = 0; i < trace.candidates.size(); ++i) {
                const int place = trace.candidates[i].position;
                if (place < 0) continue;
                const float* row =
                    workspace.slate_rows.data() + static_cast<std::size_t>(place) * columns;
                const auto explained = trace.features.row(static_cast<Eigen::Index>(i));
                RC_ASSERT(std::equal(row, row + columns, explained.data()));
                RC_ASSERT(row[0] == trace.candidates[i].retrieval_score);
            }
        }));
}

QTEST_GUILESS_MAIN(CascadeTest)
#include "cascade_test.moc"
