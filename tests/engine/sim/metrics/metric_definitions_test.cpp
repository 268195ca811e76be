#include <QtTest>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>

#include "engine/base/text.h"
#include "engine/sim/metrics/metrics.h"
#include "tests/house/places.h"

using namespace cascadelab;

namespace {

using Doubles = std::vector<double>;
using Floats = std::vector<float>;

std::vector<ItemId> items(std::initializer_list<int> ids) {
    std::vector<ItemId> out;
    for (int id : ids) out.push_back(ItemId(static_cast<std::size_t>(id)));
    return out;
}

std::vector<OracleItem> ideal(const std::vector<ItemId>& ids) {
    std::vector<OracleItem> out;
    for (ItemId id : ids) out.push_back({id, 0, LossStage::kept});
    return out;
}

bool near(double a, double b, double tolerance = 1e-12) {
    return std::abs(a - b) <= tolerance;
}

// A line of the fixture: name, expected value, then lists written as |1|2|3.
struct ReferenceCase {
    std::string name;
    double expected = 0;
    std::vector<std::vector<double>> lists;
};

std::vector<ReferenceCase> reference_cases() {
    std::ifstream file(source_path("tests/fixtures/metrics_reference.txt").toStdString());
    std::vector<ReferenceCase> cases;
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        ReferenceCase& entry = cases.emplace_back();
        std::string number;
        words >> entry.name >> number;
        entry.expected = parse_number(number).value();
        for (std::string list; words >> list;) {
            std::istringstream parts(list.substr(1));
            entry.lists.emplace_back();
            for (std::string part; std::getline(parts, part, '|');) {
                entry.lists.back().push_back(parse_number(part).value());
            }
        }
    }
    return cases;
}

std::vector<ItemId> as_items(const Doubles& ids) {
    std::vector<ItemId> out;
    for (double id : ids) out.push_back(ItemId(static_cast<std::size_t>(id)));
    return out;
}

Floats as_shares(const Doubles& counts) {
    double total = 0;
    for (double count : counts) total += count;
    Floats shares;
    for (double count : counts) shares.push_back(static_cast<float>(count / total));
    return shares;
}

class MetricDefinitionsTest : public QObject {
    Q_OBJECT
  private slots:
    // Ascending 0 1 3: (2*1-4)*0 + (2*2-4)*1 + (2*3-4)*3 = 6; over n * total = 3 * 4.
    void gini_counts_zeros() {
        QVERIFY(near(gini(Doubles{3, 0, 1}), 0.5));
        QVERIFY(near(gini(Doubles{3, 1}), 0.25));
    }
    void gini_is_zero_when_equal_and_n_minus_1_over_n_when_one_takes_all() {
        QVERIFY(near(gini(Doubles{2, 2, 2, 2}), 0));
        QVERIFY(near(gini(Doubles{0, 0, 7, 0, 0}), 0.8));
        QVERIFY(std::isnan(gini(Doubles{0, 0})));
        QVERIFY(std::isnan(gini(Doubles{})));
    }
    // Shares 1/2 1/4 1/4: 1/2 * 1 + 1/4 * 2 + 1/4 * 2 = 1.5 bits.
    void entropy_is_in_bits_of_shares_and_ignores_zeros() {
        QVERIFY(near(entropy_bits(Doubles{4, 2, 0, 2}), 1.5));
        QVERIFY(near(entropy_bits(Doubles{9}), 0));
        QVERIFY(near(effective_size(Doubles{4, 2, 0, 2}), std::pow(2, 1.5)));
        QVERIFY(near(effective_size(Doubles(8, 5.0)), 8));
        QVERIFY(std::isnan(effective_size(Doubles{0, 0})));
    }
    void coverage_is_the_share_of_items_with_any_exposure() {
        QVERIFY(near(coverage(Doubles{0, 3, 1, 0, 0}), 0.4));
        QVERIFY(near(coverage(Doubles{0, 0}), 0));
        QVERIFY(std::isnan(coverage(Doubles{})));
    }
    // wanted 1/2 1/2, shown 1 0: q = .995 .005; .5 ln(.5/.995) + .5 ln(.5/.005).
    void calibration_is_smoothed_kl_in_nats() {
        const double expected = 0.5 * std::log(0.5 / 0.995) + 0.5 * std::log(100.0);
        QVERIFY(near(calibration_kl(Floats{0.5f, 0.5f}, Floats{1, 0}), expected, 1e-7));
        QVERIFY(near(calibration_kl(Floats{0.25f, 0.75f}, Floats{0.25f, 0.75f}), 0, 1e-7));
        // A page may leave a topic out at a cost, but one that nobody wanted costs its place only.
        QVERIFY(near(calibration_kl(Floats{1, 0}, Floats{0.5f, 0.5f}), std::log(1 / 0.505), 1e-7));
        QVERIFY(std::isnan(calibration_kl(Floats{0, 0}, Floats{1, 0})));
        QVERIFY(std::isnan(calibration_kl(Floats{1, 0}, Floats{0, 0})));
    }
    // {1 2 5} and {2 5 7 9}: 2 in common of 5.
    void jaccard_is_common_over_joint() {
        QVERIFY(near(jaccard(items({1, 2, 5}), items({2, 5, 7, 9})), 0.4));
        QVERIFY(near(jaccard(items({1, 2}), items({1, 2})), 1));
        QVERIFY(near(jaccard(items({1}), items({2})), 0));
        QVERIFY(near(jaccard(items({}), items({2})), 0));
        QVERIFY(near(jaccard(items({}), items({})), 1));
    }
    // Hits at places 0 and 2 of three: (1 + 1/2) / (1 + 1/log2 3 + 1/2).
    void ndcg_discounts_by_place_with_binary_gains() {
        const double expected = 1.5 / (1 + 1 / std::log2(3.0) + 0.5);
        QVERIFY(near(ndcg(items({8, 1, 6}), ideal(items({6, 7, 8})), 3), expected));
        QVERIFY(near(ndcg(items({6, 7, 8}), ideal(items({8, 6, 7})), 3), 1));
        QVERIFY(near(ndcg(items({1, 2}), ideal(items({3, 4})), 2), 0));
        QVERIFY(std::isnan(ndcg(items({1}), ideal({}), 10)));
    }
    void ndcg_looks_at_the_first_k_of_both() {
        QVERIFY(near(ndcg(items({1, 9}), ideal(items({2, 9})), 1), 0));
        QVERIFY(near(ndcg(items({9, 1}), ideal(items({9, 2})), 1), 1));
        // A page shorter than k cannot reach 1.
        QVERIFY(ndcg(items({9}), ideal(items({9, 2})), 10) < 1);
    }
    // Gains 1, 3, 2 shown in that order; the best order is 3, 2, 1.
    void graded_ndcg_weighs_gains() {
        const double third = 1 / std::log2(3.0);
        const double expected = (1 + 3 * third + 1) / (3 + 2 * third + 0.5);
        QVERIFY(near(graded_ndcg(Doubles{1, 3, 2}, Doubles{1, 2, 3}, 3), expected));
        QVERIFY(near(graded_ndcg(Doubles{3, 2, 1}, Doubles{1, 2, 3}, 3), 1));
        QVERIFY(near(graded_ndcg(Doubles{1, 3}, Doubles{1, 3}, 1), 1.0 / 3));
        QVERIFY(std::isnan(graded_ndcg(Doubles{0}, Doubles{0, 0}, 2)));
    }
    // Unit rows: 0 and 1 at 60 degrees, 2 opposite to 0. Cosines .5, -1, -.5: distances .5, 2, 1.5.
    void diversity_is_the_mean_pairwise_distance() {
        const float root = std::sqrt(3.0f) / 2;
        const RowTable content{2, {1, 0, 0.5f, root, -1, 0}};
        QVERIFY(near(intra_list_diversity(content, items({0, 1, 2})), 4.0 / 3, 1e-6));
        QVERIFY(near(intra_list_diversity(content, items({1, 1})), 0, 1e-6));
        QVERIFY(std::isnan(intra_list_diversity(content, items({1}))));
    }
    // Impressions 5 0 1: smoothed counts 6 1 2 of 9; an item nobody counted has 1 of 9.
    void popularity_adds_one_to_every_count() {
        const ImpressionShares popularity = smoothed_impressions(Doubles{5, 0, 1});
        QVERIFY(near(popularity.share[0], 6.0 / 9, 1e-6));
        QVERIFY(near(popularity.share[1], 1.0 / 9, 1e-6));
        QVERIFY(near(popularity.share[2], 2.0 / 9, 1e-6));
        QVERIFY(near(popularity.unseen, 1.0 / 9, 1e-6));
    }
    // Shares 1/2 1/4 (1/8 for the rest): (1 + 2 + 3) / 3 = 2 bits.
    void novelty_is_mean_self_information() {
        const ImpressionShares popularity{{0.5f, 0.25f}, 0.125f};
        QVERIFY(near(novelty_bits(popularity, items({0, 1, 7})), 2, 1e-6));
        QVERIFY(
            near(novelty_bits(popularity, items({2})), 3, 1e-6));  // the first that is not known
        QVERIFY(std::isnan(novelty_bits(popularity, {})));
    }
    // Twenty values: the 19th is the smallest with 95 % at or below it; of ten values the 10th.
    void nearest_rank_gives_an_observed_value() {
        Floats values;
        for (int i = 20; i >= 1; --i) values.push_back(static_cast<float>(i));
        QVERIFY(near(nearest_rank(values, 0.95), 19));
        QVERIFY(near(nearest_rank(Floats(values.begin() + 10, values.end()), 0.95), 10));
        QVERIFY(near(nearest_rank(Floats{4}, 0.5), 4));
        QVERIFY(near(nearest_rank(Floats{4, 2}, 1), 4));
        QVERIFY(std::isnan(nearest_rank({}, 0.95)));
    }

    void definitions_agree_with_an_independent_computation() {
        const std::vector<ReferenceCase> cases = reference_cases();
        QCOMPARE(cases.size(), std::size_t{40});
        for (const auto& [name, expected, lists] : cases) {
            double value = 0;
            if (name == "gini") value = gini(lists[0]);
            if (name == "entropy") value = entropy_bits(lists[0]);
            if (name == "kl") value = calibration_kl(as_shares(lists[0]), as_shares(lists[1]));
            if (name == "ndcg") value = ndcg(as_items(lists[0]), ideal(as_items(lists[1])), 10);
            if (name == "jaccard") value = jaccard(as_items(lists[0]), as_items(lists[1]));
            QVERIFY2(near(value, expected, name == "kl" ? 1e-6 : 1e-12), name.c_str());
        }
    }

    void measures_stay_in_their_bounds() {
        Stream stream(1, Purpose::test);
        for (int round = 0; round < 200; ++round) {
            Doubles counts(1 + stream.below(40));
            for (double& count : counts) count = static_cast<double>(stream.below(6));
            if (entropy_bits(counts) != entropy_bits(counts)) continue;  // nothing was shown
            const auto n = static_cast<double>(counts.size());
            QVERIFY(gini(counts) >= -1e-12 && gini(counts) <= (n - 1) / n + 1e-12);
            QVERIFY(effective_size(counts) >= 1 - 1e-12);
            QVERIFY(effective_size(counts) <= coverage(counts) * n + 1e-9);
        }
    }

    void names_are_distinct_and_lead_back() {
        std::set<std::string_view> names;
        for (std::size_t i = 0; i < enum_count<Metric>; ++i) {
            const auto metric = static_cast<Metric>(i);
            const MetricInfo& info = metric_info(metric);
            QVERIFY(names.insert(info.name).second);
            QVERIFY(metric_of(info.name) == metric);
            QVERIFY(!info.label.empty() && info.help.ends_with('.'));
        }
        QCOMPARE(metric_info(Metric::topic_entropy_bits).name, "topic_entropy_bits");
        QCOMPARE(metric_info(Metric::training_skew).name, "training_skew");
        QVERIFY(!metric_of("no_such_metric"));
        QCOMPARE(group_name(0), "all");
        QCOMPARE(group_name(3), "eclectic");
    }
};

}  // namespace

QTEST_GUILESS_MAIN(MetricDefinitionsTest)
#include "metric_definitions_test.moc"
