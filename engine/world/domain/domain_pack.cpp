#include "engine/world/domain/domain_pack.h"

#include "engine/base/error.h"

namespace cascadelab {
namespace {

constexpr double kMinute = 60;

// Topics stand in the order of the theme's category colours.
constexpr DomainPack kFilmsSeries = {
    "films and series",
    "title",
    {{
        {"Crime drama", {"Detective", "Noir", "Heist"}, 1.6, 52 * kMinute, 0.30},
        {"Documentary", {"Nature", "People", "Science"}, 1.0, 56 * kMinute, 0.30},
        {"Comedy", {"Sitcom", "Satire", "Road trip"}, 1.5, 30 * kMinute, 0.35},
        {"Sci-fi", {"Space", "Dystopia", "Time travel"}, 1.2, 66 * kMinute, 0.40},
        {"Romance", {"Period", "City", "Second chances"}, 1.2, 80 * kMinute, 0.30},
        {"Animation", {"Family", "Fantasy", "Shorts"}, 0.9, 26 * kMinute, 0.50},
        {"Sport", {"Football", "Mountains", "Racing"}, 0.7, 58 * kMinute, 0.35},
        {"History", {"Empires", "Wars", "Lives"}, 0.6, 58 * kMinute, 0.30},
    }},
    52 * kMinute,
    105 * kMinute,
    0.5,
    2,
    4,
    0.15,
    120,
};

constexpr DomainPack kShortVideo = {
    "short video",
    "video",
    {{
        {"Gaming", {"Speedruns", "Builds", "Retro"}, 1.3, 55, 0.50},
        {"Cooking", {"Baking", "Street food", "Quick dinners"}, 1.4, 50, 0.45},
        {"Comedy sketches", {"Office", "Family", "Pranks"}, 1.6, 32, 0.45},
        {"Dance", {"Hip-hop", "Folk", "Tutorials"}, 1.3, 22, 0.40},
        {"DIY", {"Woodwork", "Home", "Upcycling"}, 0.8, 65, 0.45},
        {"Pets", {"Cats", "Dogs", "Unusual pets"}, 1.2, 24, 0.45},
        {"Travel", {"Cities", "Trails", "Islands"}, 0.9, 45, 0.45},
        {"Science bites", {"Physics", "Animals", "The brain"}, 0.6, 60, 0.40},
    }},
    40,
    11 * kMinute,
    0.6,
    5,
    1.5,
    0.08,
    3,
};

}  // namespace

std::string_view device_label(Device device) {
    switch (device) {
        case Device::phone:
            return "phone";
        case Device::tablet:
            return "tablet";
        case Device::laptop:
            return "laptop";
        case Device::television:
            return "television";
    }
    CHECK(false);
}

std::string_view region_label(std::size_t region) {
    constexpr std::array<std::string_view, kRegionCount> kLabels = {"North", "South", "East",
                                                                    "West"};
    CHECK(region < kRegionCount);
    return kLabels[region];
}

const DomainPack& domain_pack(DomainPackName name) {
    switch (name) {
        case DomainPackName::short_video:
            return kShortVideo;
        case DomainPackName::films_series:
            return kFilmsSeries;
    }
    CHECK(false);
}

std::string topic_name(TopicId topic, DomainPackName pack) {
    CHECK(topic.index() < kTopicCount);
    return std::string(domain_pack(pack).topics[topic.index()].name);
}

}  // namespace cascadelab
