// Scenarios drawn from the table of parameters: each comes out the same on any number of threads,
// straight or taken back and run again, and from its own run file.
#include <QTemporaryDir>
#include <QTest>

#include "engine/params/table.h"
#include "engine/run/headless.h"
#include "engine/run/player.h"
#include "engine/run/verify.h"
#include "tests/campaign/rounds.h"
#include "tests/worlds/small_world.h"

using namespace cascadelab;

namespace {

constexpr double kMoved = 0.15;  // share of the parameters that are not as they were

// Sizes and the clock stay: the worlds are small, or a campaign would not end.
bool is_kept(std::string_view key) {
    return key == "world.people" || key == "world.items" || key == "world.creators" ||
           key.starts_with("clock.") || key.starts_with("run.");
}

// Near its default, within its limits: a third to three times of it.
double drawn(const Parameter& parameter, Draws& draws) {
    if (parameter.kind == Kind::boolean) return static_cast<double>(draws.below(2));
    if (parameter.kind == Kind::choice)
        return static_cast<double>(draws.below(parameter.choices.size()));
    const double usual = parameter.initial();
    const double low = std::max(parameter.minimum, std::min(usual / 3, usual * 3));
    const double high = std::min(parameter.maximum, std::max(usual / 3, usual * 3));
    const bool stands = usual == 0;
    const double top = stands ? parameter.maximum / 4 : high;
    const double value = std::max(parameter.minimum, low + draws.share() * (top - low));
    return parameter.kind == Kind::integer ? std::round(value) : value;
}

Scenario scenario_of(std::uint64_t seed) {
    Draws draws(seed);
    Scenario scenario = small_world(1);
    scenario.seed = draws.below(UINT64_MAX);
    for (const Parameter& parameter : parameter_table()) {
        if (is_kept(parameter.key) || draws.share() >= kMoved) continue;
        const Params before = scenario.params;
        parameter.set(scenario.params, drawn(parameter, draws));
        if (!check_params(scenario.params, "drawn")) scenario.params = before;
    }
    return scenario;
}

std::string ran(const Scenario& scenario, int threads, bool taken_back) {
    auto made = Player::make(scenario, {threads, "", taken_back});
    if (!made) return made.problem().sentence();
    Player& player = *made.value();
    while (player.now_s() < player.end_s()) player.step();
    if (taken_back) {
        player.go_back(player.end_s() / 2);
        while (player.now_s() < player.end_s()) player.step();
    }
    return hash_text(player.simulation().hashes().all());
}

}  // namespace

class RandomScenariosTest : public QObject {
    Q_OBJECT

  private slots:
    void a_drawn_scenario_comes_out_the_same() {
        QTemporaryDir folder;
        const int rounds = campaign_rounds(3, 1000);
        for (int round = 0; round < rounds; ++round) {
            const Scenario scenario = scenario_of(static_cast<std::uint64_t>(round));
            const std::string words =
                "round " + std::to_string(round) + ": " + scenario_text(scenario);
            // As a file it is the same scenario.
            const auto read = parse_scenario(scenario_text(scenario), "drawn");
            QVERIFY2(read.ok(), read ? "" : (read.problem().sentence() + words).c_str());
            const std::string hash = ran(scenario, 1, false);
            QCOMPARE(hash.size(), std::size_t{16});
            for (const int threads : {2, 3, 8})
                QVERIFY2(ran(read.value(), threads, false) == hash, words.c_str());
            QVERIFY2(ran(scenario, 2, true) == hash, words.c_str());
            const std::string path = folder.filePath("run.cascade").toStdString();
            const auto report = run_headless(scenario, {2, path, {}});
            QVERIFY2(report.ok(), words.c_str());
            QCOMPARE(hash_text(report.value().hashes.all()), hash);
            const auto verified = verify_run_file(path, 3, {});
            QVERIFY2(verified.ok() && verified.value().held(), words.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(RandomScenariosTest)
#include "random_scenarios_test.moc"
