// What a second source of information is worth: to a ranking (text beside behaviour), and to an
// item that nobody has seen yet (metadata before impressions).
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

// --- text beside behaviour -----------------------------------------------------------------------

// Utility is made of three independent parts: what others' behaviour tells, what the text tells,
// and what the person wants just now. The shares are assumptions of the set-up.
constexpr double kBehaviour = 0.55, kText = 0.25, kIntent = 0.20;
constexpr double kRankerNoise = 0.35;
constexpr std::size_t kItems = 500, kReranked = 50, kShown = 10;
constexpr std::size_t kPeople = 4000;

struct Reader {
    const char *name, *what, *mark;  // mark: under a chart
    double richness;                 // of the text
    bool intent;                     // is it told what the person wants?
};
constexpr std::array<Reader, 6> kReaders = {{
    {"text_30", "text of richness .3", "text .3", 0.3, false},
    {"text_70", "text of richness .7", "text .7", 0.7, false},
    {"text_100", "text of richness 1", "text 1", 1.0, false},
    {"intent", "a stated intent alone", "intent", 0.0, true},
    {"text_70_intent", "richness .7 and intent", "both", 0.7, true},
    {"nothing", "nothing", "nothing", 0.0, false},
}};
// Gains of the best ten in percent, computed apart from this program: fused with the ranker's
// score, and in place of it.
constexpr std::array<double, 6> kFused = {8, 17, 23, 19, 31, 0};
constexpr std::array<double, 3> kInstead = {-3, 9, 16};
constexpr double kUninformed = -27;

struct Item {
    double utility, ranker;
    std::array<double, kReaders.size()> reader;
};

std::vector<Item> draw_items(Stream& stream) {
    std::vector<Item> items(kItems);
    for (Item& item : items) {
        const double behaviour = std::sqrt(kBehaviour) * stream.normal();
        const double text = std::sqrt(kText) * stream.normal();
        const double intent = std::sqrt(kIntent) * stream.normal();
        item.utility = behaviour + text + intent;
        item.ranker = behaviour + kRankerNoise * stream.normal();
        for (std::size_t r = 0; r < kReaders.size(); ++r) {
            const double rich = kReaders[r].richness;
            const double blurred = std::sqrt(std::max(1e-9, 0.25 * rich * (1 - rich)));
            item.reader[r] = rich * text + blurred * stream.normal();
            if (kReaders[r].intent) item.reader[r] += intent;
        }
    }
    return items;
}

// Sums of products of ranker, reader and utility, of which correlations and the least-squares
// weights are made.
struct Moments {
    double rr = 0, xx = 0, uu = 0, rx = 0, ru = 0, xu = 0;

    void add(double ranker, double reader, double utility) {
        rr += ranker * ranker;
        xx += reader * reader;
        uu += utility * utility;
        rx += ranker * reader;
        ru += ranker * utility;
        xu += reader * utility;
    }
    void add(const Moments& other) {
        rr += other.rr;
        xx += other.xx;
        uu += other.uu;
        rx += other.rx;
        ru += other.ru;
        xu += other.xu;
    }
    std::array<double, 2> weights() const {
        const double determinant = rr * xx - rx * rx;
        return {(ru * xx - xu * rx) / determinant, (xu * rr - ru * rx) / determinant};
    }
    double ranker_r() const { return ru / std::sqrt(rr * uu); }
    double reader_r() const { return xu / std::sqrt(xx * uu); }
    double fused_r() const {
        const auto [a, b] = weights();
        const double with = a * ru + b * xu;
        return with / std::sqrt((a * a * rr + 2 * a * b * rx + b * b * xx) * uu);
    }
};

// Mean utility of the best ten of the ranker's best fifty by another score.
template <class Score>
double worth_of(std::vector<Item>& best, Score score) {
    std::ranges::stable_sort(best, std::ranges::greater{}, score);
    double sum = 0;
    for (std::size_t i = 0; i < kShown; ++i) sum += best[i].utility;
    return sum / kShown;
}

struct Worth {
    double ranker = 0;
    std::array<double, kReaders.size()> fused{}, instead{};
};

std::vector<Item> best_fifty(std::vector<Item> items) {
    std::ranges::stable_sort(items, std::ranges::greater{}, &Item::ranker);
    items.resize(kReranked);
    return items;
}

// --- metadata before impressions -----------------------------------------------------------------

constexpr std::array<double, 4> kExplained = {0, 0.2, 0.5, 0.8};
constexpr std::array<int, 5> kImpressions = {0, 1, 4, 16, 64};
constexpr double kImpressionVariance = 4;
constexpr std::size_t kNewItems = 20000;  // a batch
constexpr std::size_t kBatches = 10;

// How much of an item's quality the best estimate explains after so many impressions, r^2.
double explained(double by_metadata, int impressions, Stream& stream) {
    double ee = 0, qq = 0, eq = 0;
    const double rest = 1 - by_metadata;
    for (std::size_t i = 0; i < kNewItems; ++i) {
        const double told = std::sqrt(by_metadata) * stream.normal();
        const double quality = told + std::sqrt(rest) * stream.normal();
        double estimate = told;
        if (impressions > 0) {
            const double noise = kImpressionVariance / impressions;
            const double seen = quality + std::sqrt(noise) * stream.normal();
            estimate += rest / (rest + noise) * (seen - told);
        }
        ee += estimate * estimate;
        qq += quality * quality;
        eq += estimate * quality;
    }
    return ee > 0 ? eq * eq / (ee * qq) : 0;
}

// On people apart from those whom the fusion then serves.
std::array<Moments, kReaders.size()> learn_moments(StudyRun& run) {
    std::vector<std::array<Moments, kReaders.size()>> learned(kPeople);
    run.replicates(kPeople, [&](std::size_t person) {
        Stream stream = run.stream(1, person);
        for (const Item& item : draw_items(stream))
            for (std::size_t r = 0; r < kReaders.size(); ++r)
                learned[person][r].add(item.ranker, item.reader[r], item.utility);
    });
    std::array<Moments, kReaders.size()> moments;
    for (const auto& person : learned)
        for (std::size_t r = 0; r < kReaders.size(); ++r) moments[r].add(person[r]);
    return moments;
}

}  // namespace

StudyResult study_llm_information(StudyRun& run) {
    run.part(0.4);
    const std::array<Moments, kReaders.size()> moments = learn_moments(run);
    run.part(0.6);
    std::vector<Worth> worth(kPeople);
    run.replicates(kPeople, [&](std::size_t person) {
        Stream stream = run.stream(2, person);
        std::vector<Item> best = best_fifty(draw_items(stream));
        worth[person].ranker = worth_of(best, [](const Item& item) { return item.ranker; });
        for (std::size_t r = 0; r < kReaders.size(); ++r) {
            const auto [a, b] = moments[r].weights();
            worth[person].fused[r] = worth_of(
                best, [&](const Item& item) { return a * item.ranker + b * item.reader[r]; });
            worth[person].instead[r] =
                worth_of(best, [&](const Item& item) { return item.reader[r]; });
        }
    });
    Worth mean;
    for (const Worth& one : worth) {
        mean.ranker += one.ranker;
        for (std::size_t r = 0; r < kReaders.size(); ++r) {
            mean.fused[r] += one.fused[r];
            mean.instead[r] += one.instead[r];
        }
    }
    const auto gain = [&](double sum) { return 100 * (sum / mean.ranker - 1); };

    StudyResult result;
    StudyCurve fused{"fused with the ranker", {}, {}}, instead{"in its place", {}, {}};
    StudyCurve law_fused = fused, law_instead = instead;
    for (std::size_t r = 0; r < kReaders.size(); ++r) {
        const std::string name = std::string("llm_information.") + kReaders[r].name;
        const std::string what = std::string("re-ranked by one who reads ") + kReaders[r].what;
        result.checks.push_back(
            {name, what + ", fused: gain, %", kFused[r], gain(mean.fused[r]), 1.5});
        fused.x.push_back(static_cast<double>(r));
        fused.y.push_back(gain(mean.fused[r]));
        law_fused.x.push_back(static_cast<double>(r));
        law_fused.y.push_back(kFused[r]);
        if (r >= kInstead.size()) continue;
        result.checks.push_back({name + "_instead", what + ", in place of the ranker: gain, %",
                                 kInstead[r], gain(mean.instead[r]), 1.5});
        instead.x.push_back(static_cast<double>(r));
        instead.y.push_back(gain(mean.instead[r]));
        law_instead.x.push_back(static_cast<double>(r));
        law_instead.y.push_back(kInstead[r]);
        const double law = std::hypot(moments[r].ranker_r(), moments[r].reader_r());
        result.checks.push_back({name + "_law", what + ": correlation of the fusion, by the law",
                                 law, moments[r].fused_r(), 0.005});
    }
    result.checks.push_back({"llm_information.uninformed", "an order that knows nothing: gain, %",
                             kUninformed, gain(mean.instead.back()), 1.5});
    std::vector<std::string> names;
    for (const Reader& reader : kReaders) names.emplace_back(reader.mark);
    result.plots.push_back({"Re-ranking the best fifty",
                            "what is read",
                            "gain of the ten shown, %",
                            {fused, instead},
                            {law_fused, law_instead},
                            std::move(names)});
    return result;
}

StudyResult study_cold_start(StudyRun& run) {
    StudyResult result;
    StudyPlot plot{"What is known of a new item", "impressions", "explained, r^2", {}, {}};
    for (std::size_t c = 0; c < kExplained.size(); ++c) {
        const std::string share = std::to_string(static_cast<int>(100 * kExplained[c] + 0.5));
        StudyCurve own{"metadata " + share + " %", {}, {}};
        StudyCurve law = own;
        for (std::size_t n = 0; n < kImpressions.size(); ++n) {
            run.part(1.0 / (kExplained.size() * kImpressions.size()));
            std::vector<double> batches(kBatches);
            run.replicates(kBatches, [&](std::size_t batch) {
                Stream stream = run.stream(10 * c + n, batch);
                batches[batch] = explained(kExplained[c], kImpressions[n], stream);
            });
            // r^2(n) = c + (1 - c) n / (n + s^2 / (1 - c)).
            const double rest = 1 - kExplained[c];
            const double exact = kExplained[c] + rest * kImpressions[n] /
                                                     (kImpressions[n] + kImpressionVariance / rest);
            result.checks.push_back({"cold_start." + share + "_" + std::to_string(kImpressions[n]),
                                     "explained after " + std::to_string(kImpressions[n]) +
                                         " impressions, metadata " + share + " %, r^2",
                                     exact, mean_of(batches), 0.01});
            own.x.push_back(kImpressions[n]);
            own.y.push_back(mean_of(batches));
            law.x.push_back(kImpressions[n]);
            law.y.push_back(exact);
        }
        plot.own.push_back(std::move(own));
        plot.published.push_back(std::move(law));
    }
    result.plots.push_back(std::move(plot));
    return result;
}

}  // namespace cascadelab
