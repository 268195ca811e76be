// The funnel keeps its books: what enters a step leaves it or falls with a reason.
#include <QtTest>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/views/funnel/funnel_layout.h"

using namespace cascadelab;

namespace {

constexpr double kNear = 1e-9;

std::size_t at(Source source) {
    return index_of(source);
}

FunnelStep stepAt(std::size_t index) {
    return static_cast<FunnelStep>(index);
}

void compareBooks(const FunnelCounts& counts) {
    for (std::size_t step = 1; step < kFunnelStepCount; ++step) {
        double reasons = 0;
        for (const FunnelReason& reason : counts.reasons[step]) reasons += reason.count;
        QVERIFY2(std::abs(reasons - counts.lost(stepAt(step))) < 0.05,
                 qPrintable(stepHead(stepAt(step))));
        for (std::size_t s = 0; s < enum_count<Source>; ++s) {
            const double entered = stepAt(step) == FunnelStep::slate ? counts.entered[s] : 0;
            QVERIFY(counts.left[step][s] <= counts.left[step - 1][s] + entered + kNear);
        }
    }
}

}  // namespace

class FunnelViewTest : public QObject {
    Q_OBJECT
  private slots:
    void widths_in_are_widths_out_plus_what_is_lost();
    void logarithmic_widths_follow_the_logarithm();
    void counts_never_increase_and_reasons_add_up();
    void a_request_is_counted_by_hand();
    void what_a_slot_placed_enters_on_the_page();
    void losses_add_up_to_the_oracles_items();
    void nothing_in_the_layout_overlaps_or_leaves_the_area();
};

void FunnelViewTest::widths_in_are_widths_out_plus_what_is_lost() {
    const SankeyAmounts amounts = {{180, 80, 40}, {150, 60, 20}, {100, 0, 20}, {5, 0, 3}};
    const Sankey sankey = layoutSankey(amounts, {10, 20, 400, 300}, SankeyScale::linear, 10, 8);
    QCOMPARE(sankey.ribbons.size(), std::size_t{9});
    for (const SankeyRibbon& ribbon : sankey.ribbons) {
        const double in = ribbon.bottom0 - ribbon.top0, out = ribbon.bottom1 - ribbon.top1;
        QVERIFY(std::abs(in - out - ribbon.lost * sankey.unit) < kNear);
        QVERIFY(std::abs(in - amounts[ribbon.column][ribbon.series] * sankey.unit) < kNear);
        QVERIFY(ribbon.x0 < ribbon.x1);
    }
    for (const auto& column : sankey.nodes) {
        for (std::size_t s = 0; s < column.size(); ++s) {
            QVERIFY(column[s].top() >= 20 - kNear && column[s].bottom() <= 320 + kNear);
            QVERIFY(s == 0 || column[s].top() >= column[s - 1].bottom());
        }
    }
}

void FunnelViewTest::logarithmic_widths_follow_the_logarithm() {
    const Sankey sankey =
        layoutSankey({{180, 40}, {9, 0}}, {0, 0, 200, 200}, SankeyScale::logarithmic, 10, 8);
    QVERIFY(std::abs(sankey.nodes[0][0].height() - std::log1p(180) * sankey.unit) < kNear);
    QVERIFY(std::abs(sankey.nodes[1][0].height() - std::log1p(9) * sankey.unit) < kNear);
    QCOMPARE(sankey.nodes[1][1].height(), 0.0);
}

void FunnelViewTest::counts_never_increase_and_reasons_add_up() {
    const auto snapshot = demoSnapshot();
    compareBooks(countRequest(*snapshot->focus->trace, snapshot->focus->clicked));
    const FunnelCounts hour = countHour(*snapshot->funnel);
    compareBooks(hour);
    QVERIFY(std::abs(hour.total(FunnelStep::slate) * double(snapshot->funnel->requests) -
                     double(snapshot->funnel->total(FunnelStep::slate))) < 1e-6);
}

void FunnelViewTest::a_request_is_counted_by_hand() {
    CascadeTrace trace;
    trace.counts.proposed[at(Source::two_tower)] = 4;
    trace.counts.proposed[at(Source::fresh)] = 2;
    const auto add = [&](std::size_t item, Source source, Fate fate) {
        Candidate candidate;
        candidate.item = ItemId{item};
        candidate.source = source;
        candidate.fate = fate;
        trace.candidates.push_back(candidate);
    };
    add(1, Source::two_tower, Fate::shown);
    add(2, Source::two_tower, Fate::watched);
    add(3, Source::two_tower, Fate::below_cut);
    add(4, Source::fresh, Fate::shown);
    add(5, Source::fresh, Fate::diversity);
    const std::vector<ItemId> clicked = {ItemId{4}};
    const FunnelCounts counts = countRequest(trace, clicked);
    const std::array<double, 6> expected = {6, 5, 4, 3, 2, 1};
    for (std::size_t step = 0; step < kFunnelStepCount; ++step)
        QCOMPARE(counts.total(stepAt(step)), expected[step]);
    QCOMPARE(counts.left[4][at(Source::fresh)], 1.0);
    QCOMPARE(counts.left[5][at(Source::two_tower)], 0.0);
    QCOMPARE(reasonsSentence(counts, FunnelStep::merged), QStringLiteral("found twice 1"));
    QCOMPARE(shownSources(counts), (std::vector<Source>{Source::two_tower, Source::fresh}));
    QCOMPARE(reachedStep(trace.candidates[2], clicked), FunnelStep::filtered);
}

// Two of a source, both below the cut; one of them is explored.
void FunnelViewTest::what_a_slot_placed_enters_on_the_page() {
    CascadeTrace trace;
    trace.counts.proposed[Source::trending] = 2;
    for (const std::size_t item : {1u, 2u}) {
        Candidate& candidate = trace.candidates.emplace_back();
        candidate.item = ItemId{item};
        candidate.source = Source::trending;
        candidate.fate = item == 1 ? Fate::below_cut : Fate::shown;
        candidate.explored = item == 2;
    }
    const FunnelCounts counts = countRequest(trace, {});
    const std::array<double, 6> expected = {2, 2, 2, 0, 1, 0};
    for (std::size_t step = 0; step < kFunnelStepCount; ++step)
        QCOMPARE(counts.total(stepAt(step)), expected[step]);
    QCOMPARE(counts.entering(FunnelStep::slate), 1.0);
    QCOMPARE(counts.lost(FunnelStep::ranked), 2.0);
    QCOMPARE(counts.lost(FunnelStep::slate), 0.0);
    compareBooks(counts);
    // Its ribbon ends before the ranking; on the page it stands alone.
    const auto sources = shownSources(counts);
    const Sankey sankey = layoutSankey(funnelAmounts(counts, sources), {0, 0, 300, 200},
                                       SankeyScale::linear, 10, 8, funnelEntries(counts, sources));
    const SankeyRibbon& last = sankey.ribbons[3];
    QCOMPARE(last.bottom1 - last.top1, 0.0);
    QVERIFY(sankey.nodes[4][0].height() > 0);
}

void FunnelViewTest::losses_add_up_to_the_oracles_items() {
    const auto snapshot = demoSnapshot();
    const auto& oracle = snapshot->focus->trace->oracle;
    int sum = 0;
    for (const LossShare& share : lossShares(oracle)) sum += share.count;
    QCOMPARE(sum, int(oracle.size()));
    QVERIFY(lossShares({}).empty());
}

// A request whose last steps lose little: their words stand close to the numbers beside them.
FunnelCounts narrowEnd() {
    HourFunnel view;
    view.requests = 1;
    const std::array<std::uint64_t, 6> proposed = {41, 104, 52, 51, 26, 26};
    const std::array<std::array<std::uint64_t, 5>, 6> left = {{{30, 11, 11, 3, 1},
                                                               {90, 20, 20, 2, 0},
                                                               {40, 5, 5, 2, 0},
                                                               {30, 6, 6, 1, 0},
                                                               {20, 6, 6, 1, 0},
                                                               {10, 3, 3, 1, 0}}};
    for (std::size_t s = 0; s < proposed.size(); ++s) {
        view.proposed[s] = proposed[s];
        for (std::size_t k = 0; k < left[s].size(); ++k) view.by_source[s].left[k + 1] = left[s][k];
    }
    view.examined = 10;
    const auto set = [&](Fate fate, std::uint64_t count) { view.fates[fate] = count; };
    set(Fate::shown_recently, 131), set(Fate::watched, 34), set(Fate::not_licensed, 4);
    set(Fate::score, 37), set(Fate::diversity, 4), set(Fate::shown, 10);
    return countHour(view);
}

void FunnelViewTest::nothing_in_the_layout_overlaps_or_leaves_the_area() {
    const auto snapshot = demoSnapshot();
    const CascadeTrace& trace = *snapshot->focus->trace;
    for (const FunnelCounts& counts : {countRequest(trace, snapshot->focus->clicked),
                                       countHour(*snapshot->funnel), narrowEnd()}) {
        for (double width = 190; width <= 930; width += 5) {
            const QSizeF size(width, width * 0.8);
            const QRectF area({0, 28}, size);
            const auto sources = shownSources(counts);
            const FunnelLayout layout = layoutFunnel(counts, sources, lossShares(trace.oracle),
                                                     SankeyScale::logarithmic, area);
            std::vector<QRectF> places;
            for (const PlacedWords& words : layout.sources) places.push_back(words.place);
            for (const PlacedWords& words : layout.lost) places.push_back(words.place);
            for (const PlacedWords& words : layout.rows) places.push_back(words.place);
            for (const auto& block : layout.reasons)
                for (const PlacedWords& words : block) places.push_back(words.place);
            places.push_back(layout.oracle);
            if (width >= 430) QVERIFY(!layout.rows.empty() || !layout.reasons.empty());
            for (std::size_t a = 0; a < places.size(); ++a) {
                if (places[a].isEmpty()) continue;
                QVERIFY(area.adjusted(-1, -1, 18, 1).contains(places[a]));
                for (std::size_t b = 0; b < a; ++b)
                    QVERIFY2(places[b].isEmpty() ||
                                 !places[a].adjusted(0.1, 0.1, -0.1, -0.1).intersects(places[b]),
                             qPrintable(QStringLiteral("%1 and %2 at width %3")
                                            .arg(a)
                                            .arg(b)
                                            .arg(size.width())));
            }
        }
    }
}

QTEST_MAIN(FunnelViewTest)
#include "funnel_view_test.moc"
