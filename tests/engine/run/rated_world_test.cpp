// A world that begins with ratings from outside: what it takes from them, and that it stays a world
// like any other.
#include "engine/run/rated_world.h"

#include <QtTest>
#include <fstream>

#include "engine/base/text.h"
#include "engine/run/player.h"
#include "engine/world/world.h"
#include "tests/worlds/small_world.h"

using namespace cascadelab;

namespace {

// Three tastes: person p rates mostly items of group p % 3, item i belongs to group i % 3.
std::string three_tastes(double first_stars = 5) {
    std::string text = "user,item,rating,timestamp\n";
    Stream stream(7, Purpose::test);
    for (int p = 0; p < 45; ++p) {
        for (int i = 0; i < 60; ++i) {
            const bool liked = stream.chance(i % 3 == p % 3 ? 0.7 : 0.05);
            const std::string stars = number_text(i == 0 ? first_stars : 3);
            if (!liked) continue;
            text += std::to_string(p) + ",film " + std::to_string(100 + i) + "," + stars + ",9\n";
        }
    }
    return text;
}

class RatedWorldTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string file(const QString& name, const std::string& content) {
        const std::string path = m_folder.filePath(name).toStdString();
        std::ofstream(path) << content;
        return path;
    }
    Params params() {
        Params p = small_world().params;
        p.world.items = 60;
        p.world.people = 45;
        p.world.ratings_file = file("ratings.csv", three_tastes());
        return p;
    }

  private slots:
    void items_and_people_who_like_the_same_lie_together() {
        const auto rated = read_rated_catalogue(params());
        QVERIFY(rated.ok() && rated.value() != nullptr);
        const World world = make_world(params(), 5, rated.value().get());
        QCOMPARE(world.catalogue.size(), std::size_t(60));
        QCOMPARE(world.catalogue.cards[0].title, std::string("film 100"));
        double near = 0, far = 0;
        for (std::size_t p = 0; p < 45; ++p) {
            for (std::size_t i = 0; i < 60; ++i) {
                const float closeness = dot(world.population.taste[p], world.catalogue.taste[i]);
                (i % 3 == p % 3 ? near : far) += closeness;
            }
        }
        QVERIFY(near / 900 > far / 1800 + 0.5);
        QVERIFY(world.population.taste.data == world.population.innate.data);
    }
    void better_rated_items_are_better() {
        Params p = params();
        const auto liked = read_rated_catalogue(p);
        p.world.ratings_file = file("disliked.csv", three_tastes(1));
        const auto disliked = read_rated_catalogue(p);
        QVERIFY(liked.value()->quality[0] > disliked.value()->quality[0] + 1);
    }
    void more_people_and_items_than_rated_are_made_up() {
        Params p = params();
        p.world.people = 100;
        p.world.items = 90;
        const auto rated = read_rated_catalogue(p);
        const World world = make_world(p, 5, rated.value().get());
        QCOMPARE(world.catalogue.size(), std::size_t(90));
        QCOMPARE(world.population.size(), std::size_t(100));
        const float again = dot(world.population.taste[3], world.population.taste[48]);
        QVERIFY(again > 0.9f && again < 1);
        p.world.items = 20;  // the most rated ones
        QCOMPARE(read_rated_catalogue(p).value()->titles.size(), std::size_t(20));
    }
    void the_content_of_the_file_is_in_the_hash_and_its_place_is_not() {
        const auto hash = [](const Params& p) {
            Scenario scenario = small_world();
            scenario.params = p;
            scenario.timeline.clear();
            return Player::make(scenario, {1, "", false}).value()->simulation().hashes();
        };
        Params p = params();
        const Hashes first = hash(p);
        QVERIFY(hash(p) == first);
        p.world.ratings_file = file("elsewhere.csv", three_tastes());
        QVERIFY(hash(p) == first);
        p.world.ratings_file = file("other.csv", three_tastes(1));
        QVERIFY(hash(p).world != first.world);
        p.world.ratings_file.clear();
        QVERIFY(hash(p).world != first.world);
    }
    void genres_give_topics_their_names() {
        const QDir folder(m_folder.filePath("movies"));
        QVERIFY(QDir().mkpath(folder.path()));
        file("movies/ratings.csv", three_tastes());
        std::string titles = "movieId,title,genres\n";
        const std::array<const char*, 3> genre = {"Crime|Thriller", "Comedy", "Sci-Fi"};
        for (int i = 0; i < 60; ++i) {
            titles += "film " + std::to_string(100 + i) + ",\"Number " + std::to_string(i) +
                      ", The\"," + genre[static_cast<std::size_t>(i % 3)] + "\n";
        }
        file("movies/movies.csv", titles);
        Params p = params();
        p.world.ratings_file = folder.path().toStdString();
        const auto rated = read_rated_catalogue(p);
        QCOMPARE(rated.value()->titles[4], std::string("Number 4, The"));
        const auto& pack = domain_pack(p.world.pack);
        std::array<std::array<int, kTopicCount>, 3> count{};
        for (std::size_t i = 0; i < 60; ++i) ++count[i % 3][rated.value()->topic[i].index()];
        // Eight topics share three groups, so one of a group's topics bears its genre's name.
        const std::array<std::string_view, 3> name = {"Crime drama", "Comedy", "Sci-fi"};
        for (std::size_t g = 0; g < 3; ++g) {
            for (std::size_t t = 0; t < kTopicCount; ++t) {
                if (pack.topics[t].name == name[g]) QVERIFY(count[g][t] > 0);
            }
        }
    }
    void a_world_of_ratings_runs() {
        Scenario scenario = small_world(1);
        scenario.params = params();
        scenario.timeline.clear();
        auto player = Player::make(scenario, {2, "", false});
        QVERIFY(player.ok());
        for (int tick = 0; tick < 40; ++tick) player.value()->step();
        QVERIFY(player.value()->simulation().snapshot() != nullptr);
    }
    void what_cannot_be_read_stops_the_run_with_its_name() {
        Scenario scenario = small_world();
        scenario.params.world.ratings_file = m_folder.filePath("nowhere").toStdString();
        const auto player = Player::make(scenario, {1, "", false});
        QVERIFY(!player.ok());
        QCOMPARE(player.problem().code, ExitCode::input_output);
        QCOMPARE(player.problem().file, scenario.params.world.ratings_file);
    }
    void a_relative_path_is_relative_to_the_scenario() {
        const std::string path =
            file("mine.cascade.json",
                 R"({"format": "cascadelab-scenario", "version": 1, "title": "Mine",
                "params": {"world.ratings_file": "data/ratings.csv"}})");
        const auto scenario = read_scenario(path);
        QVERIFY2(scenario.ok(), scenario ? "" : scenario.problem().sentence().c_str());
        const std::string expected = m_folder.filePath("data/ratings.csv").toStdString();
        QCOMPARE(scenario.value().params.world.ratings_file, expected);
        // What is written elsewhere reads back to the same place.
        const auto again = parse_scenario(scenario_text(scenario.value()), "/elsewhere/x.json");
        QCOMPARE(again.value().params.world.ratings_file, expected);
        // What is written beside the ratings names them from there.
        const std::string moved = m_folder.filePath("moved.cascade.json").toStdString();
        QVERIFY(write_scenario(scenario.value(), moved).ok());
        QFile text(QString::fromStdString(moved));
        QVERIFY(text.open(QIODevice::ReadOnly));
        QVERIFY(text.readAll().contains("\"data/ratings.csv\""));
        QCOMPARE(read_scenario(moved).value().params.world.ratings_file, expected);
        const auto number = parse_scenario(
            R"({"format": "cascadelab-scenario", "version": 1, "title": "",
                "params": {"world": {"ratings_file": 5}}})",
            "x");
        QCOMPARE(number.problem().sentence(),
                 std::string("x: params.world.ratings_file: found 5, expected a path in quotes"));
    }
};

}  // namespace

QTEST_GUILESS_MAIN(RatedWorldTest)
#include "rated_world_test.moc"
