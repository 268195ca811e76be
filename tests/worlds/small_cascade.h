// A made-up cascade for its tests: a catalogue, a feature store with a past, published models and a
// ranker that was really trained, all drawn from one seed. Nothing of it is tuned: what must hold
// for every request must hold here.
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "engine/base/random.h"
#include "engine/cascade/cascade.h"
#include "engine/cascade/eras/factorization.h"
#include "engine/cascade/eras/two_tower.h"
#include "engine/cascade/rank/ranker.h"
#include "engine/cascade/retrieve/person_vectors.h"
#include "engine/cascade/retrieve/sources.h"

namespace cascadelab {

// Random unit rows.
inline Matrix unit_rows(std::size_t rows, std::size_t dims, Stream& stream) {
    Matrix matrix(rows, dims);
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t d = 0; d < dims; ++d) {
            matrix(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(d)) =
                static_cast<float>(stream.normal());
        }
    }
    matrix.rowwise().normalize();
    return matrix;
}

// Random columns of the ranker's size, and outcomes that depend on a few of them.
inline Matrix random_rows(std::size_t count, Stream& stream) {
    Matrix rows(count, ranking_columns().size());
    for (Eigen::Index i = 0; i < rows.size(); ++i)
        rows.data()[i] = static_cast<float>(stream.uniform(-1, 3));
    return rows;
}

// Trained once a program and never freed: at the program's end XGBoost's own memory is gone first.
inline std::shared_ptr<const Ranker> small_ranker() {
    static const auto* const ranker = new std::shared_ptr<const Ranker>([] {
        Stream stream(3, Purpose::test);
        const Matrix rows = random_rows(1500, stream);
        Matrix labels(rows.rows(), 4);
        for (Eigen::Index r = 0; r < rows.rows(); ++r) {
            for (int head = 0; head < 4; ++head) {
                const float lean = rows(r, head) + rows(r, 19 + head) + rows(r, 28) - 3;
                labels(r, head) = stream.chance(1 / (1 + std::exp(-lean))) ? 1.0f : 0.0f;
            }
        }
        RankingParams params;
        params.trees = 40;
        params.depth = 3;
        return train_ranker({rows, labels, {}}, params, 1);
    }());
    return *ranker;
}

// A person's vector is a fixed mixture of the features, so that a test needs no training.
class MixingTower : public TwoTower {
  public:
    explicit MixingTower(int dims) : m_dims(dims) {}
    int dims() const override { return m_dims; }
    void embed_person(PersonId, std::span<const float> features,
                      std::span<float> out) const override {
        for (std::size_t d = 0; d < out.size(); ++d) {
            out[d] = 0.1f;
            for (std::size_t f = d; f < features.size(); f += out.size()) out[d] += features[f];
        }
        const float norm = as_vector(out).norm();
        for (float& x : out) x /= norm;
    }
    void embed_item(ItemId, std::span<const float>, std::span<float>) const override {}
    bool trained_on(ItemId) const override { return true; }
    std::span<const double> epoch_loss() const override { return {}; }

  private:
    int m_dims;
};

class SmallCascade {
  public:
    static constexpr std::size_t kPeople = 3;
    static constexpr std::size_t kDims = 12;

    // items: at least ten.
    SmallCascade(std::uint64_t seed, std::size_t items) : m_stream(seed, Purpose::test, items) {
        now_s = 9 * kDay + static_cast<Seconds>(m_stream.below(kDay));
        make_catalogue(items);
        store = FeatureStore(params.features, kPeople, catalogue);
        for (std::size_t p = 0; p < kPeople; ++p) live(PersonId(p));
        store.advance(params.features, m_events, now_s);
        deploy_batch();
        publish_models();
        models.ranker = small_ranker();
    }

    CascadeInputs inputs() const {
        return {params, catalogue.cards, catalogue.content, store, models};
    }
    Request request(PersonId person = PersonId(0)) const {
        Request request;
        request.person = person;
        request.number = 7;
        request.now_s = now_s;
        request.region = static_cast<std::uint8_t>(person.index());
        return request;
    }
    const CascadeTrace& run(const Request& request, CascadeWorkspace& workspace) {
        const PersonFeatures features =
            store.read_person(params.features, catalogue, request.person, request.now_s);
        run_cascade(inputs(), request, features,
                    Stream(5, Purpose::exploration, request.person.value, request.number),
                    workspace);
        return workspace.trace;
    }
    bool is_new(ItemId item) const {
        return static_cast<double>(now_s - catalogue.cards[item.index()].released_s) <
               params.retrieval.fresh_window_h * kHour;
    }

    Params params;
    Catalogue catalogue;
    FeatureStore store;
    PublishedModels models;
    Seconds now_s = 0;

  private:
    void make_catalogue(std::size_t items) {
        const Matrix content = unit_rows(items, kDims, m_stream);
        catalogue.content.dims = kDims;
        catalogue.content.data.assign(content.data(), content.data() + content.size());
        for (std::size_t i = 0; i < items; ++i) {
            ItemCard card;
            card.topic = TopicId(m_stream.below(kTopicCount));
            card.regions = static_cast<std::uint8_t>(1 + m_stream.below(15));
            card.creator = CreatorId(m_stream.below(1 + items / 8));
            if (m_stream.chance(0.5)) card.franchise = FranchiseId(m_stream.below(1 + items / 12));
            card.released_s = now_s - static_cast<Seconds>(m_stream.below(6 * kDay));
            card.duration_s = static_cast<float>(m_stream.uniform(60, 6000));
            catalogue.cards.push_back(std::move(card));
        }
    }
    // A few pages over the last two days.
    void live(PersonId person) {
        const std::uint64_t pages = m_stream.below(12);
        for (std::uint32_t page = 0; page < pages; ++page) {
            const Seconds time_s =
                now_s - 2 * kDay +
                static_cast<Seconds>(page + 1) * 2 * kDay / static_cast<Seconds>(pages + 1);
            Event event{time_s, person, {}, page, 0, EventKind::impression};
            for (int place = 0; place < 6; ++place) {
                event.item = ItemId(m_stream.below(catalogue.size()));
                tell(event, EventKind::impression, 0);
                const double share = m_stream.uniform();
                if (share > 0.6) tell(event, EventKind::watch, static_cast<float>(share));
                if (share < 0.1) tell(event, EventKind::not_interested, 0);
            }
            if (m_stream.chance(0.2)) {
                event.topic = static_cast<std::uint8_t>(m_stream.below(kTopicCount));
                tell(event, EventKind::search, 0);
            }
        }
    }
    void tell(Event event, EventKind kind, float value) {
        event.kind = kind;
        event.value = value;
        if (kind == EventKind::search) event.item = {};
        store.observe(params.features, catalogue, event.person, std::span(&event, 1));
        m_events.push_back(event);
    }
    void deploy_batch() {
        auto tables = std::make_shared<BatchTables>();
        tables->stamp = {now_s - kHour, now_s - kHour};
        tables->people.resize(kPeople);
        tables->items.resize(catalogue.size() - catalogue.size() / 10);  // the newest have no row
        for (ItemBatch& item : tables->items) {
            // Few values, so that equal ones meet.
            item.click_rate = static_cast<float>(m_stream.below(5)) / 10;
            item.watch_share = static_cast<float>(m_stream.below(4)) / 4;
            item.like_rate = static_cast<float>(m_stream.below(3)) / 20;
        }
        store.deploy_batch(std::move(tables));
    }
    VectorSpace space_of(Matrix vectors) {
        IndexSettings settings;
        settings.kind = IndexKind::exact;
        return make_space(std::move(vectors), settings);
    }
    void publish_models() {
        const std::size_t items = catalogue.size();
        Interactions views{kPeople, items, {}};
        for (std::size_t i = 0; i < 2 * items; ++i) {
            views.rows.push_back({PersonId(m_stream.below(kPeople)), ItemId(m_stream.below(items)),
                                  1, now_s - static_cast<Seconds>(m_stream.below(kDay))});
        }
        models.popularity = build_popularity(views, now_s, kDay);
        models.covisitation = std::make_shared<const CoVisitation>(
            *build_covisitation(views, CoVisitationSettings{}));
        for (std::size_t i = 0; i < items; ++i) {
            models.topic_lists[catalogue.cards[i].topic.index()].push_back(ItemId(i));
            if (is_new(ItemId(i))) models.newest.push_back(ItemId(i));
        }
        std::ranges::sort(models.newest, [&](ItemId a, ItemId b) {
            const Seconds x = catalogue.cards[a.index()].released_s,
                          y = catalogue.cards[b.index()].released_s;
            return x != y ? x > y : a > b;
        });
        models.eras[Era::two_tower].model =
            std::make_shared<const TwoTowerEra>(std::make_shared<const MixingTower>(8));
        models.eras[Era::two_tower].space = space_of(unit_rows(items, 8, m_stream));
        auto factors = std::make_shared<Factorization>();
        factors->people = unit_rows(kPeople, 5, m_stream);
        factors->items = unit_rows(items, 6, m_stream);
        models.eras[Era::factorization].space = space_of(factors->items);
        models.eras[Era::factorization].model =
            std::make_shared<const FactorizationEra>(std::move(factors));
    }

    Stream m_stream;
    std::vector<Event> m_events;
};

}  // namespace cascadelab
