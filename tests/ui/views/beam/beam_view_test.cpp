// The picture of a beam search: kept above pruned, likelier above less likely, everything that was
// looked at is shown or counted, and an item leads back to where it began.
#include "ui/views/beam/beam_view.h"

#include <rapidcheck.h>

#include <QtTest>

#include "tests/worlds/ui/demo_generative.h"
#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

BeamDrawing demoDrawing() {
    const auto codes = demoCodes(2000);
    const BeamPicture beam = demoBeam(*codes);
    return {beam, leavesOf(beam, codes.get())};
}

}  // namespace

class BeamViewTest : public QObject {
    Q_OBJECT
  private slots:
    void an_item_leads_back_to_the_first_code() {
        const BeamDrawing drawing = demoDrawing();
        const auto codes = demoCodes(2000);
        for (std::size_t i = 0; i < drawing.beam.found.size(); ++i) {
            const auto path = beamPath(drawing, {drawing.steps(), i});
            QCOMPARE(path.size(), drawing.steps() + 1);
            const auto own = codes->path(drawing.beam.found[i]);
            for (std::size_t step = 0; step < drawing.steps(); ++step) {
                QCOMPARE(path[step].step, step);
                const BeamPrefix& prefix = drawing.beam.steps[step][path[step].index];
                QVERIFY(prefix.kept && std::ranges::equal(prefix.codes, own.first(step + 1)));
            }
        }
    }

    void everything_looked_at_is_shown_or_counted_and_inside() {
        const BeamDrawing drawing = demoDrawing();
        QVERIFY(rc::check([&drawing] {
            const QRectF area(0, 0, *rc::gen::inRange(280, 1400), *rc::gen::inRange(110, 1000));
            const BeamLayout layout = layoutBeam(drawing, area);
            for (std::size_t step = 0; step < drawing.steps(); ++step) {
                std::size_t shown = 0;
                for (const BeamBox& box : layout.boxes) shown += box.place.step == step;
                for (const BeamRest& rest : layout.rests)
                    if (rest.step == step) shown += rest.count;
                RC_ASSERT(shown == drawing.beam.looked_at[step]);
            }
            for (const BeamBox& box : layout.boxes) RC_ASSERT(area.contains(box.box));
            for (const BeamRest& rest : layout.rests) RC_ASSERT(area.contains(rest.box));
        }));
    }

    void kept_stand_above_pruned_and_boxes_apart() {
        const BeamLayout layout = layoutBeam(demoDrawing(), {0, 0, 600, 420});
        for (const BeamBox& a : layout.boxes) {
            for (const BeamBox& b : layout.boxes) {
                if (a.place == b.place) continue;
                QVERIFY(!a.box.intersects(b.box));
                const bool same = a.place.step == b.place.step;
                if (same && a.kept && !b.kept) QVERIFY(a.box.bottom() <= b.box.top());
            }
            QVERIFY(a.share <= 1);
        }
        QCOMPARE(layout.boxes.front().share, 1.0);
    }

    void links_end_where_their_prefix_begins() {
        const BeamLayout layout = layoutBeam(demoDrawing(), {0, 0, 600, 420});
        QVERIFY(!layout.links.empty());
        for (const BeamLink& link : layout.links) {
            QVERIFY(link.from.x() < link.end.x());
            QCOMPARE(beamPlaceAt(layout, link.end + QPointF(1, 0)).value(), link.to);
        }
    }

    void what_chance_drew_is_not_called_the_likeliest() {
        Selection selection;
        BeamView view(selection);
        view.resize(900, 500);
        auto snapshot = std::make_shared<Snapshot>(*demoSnapshot());
        view.setSnapshot(snapshot);
        QVERIFY(!isDrawn(snapshot->focus->trace->beam));
        const QString prefix = view.wordsAt(view.placed().boxes[0].box.center());
        QVERIFY(!prefix.contains(QStringLiteral("chance")));
        auto trace = std::make_shared<CascadeTrace>(*snapshot->focus->trace);
        for (BeamPrefix& each : trace->beam.steps[0]) each.score = each.log_probability + 2;
        auto focus = std::make_shared<PersonView>(*snapshot->focus);
        focus->trace = trace;
        auto drawn = std::make_shared<Snapshot>(*snapshot);
        drawn->focus = focus;
        QVERIFY(isDrawn(trace->beam));
        view.setSnapshot(drawn);
        QVERIFY(view.wordsAt(view.placed().boxes[0].box.center())
                    .contains(QStringLiteral("By chance")));
    }
    void an_item_of_other_codes_by_now_has_no_past() {
        BeamDrawing drawing = demoDrawing();
        drawing.leaves = leavesOf(drawing.beam, nullptr);
        QVERIFY(!logProbabilityOf(drawing, {drawing.steps(), 0}));
        QCOMPARE(beamPath(drawing, {drawing.steps(), 0}).size(), std::size_t{1});
        QVERIFY(!layoutBeam(drawing, {0, 0, 600, 420}).boxes.empty());
    }

    void a_click_selects_the_item_and_shows_its_path() {
        Selection selection;
        BeamView view(selection);
        view.resize(600, 420);
        view.show();
        const auto snapshot = demoSnapshot();
        view.setSnapshot(snapshot);
        const auto before = view.grab().toImage();
        const auto& boxes = view.placed().boxes;
        const auto item = std::ranges::find_if(boxes, [](const BeamBox& box) {
            return box.place == BeamPlace{4, 2};
        });
        QVERIFY(item != boxes.end());
        QTest::mouseClick(&view, Qt::LeftButton, {}, item->box.center().toPoint());
        QCOMPARE(selection.item(), snapshot->focus->trace->beam.found[2]);
        QVERIFY(view.grab().toImage() != before);
        selection.clear();
        QCOMPARE(view.grab().toImage(), before);
    }

    void the_pointer_is_told_what_a_prefix_is() {
        Selection selection;
        BeamView view(selection);
        view.resize(600, 420);
        view.setSnapshot(demoSnapshot());
        const auto& layout = view.placed();
        QVERIFY(view.wordsAt(layout.boxes.front().box.center()).contains(QStringLiteral("kept")));
        const auto pruned = std::ranges::find(layout.boxes, false, &BeamBox::kept);
        QVERIFY(view.wordsAt(pruned->box.center()).contains(QStringLiteral("pruned")));
        QVERIFY(view.wordsAt(layout.past).contains(QLatin1Char('\n')));
        QVERIFY(view.wordsAt({599, 1}).isEmpty());
    }
};

QTEST_MAIN(BeamViewTest)
#include "beam_view_test.moc"
