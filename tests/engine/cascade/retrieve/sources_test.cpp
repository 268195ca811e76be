// Candidate sources one by one, on cases worked by hand.
#include "engine/cascade/retrieve/sources.h"

#include <QtTest>

#include "engine/cascade/eras/factorization.h"
#include "engine/cascade/eras/hstu.h"
#include "engine/cascade/eras/two_tower.h"
#include "engine/cascade/retrieve/row_candidates.h"
#include "engine/features/streaming.h"
#include "tests/worlds/mean_sequence.h"
#include "tests/worlds/small_cascade.h"

using namespace cascadelab;

class SourcesTest : public QObject {
    Q_OBJECT

  private slots:
    void init();
    void weights_split_the_budget();
    void a_page_in_rows_asks_for_every_place_of_a_row();
    void an_era_that_does_not_know_the_person_is_not_asked();
    void a_search_is_an_intent_for_a_day();
    void co_watched_items_add_up_newest_first();
    void fresh_items_come_nearest_first();
    void vectors_are_searched_with_the_persons_own();
    void an_unknown_person_gets_nothing_from_the_factorization();
    void a_source_looks_past_what_may_not_be_shown();
    void the_fallback_brings_what_is_popular_then_what_is_new();
    void who_joined_after_training_is_unknown_too();
    void the_towers_are_told_the_survey();

  private:
    SmallCascade m_world{21, 60};
    PersonRealtime m_realtime;
    PersonBatch m_batch;
    PersonHistory m_history;

    PersonFeatures person() const {
        PersonFeatures features;
        features.realtime = &m_realtime;
        features.sequence = &m_realtime.sequence;
        features.batch = &m_batch;
        features.history = &m_history;
        return features;
    }
    std::vector<ScoredItem> proposals(Source source, int quota, PersonId who = PersonId(0)) {
        CascadeScratch scratch;
        Stream stream(1, Purpose::test);
        const CascadeInputs in = m_world.inputs();
        Request request = m_world.request();
        request.person = who;
        const PersonFeatures features = person();
        const RecentlyShown shown(m_history);
        const PageFilter filter(in, request, m_history, shown);
        embed_person(in, request, features, scratch);
        scratch.begin_merge(in.cards.size());
        propose(source, {in, request, features, filter}, quota, stream, scratch);
        return scratch.proposals;
    }
    int quota(Source source) {
        return source_quotas(m_world.inputs(), person(), m_world.now_s)[source];
    }
};

// A world in which nothing is hidden from the person.
void SourcesTest::init() {
    m_world = SmallCascade(21, 60);
    m_world.params.policy.licences = false;
    m_history = {};
}

void SourcesTest::weights_split_the_budget() {
    m_realtime = empty_realtime(m_world.catalogue);
    RetrievalParams& retrieval = m_world.params.retrieval;
    retrieval.candidates = 100;
    retrieval.two_tower = 1;
    retrieval.factorization = 0.5;
    retrieval.trending = 0.25;
    retrieval.fresh = 0.25;
    retrieval.covisitation = 1;   // nothing watched: cannot answer
    retrieval.search_intent = 1;  // nothing searched
    QCOMPARE(quota(Source::two_tower), 50);
    QCOMPARE(quota(Source::factorization), 25);
    QCOMPARE(quota(Source::trending) + quota(Source::fresh), 25);
    QCOMPARE(quota(Source::covisitation), 0);
    QCOMPARE(quota(Source::search_intent), 0);
    m_world.params.rerank.exploration_slots = 3;
    QCOMPARE(quota(Source::exploration), 6);
}

// Beside the budget: some neighbours for each place of each row, and twice a row to go on with.
void SourcesTest::a_page_in_rows_asks_for_every_place_of_a_row() {
    m_realtime = empty_realtime(m_world.catalogue);
    PageParams& page = m_world.params.page;
    page.because_rows = 3;
    page.row_items = 5;
    page.continue_slot = 1;
    for (const PageLayout layout : {PageLayout::feed, PageLayout::rows}) {
        page.layout = layout;
        const bool rows = layout == PageLayout::rows;
        QCOMPARE(quota(Source::because_watched), rows ? 3 * 5 * kNeighboursPerPlace : 0);
        QCOMPARE(quota(Source::continue_watching), rows ? 10 : 0);
    }
    page.continue_slot = 0;
    QCOMPARE(quota(Source::continue_watching), 0);
}

void SourcesTest::an_era_that_does_not_know_the_person_is_not_asked() {
    m_realtime = empty_realtime(m_world.catalogue);
    const Source source = kEras[Era::hstu].source;
    m_world.params.retrieval.hstu = 1;
    QCOMPARE(quota(source), 0);  // nothing has been trained
    Stream stream(4, Purpose::test);
    IndexSettings exact;
    exact.kind = IndexKind::exact;
    m_world.models.eras[Era::hstu] = {
        std::make_shared<const HstuEra>(std::make_shared<const MeanSequence>(6, 10)),
        make_space(unit_rows(60, 6, stream), exact)};
    QCOMPARE(quota(source), 0);  // a person without a past
    m_realtime.sequence.tokens.push_back(PersonToken{});
    QVERIFY(quota(source) > 0);
}

void SourcesTest::a_search_is_an_intent_for_a_day() {
    m_realtime = empty_realtime(m_world.catalogue);
    m_realtime.search_topic = 5;
    m_realtime.searched_s = m_world.now_s - kDay + 1;
    QVERIFY(quota(Source::search_intent) > 0);
    const auto found = proposals(Source::search_intent, 3);
    const auto& list = m_world.models.topic_lists[5];
    QCOMPARE(found.size(), std::min<std::size_t>(3, list.size()));
    for (std::size_t k = 0; k < found.size(); ++k) {
        QCOMPARE(found[k].item, list[k]);
        QCOMPARE(found[k].score, 1.0f / static_cast<float>(k + 1));
    }
    m_realtime.searched_s = m_world.now_s - kDay;
    QCOMPARE(quota(Source::search_intent), 0);
}

void SourcesTest::co_watched_items_add_up_newest_first() {
    m_realtime = empty_realtime(m_world.catalogue);
    // Item 0 knows 2 (0.5) and 3 (0.4), item 1 knows 3 (0.1) and 4 (0.45).
    m_world.models.covisitation = std::make_shared<const CoVisitation>(
        std::vector<std::size_t>{0, 2, 4},
        std::vector<ScoredItem>{
            {ItemId(2), 0.5f}, {ItemId(3), 0.4f}, {ItemId(4), 0.45f}, {ItemId(3), 0.1f}});
    m_realtime.recent = {{ItemId(0), 1, 0}, {ItemId(1), 1, 1}};
    const auto found = proposals(Source::covisitation, 10);
    QCOMPARE(found.size(), std::size_t{3});
    QCOMPARE(found[0].item, ItemId(3));
    QCOMPARE(found[0].score, 0.1f + 0.9f * 0.4f);
    QCOMPARE(found[1].item, ItemId(2));  // 0.9 x 0.5 = 0.45: a tie, the lower id first
    QCOMPARE(found[2].item, ItemId(4));
    QCOMPARE(proposals(Source::covisitation, 1).size(), std::size_t{1});
}

void SourcesTest::fresh_items_come_nearest_first() {
    m_realtime = empty_realtime(m_world.catalogue);
    m_realtime.profile.assign(SmallCascade::kDims, 0.1f);
    const auto found = proposals(Source::fresh, 5);
    QCOMPARE(found.size(), std::size_t{5});
    for (std::size_t k = 0; k + 1 < found.size(); ++k)
        QVERIFY(ranks_before(found[k], found[k + 1]));
    for (const ScoredItem& each : found) QVERIFY(m_world.is_new(each.item));
    // Nothing new was nearer than the last of them.
    CascadeScratch scratch;
    embed_person(m_world.inputs(), m_world.request(), person(), scratch);
    std::size_t nearer = 0;
    for (ItemId item : m_world.models.newest)
        nearer += dot(scratch.query(Era::two_tower),
                      m_world.models.eras[Era::two_tower].space[item]) > found.back().score;
    QCOMPARE(nearer, std::size_t{4});
}

void SourcesTest::vectors_are_searched_with_the_persons_own() {
    m_realtime = empty_realtime(m_world.catalogue);
    m_realtime.profile.assign(SmallCascade::kDims, 0.2f);
    CascadeScratch scratch;
    embed_person(m_world.inputs(), m_world.request(), person(), scratch);
    for (const auto& [source, query, space] :
         {std::tuple{Source::two_tower, scratch.query(Era::two_tower),
                     &m_world.models.eras[Era::two_tower].space},
          std::tuple{Source::factorization, scratch.query(Era::factorization),
                     &m_world.models.eras[Era::factorization].space}}) {
        std::vector<ScoredItem> all;
        for (std::size_t i = 0; i < m_world.catalogue.size(); ++i)
            all.push_back({ItemId(i), dot(query, (*space)[ItemId(i)])});
        std::ranges::sort(all, ranks_before);
        const auto found = proposals(source, 7);
        QCOMPARE(found.size(), std::size_t{7});
        for (std::size_t k = 0; k < 7; ++k) QCOMPARE(found[k].item, all[k].item);
    }
}

void SourcesTest::an_unknown_person_gets_nothing_from_the_factorization() {
    m_realtime = empty_realtime(m_world.catalogue);
    auto factors = std::make_shared<Factorization>(*factors_of(m_world.models));
    factors->people.row(0).setZero();
    m_world.models.eras[Era::factorization].model =
        std::make_shared<const FactorizationEra>(std::move(factors));
    QVERIFY(proposals(Source::factorization, 7).empty());
}

void SourcesTest::a_source_looks_past_what_may_not_be_shown() {
    m_realtime = empty_realtime(m_world.catalogue);
    const std::vector<ItemId>& ranked = m_world.models.popularity->ranked;
    m_history.watched.assign(ranked.begin(), ranked.begin() + 4);
    std::ranges::sort(m_history.watched);
    const auto items = [&](double overfetch) {
        m_world.params.retrieval.overfetch = overfetch;
        std::vector<ItemId> found;
        for (const ScoredItem& each : proposals(Source::trending, 3)) found.push_back(each.item);
        return found;
    };
    const auto first = [&](std::ptrdiff_t count) {
        return std::vector<ItemId>(ranked.begin(), ranked.begin() + count);
    };
    QCOMPARE(items(1), first(3));  // the quota is spent on what was watched
    QCOMPARE(items(2), first(6));  // two of six may be shown
    QCOMPARE(items(4), first(7));  // three may: it looks no further
    m_world.params.policy.hide_watched = false;
    QCOMPARE(items(4), first(3));
}

void SourcesTest::the_fallback_brings_what_is_popular_then_what_is_new() {
    m_realtime = empty_realtime(m_world.catalogue);
    auto popularity = std::make_shared<Popularity>();
    popularity->score.assign(m_world.catalogue.size(), 0.0f);
    popularity->ranked = {ItemId(7), ItemId(2), ItemId(9)};
    for (ItemId item : popularity->ranked) popularity->score[item.index()] = 1;
    m_world.models.popularity = std::move(popularity);
    m_history.watched = {ItemId(2)};
    m_world.catalogue.cards[30].released_s = m_world.now_s + 2;
    m_world.catalogue.cards[20].released_s = m_world.now_s + 1;
    const auto found = proposals(Source::fallback, 4);
    QCOMPARE(found.size(), std::size_t{4});
    const std::size_t wanted[] = {7, 9, 30, 20};
    for (std::size_t k = 0; k < 4; ++k) QCOMPARE(found[k].item, ItemId(wanted[k]));
    // All that may be shown, each once.
    QCOMPARE(proposals(Source::fallback, 1000).size(), m_world.catalogue.size() - 1);
}

void SourcesTest::who_joined_after_training_is_unknown_too() {
    m_realtime = empty_realtime(m_world.catalogue);
    const auto known = static_cast<std::size_t>(factors_of(m_world.models)->people.rows());
    QVERIFY(proposals(Source::factorization, 7, PersonId(known)).empty());
    QCOMPARE(proposals(Source::two_tower, 7, PersonId(known)).size(), std::size_t{7});
}

void SourcesTest::the_towers_are_told_the_survey() {
    m_realtime = empty_realtime(m_world.catalogue);
    const std::size_t dims = m_world.catalogue.content.dims;
    std::vector<float> before(tower_feature_count(dims)), after(before.size());
    PersonFeatures who = person();
    fill_tower_features(who, Device::phone, 0, dims, before);
    const SignUp told{{TopicId(6), TopicId(1)}};
    who.sign_up = &told;
    fill_tower_features(who, Device::phone, 0, dims, after);
    const std::size_t survey = dims + 2 * kTopicCount;
    for (std::size_t i = 0; i < after.size(); ++i) {
        const float told_there = i == survey + 6 ? 1 : i == survey + 1 ? 0.5f : 0;
        QCOMPARE(after[i] - before[i], told_there);
    }
}

QTEST_GUILESS_MAIN(SourcesTest)
#include "sources_test.moc"
