// Which era answers for which consumer, and what lies near an item.
#include "engine/cascade/request/eras.h"

#include <QtTest>

#include "engine/cascade/retrieve/row_candidates.h"
#include "tests/worlds/small_cascade.h"

using namespace cascadelab;

namespace {

// A model that mirrors an item's content.
class Plane : public Representation {
  public:
    Plane(bool embeds, const Matrix* people) : m_embeds(embeds), m_people(people) {}
    std::size_t dims() const override { return 2; }
    float embed_person(const CascadeInputs&, const Request&, const PersonFeatures&, CascadeScratch&,
                       std::vector<float>&) const override {
        return 0;
    }
    const Matrix* people() const override { return m_people; }
    bool embeds_new_items() const override { return m_embeds; }
    void embed_item(ItemId, std::span<const float> content, std::span<float> out) const override {
        std::ranges::reverse_copy(content, out.begin());
    }

  private:
    bool m_embeds;
    const Matrix* m_people;
};

VectorSpace two_items() {
    IndexSettings exact;
    exact.kind = IndexKind::exact;
    return make_space(Matrix::Identity(2, 2), exact);
}

}  // namespace

class ErasTest : public QObject {
    Q_OBJECT

  private slots:
    void an_era_is_used_by_its_weight_or_by_a_choice();
    void the_decoders_era_is_used_while_it_is_conditioned_on();
    void the_latest_era_stands_in_for_a_missing_one();
    void new_items_get_the_vectors_of_the_model();
    void people_are_those_of_the_space_or_else_of_the_model();
    void neighbours_are_the_nearest_of_the_space_without_the_item();
    void the_factorization_compares_directions_and_knows_no_new_items();
    void the_ranker_sees_the_chosen_era();

  private:
    SmallCascade m_world{3, 60};

    std::vector<ScoredItem> near(ItemId item, int count) {
        std::vector<ScoredItem> out;
        nearest_items(m_world.models, m_world.params, item, count, out);
        return out;
    }
};

void ErasTest::an_era_is_used_by_its_weight_or_by_a_choice() {
    Params params;
    QVERIFY(!era_used(params, Era::hstu));
    QVERIFY(era_used(params, Era::two_tower) && era_used(params, Era::factorization));
    params.retrieval.hstu = 0.5;
    QVERIFY(era_used(params, Era::hstu));
    params.retrieval.hstu = 0;
    for (Era EraParams::*consumer : {&EraParams::ranking, &EraParams::rows, &EraParams::map}) {
        Params chosen = params;
        chosen.eras.*consumer = Era::hstu;
        QVERIFY(era_used(chosen, Era::hstu));
    }
}

void ErasTest::the_decoders_era_is_used_while_it_is_conditioned_on() {
    Params params;
    params.retrieval.hstu = params.retrieval.factorization = 0;
    params.retrieval.generative = 1;
    params.generative.condition = true;
    QVERIFY(era_used(params, kDecoderEra));
    QVERIFY(!era_used(params, Era::factorization));
    params.generative.condition = false;
    QVERIFY(!era_used(params, kDecoderEra));
    params.generative.condition = true;
    params.retrieval.generative = 0;  // there is no decoder to tell
    params.generative.rescoring = 0;
    QVERIFY(!era_used(params, kDecoderEra));
}

void ErasTest::new_items_get_the_vectors_of_the_model() {
    const RowTable content{2, {1, 0, 0, 1, 3, 4, 5, 12}};
    for (const bool embeds : {true, false}) {
        PublishedEra era{std::make_shared<const Plane>(embeds, nullptr), two_items()};
        era.extend(content);
        QCOMPARE(era.space.size(), std::size_t{embeds ? 4u : 2u});
        if (!embeds) continue;
        QVERIFY(std::ranges::equal(era.space[ItemId(0u)], std::array{1.0f, 0.0f}));
        QVERIFY(std::ranges::equal(era.space[ItemId(2u)], std::array{4.0f, 3.0f}));
        QVERIFY(std::ranges::equal(era.space[ItemId(3u)], std::array{12.0f, 5.0f}));
        era.extend(content);
        QCOMPARE(era.space.size(), std::size_t{4});
    }
    PublishedEra nothing;
    nothing.extend(content);
    QCOMPARE(nothing.space.size(), std::size_t{0});
}

void ErasTest::people_are_those_of_the_space_or_else_of_the_model() {
    const Matrix of_model = Matrix::Ones(3, 2);
    PublishedEra era{std::make_shared<const Plane>(true, &of_model), two_items()};
    QCOMPARE(era.people(), &of_model);
    era.space.people = std::make_shared<const Matrix>(Matrix::Zero(3, 2));
    QCOMPARE(era.people(), era.space.people.get());
    QVERIFY(PublishedEra{}.people() == nullptr);
}

void ErasTest::the_latest_era_stands_in_for_a_missing_one() {
    PublishedModels models = m_world.models;
    QVERIFY(serving_era(models, Era::hstu) == Era::two_tower);
    QVERIFY(serving_era(models, Era::factorization) == Era::factorization);
    models.eras[Era::two_tower].model = nullptr;
    QVERIFY(serving_era(models, Era::two_tower) == Era::factorization);
    QVERIFY(!serving_era(PublishedModels{}, Era::hstu));
}

void ErasTest::neighbours_are_the_nearest_of_the_space_without_the_item() {
    const VectorSpace& space = m_world.models.eras[Era::two_tower].space;
    for (const std::size_t i : {0u, 17u, 59u}) {
        std::vector<ScoredItem> all;
        for (std::size_t j = 0; j < 60; ++j) {
            if (j != i) all.push_back({ItemId(j), dot(space[ItemId(i)], space[ItemId(j)])});
        }
        std::ranges::sort(all, ranks_before);
        const auto found = near(ItemId(i), 7);
        QCOMPARE(found.size(), std::size_t{7});
        for (std::size_t k = 0; k < 7; ++k) QCOMPARE(found[k].item, all[k].item);
    }
    QCOMPARE(near(ItemId(4), 500).size(), std::size_t{59});
    QVERIFY(near(ItemId(4), 0).empty());
}

void ErasTest::the_factorization_compares_directions_and_knows_no_new_items() {
    m_world.params.eras.rows = Era::factorization;
    const VectorSpace& space = m_world.models.eras[Era::factorization].space;
    const auto direction = [&](std::size_t i) { return space[ItemId(i)].first(5); };
    std::vector<ScoredItem> all;
    for (std::size_t j = 0; j < 60; ++j) {
        if (j != 9) all.push_back({ItemId(j), dot(direction(9), direction(j))});
    }
    std::ranges::sort(all, ranks_before);
    const auto found = near(ItemId(9), 5);
    QCOMPARE(found.size(), std::size_t{5});
    for (std::size_t k = 0; k < 5; ++k) QCOMPARE(found[k].item, all[k].item);
    QVERIFY(near(ItemId(60), 5).empty());
    m_world.params.eras.rows = Era::two_tower;
}

void ErasTest::the_ranker_sees_the_chosen_era() {
    CascadeWorkspace workspace;
    Request request = m_world.request();
    request.explain = true;
    const auto column = [&](Era era) {
        m_world.params.eras.ranking = era;
        const CascadeTrace& trace = m_world.run(request, workspace);
        std::vector<float> values;
        for (std::size_t i = 0; i < trace.candidates.size(); ++i) {
            const float seen = trace.features(static_cast<Eigen::Index>(i), 2);
            if (std::isnan(seen)) continue;
            if (seen !=
                era_similarity(m_world.models, workspace.scratch, era, trace.candidates[i].item)) {
                return std::vector<float>();
            }
            values.push_back(seen);
        }
        return values;
    };
    const auto towers = column(Era::two_tower), factors = column(Era::factorization);
    QVERIFY(!towers.empty() && !factors.empty());
    QVERIFY(towers != factors);
    m_world.params.eras.ranking = Era::two_tower;
}

QTEST_GUILESS_MAIN(ErasTest)
#include "eras_test.moc"
