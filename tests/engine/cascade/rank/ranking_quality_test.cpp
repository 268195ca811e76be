// The measures of a ranker on small cases worked by hand, and on a ranker whose answer is known.
#include "engine/cascade/rank/ranking_quality.h"

#include <QtTest>
#include <cmath>

#include "engine/cascade/request/ranking_columns.h"

using namespace cascadelab;

namespace {

const std::size_t kColumns = ranking_columns().size();

// Every outcome is the first column, lowered by the position.
class FirstColumn : public OutcomeModel {
  public:
    std::string_view label() const override { return "first column"; }
    std::string_view explanation() const override { return "nothing"; }
    int columns() const override { return static_cast<int>(kColumns); }
    int outcomes() const override { return 4; }
    void predict(const float* rows, std::size_t count, std::span<float> out) const override {
        for (std::size_t i = 0; i < out.size(); ++i) {
            const float* row = rows + i % count * kColumns;
            out[i] = row[0] / (1 + row[4]);
        }
    }
    Matrix contributions(const float*, std::size_t count, int) const override {
        return Matrix::Zero(static_cast<Eigen::Index>(count), columns() + 1);
    }
    std::vector<std::uint8_t> bytes() const override { return {}; }
};

// Two requests of three impressions; places on the page count up.
ShownRows two_requests() {
    ShownRows shown{Matrix::Zero(6, kColumns), Matrix::Zero(6, 4), {0, 3}};
    shown.rows.col(0) << 0.2f, 0.8f, 0.5f, 0.9f, 0.4f, 0.1f;
    shown.rows.col(4) << 0, 1, 2, 0, 1, 2;
    shown.labels.col(0) << 0, 1, 0, 0, 0, 1;
    return shown;
}

class RankingQualityTest : public QObject {
    Q_OBJECT
  private slots:
    void log_loss_is_the_surprise_at_what_happened() {
        const std::vector<float> labels = {1, 0}, p = {0.25f, 0.5f};
        QVERIFY(std::abs(log_loss(labels, p) - (std::log(4) + std::log(2)) / 2) < 1e-7);
        const std::vector<float> certain = {0, 0};  // wrong with certainty is dear, not infinite
        QVERIFY(std::isfinite(log_loss(labels, certain)));
    }

    void area_under_curve_counts_pairs() {
        const std::vector<float> labels = {1, 0, 1, 0};
        const auto area = [&](std::vector<float> scores) {
            return area_under_curve(labels, scores);
        };
        QCOMPARE(area({4, 1, 3, 2}), 1.0);
        QCOMPARE(area({1, 4, 2, 3}), 0.0);
        QCOMPARE(area({4, 3, 2, 1}), 0.75);  // one of four pairs is the wrong way round
        QCOMPARE(area({1, 1, 1, 1}), 0.5);
        QCOMPARE(area({2, 2, 2, 1}), 0.75);  // two ties
        const std::vector<float> alike = {1, 1};
        QVERIFY(std::isnan(area_under_curve(alike, alike)));
    }

    void ndcg_discounts_by_place() {
        const std::vector<float> labels = {0, 1, 1};
        const auto ndcg = [&](std::vector<float> scores) { return request_ndcg(labels, scores); };
        QCOMPARE(ndcg({1, 2, 3}), 1.0);
        const double second_and_third = 1 / std::log2(3) + 0.5;
        QCOMPARE(ndcg({3, 2, 1}), second_and_third / (1 + 1 / std::log2(3)));
        const std::vector<float> nothing = {0, 0};
        QVERIFY(std::isnan(request_ndcg(nothing, nothing)));
        std::vector<float> late(12, 0.0f), falling;
        late[10] = 1;
        for (int i = 0; i < 12; ++i) falling.push_back(static_cast<float>(-i));
        QCOMPARE(request_ndcg(late, falling), 0.0);
    }

    void quality_is_of_the_place_shown_and_order_of_the_first_place() {
        Ranker ranker;
        ranker.models.push_back(std::make_shared<FirstColumn>());
        const ShownRows shown = two_requests();
        RankingParams params;
        params.weight_not_interested = 0;
        const RankingQuality quality = measure_quality(ranker, params, shown);
        // Clicks at their places: .2 .4 .1667 .9 .2 .0333; the two clicked are .4 and .0333.
        QVERIFY(std::abs(quality.auc - 3.0f / 8) < 1e-6f);
        // By value at the first place: the click of the first request is best, of the second last.
        QVERIFY(std::abs(quality.ndcg_at_10 - (1 + 0.5f) / 2) < 1e-6f);
        const double loss = -(std::log(0.8) + std::log(0.4) + std::log(1 - 0.5 / 3) +
                              std::log(0.1) + std::log(0.8) + std::log(0.1 / 3)) /
                            6;
        QVERIFY(std::abs(quality.log_loss - loss) < 1e-5);
    }

    void a_part_holds_whole_requests() {
        const ShownRows shown = two_requests();
        const ShownRows last = part_of(shown, 1, 2);
        QCOMPARE(last.rows.rows(), Eigen::Index(3));
        QCOMPARE(last.rows(0, 0), 0.9f);
        QCOMPARE(last.labels(2, 0), 1.0f);
        QVERIFY(last.requests == std::vector<Eigen::Index>{0});
        QCOMPARE(part_of(shown, 0, 0).rows.rows(), Eigen::Index(0));
    }
};

}  // namespace

QTEST_GUILESS_MAIN(RankingQualityTest)
#include "ranking_quality_test.moc"
