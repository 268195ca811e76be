// Taste drift: lines go from where tastes began to where they are, segments are drawn by lot but
// evenly, one person can be followed, and degrees are those of the whole space.
#include "ui/views/taste_drift/taste_drift_view.h"

#include <QtTest>
#include <cmath>
#include <set>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

using Places = std::vector<std::array<float, 2>>;

// Three people of whom the second joined on the second day.
TasteView someTastes() {
    TasteView tastes;
    tastes.began = std::make_shared<const Places>(Places{{0, 0}, {1, 0}, {0, 1}});
    tastes.drift_deg = std::make_shared<const std::vector<float>>(std::vector<float>{20, 5, 40});
    tastes.moments = {
        {kDay, std::make_shared<const Places>(Places{{0, 0.1f}})},
        {2 * kDay, std::make_shared<const Places>(Places{{0.1f, 0.2f}, {1, 0.1f}})},
        {50 * kHour, std::make_shared<const Places>(Places{{0.2f, 0.3f}, {1, 0.2f}, {0.5f, 1}})}};
    return tastes;
}

Cards someCards() {
    Cards cards;
    for (std::uint8_t p = 0; p < 3; ++p)
        cards.people.push_back(
            {"Mira", 30, p == 2 ? std::uint8_t{1} : std::uint8_t{0}, "phone", "North", -1});
    return cards;
}

}  // namespace

class TasteDriftViewTest : public QObject {
    Q_OBJECT
  private slots:
    void a_line_leads_from_then_to_now() {
        const TasteView tastes = someTastes();
        const PlaneTransform plane{100, 0, 0};
        const TasteTrail first = tasteTrail(tastes, PersonId(0u), plane, true);
        QCOMPARE(first.line.size(), 4);
        QCOMPARE(first.line.front(), QPointF(0, 0));
        QVERIFY(std::hypot(first.line.back().x() - 20, first.line.back().y() + 30) < 1e-4);
        QCOMPARE(first.drift_deg, 20.0);
        QCOMPARE(tasteTrail(tastes, PersonId(0u), plane, false).line.size(), 2);
        // Who came later has fewer days behind them.
        QCOMPARE(tasteTrail(tastes, PersonId(2u), plane, true).line.size(), 2);
        QVERIFY(tasteTrail(tastes, PersonId(9u), plane, true).line.isEmpty());
    }

    void crowds_count_everybody_and_draw_some_evenly() {
        const auto crowds = tasteCrowds(someTastes(), someCards(), 10);
        QCOMPARE(crowds[0].people.size(), std::size_t{2});
        QCOMPARE(crowds[0].mean_deg, 12.5);
        QCOMPARE(crowds[0].p90_deg, 20.0);
        QCOMPARE(crowds[1].mean_deg, 40.0);
        QVERIFY(crowds[2].people.empty());
        const auto snapshot = demoSnapshot();
        const auto few = tasteCrowds(*snapshot->tastes, *snapshot->cards, 20);
        for (const TasteCrowd& crowd : few) {
            QCOMPARE(crowd.drawn.size(), std::size_t{20});
            QCOMPARE(std::set(crowd.drawn.begin(), crowd.drawn.end()).size(), std::size_t{20});
            QVERIFY(crowd.drawn.back().index() > crowd.people.back().index() / 2);
        }
    }

    void panels_share_one_scale_and_hold_their_lines() {
        const auto snapshot = demoSnapshot();
        TastePicture picture{snapshot->tastes, tasteCrowds(*snapshot->tastes, *snapshot->cards, 50),
                             PersonId(), true};
        for (const QRectF area : {QRectF(0, 0, 1100, 600), QRectF(0, 0, 320, 520)}) {
            const TasteDriftLayout layout = layoutTasteDrift(picture, area);
            QCOMPARE(layout.panels.size(), std::size_t{3});
            for (const TastePanel& panel : layout.panels) {
                QVERIFY(area.contains(panel.area));
                QCOMPARE(panel.map.size(), layout.panels[0].map.size());
                const QPointF shift = panel.map.topLeft() - layout.panels[0].map.topLeft();
                for (std::size_t t = 0; t < 8; ++t) {
                    const QPointF off = panel.topics[t] - layout.panels[0].topics[t] - shift;
                    QVERIFY(std::hypot(off.x(), off.y()) < 1e-6);
                }
                QCOMPARE(panel.trails.size(), std::size_t{50});
                for (const TasteTrail& trail : panel.trails) {
                    QVERIFY(panel.map.contains(trail.line.front()));
                    QVERIFY(panel.map.contains(trail.line.back()));
                    QVERIFY(trail.drift_deg <= layout.most_deg);
                }
            }
            QVERIFY(layout.legend.area.bottom() <= area.bottom() + 1e-9);
        }
    }

    void nothing_is_left_empty_and_everybody_counts() {
        const auto snapshot = demoSnapshot();
        TastePicture picture{snapshot->tastes, tasteCrowds(*snapshot->tastes, *snapshot->cards, 20),
                             PersonId(), true};
        for (const QRectF area : {QRectF(0, 0, 940, 800), QRectF(0, 0, 306, 460),
                                  QRectF(0, 0, 1300, 420), QRectF(0, 0, 236, 160)}) {
            const TasteDriftLayout layout = layoutTasteDrift(picture, area);
            const QRectF last = layout.panels.back().area;
            const bool isSquare = last.left() < layout.panels[1].area.left();
            QCOMPARE(!layout.spread.rows.empty(), isSquare && last.top() > area.top());
            QVERIFY(std::abs(layout.legend.area.bottom() - area.bottom()) < 1e-6);
            for (std::size_t s = 0; s < layout.spread.rows.size(); ++s) {
                std::size_t people = 0;
                for (const TasteSpread::Bin& bin : layout.spread.rows[s].bins) {
                    people += bin.people;
                    const QRectF row = layout.spread.rows[s].area.adjusted(-1, 0, 1, 1e-6);
                    QVERIFY(bin.people == 0 || row.contains(bin.bar));
                }
                QCOMPARE(people, picture.crowds[s].people.size());
            }
            for (const TasteLegend::Step& step : layout.legend.steps)
                QVERIFY(step.swatch.right() <= area.right() + 1e-6);
        }
    }

    void a_person_is_followed_even_when_not_drawn_by_lot() {
        Selection selection;
        TasteDriftView view(selection);
        view.resize(1000, 600);
        view.show();
        const auto snapshot = demoSnapshot();
        view.setSnapshot(snapshot);
        const TastePanel& panel = view.placed().panels[0];
        const TasteTrail trail = panel.trails.back();
        const auto before = view.grab().toImage();
        QTest::mouseClick(&view, Qt::LeftButton, {}, trail.line.back().toPoint());
        QVERIFY(selection.person().valid());
        QVERIFY(view.grab().toImage() != before);
        QVERIFY(view.wordsAt(trail.line.back()).contains(QStringLiteral("°")));
        std::size_t everybody = 0;
        for (std::size_t p = 0; p < 200; ++p) {
            selection.selectPerson(PersonId(p));
            for (const TastePanel& each : view.placed().panels)
                everybody += std::ranges::count(each.trails, PersonId(p), &TasteTrail::person) == 1;
        }
        QCOMPARE(everybody, std::size_t{200});
        selection.clear();
        for (const TastePanel& each : view.placed().panels)
            QVERIFY(each.trails.size() == std::size_t{150});
        view.showWholeWay(false);
        QVERIFY(view.grab().toImage() != before);
    }
};

QTEST_MAIN(TasteDriftViewTest)
#include "taste_drift_view_test.moc"
