#include "engine/store/run_file/frame.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <ranges>

namespace cascadelab {
namespace {

constexpr std::uint64_t kEncoding = 2;        // first number of every encoded frame
constexpr std::uint64_t kFormerEncoding = 1;  // is still read

class Writer {
  public:
    // Seven bits a byte, low bits first: small numbers are short.
    void number(std::uint64_t value) {
        for (; value >= 0x80; value >>= 7) byte(static_cast<std::uint8_t>(value | 0x80));
        byte(static_cast<std::uint8_t>(value));
    }
    void byte(std::uint8_t value) { m_bytes.push_back(static_cast<std::byte>(value)); }
    void real(float value) { number(std::bit_cast<std::uint32_t>(value)); }

    void points(const std::vector<std::array<float, 2>>& points) {
        number(points.size());
        for (std::size_t axis = 0; axis < 2 && !points.empty(); ++axis) {
            float low = points[0][axis], high = points[0][axis];
            for (const auto& point : points) {
                low = std::min(low, point[axis]);
                high = std::max(high, point[axis]);
            }
            real(low);
            real(high);
            const float scale = high > low ? 65535 / (high - low) : 0;
            for (const auto& point : points) {
                const auto step = static_cast<unsigned>(std::lround((point[axis] - low) * scale));
                byte(static_cast<std::uint8_t>(step & 0xFF));
                byte(static_cast<std::uint8_t>(step >> 8));
            }
        }
    }
    std::vector<std::byte> take() { return std::move(m_bytes); }

  private:
    std::vector<std::byte> m_bytes;
};

// Answers zeros once the bytes have run out, and says so.
class Reader {
  public:
    explicit Reader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    std::uint8_t byte() {
        if (m_next >= m_bytes.size()) {
            m_failed = true;
            return 0;
        }
        return std::to_integer<std::uint8_t>(m_bytes[m_next++]);
    }
    std::uint64_t number() {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const std::uint8_t bits = byte();
            value |= static_cast<std::uint64_t>(bits & 0x7F) << shift;
            if (bits < 0x80) return value;
        }
        m_failed = true;
        return 0;
    }
    float real() { return std::bit_cast<float>(static_cast<std::uint32_t>(number())); }
    std::size_t count() {
        const std::uint64_t value = number();
        m_failed = m_failed || value > kFramePoints;
        return m_failed ? 0 : static_cast<std::size_t>(value);
    }
    std::vector<std::array<float, 2>> points() {
        std::vector<std::array<float, 2>> out(count());
        for (std::size_t axis = 0; axis < 2 && !out.empty(); ++axis) {
            const float low = real();
            const float high = real();
            for (auto& point : out) {
                const unsigned low_bits = byte();
                const unsigned step = low_bits | static_cast<unsigned>(byte()) << 8;
                point[axis] = low + (high - low) * static_cast<float>(step) / 65535;
            }
        }
        return out;
    }
    bool whole() const { return !m_failed && m_next == m_bytes.size(); }

  private:
    std::span<const std::byte> m_bytes;
    std::size_t m_next = 0;
    bool m_failed = false;
};

// Calls visit for every number of the funnel, in one order for writing and reading.
template <class Funnel, class Visit>
void visit_funnel(Funnel& funnel, Visit&& visit) {
    visit(funnel.requests);
    visit(funnel.examined);
    for (auto& count : funnel.proposed) visit(count);
    for (auto& source : funnel.by_source) {
        for (auto& count : source.left) visit(count);
        visit(source.entered);
    }
    for (auto& count : funnel.fates) visit(count);
    for (auto& count : funnel.stopped) visit(count);
}

// The funnel as encoding 1 had it: the totals stood beside the sources, and who entered on the page
// was not told apart.
void read_former_funnel(Reader& in, HourFunnel& funnel) {
    constexpr std::array kSteps = {FunnelStep::merged, FunnelStep::filtered, FunnelStep::ranked,
                                   FunnelStep::slate, FunnelStep::clicks};
    funnel.requests = in.number();
    for (std::uint64_t& count : funnel.proposed) count = in.number();
    for (int total = 0; total < 4; ++total) in.number();  // merged to slate
    funnel.examined = in.number();
    in.number();  // clicks
    for (FunnelSource& source : funnel.by_source) {
        for (const FunnelStep step : kSteps) source.left[step] = in.number();
        const std::uint64_t ranked = source.left[FunnelStep::ranked];
        const std::uint64_t slate = source.left[FunnelStep::slate];
        source.entered = slate > ranked ? slate - ranked : 0;
    }
    for (std::uint64_t& count : funnel.fates) count = in.number();
}

std::uint32_t stride_for(std::size_t count) {
    return static_cast<std::uint32_t>(
        std::max<std::size_t>(1, (count + kFramePoints - 1) / kFramePoints));
}

template <class T>
std::vector<T> thinned(const std::vector<T>& all, std::uint32_t stride) {
    std::vector<T> out;
    for (std::size_t i = 0; i < all.size(); i += stride) out.push_back(all[i]);
    return out;
}

// Where everybody stood; nothing where the frame was thinned, for then nobody can be named.
std::shared_ptr<const MapView> map_of_frame(const Frame& frame, const Snapshot& now) {
    if (!now.map || frame.items.empty() || frame.item_stride > 1 || frame.people_stride > 1)
        return nullptr;
    auto map = std::make_shared<MapView>(*now.map);
    map->version += static_cast<std::uint64_t>(frame.time_s) + 1;  // other places than now
    map->items = frame.items;
    map->people = frame.people;
    map->people_topic = frame.people_topic;
    return map;
}

// The points of a series up to a moment.
template <class Point>
std::shared_ptr<const std::vector<Point>> up_to(
    const std::shared_ptr<const std::vector<Point>>& series, Seconds time_s) {
    if (!series) return nullptr;
    auto part = std::make_shared<std::vector<Point>>();
    for (const Point& point : *series) {
        if (point.time_s <= time_s) part->push_back(point);
    }
    return part;
}

}  // namespace

Frame make_frame(const Snapshot& snapshot, FramePoints& known_items) {
    Frame frame;
    frame.time_s = snapshot.now_s;
    if (snapshot.funnel) frame.funnel = *snapshot.funnel;
    if (!snapshot.map) return frame;
    const MapView& map = *snapshot.map;
    frame.people_stride = stride_for(map.people.size());
    frame.people = thinned(map.people, frame.people_stride);
    frame.people_topic = thinned(map.people_topic, frame.people_stride);
    frame.item_stride = stride_for(map.items.size());
    FramePoints items = thinned(map.items, frame.item_stride);
    const bool stands = known_items.size() <= items.size() &&
                        std::equal(known_items.begin(), known_items.end(), items.begin());
    frame.items_kept = stands ? static_cast<std::uint32_t>(known_items.size()) : 0;
    frame.items.assign(items.begin() + frame.items_kept, items.end());
    known_items = std::move(items);
    return frame;
}

Frame joined_frames(std::vector<Frame> newest_first) {
    FramePoints items;
    for (const Frame& frame : std::views::reverse(newest_first)) {
        items.resize(frame.items_kept);
        items.insert(items.end(), frame.items.begin(), frame.items.end());
    }
    Frame joined = std::move(newest_first.front());
    joined.items_kept = 0;
    joined.items = std::move(items);
    return joined;
}

std::shared_ptr<Snapshot> snapshot_of_frame(const Frame& frame, const Snapshot& now) {
    auto then = std::make_shared<Snapshot>(now);
    then->is_frame = true;
    then->now_s = frame.time_s;
    then->hash.clear();
    then->focus.reset();
    then->jobs.clear();
    then->item_vectors.reset();
    then->funnel = std::make_shared<const HourFunnel>(frame.funnel);
    then->map = map_of_frame(frame, now);
    then->series = up_to(now.series, frame.time_s);
    then->latency = up_to(now.latency, frame.time_s);
    then->rankers = up_to(now.rankers, frame.time_s);
    then->code_health = up_to(now.code_health, frame.time_s);
    then->exposure = up_to(now.exposure, frame.time_s);
    for (Mark& mark : then->marks) mark.planned = mark.time_s >= frame.time_s;
    return then;
}

std::vector<std::byte> encode_frame(const Frame& frame) {
    Writer out;
    out.number(kEncoding);
    out.number(static_cast<std::uint64_t>(frame.time_s));
    out.number(frame.people_stride);
    out.number(frame.item_stride);
    out.points(frame.people);
    out.number(frame.people_topic.size());
    for (const std::uint8_t topic : frame.people_topic) out.byte(topic);
    out.number(frame.items_kept);
    out.points(frame.items);
    visit_funnel(frame.funnel, [&](std::uint64_t count) { out.number(count); });
    return out.take();
}

std::optional<Frame> decode_frame(std::span<const std::byte> bytes) {
    Reader in(bytes);
    const std::uint64_t encoding = in.number();
    if (encoding != kEncoding && encoding != kFormerEncoding) return std::nullopt;
    Frame frame;
    frame.time_s = static_cast<Seconds>(in.number());
    frame.people_stride = static_cast<std::uint32_t>(in.number());
    frame.item_stride = static_cast<std::uint32_t>(in.number());
    frame.people = in.points();
    frame.people_topic.resize(in.count());
    for (std::uint8_t& topic : frame.people_topic) topic = in.byte();
    frame.items_kept = static_cast<std::uint32_t>(in.count());
    frame.items = in.points();
    if (encoding == kFormerEncoding)
        read_former_funnel(in, frame.funnel);
    else
        visit_funnel(frame.funnel, [&](std::uint64_t& count) { count = in.number(); });
    return in.whole() ? std::optional(std::move(frame)) : std::nullopt;
}

}  // namespace cascadelab
