#include "tests/worlds/ui/demo_people.h"

#include <cmath>
#include <random>

namespace cascadelab {
namespace {

using Places = std::vector<std::array<float, 2>>;

float uniform(std::mt19937& engine) {
    return static_cast<float>(engine() >> 8) / 16777216.0f;
}

}  // namespace

std::shared_ptr<const TasteView> demoTastes(const Cards& cards, Seconds now_s) {
    auto tastes = std::make_shared<TasteView>();
    tastes->explained_share = 0.34;
    for (std::size_t t = 0; t < 8; ++t) {
        const float angle = 0.785f * static_cast<float>(t) + 0.3f;
        tastes->topics[t] = {0.75f * std::cos(angle), 0.75f * std::sin(angle)};
    }
    std::mt19937 engine(11);
    auto began = std::make_shared<Places>();
    auto drift = std::make_shared<std::vector<float>>();
    Places step;  // a day, toward some topic
    for (const PersonCard& person : cards.people) {
        const float angle = 6.283f * uniform(engine), away = 0.25f + 0.5f * uniform(engine);
        began->push_back({away * std::cos(angle), away * std::sin(angle)});
        const float turn = 6.283f * uniform(engine);
        const float pace = (person.segment == 1 ? 0.006f : 0.014f) * uniform(engine);
        step.push_back({pace * std::cos(turn), pace * std::sin(turn)});
        drift->push_back(pace * 11 * 57.3f * 1.3f);
    }
    tastes->began = began;
    tastes->drift_deg = drift;
    for (Seconds time_s = kDay; time_s - kDay < now_s; time_s += kDay) {
        const Seconds at_s = std::min(time_s, now_s);
        const auto days = static_cast<float>(at_s) / static_cast<float>(kDay);
        auto places = std::make_shared<Places>();
        for (std::size_t p = 0; p < began->size(); ++p) {
            const float bend = 0.02f * std::sin(days + static_cast<float>(p));
            places->push_back(
                {(*began)[p][0] + days * step[p][0] + bend, (*began)[p][1] + days * step[p][1]});
        }
        tastes->moments.push_back({at_s, places});
    }
    return tastes;
}

std::shared_ptr<const std::vector<float>> demoWorth(const Cards& cards, const CascadeTrace& trace) {
    auto worth = std::make_shared<std::vector<float>>();
    std::mt19937 engine(12);
    for (const ItemView& item : cards.items)
        worth->push_back((item.topic < 2 ? 1.5f : 0.0f) + 3 * uniform(engine));
    for (const OracleItem& best : trace.oracle) (*worth)[best.item.index()] = 4 + best.utility;
    return worth;
}

}  // namespace cascadelab
