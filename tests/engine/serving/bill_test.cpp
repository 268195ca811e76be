// Bills added up by hand, and that of the case study, whose published price a request is a month's
// bill over a day's requests.
#include "engine/serving/bill.h"

#include <QtTest>
#include <cmath>

using namespace cascadelab;

namespace {

bool near(double a, double b, double share = 1e-9) {
    return std::abs(a - b) <= share * std::abs(b);
}

class BillTest : public QObject {
    Q_OBJECT
  private slots:
    void a_bill_by_hand() {
        PriceTable prices = default_prices();
        prices[Resource::gpu_h100].usd = 3;
        prices[Resource::egress].usd = 0.1;
        const Bill bill = bill_of({{"ranking", "GPUs", Resource::gpu_h100, 1000, ""},
                                   {"edge", "pages", Resource::egress, 5000, ""},
                                   {"ranking", "logs", Resource::egress, 1000, ""}},
                                  prices, 2e6, 1000);
        QVERIFY(near(bill.month_usd(), 3600));
        QVERIFY(near(bill.per_thousand_usd(), 1.8));
        QVERIFY(near(bill.per_person_usd(), 3.6));
        QVERIFY(near(bill.of(Resource::egress), 600));
        const std::vector<StageCost> stages = bill.by_stage();
        QCOMPARE(stages.size(), std::size_t{2});
        QVERIFY(stages[0].stage == "ranking" && near(stages[0].usd, 3100));
        QVERIFY(stages[1].stage == "edge" && near(stages[1].usd, 500));
    }

    void nothing_costs_nothing() {
        const Bill bill = bill_of({}, default_prices(), 0, 0);
        QCOMPARE(bill.month_usd(), 0.0);
        QCOMPARE(bill.per_thousand_usd(), 0.0);
        QCOMPARE(bill.per_person_usd(), 0.0);
        QVERIFY(bill.by_stage().empty());
    }

    void every_price_has_a_unit_a_date_and_a_source() {
        for (const Price& price : default_prices()) {
            QVERIFY(!price.name.empty() && !price.unit.empty() && price.source.size() > 5);
            QCOMPARE(price.date.size(), std::size_t{7});  // "2026-05"
            QVERIFY(0 < price.low_usd && price.low_usd <= price.usd && price.usd <= price.high_usd);
        }
    }

    void the_case_study_is_wrong_by_a_month_over_a_day() {
        const StreamPulse streampulse;
        for (const double usd : {0.86, 1.49, 3.00}) {
            const Bill bill = streampulse_bill(streampulse, usd);
            QVERIFY(near(bill.month_usd(), 1.12e6));
            QVERIFY(near(bill.per_thousand_usd(), 1.12e6 / 1.2e8));
            QVERIFY(near(bill.per_person_usd(), 0.0056));
            QVERIFY(near(bill.of(Resource::gpu_a100), 980000));
            QVERIFY(near(0.28 / bill.per_thousand_usd(), 30));
        }
        QVERIFY(near(streampulse.refreshes_per_s(), 46296.3, 1e-6));
    }

    // 300 TB of events and 1.1 PB of videos at $.021 are $29.4k; the rest at $.02 is 5.5 PB.
    void what_is_left_of_the_rest_is_metadata() {
        const StreamPulse streampulse;
        const Bill bill = streampulse_bill(streampulse, 1.49);
        QVERIFY(near(bill.lines[3].usd, 6300) && near(bill.lines[2].usd, 23100));
        QVERIFY(near(streampulse.metadata_bytes(), (140000 - 29400) / 0.02 * 1e9 / 1.2e11));
        QVERIFY(streampulse.metadata_bytes() > 30e3 && streampulse.metadata_bytes() < 60e3);
        QVERIFY(bill.lines[1].item.how == "120e9 refreshes x 46.1 KB");
        StreamPulse too_small;
        too_small.rest_usd = 1000;
        QCOMPARE(too_small.metadata_bytes(), 0.0);
    }

    void the_money_buys_so_many_gpus() {
        const StreamPulse streampulse;
        const double usd[] = {0.86, 1.10, 1.49, 2.06, 2.49, 3.00};
        const double gpus[] = {1561, 1220, 901, 652, 539, 447};
        for (int i = 0; i < 6; ++i) QVERIFY(std::abs(streampulse.gpus_at(usd[i]) - gpus[i]) <= 1);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(BillTest)
#include "bill_test.moc"
