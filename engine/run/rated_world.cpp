#include "engine/run/rated_world.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <tuple>

#include "engine/models/collaborative/ials.h"
#include "engine/models/numeric/kmeans.h"
#include "engine/world/domain/taste_space.h"

namespace cascadelab {
namespace {

constexpr double kPopularityWeight = 0.8;  // of quality; with the other, squares add up to 1
constexpr double kStarsWeight = 0.6;
constexpr std::uint64_t kSeed = 1;  // the factorization belongs to the file, not to the run

// How often an item was rated, and how well on average.
struct Esteem {
    std::vector<double> count;
    std::vector<double> stars;
};

Esteem esteem_of(const Ratings& ratings) {
    Esteem esteem{std::vector<double>(ratings.items.size(), 0.0),
                  std::vector<double>(ratings.items.size(), 0.0)};
    for (const Rating& row : ratings.rows) {
        esteem.count[row.item.index()] += 1;
        esteem.stars[row.item.index()] += row.value;
    }
    for (std::size_t i = 0; i < esteem.stars.size(); ++i) esteem.stars[i] /= esteem.count[i];
    return esteem;
}

// The most rated items in the order of their ids; ties by lower id.
std::vector<std::size_t> most_rated(const std::vector<double>& count, std::size_t most) {
    std::vector<std::size_t> items(count.size());
    std::iota(items.begin(), items.end(), 0u);
    std::ranges::sort(items, [&](std::size_t a, std::size_t b) {
        return count[a] != count[b] ? count[a] > count[b] : a < b;
    });
    items.resize(std::min(most, items.size()));
    std::ranges::sort(items);
    return items;
}

// To mean 0 and variance 1; all zeros when nothing varies.
void standardise(std::vector<double>& values) {
    const auto n = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
    double square = 0;
    for (double& value : values) {
        value -= mean;
        square += value * value;
    }
    const double deviation = std::sqrt(square / n);
    for (double& value : values) value = deviation > 0 ? value / deviation : 0;
}

std::vector<float> qualities(const Esteem& esteem, std::span<const std::size_t> items) {
    std::vector<double> popularity, stars;
    for (const std::size_t item : items) {
        popularity.push_back(std::log(esteem.count[item]));
        stars.push_back(esteem.stars[item]);
    }
    standardise(popularity);
    standardise(stars);
    std::vector<double> quality(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        quality[i] = kPopularityWeight * popularity[i] + kStarsWeight * stars[i];
    }
    standardise(quality);
    return {quality.begin(), quality.end()};
}

// Unit rows around the rows' mean: what everybody likes is quality, not taste.
RowTable centred(const Matrix& rows) {
    const Eigen::RowVectorXf mean = rows.colwise().mean();
    RowTable table{static_cast<std::size_t>(rows.cols()), {}};
    for (Eigen::Index r = 0; r < rows.rows(); ++r) {
        const Eigen::RowVectorXf row = rows.row(r) - mean;
        table.push({row.data(), table.dims});
        make_unit(table[table.rows() - 1]);
    }
    return table;
}

Matrix picked(const Matrix& rows, std::span<const std::size_t> which) {
    Matrix out(static_cast<Eigen::Index>(which.size()), rows.cols());
    for (std::size_t i = 0; i < which.size(); ++i) {
        out.row(static_cast<Eigen::Index>(i)) = rows.row(static_cast<Eigen::Index>(which[i]));
    }
    return out;
}

// --- topics ------------------------------------------------------------------------------------

using TopicShares = std::array<double, kTopicCount>;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

// Whether a genre's name is part of the topic's or of one of its sub-topics' ("War" in "Wars").
bool speaks_of(const PackTopic& topic, const std::string& genre) {
    const auto has = [&](std::string_view name) {
        return lower(name).find(lower(genre)) != std::string::npos;
    };
    return has(topic.name) || std::ranges::any_of(topic.subtopics, has);
}

// Which topic each cluster of items is called after: the pair whose genres are most above their
// share of the catalogue first, ties in order; without genres the clusters keep their order.
std::array<TopicId, kTopicCount> name_clusters(const Ratings& ratings, const DomainPack& pack,
                                               std::span<const std::size_t> items,
                                               std::span<const std::uint32_t> cluster) {
    std::array<TopicShares, kTopicCount> hits{};
    TopicShares all{}, size{};
    for (std::size_t i = 0; i < items.size(); ++i) {
        size[cluster[i]] += 1;
        for (std::size_t t = 0; t < kTopicCount; ++t) {
            for (std::size_t g = 0; g < ratings.genres.size(); ++g) {
                const bool has = ratings.item_genres(static_cast<Eigen::Index>(items[i]),
                                                     static_cast<Eigen::Index>(g)) > 0;
                if (!has || !speaks_of(pack.topics[t], ratings.genres[g])) continue;
                hits[cluster[i]][t] += 1;
                all[t] += 1;
                break;
            }
        }
    }
    using Pair = std::tuple<double, std::size_t, std::size_t>;  // -lift, cluster, topic
    std::vector<Pair> pairs;
    for (std::size_t c = 0; c < kTopicCount; ++c) {
        for (std::size_t t = 0; t < kTopicCount; ++t) {
            const bool known = size[c] > 0 && all[t] > 0;
            pairs.emplace_back(known ? -hits[c][t] / size[c] / all[t] : 0, c, t);
        }
    }
    std::ranges::sort(pairs);
    std::array<TopicId, kTopicCount> name;
    std::array<bool, kTopicCount> taken{};
    for (const auto& [lift, c, t] : pairs) {
        if (name[c].valid() || taken[t]) continue;
        name[c] = TopicId(t);
        taken[t] = true;
    }
    return name;
}

std::span<float> set_row(RowTable& table, std::size_t row, const Matrix& from, Eigen::Index which) {
    const std::span<float> out = table[row];
    std::ranges::copy(std::span(from.row(which).data(), table.dims), out.begin());
    make_unit(out);
    return out;
}

// Clusters of what is liked together become topics, clusters within them sub-topics.
void divide_into_topics(const Ratings& ratings, const DomainPack& pack,
                        std::span<const std::size_t> items, RatedCatalogue& out) {
    const Matrix tastes = out.item_taste.matrix();
    const Kmeans topics = train_kmeans(tastes, {.clusters = kTopicCount, .seed = kSeed});
    const auto name = name_clusters(ratings, pack, items, topics.assignment.cluster);
    out.topic_centres = RowTable{out.item_taste.dims, {}};
    out.topic_centres.data.assign(
        (kTopicCount + kTopicCount * kSubtopicCount) * out.item_taste.dims, 0.0f);
    out.topic.resize(items.size());
    out.subtopic.assign(items.size(), 0);
    for (std::size_t c = 0; c < kTopicCount; ++c) {
        const TopicId topic = name[c];
        set_row(out.topic_centres, topic.index(), topics.centres, static_cast<Eigen::Index>(c));
        std::vector<std::size_t> members;
        for (std::size_t i = 0; i < items.size(); ++i) {
            if (topics.assignment.cluster[i] == c) members.push_back(i);
        }
        for (const std::size_t i : members) out.topic[i] = topic;
        Kmeans parts;
        if (!members.empty()) {
            parts =
                train_kmeans(picked(tastes, members), {.clusters = kSubtopicCount, .seed = kSeed});
        }
        for (std::size_t s = 0; s < kSubtopicCount; ++s) {
            const bool known = !members.empty();
            set_row(out.topic_centres, subtopic_row(topic, s),
                    known ? parts.centres : topics.centres,
                    static_cast<Eigen::Index>(known ? s : c));
        }
        for (std::size_t m = 0; m < members.size(); ++m) {
            out.subtopic[members[m]] = static_cast<std::uint8_t>(parts.assignment.cluster[m]);
        }
    }
}

// --- people ------------------------------------------------------------------------------------

// Niche: whose items few others rate. Eclectic: of the others, whose items lie in most topics.
std::vector<Segment> segments_of(const Ratings& ratings, const Esteem& esteem,
                                 const std::vector<TopicId>& topic_of_item, std::size_t people,
                                 const WorldParams& params) {
    std::vector<double> fame(people, 0.0), events(people, 0.0), breadth(people, 0.0);
    std::vector<TopicShares> topics(people);
    for (const Rating& row : ratings.rows) {
        if (row.person.index() >= people) continue;
        fame[row.person.index()] += std::log(esteem.count[row.item.index()]);
        events[row.person.index()] += 1;
        const TopicId topic = topic_of_item[row.item.index()];
        if (topic.valid()) topics[row.person.index()][topic.index()] += 1;
    }
    for (std::size_t p = 0; p < people; ++p) {
        fame[p] /= events[p];
        for (const double count : topics[p]) {
            const double share = count / events[p];
            if (share > 0) breadth[p] -= share * std::log2(share);
        }
    }
    std::vector<std::size_t> order(people);
    std::iota(order.begin(), order.end(), 0u);
    std::ranges::sort(order, {}, [&](std::size_t p) { return std::pair(fame[p], p); });
    const auto count = [&](double share) {
        return std::min(people, static_cast<std::size_t>(share * static_cast<double>(people)));
    };
    const std::size_t niche = count(params.niche_share);
    const std::size_t eclectic = std::min(count(params.eclectic_share), people - niche);
    std::vector<Segment> segments(people, Segment::mainstream);
    for (std::size_t i = 0; i < niche; ++i) segments[order[i]] = Segment::niche;
    order.erase(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(niche));
    std::ranges::sort(order, {}, [&](std::size_t p) { return std::pair(-breadth[p], p); });
    for (std::size_t i = 0; i < eclectic; ++i) segments[order[i]] = Segment::eclectic;
    return segments;
}

}  // namespace

std::shared_ptr<const RatedCatalogue> rated_catalogue(const Ratings& ratings,
                                                      const Params& params) {
    const Esteem esteem = esteem_of(ratings);
    const std::vector<std::size_t> items =
        most_rated(esteem.count, static_cast<std::size_t>(params.world.items));
    const std::size_t people =
        std::min(ratings.people.size(), static_cast<std::size_t>(params.world.people));

    Interactions events{ratings.people.size(), ratings.items.size(), {}};
    for (const Rating& row : ratings.rows) {
        events.rows.push_back({row.person, row.item, 1, row.time_s});
    }
    const auto factors =
        train_ials(events, {.dims = static_cast<int>(params.world.taste_dims), .seed = kSeed});

    auto out = std::make_shared<RatedCatalogue>();
    const auto& names = ratings.titles.empty() ? ratings.items : ratings.titles;
    for (const std::size_t item : items) out->titles.push_back(names[item]);
    out->quality = qualities(esteem, items);
    out->item_taste = centred(picked(factors->items, items));
    out->person_taste = centred(factors->people.topRows(static_cast<Eigen::Index>(people)));
    divide_into_topics(ratings, domain_pack(params.world.pack), items, *out);
    std::vector<TopicId> topic_of_item(ratings.items.size());
    for (std::size_t i = 0; i < items.size(); ++i) topic_of_item[items[i]] = out->topic[i];
    out->segment = segments_of(ratings, esteem, topic_of_item, people, params.world);
    return out;
}

Result<std::shared_ptr<const RatedCatalogue>> read_rated_catalogue(const Params& params) {
    if (params.world.ratings_file.empty()) return std::shared_ptr<const RatedCatalogue>();
    const auto ratings = read_ratings(params.world.ratings_file);
    if (!ratings) return ratings.problem();
    return rated_catalogue(ratings.value(), params);
}

}  // namespace cascadelab
