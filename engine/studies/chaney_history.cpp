// Chaney et al.: one history, from a list for everybody to what everybody chooses.
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "engine/base/error.h"
#include "engine/studies/chaney.h"
#include "engine/world/people/choice_model.h"

namespace cascadelab::chaney {
namespace {

using Index = Eigen::Index;

// Higher scores get higher keys.
std::uint32_t ordered_bits(float score) {
    const auto bits = std::bit_cast<std::uint32_t>(score + 0.0f);
    return bits & 0x80000000u ? ~bits : bits | 0x80000000u;
}

// Items by falling score, equals by chance, sorted only as far as anybody asks: people rarely read
// beyond the first places.
class LazyRanking {
  public:
    void begin(std::span<const float> scores, Stream& stream) {
        static_assert(kItems <= 1024);
        m_keys.resize(scores.size());
        for (std::size_t i = 0; i < scores.size(); ++i) {
            const std::uint64_t chance = stream.bits() >> 42;
            m_keys[i] = std::uint64_t{ordered_bits(scores[i])} << 32 | chance << 10 | i;
        }
        m_sorted = m_next = 0;
    }
    std::size_t next() {
        if (m_next == m_sorted) sort_more();
        return m_keys[m_next++] & 1023;
    }

  private:
    void sort_more() {
        const auto begin = m_keys.begin() + static_cast<std::ptrdiff_t>(m_sorted);
        m_sorted = std::min(m_keys.size(), 2 * m_sorted + 32);
        const auto end = m_keys.begin() + static_cast<std::ptrdiff_t>(m_sorted);
        if (end != m_keys.end()) std::nth_element(begin, end, m_keys.end(), std::greater());
        std::sort(begin, end, std::greater());
    }

    std::vector<std::uint64_t> m_keys;  // score, chance, item
    std::size_t m_sorted = 0;
    std::size_t m_next = 0;
};

// One person in front of one list: recommended items in order, the newest ones at random places.
class Reader {
  public:
    explicit Reader(double attention) {
        for (std::size_t place = 0; place < kItems; ++place) {
            m_attention.push_back(examined_by_position(place, -attention));
        }
    }

    // The unseen item of the highest known utility x attention to its place. scores: of the items
    // before first_new, or of none when nothing is recommended yet.
    ItemId choose(std::span<const float> scores, std::size_t first_new,
                  std::span<const double> known, const std::vector<bool>& seen, Stream& stream) {
        const std::size_t old = scores.size();
        place_newest(old, stream);
        m_ranking.begin(scores, stream);
        double highest = 0;
        for (std::size_t i = first_new - old; i < first_new + kNewItems; ++i) {
            if (!seen[i]) highest = std::max(highest, known[i]);
        }
        std::size_t best = kItems;
        double best_value = -1;
        std::size_t newest = 0;
        for (std::size_t place = 0; place < old + kNewItems; ++place) {
            const bool is_new = newest < kNewItems && m_places[newest] == place;
            const std::size_t item = is_new ? first_new + m_newest[newest++] : m_ranking.next();
            // Nothing further down can be worth more.
            if (highest * m_attention[place] < best_value) break;
            if (seen[item]) continue;
            const double value = known[item] * m_attention[place];
            if (value < best_value || (value == best_value && item > best)) continue;
            best_value = value;
            best = item;
        }
        return ItemId(best);
    }

  private:
    // Distinct places of the list (Floyd's sample, in order), and a random order of the newest.
    void place_newest(std::size_t old, Stream& stream) {
        for (std::size_t i = 0; i < kNewItems; ++i) {
            const std::size_t place = stream.below(old + i + 1);
            const auto taken = m_places.begin() + static_cast<std::ptrdiff_t>(i);
            m_places[i] = std::find(m_places.begin(), taken, place) == taken ? place : old + i;
        }
        std::ranges::sort(m_places);
        std::iota(m_newest.begin(), m_newest.end(), std::size_t{0});
        for (std::size_t i = 0; i + 1 < kNewItems; ++i) {
            std::swap(m_newest[i], m_newest[i + stream.below(kNewItems - i)]);
        }
    }

    std::vector<double> m_attention;  // by place
    LazyRanking m_ranking;
    std::array<std::size_t, kNewItems> m_places, m_newest;
};

// Everybody's nearest other person by cosine; equals by chance.
std::array<PersonId, kPeople> nearest_people(const Matrix& representation, Stream& stream) {
    Matrix rows = representation;
    for (Index r = 0; r < rows.rows(); ++r) {
        if (rows.row(r).squaredNorm() > 0) rows.row(r).normalize();
    }
    const Matrix cosine = rows * rows.transpose();
    std::array<PersonId, kPeople> nearest;
    for (std::size_t a = 0; a < kPeople; ++a) {
        double closest = -2;
        for (std::size_t b = 0; b < kPeople; ++b) {
            const auto near =
                static_cast<double>(cosine(static_cast<Index>(a), static_cast<Index>(b)));
            const double shaken = near + 1e-6 * stream.uniform();
            if (a == b || shaken <= closest) continue;
            closest = shaken;
            nearest[a] = PersonId(b);
        }
    }
    return nearest;
}

}  // namespace

History run_history(const World& world, Method method, double attention,
                    std::span<const std::size_t> checkpoints, Stream stream) {
    History history;
    Recommender recommender(method, world, Stream(stream.bits(), Purpose::study));
    Reader reader(attention);
    Interactions log{kPeople, 0, {}};
    std::vector<std::vector<bool>> seen(kPeople, std::vector<bool>(kItems, false));
    std::array<ItemId, kPeople> choice;
    for (std::size_t step = 0; step < kSteps; ++step) {
        const bool recommends = step >= kStartUp;
        log.items = step * kNewItems;
        if (recommends) recommender.train(log);
        for (std::size_t person = 0; person < kPeople; ++person) {
            const auto row = static_cast<Index>(person);
            const std::span<const double> known(world.known.row(row).data(), kItems);
            std::span<const float> scores;
            if (recommends) {
                scores = {recommender.scores().row(row).data(),
                          static_cast<std::size_t>(recommender.scores().cols())};
            }
            choice[person] = reader.choose(scores, step * kNewItems, known, seen[person], stream);
        }
        for (std::size_t person = 0; person < kPeople; ++person) {
            const ItemId item = choice[person];
            seen[person][item.index()] = true;
            history.chosen[person][step] = item;
            history.utility +=
                world.utility(static_cast<Index>(person), static_cast<Index>(item.index())) /
                kPeople;
            log.rows.push_back({PersonId(person), item, 1, 0});
            recommender.observe(PersonId(person), item);
        }
        if (std::ranges::count(checkpoints, step) > 0) {
            history.nearest.push_back(nearest_people(recommender.representation(), stream));
        }
    }
    return history;
}

}  // namespace cascadelab::chaney
