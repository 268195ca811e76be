// Frames: small, close to what was seen, and never trusted when damaged.
#include <QTest>

#include "engine/base/random.h"
#include "engine/store/run_file/frame.h"

using namespace cascadelab;

namespace {

Snapshot picture(std::size_t people, std::size_t items) {
    Stream stream(3, Purpose::test, people);
    auto map = std::make_shared<MapView>();
    map->version = 4;
    const auto point = [&] {
        const auto x = static_cast<float>(stream.normal());
        const auto y = static_cast<float>(stream.normal());
        return std::array<float, 2>{x, y};
    };
    for (std::size_t i = 0; i < people; ++i) {
        map->people.push_back(point());
        map->people_topic.push_back(static_cast<std::uint8_t>(stream.below(8)));
    }
    for (std::size_t i = 0; i < items; ++i) map->items.push_back(point());
    auto funnel = std::make_shared<HourFunnel>();
    funnel->requests = 123456789;
    funnel->proposed[2] = 77;
    funnel->by_source[3].entered = 9;
    funnel->stopped[Fate::topic_cap] = 2;
    funnel->by_source[1].left[FunnelStep::clicks] = 5;
    funnel->fates[enum_count<Fate> - 1] = 300;
    Snapshot snapshot;
    snapshot.now_s = 3 * kDay + 3600;
    snapshot.map = map;
    snapshot.funnel = funnel;
    return snapshot;
}

}  // namespace

class FrameTest : public QObject {
    Q_OBJECT

  private slots:
    void what_is_encoded_is_decoded() {
        const Snapshot snapshot = picture(2000, 3000);
        FramePoints known;
        const auto bytes = encode_frame(make_frame(snapshot, known));
        const auto frame = decode_frame(bytes);
        QVERIFY(frame.has_value());
        QCOMPARE(frame->time_s, snapshot.now_s);
        QCOMPARE(frame->items_kept, 0u);
        QCOMPARE(frame->people.size(), std::size_t{2000});
        QCOMPARE(frame->items.size(), std::size_t{3000});
        QVERIFY(frame->people_topic == snapshot.map->people_topic);
        for (std::size_t i = 0; i < frame->people.size(); ++i) {
            for (std::size_t axis = 0; axis < 2; ++axis) {
                const float moved = frame->people[i][axis] - snapshot.map->people[i][axis];
                QVERIFY(std::abs(moved) < 1e-3f);
            }
        }
        QCOMPARE(frame->funnel.requests, std::uint64_t{123456789});
        QCOMPARE(frame->funnel.proposed[2], std::uint64_t{77});
        QCOMPARE(frame->funnel.by_source[1].left[FunnelStep::clicks], std::uint64_t{5});
        QCOMPARE(frame->funnel.by_source[3].entered, std::uint64_t{9});
        QCOMPARE(frame->funnel.stopped[Fate::topic_cap], std::uint64_t{2});
        QCOMPARE(frame->funnel.fates[enum_count<Fate> - 1], std::uint64_t{300});
    }

    void only_new_items_are_kept_while_the_map_stays() {
        Snapshot snapshot = picture(2000, 3000);
        FramePoints known;
        make_frame(snapshot, known);
        auto map = std::make_shared<MapView>(*snapshot.map);
        map->items.push_back({1, 2});
        snapshot.map = map;
        const Frame next = make_frame(snapshot, known);
        QCOMPARE(next.items_kept, 3000u);
        QCOMPARE(next.items.size(), std::size_t{1});
        QVERIFY(encode_frame(next).size() < 11000);

        map = std::make_shared<MapView>(*map);
        map->items.front() = {5, 5};
        snapshot.map = map;
        QCOMPARE(make_frame(snapshot, known).items.size(), std::size_t{3001});
        QCOMPARE(known.size(), std::size_t{3001});
    }

    void large_populations_are_thinned_to_the_screen() {
        FramePoints known;
        const Frame frame = make_frame(picture(2 * kFramePoints + 1, kFramePoints), known);
        QCOMPARE(frame.people_stride, 3u);
        QVERIFY(frame.people.size() <= kFramePoints && frame.people.size() > kFramePoints / 2);
        QCOMPARE(frame.people.size(), frame.people_topic.size());
        QVERIFY(decode_frame(encode_frame(frame)).has_value());
    }

    void a_picture_without_a_map_is_a_frame_too() {
        FramePoints known;
        QVERIFY(decode_frame(encode_frame(make_frame(Snapshot{}, known))).has_value());
    }

    void damage_is_noticed() {
        FramePoints known;
        const auto bytes = encode_frame(make_frame(picture(100, 100), known));
        QVERIFY(!decode_frame({}));
        for (std::size_t length = 0; length < bytes.size(); length += 7) {
            QVERIFY(!decode_frame(std::span(bytes).first(length)));
        }
        std::vector<std::byte> noise(5000);
        Stream stream(1, Purpose::test);
        for (auto& byte : noise) byte = static_cast<std::byte>(stream.below(256));
        noise[0] = std::byte{1};
        QVERIFY(!decode_frame(noise));
    }
};

QTEST_GUILESS_MAIN(FrameTest)
#include "frame_test.moc"
