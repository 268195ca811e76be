// Between pages: how often people come, at what hour, when they leave for good, and the way back to
// their innate taste.
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "engine/world/domain/taste_space.h"
#include "engine/world/world.h"

using namespace cascadelab;

namespace {

constexpr PersonId kSomebody{std::size_t{0}};

Params small_params() {
    Params params;
    params.world.people = 20;
    params.world.items = 100;
    params.world.creators = 10;
    return params;
}

// Ends a session of the given pleasure for fresh copies of one person; how many of them are gone.
int churned_of(const Params& params, float mood, float pleasure, int people) {
    World world = make_world(params, 1);
    const Surroundings around = surroundings(world, params);
    const Person before = world.population.people[0];
    int churned = 0;
    for (int i = 0; i < people; ++i) {
        Person& person = world.population.people[0] = before;
        person.mood = mood;
        begin_session(around, person, Stream(1, Purpose::session, 0));
        person.session.pleasure = pleasure;
        end_session(around, world.population, kSomebody,
                    Stream(1, Purpose::churn, static_cast<std::uint64_t>(i)));
        churned += person.churned;
    }
    return churned;
}

}  // namespace

class SessionTest : public QObject {
    Q_OBJECT

  private slots:
    void people_come_as_often_as_the_parameter_says();
    void people_come_at_their_hour();
    void a_good_mood_brings_people_back_sooner();
    void sessions_start_clean();
    void mood_follows_pleasure();
    void only_the_dissatisfied_leave_for_good();
    void days_away_lead_back_to_innate_taste();
};

void SessionTest::people_come_as_often_as_the_parameter_says() {
    WorldParams params;
    params.sessions_per_day = 3;
    Person person;
    Stream stream(1, Purpose::test);
    Seconds t = 0;
    constexpr int kSessions = 20000;
    for (int i = 0; i < kSessions; ++i) {
        const Seconds next = next_session_after(params, person, t, stream);
        QVERIFY(next > t);
        t = next;
    }
    const double a_day = kSessions / (static_cast<double>(t) / kDay);
    QVERIFY2(std::abs(a_day - 3) < 0.1, qPrintable(QString::number(a_day)));
}

void SessionTest::people_come_at_their_hour() {
    WorldParams params;
    params.sessions_per_day = 6;
    Person person;
    person.peak_hour = 9;
    Stream stream(2, Purpose::test);
    // The rhythm is a cosine around the peak: its first harmonic stands out, its phase is the peak.
    double cosine = 0;
    double sine = 0;
    Seconds t = 0;
    constexpr int kSessions = 20000;
    for (int i = 0; i < kSessions; ++i) {
        t = next_session_after(params, person, t, stream);
        const double angle = 2 * std::numbers::pi * (hour_of(t) - 9) / 24;
        cosine += std::cos(angle) / kSessions;
        sine += std::sin(angle) / kSessions;
    }
    QVERIFY(cosine > 0.3);
    QVERIFY(std::abs(sine) < 0.03);
}

void SessionTest::a_good_mood_brings_people_back_sooner() {
    const WorldParams params;
    const auto mean_gap = [&](float mood) {
        Person person;
        person.mood = mood;
        double sum = 0;
        for (std::uint64_t i = 0; i < 4000; ++i) {
            Stream stream(3, Purpose::test, i);
            sum += static_cast<double>(next_session_after(params, person, 0, stream));
        }
        return sum;
    };
    QVERIFY(mean_gap(-0.8f) > 1.5 * mean_gap(0.8f));
}

void SessionTest::sessions_start_clean() {
    const Params params = small_params();
    World world = make_world(params, 1);
    Person& person = world.population.people[0];
    person.session.boredom = 3;
    person.session.pages = 7;
    begin_session(surroundings(world, params), person, Stream(1, Purpose::session, 0));
    QVERIFY(person.session.active);
    QCOMPARE(person.session.now_s, person.next_session_s);
    QCOMPARE(person.session.boredom, 0.0f);
    QCOMPARE(person.session.pages, std::uint16_t{0});
    QVERIFY(person.session.budget_s > 0);
}

void SessionTest::mood_follows_pleasure() {
    const Params params = small_params();
    const auto mood_after = [&](float pleasure) {
        World world = make_world(params, 1);
        Person& person = world.population.people[0];
        begin_session(surroundings(world, params), person, Stream(1, Purpose::session, 0));
        person.session.pleasure = pleasure;
        end_session(surroundings(world, params), world.population, kSomebody,
                    Stream(1, Purpose::churn, 0));
        return person.mood;
    };
    const float before = make_world(params, 1).population.people[0].mood;
    QVERIFY(mood_after(5) > before);
    QVERIFY(mood_after(0) < before);
    QVERIFY(mood_after(5) <= 1 && mood_after(0) >= -1);
}

void SessionTest::only_the_dissatisfied_leave_for_good() {
    Params params = small_params();
    params.world.churn = 0.5;
    const int worst = churned_of(params, -1, 0, 2000);
    QVERIFY2(std::abs(worst - 1000) < 5 * std::sqrt(500.0), "churn is the share at the very worst");
    QVERIFY(churned_of(params, 0.5f, 2, 2000) < 20);
    params.world.churn = 0;
    QCOMPARE(churned_of(params, -1, 0, 500), 0);
}

void SessionTest::days_away_lead_back_to_innate_taste() {
    Params params = small_params();
    params.world.churn = 0;
    params.world.taste_return = 0.1;
    World world = make_world(params, 1);
    const auto taste = world.population.taste[0];
    const auto innate = world.population.innate[0];
    step_toward(taste, world.population.taste[1], 0.5);
    const double angle = std::acos(dot(taste, innate));
    Person& person = world.population.people[0];
    begin_session(surroundings(world, params), person, Stream(1, Purpose::session, 0));
    end_session(surroundings(world, params), world.population, kSomebody,
                Stream(1, Purpose::churn, 0));
    const double days = static_cast<double>(person.next_session_s - person.session.now_s) / kDay;
    const double expected = angle * std::pow(0.9, days);
    QVERIFY(std::abs(std::acos(dot(taste, innate)) - expected) < 1e-3);
    QVERIFY(std::abs(dot(taste, taste) - 1) < 1e-5);
}

QTEST_GUILESS_MAIN(SessionTest)
#include "session_test.moc"
