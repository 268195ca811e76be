// The ways in which people differ, each against its closed form on a page small enough to see; and
// that nobody differs by default.
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/world/people/choice_model.h"
#include "engine/world/people/expected_utility.h"
#include "engine/world/people/utility.h"
#include "tests/worlds/one_person.h"

using namespace cascadelab;

namespace {

constexpr int kDraws = 20000;

// One person, everything that is not under test switched off, and three items about as good as
// doing something else.
struct Fixture {
    Params params = small_params();
    World world;
    std::vector<ItemId> page;

    explicit Fixture(const std::function<void(Params&)>& change = {}) {
        params.world.position_decay = 0;
        params.world.context_weight = 0;
        params.world.satiation = 0;
        params.world.taste_drift = 0;
        if (change) change(params);
        world = make_world(params, 3);
        person().patience = person().openness = 1;
        open_session(world, params, kSomebody);
        put_at({0.4, -0.5, 0.8});
    }

    Person& person() { return world.population.people[0]; }
    Surroundings around() const { return surroundings(world, params); }
    double worth(ItemId item) const {
        return utility(around(), world.population, kSomebody, item, 0);
    }
    double expected(ItemId item, bool recommended = true) const {
        const Surroundings here = around();
        return ExpectedUtility(here, world.population, kSomebody, 0).of(item, recommended);
    }
    // The page becomes items 0, 1, 2 ... of these utilities above the outside option.
    void put_at(std::span<const double> above) {
        page.clear();
        for (std::size_t k = 0; k < above.size(); ++k) {
            const double missing = above[k] + outside_utility(params.world) - worth(ItemId(k));
            world.catalogue.quality[k] += static_cast<float>(missing / params.world.quality_weight);
            page.push_back(ItemId(k));
        }
    }
    void put_at(std::initializer_list<double> above) {
        put_at(std::span<const double>(above.begin(), above.size()));
    }
    // The page is seen again and again by the same person as they are now.
    template <class Visit>
    void see_often(int draws, Visit&& visit) {
        const Population before = world.population;
        for (int draw = 0; draw < draws; ++draw) {
            world.population = before;
            visit(see_page(world, params, kSomebody, page, static_cast<std::uint64_t>(draw)));
        }
        world.population = before;
    }
    // How often each place is clicked first; the last of the counts is no click at all.
    std::vector<double> first_clicks(int draws = kDraws) {
        std::vector<double> counts(page.size() + 1, 0);
        see_often(draws, [&](const Response& response) {
            const auto click = std::ranges::find(response.events, EventKind::click, &Event::kind);
            ++counts[click == response.events.end() ? page.size() : click->position];
        });
        return counts;
    }
};

Who only(Segment segment) {
    return static_cast<Who>(1u << static_cast<unsigned>(segment));
}

class MannersTest : public QObject {
    Q_OBJECT
  private slots:
    void a_trait_belongs_to_the_segments_it_names() {
        for (const Segment segment : every<Segment>) {
            QVERIFY(!has_trait(Who::nobody, segment));
            QVERIFY(has_trait(Who::everybody, segment));
            QVERIFY(has_trait(only(segment), segment));
            const auto others = static_cast<Who>(7u ^ (1u << index_of(segment)));
            QVERIFY(!has_trait(others, segment));
        }
        QVERIFY(has_trait(Who::mainstream_niche, Segment::niche));
        QVERIFY(!has_trait(Who::niche_eclectic, Segment::mainstream));
    }

    // Who looks from the top takes the first item that attracts: P(k) = examined(k) x
    // attraction(k).
    void looking_from_the_top_is_the_cascade_model() {
        Fixture it([](Params& p) {
            p.behaviour.looks_down = p.behaviour.chooses_once = Who::everybody;
            p.behaviour.persistence = 0.7;
        });
        const std::vector<double> attraction = {logistic(0.4), logistic(-0.5), logistic(0.8)};
        std::vector<double> expected(3);
        examined_by_cascade(attraction, 0.7, expected);
        double none = 1;
        for (std::size_t k = 0; k < 3; ++k) none -= expected[k] *= attraction[k];
        expected.push_back(none);
        QVERIFY2(chi_square(it.first_clicks(), expected) < 16.3, "three degrees of freedom");
    }

    void who_looks_from_the_top_sees_nothing_below_where_they_stop() {
        Fixture it([](Params& p) {
            p.behaviour.looks_down = Who::everybody;
            p.behaviour.persistence = 0;
        });
        it.see_often(200, [](const Response& response) { QCOMPARE(response.examined, 1); });
    }

    void who_looks_at_everything_knows_no_position() {
        Fixture it([](Params& p) {
            p.world.position_decay = 2;
            p.behaviour.looks_at_all = Who::everybody;
        });
        std::vector<double> expected(3);
        expected.push_back(choice_probabilities(std::vector{0.4, -0.5, 0.8}, 0, 1, expected));
        QVERIFY2(chi_square(it.first_clicks(), expected) < 16.3, "three degrees of freedom");
    }

    void who_chooses_once_opens_one_item_at_most() {
        const auto most_clicks = [](Who who) {
            Fixture it([&](Params& p) { p.behaviour.chooses_once = who; });
            it.put_at({5, 5, 5});
            int most = 0;
            it.see_often(100, [&](const Response& r) { most = std::max(most, r.clicks); });
            return most;
        };
        QCOMPARE(most_clicks(Who::everybody), 1);
        QCOMPARE(most_clicks(Who::nobody), 2);
    }

    void who_chooses_the_best_is_never_tempted_by_less() {
        Fixture it([](Params& p) { p.behaviour.chooses_best = Who::everybody; });
        QCOMPARE(it.first_clicks(200)[2], 200.0);
        it.put_at({-0.2, -0.01, -3});
        QCOMPARE(it.first_clicks(200)[3], 200.0);
    }

    void a_trait_of_others_changes_nothing() {
        Fixture plain;
        const Segment own = plain.person().segment;
        const auto others = static_cast<Who>(7u ^ (1u << static_cast<unsigned>(own)));
        Fixture other([&](Params& p) {
            BehaviourParams& b = p.behaviour;
            for (Who* who : {&b.looks_down, &b.looks_at_all, &b.chooses_once, &b.chooses_best,
                             &b.knows_partly, &b.trusting, &b.sensitises, &b.tires_of_repetition})
                *who = others;
        });
        QCOMPARE(plain.first_clicks(500), other.first_clicks(500));
    }

    // --- what is expected of an item

    void everybody_expects_what_an_item_is_worth() {
        const Fixture it;
        for (std::size_t i = 0; i < 50; ++i) QVERIFY(it.expected(ItemId(i)) == it.worth(ItemId(i)));
    }

    // Who knows nothing of an item expects its topic less the price of the risk, who knows all
    // expects the item.
    void partial_knowledge_goes_from_the_topic_to_the_item() {
        Fixture it([](Params& p) {
            p.behaviour.knows_partly = Who::everybody;
            p.behaviour.revealed_share = 0;
            p.behaviour.known_share = 1;
            p.behaviour.risk_aversion = 0;
        });
        for (const ItemId item : it.page)
            QVERIFY(std::abs(it.expected(item) - it.worth(item)) < 1e-9);
        it.params.behaviour.known_share = 0;
        const auto taste = it.world.population.taste[0];
        for (const ItemId item : it.page) {
            const std::size_t topic = it.world.catalogue.true_topic[item.index()].index();
            const double of_topic =
                it.params.world.taste_weight * dot(taste, it.world.topic_centres[topic]);
            QVERIFY(std::abs(it.expected(item) - of_topic) < 1e-6);
        }
        const double before = it.expected(ItemId(0));
        it.params.behaviour.risk_aversion = 2;
        const double variance = std::pow(it.params.world.taste_weight * 0.25, 2) +
                                std::pow(it.params.world.quality_weight, 2);
        QVERIFY(std::abs(before - it.expected(ItemId(0)) - variance) < 1e-9);
    }

    void a_recommendation_reveals_and_what_was_tried_is_known() {
        Fixture it([](Params& p) {
            p.behaviour.knows_partly = Who::everybody;
            p.behaviour.known_share = 0;
            p.behaviour.revealed_share = 1;
        });
        QVERIFY(std::abs(it.expected(ItemId(0), true) - it.worth(ItemId(0))) < 1e-9);
        QVERIFY(it.expected(ItemId(0), false) < it.worth(ItemId(0)) - 0.1);
        it.person().watched = {ItemId(0)};
        QVERIFY(it.expected(ItemId(0), false) == it.worth(ItemId(0)));
    }

    // Of all people and items the expectation keeps K of the variance and stays the same when asked
    // again.
    void what_is_known_beforehand_is_fixed_and_unbiased() {
        Fixture it([](Params& p) {
            p.behaviour.knows_partly = Who::everybody;
            p.behaviour.known_share = 0.4;
            p.behaviour.revealed_share = 0;
            p.behaviour.risk_aversion = 0;
        });
        std::ranges::fill(it.world.catalogue.quality, 0.0f);
        for (std::size_t i = 0; i < it.world.catalogue.size(); ++i) {
            const std::size_t topic = it.world.catalogue.true_topic[i].index();
            std::ranges::copy(it.world.topic_centres[topic], it.world.catalogue.taste[i].begin());
        }
        const Surroundings around = it.around();
        double sum = 0, squares = 0, count = 0;
        for (std::size_t p = 0; p < it.world.population.size(); ++p) {
            const ExpectedUtility one(around, it.world.population, PersonId(p), 0);
            for (std::size_t i = 0; i < it.world.catalogue.size(); ++i, ++count) {
                const double off = one.of(ItemId(i), false) -
                                   utility(around, it.world.population, PersonId(p), ItemId(i), 0);
                QVERIFY(off == one.of(ItemId(i), false) -
                                   utility(around, it.world.population, PersonId(p), ItemId(i), 0));
                sum += off;
                squares += off * off;
            }
        }
        const double variance = std::pow(it.params.world.taste_weight * 0.25, 2) +
                                std::pow(it.params.world.quality_weight, 2);
        QVERIFY(std::abs(sum / count) < 0.06);
        QVERIFY(std::abs(squares / count / (0.4 * 0.6 * variance) - 1) < 0.08);
    }

    void click_appeal_tempts_and_is_not_felt() {
        Fixture it;
        const double worth = it.worth(ItemId(1));
        it.world.catalogue.appeal[1] = 1.5f;
        QVERIFY(it.worth(ItemId(1)) == worth);
        QVERIFY(std::abs(it.expected(ItemId(1)) - worth - 1.5) < 1e-12);
    }

    // --- trust, disappointment

    void trust_follows_how_good_pages_were() {
        Fixture it([](Params& p) {
            p.behaviour.trusting = Who::everybody;
            p.behaviour.trust_memory = 0.8;
            p.behaviour.trust_weight = 2;
        });
        QVERIFY(it.expected(ItemId(0)) == it.worth(ItemId(0)));
        it.put_at({-50, -50, -50});
        see_page(it.world, it.params, kSomebody, it.page, 1);
        QVERIFY(std::abs(it.person().trust - 0.4f) < 1e-6f);
        QVERIFY(std::abs(it.expected(ItemId(9)) - it.worth(ItemId(9)) + 0.4) < 1e-6);
        QVERIFY(it.expected(ItemId(9), false) == it.worth(ItemId(9)));
        it.put_at({50, 50, 50});
        const Response good = see_page(it.world, it.params, kSomebody, it.page, 2);
        const double after = 0.8 * 0.4 + 0.2 * satisfaction_of(good.pleasure);
        QVERIFY(std::abs(it.person().trust - after) < 1e-6);
    }

    void disappointment_shortens_the_next_session() {
        Fixture it([](Params& p) {
            p.behaviour.satisfaction_sensitivity = 0.5;
            p.behaviour.satisfaction_memory = 0.7;
        });
        it.put_at({30});
        it.world.catalogue.appeal[0] = 2;
        QCOMPARE(see_page(it.world, it.params, kSomebody, it.page, 1).clicks, 1);
        QVERIFY(std::abs(it.person().promise_kept + 2) < 1e-5);
        const auto budget_at = [&](float kept) {
            Person person = it.person();
            person.session = {};
            person.promise_kept = kept;
            begin_session(it.around(), person, Stream(1, Purpose::session, 0, 9));
            return static_cast<double>(person.session.budget_s);
        };
        QVERIFY(std::abs(budget_at(-2) / budget_at(0) - 2 * logistic(-1)) < 1e-5);
    }

    // --- tiring and changing

    // Two states: appetite that fades within the hour over satiation that lasts.
    void appetite_comes_first_and_satiation_stays() {
        Fixture it([](Params& p) {
            p.world.satiation = 0.3;
            p.world.satiation_half_life_h = 10;
            p.behaviour.sensitises = Who::everybody;
            p.behaviour.sensitisation = 0.8;
            p.behaviour.sensitisation_half_life_h = 0.5;
        });
        const ItemId item(5);
        const TopicId topic = it.world.catalogue.true_topic[5];
        const double fresh = it.worth(item);
        add_watch(it.around(), it.person(), topic, 1, 0);
        const auto change_at = [&](double hours) {
            const auto t = static_cast<Seconds>(hours * kHour);
            return utility(it.around(), it.world.population, kSomebody, item, t) - fresh;
        };
        for (const double hours : {0.0, 0.5, 1.0, 5.0, 10.0}) {
            const double law = 0.8 * std::exp2(-hours / 0.5) - 0.3 * std::exp2(-hours / 10);
            QVERIFY(std::abs(change_at(hours) - law) < 1e-6);
        }
        // A second watch adds to what is left of both.
        add_watch(it.around(), it.person(), topic, 1, kHour / 2);
        QVERIFY(std::abs(it.person().sensitisation[topic.index()] - 1.5f) < 1e-6f);
    }

    void repetition_bores_who_tires_of_it() {
        const auto leaves = [](Who who, std::uint16_t repetitions) {
            Fixture it([&](Params& p) {
                p.behaviour.tires_of_repetition = who;
                p.behaviour.repetition_boredom = 0.5;
                p.behaviour.chooses_once = Who::everybody;
            });
            it.put_at({50});
            it.person().session.topic =
                static_cast<std::uint8_t>(it.world.catalogue.true_topic[0].index());
            it.person().session.repetitions = repetitions;
            double count = 0;
            it.see_often(4000, [&](const Response& response) { count += response.leaves; });
            return count / 4000;
        };
        const double plain = leaves(Who::nobody, 2);
        QVERIFY(std::abs(plain - 0.08) < 0.02);
        // Two in a row after the first, and the one on this page.
        const double law = 1 - (1 - 0.08) * std::exp(-0.5 * 3);
        QVERIFY(std::abs(leaves(Who::everybody, 2) - law) < 0.03);
    }

    void what_is_known_bores_who_tires_of_repetition() {
        const auto leaves = [](Who who, std::size_t known) {
            Fixture it([&](Params& p) {
                p.behaviour.tires_of_repetition = who;
                p.behaviour.repetition_boredom = 0;
                p.behaviour.seen_boredom = 0.8;
                p.behaviour.looks_at_all = p.behaviour.chooses_once = Who::everybody;
            });
            it.put_at({50, 50});
            for (std::size_t k = 0; k < known; ++k) mark_watched(it.person(), it.page[k]);
            double count = 0;
            it.see_often(4000, [&](const Response& response) { count += response.leaves; });
            return count / 4000;
        };
        const auto law = [](double known_share) {
            return 1 - (1 - 0.08) * std::exp(-0.8 * known_share);
        };
        QVERIFY(std::abs(leaves(Who::nobody, 2) - 0.08) < 0.02);
        QVERIFY(std::abs(leaves(Who::everybody, 0) - 0.08) < 0.02);
        QVERIFY(std::abs(leaves(Who::everybody, 1) - law(0.5)) < 0.03);
        QVERIFY(std::abs(leaves(Who::everybody, 2) - law(1)) < 0.03);
    }

    void drift_and_patience_are_those_of_the_segment() {
        Fixture it([](Params& p) {
            p.world.taste_drift = 0.1;
            p.behaviour.drift_mainstream = p.behaviour.drift_niche = p.behaviour.drift_eclectic = 0;
            p.behaviour.patience_mainstream = 2;
            p.behaviour.patience_niche = 3;
            p.behaviour.patience_eclectic = 4;
        });
        it.put_at({50, 50});
        QVERIFY(see_page(it.world, it.params, kSomebody, it.page, 1).clicks > 0);
        QVERIFY(it.world.population.taste.data == it.world.population.innate.data);
        const EnumArray<Segment, double> patience = {2, 3, 4};
        for (const Segment segment : every<Segment>) {
            Person person = it.person();
            person.segment = segment;
            person.patience = 1;
            QCOMPARE(patience_of(it.params.behaviour, person), patience[segment]);
        }
    }

    // Giving up is exponential in the wait; who waits sees the page, late.
    void a_slow_page_loses_people_at_a_steady_rate() {
        Fixture it([](Params& p) {
            p.behaviour.page_delay_ms = 4000;
            p.behaviour.abandonment_per_s = 0.2;
        });
        double gone = 0;
        it.see_often(kDraws, [&](const Response& response) {
            gone += response.abandoned;
            QVERIFY(!response.abandoned || (response.leaves && response.events.empty()));
        });
        const double law = 1 - std::exp(-0.2 * 4);
        QVERIFY(std::abs(gone / kDraws - law) < 5 * std::sqrt(law * (1 - law) / kDraws));
        it.params.behaviour.impatient = Who::nobody;
        const Seconds before_s = it.person().session.now_s;
        const Response response = see_page(it.world, it.params, kSomebody, it.page, 1);
        QVERIFY(!response.abandoned);
        QCOMPARE(response.events.front().time_s, before_s + 4);
    }

    void who_never_uses_levers_says_nothing() {
        const auto levers = [](double rate) {
            Fixture it([&](Params& p) { p.behaviour.lever_rate = rate; });
            it.put_at({2, 2, -6});
            double count = 0;
            it.see_often(3000, [&](const Response& response) {
                for (const Event& event : response.events)
                    count += event.kind >= EventKind::like && event.kind <= EventKind::add_to_list;
            });
            return count;
        };
        QCOMPARE(levers(0), 0.0);
        const double usual = levers(1);
        QVERIFY(usual > 100);
        QVERIFY(levers(2) > 1.5 * usual);
    }

    // Somebody who means to say something says it about the first fitting item, once.
    void a_meant_lever_is_pulled_once() {
        Fixture it([](Params& p) { p.behaviour.lever_rate = 0; });
        std::vector<TopicId> shown;
        for (const ItemId item : it.page)
            shown.push_back(it.world.catalogue.cards[item.index()].topic);
        const auto said = [&] {
            const Response response = see_page(it.world, it.params, kSomebody, it.page, 1);
            std::vector<Event> levers;
            for (const Event& event : response.events)
                if (is_lever(event.kind)) levers.push_back(event);
            return levers;
        };
        TopicId absent(0);
        while (std::ranges::find(shown, absent) != shown.end()) ++absent.value;
        it.person().intention = {EventKind::follow, absent};
        QVERIFY(said().empty());
        it.person().intention = {EventKind::not_interested, shown.back()};
        const auto levers = said();
        QCOMPARE(levers.size(), std::size_t{1});
        QVERIFY(levers[0].kind == EventKind::not_interested);
        const auto first = std::ranges::find(shown, shown.back()) - shown.begin();
        QVERIFY(levers[0].item == it.page[static_cast<std::size_t>(first)]);
        QVERIFY(said().empty());
    }

    void an_item_ages_to_half_in_its_half_life() {
        Fixture it([](Params& p) { p.supply.ageing = 2; });
        const auto half_life = static_cast<Seconds>(it.around().pack.ageing_half_life_days * kDay);
        it.world.catalogue.cards[0].released_s = 0;
        const auto at = [&](Seconds t) {
            return utility(it.around(), it.world.population, kSomebody, ItemId(0), t);
        };
        QVERIFY(std::abs(at(0) - at(half_life) - 1) < 1e-9);
        QVERIFY(std::abs(at(0) - at(2 * half_life) - 1.5) < 1e-9);
        // Age is counted from the release.
        it.world.catalogue.cards[0].released_s = half_life;
        QVERIFY(std::abs(at(half_life) - at(2 * half_life) - 1) < 1e-9);
        QCOMPARE(at(0), at(half_life));
    }
};

}  // namespace

QTEST_GUILESS_MAIN(MannersTest)
#include "manners_test.moc"
