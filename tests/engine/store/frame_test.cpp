// Frames: small, close to what was seen, and never trusted when damaged.
#include <QTest>

#include "engine/base/random.h"
#include "engine/store/frame.h"

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
    auto funnel = std::make_shared<FunnelView>();
    funnel->requests = 123456789;
    funnel->proposed[2] = 77;
    funnel->clicks = 9;
    funnel->by_source[1][4] = 5;
    funnel->fates[kFateCount - 1] = 300;
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
        const auto bytes = encode_frame(make_frame(snapshot, 0));
        const auto frame = decode_frame(bytes);
        QVERIFY(frame.has_value());
        QCOMPARE(frame->time_s, snapshot.now_s);
        QCOMPARE(frame->map_version, std::uint64_t{4});
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
        QCOMPARE(frame->funnel.by_source[1][4], std::uint64_t{5});
        QCOMPARE(frame->funnel.fates[kFateCount - 1], std::uint64_t{300});
    }

    void items_are_left_out_while_the_map_stays() {
        const Snapshot snapshot = picture(2000, 3000);
        QVERIFY(make_frame(snapshot, 4).items.empty());
        QVERIFY(encode_frame(make_frame(snapshot, 4)).size() < 11000);
    }

    void large_populations_are_thinned_to_the_screen() {
        const Frame frame = make_frame(picture(9001, 20000), 0);
        QCOMPARE(frame.people_stride, 3u);
        QVERIFY(frame.people.size() <= kFramePoints && frame.people.size() > kFramePoints / 2);
        QCOMPARE(frame.people.size(), frame.people_topic.size());
        QVERIFY(decode_frame(encode_frame(frame)).has_value());
    }

    void a_picture_without_a_map_is_a_frame_too() {
        QVERIFY(decode_frame(encode_frame(make_frame(Snapshot{}, 0))).has_value());
    }

    void damage_is_noticed() {
        const auto bytes = encode_frame(make_frame(picture(100, 100), 0));
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
