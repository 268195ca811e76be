// Where a person lies in each era's space: from which moment, and never otherwise for having been
// remembered.
#include "engine/cascade/retrieve/person_vectors.h"

#include <QtTest>

#include "engine/cascade/eras/factorization.h"
#include "engine/cascade/eras/hstu.h"
#include "tests/worlds/mean_sequence.h"
#include "tests/worlds/small_cascade.h"

using namespace cascadelab;

class PersonVectorsTest : public QObject {
    Q_OBJECT

  private slots:
    void remembered_rows_equal_rows_made_anew();
    void another_model_or_a_gap_begins_anew();
    void the_sequence_speaks_only_where_it_is_asked_for();
    void the_next_request_knows_the_last_event();
    void nightly_people_stay_as_they_were_trained();
    void streaming_factors_are_the_full_solve_for_the_recent_items();
    void a_person_newer_than_the_model_has_no_factors();
    void attention_lies_over_the_windows_events();

  private:
    SmallCascade m_world{3, 60};
    std::shared_ptr<const SequenceModel> m_model = std::make_shared<const MeanSequence>(6, 10);

    PersonSequence sequence(std::size_t seen, std::size_t kept, std::uint64_t seed = 1) const {
        PersonSequence out;
        for (std::size_t i = 0; i < seen; ++i) {
            PersonToken token;
            token.item = ItemId(Stream(seed, Purpose::test, i).below(60));
            token.time_s = static_cast<Seconds>(i);
            out.tokens.push_back(token);
        }
        out.tokens.keep_last(kept);
        out.seen = seen;
        return out;
    }
    PersonFeatures person(PersonId id = PersonId(0)) {
        return m_world.store.read_person(m_world.params.features, m_world.catalogue, id,
                                         m_world.now_s);
    }
    std::vector<float> query(Era era, PersonId id = PersonId(0)) {
        CascadeScratch scratch;
        embed_person(m_world.inputs(), m_world.request(id), person(id), scratch);
        return scratch.query(era);
    }
    void publish_hstu() {
        m_world.models.eras[Era::hstu].model = std::make_shared<const HstuEra>(m_model);
        Matrix vectors(60, 6);
        for (std::size_t i = 0; i < 60; ++i)
            m_model->embed_item(ItemId(i), m_world.catalogue.content[i],
                                {vectors.data() + i * 6, 6});
        IndexSettings exact;
        exact.kind = IndexKind::exact;
        m_world.models.eras[Era::hstu].space = make_space(std::move(vectors), exact);
        m_world.params.retrieval.hstu = 1;
    }
};

void PersonVectorsTest::remembered_rows_equal_rows_made_anew() {
    for (const std::size_t stride : {1u, 3u, 7u}) {
        SequenceMemory kept;
        for (std::size_t seen = 1; seen < 60; seen += stride) {
            SequenceMemory anew;
            bring_up(m_model, sequence(seen, 10), m_world.catalogue.content, kept);
            bring_up(m_model, sequence(seen, 10), m_world.catalogue.content, anew);
            QCOMPARE(kept.state.seen, std::uint64_t{seen});
            QVERIFY(kept.state.rows == anew.state.rows);
            QCOMPARE(kept.state.window.size(), anew.state.window.size());
            QCOMPARE(kept.state.window.back().time_s, static_cast<Seconds>(seen) - 1);
        }
    }
}

void PersonVectorsTest::another_model_or_a_gap_begins_anew() {
    const RowTable& content = m_world.catalogue.content;
    const PersonSequence now = sequence(30, 10);
    SequenceMemory anew, memory;
    bring_up(m_model, now, content, anew);

    bring_up(std::make_shared<const MeanSequence>(6, 10), now, content, memory);
    memory.state.rows.assign(memory.state.rows.size(), 9.0f);
    bring_up(m_model, now, content, memory);
    QVERIFY(memory.state.rows == anew.state.rows);

    for (const std::size_t other : {12u, 45u}) {  // too long ago, and of a time not yet come
        memory = {};
        bring_up(m_model, sequence(other, 10, 2), content, memory);
        bring_up(m_model, now, content, memory);
        QVERIFY(memory.state.rows == anew.state.rows);
    }
}

void PersonVectorsTest::the_sequence_speaks_only_where_it_is_asked_for() {
    QVERIFY(query(Era::hstu).empty());
    publish_hstu();
    std::size_t spoken = 0;
    for (std::size_t p = 0; p < SmallCascade::kPeople; ++p) {
        const bool known = !person(PersonId(p)).sequence->tokens.empty();
        QCOMPARE(query(Era::hstu, PersonId(p)).empty(), !known);
        CascadeScratch scratch;
        std::vector<float> vector;
        const float length = m_world.models.eras[Era::hstu].model->embed_person(
            m_world.inputs(), m_world.request(PersonId(p)), person(PersonId(p)), scratch, vector);
        QCOMPARE(length, 1.0f);  // known or not: all of its vectors are
        spoken += known;
    }
    QVERIFY(spoken > 0);
    m_world.params.retrieval.hstu = 0;
    QVERIFY(query(Era::hstu).empty());
    m_world.params.eras.ranking = Era::hstu;
    QVERIFY(!query(Era::hstu).empty());
    m_world.params.eras.ranking = Era::two_tower;
}

void PersonVectorsTest::the_next_request_knows_the_last_event() {
    publish_hstu();
    SequenceMemory memory;
    Request request = m_world.request();
    request.memory = &memory;
    CascadeScratch scratch;
    embed_person(m_world.inputs(), request, person(), Era::hstu, scratch);
    const std::vector<float> before = scratch.query(Era::hstu);
    const std::uint64_t seen = memory.state.seen;

    const ItemId item(33);
    Event event{m_world.now_s, PersonId(0), item, 7, 0.9f, EventKind::watch};
    m_world.store.observe(m_world.params.features, m_world.catalogue, event.person,
                          std::span(&event, 1));
    m_world.now_s += 10;
    request = m_world.request();
    request.memory = &memory;
    embed_person(m_world.inputs(), request, person(), Era::hstu, scratch);
    QCOMPARE(memory.state.seen, seen + 1);
    const VectorSpace& space = m_world.models.eras[Era::hstu].space;
    QVERIFY(dot(scratch.query(Era::hstu), space[item]) > dot(before, space[item]));
    QVERIFY(scratch.query(Era::hstu) == query(Era::hstu));  // without a memory
}

void PersonVectorsTest::nightly_people_stay_as_they_were_trained() {
    publish_hstu();
    m_world.params.freshness.people_vectors = PeopleVectors::nightly;
    const auto streaming = query(Era::two_tower);  // nothing was kept: served as of now
    auto frozen = std::make_shared<Matrix>(2, 8);
    frozen->setConstant(0.25f);
    m_world.models.eras[Era::two_tower].space.people = frozen;
    m_world.models.eras[Era::hstu].space.people =
        std::make_shared<const Matrix>(frozen->leftCols(6));
    QVERIFY(query(Era::two_tower) == std::vector<float>(8, 0.25f));
    QVERIFY(query(Era::hstu) == std::vector<float>(6, 0.25f));
    QVERIFY(query(Era::two_tower, PersonId(2)).empty());  // who came after the training
    m_world.params.freshness.people_vectors = PeopleVectors::by_era;
    QVERIFY(query(Era::two_tower) == streaming);
    m_world.models.eras[Era::two_tower].space.people = nullptr;
}

void PersonVectorsTest::streaming_factors_are_the_full_solve_for_the_recent_items() {
    // Person 2's whole history is what the store calls recent, so the last half step of training
    // solved for the very same items.
    Interactions views{SmallCascade::kPeople, 60, {}};
    for (const RecentItem& each : person(PersonId(2)).realtime->recent)
        views.rows.push_back({PersonId(2), each.item, each.share, each.time_s});
    QVERIFY(views.rows.size() > 3);
    for (std::size_t i = 0; i < 60; ++i) views.rows.push_back({PersonId(i % 2), ItemId(i), 1, 0});
    IalsSettings settings;
    settings.dims = 5;
    settings.epochs = 3;
    const auto model = train_ials(views, settings);
    m_world.models.eras[Era::factorization].model = std::make_shared<const FactorizationEra>(model);
    m_world.models.eras[Era::factorization].space.trained =
        std::make_shared<const Matrix>(Matrix::Zero(60, 6));

    const auto trained = query(Era::factorization, PersonId(2));
    m_world.params.freshness.people_vectors = PeopleVectors::streaming;
    const auto folded = query(Era::factorization, PersonId(2));
    QCOMPARE(folded.size(), trained.size());
    for (std::size_t d = 0; d < folded.size(); ++d)
        QVERIFY(std::abs(folded[d] - trained[d]) < 1e-4f);

    // A further view moves the person at once, while the trained vector stays.
    Event event{m_world.now_s, PersonId(2), ItemId(5), 7, 0.9f, EventKind::watch};
    m_world.store.observe(m_world.params.features, m_world.catalogue, event.person,
                          std::span(&event, 1));
    m_world.now_s += 10;
    QVERIFY(query(Era::factorization, PersonId(2)) != folded);
    m_world.params.freshness.people_vectors = PeopleVectors::by_era;
    QVERIFY(query(Era::factorization, PersonId(2)) == trained);
}

void PersonVectorsTest::a_person_newer_than_the_model_has_no_factors() {
    auto fewer = std::make_shared<Factorization>(*factors_of(m_world.models));
    fewer->people.conservativeResize(2, Eigen::NoChange);
    m_world.models.eras[Era::factorization].model = std::make_shared<const FactorizationEra>(fewer);
    QVERIFY(query(Era::factorization, PersonId(2)).empty());
}

void PersonVectorsTest::attention_lies_over_the_windows_events() {
    publish_hstu();
    Request request = m_world.request();
    request.explain = true;
    CascadeWorkspace workspace;
    const AttentionPicture picture = m_world.run(request, workspace).attention;
    QVERIFY(!picture.events.empty() && picture.events.size() <= 10);
    QCOMPARE(picture.weight.cols(), static_cast<Eigen::Index>(picture.events.size()));
    const PersonSequence& sequence = *person().sequence;
    QCOMPARE(picture.events.back().item, sequence.tokens.back().item);
    for (const AttendedEvent& event : picture.events) QVERIFY(event.age_s >= 0);
    m_world.params.retrieval.hstu = 0;
    QVERIFY(m_world.run(request, workspace).attention.events.empty());
}

QTEST_GUILESS_MAIN(PersonVectorsTest)
#include "person_vectors_test.moc"
