// The tree of codes: dead codes have a cell, areas are as large as what they stand for and nest in
// their parents, and a click selects an item of the prefix.
#include "ui/views/codes/codes_view.h"

#include <rapidcheck.h>

#include <QtTest>
#include <numeric>
#include <set>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

constexpr QRectF kArea(0, 0, 500, 300);

// Three levels of four codes for up to sixty items.
SemanticIds someIds(bool extraDigit) {
    const auto items = *rc::gen::inRange<std::size_t>(1, 60);
    const auto drawn = *rc::gen::container<std::vector<int>>(3 * items, rc::gen::inRange(0, 4));
    return make_ids(std::vector<Code>(drawn.begin(), drawn.end()), {4, 4, 4}, extraDigit, 1);
}

std::vector<double> countsOf(const CodeTree& tree) {
    std::vector<double> counts(tree.nodes());
    for (CodeTree::Node node = 0; node < counts.size(); ++node)
        counts[node] = static_cast<double>(tree.item_count(node));
    return counts;
}

CodesLayout layoutOf(const CodePicture& picture) {
    CodesLayout layout;
    layoutCodeStrips(picture, kArea, layout);
    layoutCodeAreas(picture, countsOf(picture.tree), kArea, layout);
    return layout;
}

}  // namespace

class CodesViewTest : public QObject {
    Q_OBJECT
  private slots:
    void every_code_has_a_cell_and_dead_ones_are_empty() {
        // Code 2 of the first level, and all but 0 of the second, are dead.
        const SemanticIds ids = make_ids(std::vector<Code>{0, 0, 1, 0, 1, 0}, {3, 2}, false, 1);
        const CodePicture picture = pictureOf(ids);
        const CodesLayout layout = layoutOf(picture);
        QCOMPARE(layout.codes.size(), std::size_t{5});
        QVERIFY(layout.codes[0].amount == 0.5 && layout.codes[1].amount == 1);
        QVERIFY(layout.codes[2].amount == 0 && layout.codes[4].amount == 0);
        for (std::size_t i = 0; i + 1 < 3; ++i)
            QVERIFY(layout.codes[i].box.right() <= layout.codes[i + 1].box.left() + 1e-9);
    }

    void items_that_share_all_codes_are_tangled() {
        for (const bool extra : {false, true}) {
            const SemanticIds ids =
                make_ids(std::vector<Code>{0, 0, 0, 0, 0, 1, 1, 1}, {2, 2}, extra, 1);
            const CodePicture picture = pictureOf(ids);
            QCOMPARE(picture.tangled[CodeTree::kRoot], 0.5);
            const Code first[] = {0};
            QVERIFY(std::abs(picture.tangled[picture.tree.find(first)] - 2.0 / 3) < 1e-12);
            const Code pair[] = {0, 0};
            QCOMPARE(picture.tangled[picture.tree.find(pair)], 1.0);
        }
    }

    void areas_nest_and_are_as_large_as_their_items() {
        QVERIFY(rc::check([] {
            const CodePicture picture = pictureOf(someIds(*rc::gen::arbitrary<bool>()));
            const CodesLayout layout = layoutOf(picture);
            const double all = static_cast<double>(picture.tree.item_count(CodeTree::kRoot));
            std::vector<QRectF> parents;
            for (const CodeArea& area : layout.areas) {
                RC_ASSERT(kArea.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(area.box));
                if (area.digits == 1) {
                    const double share =
                        static_cast<double>(picture.tree.item_count(area.node)) / all;
                    RC_ASSERT(std::abs(area.box.width() * area.box.height() -
                                       share * kArea.width() * kArea.height()) < 1);
                }
                parents.resize(static_cast<std::size_t>(area.digits) - 1);
                if (!parents.empty())
                    RC_ASSERT(parents.back().adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(area.box));
                parents.push_back(area.box);
                RC_ASSERT(area.digits <= 3);
            }
        }));
    }

    void every_item_is_found_once_where_areas_are_whole() {
        QVERIFY(rc::check([] {
            const CodePicture picture = pictureOf(someIds(false));
            std::size_t items = 0;
            for (const CodeArea& area : layoutOf(picture).areas)
                if (area.whole) items += picture.tree.item_count(area.node);
            RC_ASSERT(items == picture.tree.item_count(CodeTree::kRoot));
        }));
    }

    void a_click_selects_the_items_of_a_prefix_in_turn() {
        Selection selection;
        CodesView view(selection);
        view.resize(500, 400);
        view.show();
        const auto snapshot = demoSnapshot();
        view.setSnapshot(snapshot);
        // As many items of a prefix as clicks bring back to the first.
        constexpr int kItems = 3;
        const auto itemsOf = [&](const CodeArea& area, ItemId item) {
            const auto path = snapshot->codes->path(item).first(std::size_t(area.digits));
            int items = 0;
            for (std::size_t i = 0; i < snapshot->codes->items(); ++i)
                items += std::ranges::equal(
                    path, snapshot->codes->path(ItemId(i)).first(std::size_t(area.digits)));
            return items;
        };
        QPoint at;
        ItemId first;
        const auto area = std::ranges::find_if(view.placed().areas, [&](const CodeArea& each) {
            if (!each.whole) return false;
            at = each.box.center().toPoint();
            QTest::mouseClick(&view, Qt::LeftButton, {}, at);
            first = selection.item();
            return first.valid() && itemsOf(each, first) == kItems;
        });
        QVERIFY(area != view.placed().areas.end());
        QVERIFY(view.wordsAt(at).contains(
            QString::fromStdString(snapshot->cards->items[first.index()].title)));
        const auto before = view.grab().toImage();
        std::set<std::size_t> met = {first.index()};
        for (int click = 1; click < kItems; ++click) {
            QTest::mouseClick(&view, Qt::LeftButton, {}, at);
            met.insert(selection.item().index());
            QCOMPARE(itemsOf(*area, selection.item()), kItems);
            const auto path = snapshot->codes->path(first),
                       next = snapshot->codes->path(selection.item());
            QVERIFY(std::equal(path.begin(), path.begin() + area->digits, next.begin()));
        }
        QCOMPARE(met.size(), std::size_t(kItems));
        QTest::mouseClick(&view, Qt::LeftButton, {}, at);
        QCOMPARE(selection.item(), first);
        selection.clear();
        QVERIFY(view.grab().toImage() != before);
    }

    void the_pointer_is_told_of_dead_codes() {
        Selection selection;
        CodesView view(selection);
        view.resize(500, 400);
        view.setSnapshot(demoSnapshot());
        const auto dead = std::ranges::find(view.placed().codes, 0.0, &CodeStripCell::amount);
        QVERIFY(dead != view.placed().codes.end());
        QVERIFY(view.wordsAt(dead->box.center()).contains(QStringLiteral("dead")));
        QVERIFY(view.wordsAt({499, 2}).isEmpty());
    }

    void exposure_is_another_picture_and_skew_a_tag() {
        Selection selection;
        CodesView view(selection);
        view.resize(500, 400);
        const auto snapshot = std::make_shared<Snapshot>(*demoSnapshot());
        view.setSnapshot(snapshot);
        const auto items = view.grab().toImage();
        view.setSize(CodesView::Size::impressions);
        QVERIFY(view.grab().toImage() != items);
        QVERIFY(view.tag().isEmpty());
        const auto skewed = std::make_shared<Snapshot>(*snapshot);
        skewed->generative.version_skew = true;
        view.setSnapshot(skewed);
        QVERIFY(!view.tag().isEmpty());
    }
};

QTEST_MAIN(CodesViewTest)
#include "codes_view_test.moc"
