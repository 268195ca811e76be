#include "tests/worlds/ui/picture_moment.h"

#include <QString>
#include <QtGlobal>

#include "engine/run/player.h"
#include "tests/house/places.h"

namespace cascadelab {
namespace {

constexpr Seconds kMoment = 3 * kDay + 20 * kHour;
constexpr PersonId kInFocus{std::size_t{3}};

// What a stage takes, where it ran at all; microseconds.
constexpr std::array kStage_us = {60.0f, 190.0f, 120.0f, 240.0f, 80.0f, 45.0f,
                                  30.0f, 25.0f,  20.0f,  410.0f, 90.0f, 15.0f};

float stageTime(std::size_t stage) {
    return kStage_us[stage % kStage_us.size()];
}

// A stage ran when its clock says that it took any time.
std::shared_ptr<const CascadeTrace> timed(const CascadeTrace& trace) {
    auto copy = std::make_shared<CascadeTrace>(trace);
    float now_us = 0;
    for (std::size_t s = 0; s < enum_count<CascadeStage>; ++s) {
        const bool ran = trace.measured_us[s] > 0;
        copy->start_us[s] = ran ? now_us : 0;
        copy->measured_us[s] = ran ? stageTime(s) : 0;
        now_us += copy->measured_us[s];
    }
    return copy;
}

std::shared_ptr<const std::vector<LatencyPoint>> timed(const std::vector<LatencyPoint>& points) {
    auto copy = std::make_shared<std::vector<LatencyPoint>>(points);
    for (std::size_t i = 0; i < copy->size(); ++i) {
        LatencyPoint& point = (*copy)[i];
        const float wave = 1 + 0.04f * static_cast<float>(i % 5);
        point.p50_us = 930 * wave;
        point.p95_us = 1400 * wave;
        point.p99_us = 2000 * wave;
        for (std::size_t s = 0; s < enum_count<CascadeStage>; ++s)
            if (point.stage_mean_us[s] > 0) point.stage_mean_us[s] = stageTime(s) * wave;
    }
    return copy;
}

std::shared_ptr<const std::vector<RankerRoundView>> timed(
    const std::vector<RankerRoundView>& rounds) {
    auto copy = std::make_shared<std::vector<RankerRoundView>>(rounds);
    for (RankerRoundView& round : *copy) {
        float score_us = 30;
        for (RankerPoint& point : round.models) {
            point.score_us = score_us;
            point.train_s = score_us / 500;
            score_us *= 2.7f;
        }
    }
    return copy;
}

// The snapshot without anything that depends on how quick this machine is.
void replaceMeasured(Snapshot& snapshot) {
    snapshot.requests_per_s = 2000;
    snapshot.ticks_per_s = 20;
    for (JobView& job : snapshot.jobs) job.progress = 0.5;
    if (snapshot.latency) snapshot.latency = timed(*snapshot.latency);
    if (snapshot.rankers) snapshot.rankers = timed(*snapshot.rankers);
    if (!snapshot.focus || !snapshot.focus->trace) return;
    auto focus = std::make_shared<PersonView>(*snapshot.focus);
    focus->trace = timed(*focus->trace);
    snapshot.focus = focus;
}

// What a simulated language model would have made of the request in focus; nobody asked for it.
void addReading(Simulation& simulation, Snapshot& snapshot) {
    const Command ask = SetParameter{"language.reranker", 1};
    const auto asked = simulation.snapshot({&ask, 1});
    auto focus = std::make_shared<PersonView>(*snapshot.focus);
    auto trace = std::make_shared<CascadeTrace>(*focus->trace);
    trace->language = asked->focus->trace->language;
    focus->trace = trace;
    snapshot.focus = focus;
}

PictureMoment makeMoment() {
    const QString path = source_path("tests/worlds/ui/pictures.cascade.json");
    const auto scenario = read_scenario(path.toStdString());
    if (!scenario) qFatal("%s", scenario.problem().sentence().c_str());
    const auto made = Player::make(scenario.value(), {});
    if (!made) qFatal("%s", made.problem().sentence().c_str());
    Player& player = *made.value();
    player.simulation().set_focus({kInFocus});
    while (player.now_s() < kMoment) player.step();
    const std::shared_ptr<Snapshot> snapshot = player.simulation().snapshot();
    snapshot->title = player.scenario().title;
    snapshot->end_s = player.end_s();
    snapshot->marks = player.marks();
    addReading(player.simulation(), *snapshot);
    replaceMeasured(*snapshot);
    return {snapshot, player.simulation().hashes().log};
}

}  // namespace

const PictureMoment& pictureMoment() {
    static const PictureMoment moment = makeMoment();
    return moment;
}

}  // namespace cascadelab
