#include "ui/views/embedding/embedding_picture.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "ui/words/numbers.h"
#include "ui/words/times.h"

namespace cascadelab {

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("EmbeddingView", text);
}

std::uint8_t topicOf(const Cards& cards, std::size_t item) {
    return item < cards.items.size() ? cards.items[item].topic % kTopicCount : kTopicCount - 1;
}

float median(std::vector<float>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

}  // namespace

std::vector<std::uint8_t> embeddingStyles(const MapView& map, const Cards& cards) {
    std::vector<std::uint8_t> styles;
    styles.reserve(map.items.size() + map.people.size());
    for (std::size_t i = 0; i < map.items.size(); ++i) styles.push_back(topicOf(cards, i));
    for (std::size_t p = 0; p < map.people.size(); ++p) {
        const std::size_t topic = p < map.people_topic.size() ? map.people_topic[p] : 0;
        styles.push_back(static_cast<std::uint8_t>(kTopicCount + topic % kTopicCount));
    }
    return styles;
}

std::vector<SplatStyle> embeddingLook(const Theme& theme, double radius) {
    std::vector<SplatStyle> look;
    for (std::size_t t = 0; t < kTopicCount; ++t)
        look.push_back({.colour = theme.categoryColor(t).rgb(),
                        .radius = static_cast<float>(radius),
                        .alpha = 0.78f,
                        .glow = theme.isDark ? 0.22f : 0.14f});
    for (std::size_t t = 0; t < kTopicCount; ++t)
        look.push_back({.colour = mixed(theme.categoryColor(t), theme.text, 0.35).rgb(),
                        .radius = static_cast<float>(radius * 1.2),
                        .alpha = 0.5f,
                        .glow = 0,
                        .shape = SplatShape::ring});
    return look;
}

double embeddingRadius(std::size_t points, QSizeF screen, double zoom) {
    const double room = screen.width() * screen.height() / std::max(1.0, double(points));
    return std::clamp(0.15 * std::sqrt(room) * std::sqrt(zoom), 0.75, 3.0);
}

QRectF embeddingBounds(const MapView& map, const PersonView* focus) {
    float left = 1e30f, right = -1e30f, top = 1e30f, bottom = -1e30f;
    const auto include = [&](const std::array<float, 2>& point) {
        left = std::min(left, point[0]), right = std::max(right, point[0]);
        top = std::min(top, point[1]), bottom = std::max(bottom, point[1]);
    };
    for (const auto& point : map.items) include(point);
    for (const auto& point : map.people) include(point);
    if (focus && focus->trace) {
        include(focus->query);
        for (const auto& point : focus->trail) include(point);
    }
    return right < left ? QRectF(-1, -1, 2, 2) : QRectF(QPointF(left, top), QPointF(right, bottom));
}

QRectF steadyFrame(QRectF points, QRectF previous) {
    const bool fills =
        points.width() > 0.7 * previous.width() || points.height() > 0.7 * previous.height();
    if (previous.contains(points) && fills) return previous;
    const double air = 0.05 * std::max({points.width(), points.height(), 1e-6});
    return points.adjusted(-air, -air, air, air);
}

std::vector<TopicPlace> topicPlaces(const MapView& map, const Cards& cards) {
    constexpr std::size_t kMeasured = 40'000;  // enough for a median to stand still
    const std::size_t stride = map.items.size() / kMeasured + 1;
    std::array<std::vector<float>, kTopicCount> x, y;
    for (std::size_t i = 0; i < map.items.size(); i += stride) {
        x[topicOf(cards, i)].push_back(map.items[i][0]);
        y[topicOf(cards, i)].push_back(map.items[i][1]);
    }
    std::vector<TopicPlace> places;
    for (std::size_t t = 0; t < kTopicCount; ++t) {
        if (x[t].empty()) continue;
        std::vector<float> sortedX = x[t], sortedY = y[t];
        const QPointF middle(median(sortedX), median(sortedY));
        std::vector<float> distances;
        for (std::size_t i = 0; i < x[t].size(); ++i)
            distances.push_back(
                static_cast<float>(std::hypot(x[t][i] - middle.x(), y[t][i] - middle.y())));
        places.push_back({t, middle, median(distances)});
    }
    return places;
}

QuerySet querySet(const CascadeTrace& trace) {
    QuerySet set;
    for (const Candidate& candidate : trace.candidates)
        (proposed_by(candidate, Source::two_tower) ? set.nearest : set.others)
            .push_back(candidate.item);
    set.slate = trace.slate;
    return set;
}

QString itemSentence(const ItemView& item, const Cards& cards, Seconds now_s) {
    QString kind = toText(cards.topics[item.topic % kTopicCount]);
    if (!item.subtopic.empty()) kind += QStringLiteral(", ") + toText(item.subtopic);
    QString text = toText(item.title) + QLatin1Char('\n') + kind;
    if (!item.creator.empty()) text += QStringLiteral(" · ") + toText(item.creator);
    return text + QLatin1Char('\n') + durationText(item.duration_s) + QStringLiteral(" · ") +
           tr("released %1").arg(agoText(now_s - item.released_s));
}

QString personSentence(const PersonCard& person) {
    return tr("%1, %2, %3\n%4, %5")
        .arg(toText(person.name))
        .arg(person.age)
        .arg(toText(group_name(std::size_t{1} + person.segment % (kGroupCount - 1))),
             toText(person.device), toText(person.region));
}

QString querySentence(const CascadeTrace& trace, const Cards& cards) {
    std::array<int, kTopicCount> counts{};
    for (const Candidate& candidate : trace.candidates)
        ++counts[topicOf(cards, candidate.item.index())];
    const auto most = static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin());
    return tr("%1 retrieved, %2 %3")
        .arg(countText(double(trace.candidates.size())), countText(counts[most]),
             toText(cards.topics[most]));
}

}  // namespace cascadelab
