// The picture of attention: shares sum up, the strongest event leads, and every event is found
// under the pointer.
#include <QtTest>

#include "ui/views/attention/attention_layout.h"

using namespace cascadelab;

namespace {

// Three events, two blocks; by hand: means .15, .5, .35.
AttentionPicture threeEvents() {
    AttentionPicture picture;
    for (std::size_t e = 0; e < 3; ++e)
        picture.events.push_back({ItemId(e), "watched", 100.0f * static_cast<float>(3 - e)});
    picture.weight.resize(2, 3);
    picture.weight << 0.2f, 0.7f, 0.1f,  //
        0.1f, 0.3f, 0.6f;
    return picture;
}

}  // namespace

class AttentionViewTest : public QObject {
    Q_OBJECT
  private slots:
    void the_mean_over_blocks_sums_to_one() {
        const auto mean = meanAttention(threeEvents());
        QCOMPARE(mean.size(), std::size_t{3});
        QVERIFY(std::abs(mean[0] - 0.15) < 1e-6 && std::abs(mean[1] - 0.5) < 1e-6 &&
                std::abs(mean[2] - 0.35) < 1e-6);
    }
    void rows_fall_in_weight_and_fit_their_place() {
        const auto layout = layoutAttention(threeEvents(), QRectF(0, 0, 400, 300));
        QCOMPARE(layout.rows.size(), std::size_t{3});
        QCOMPARE(layout.rows[0].event, std::size_t{1});
        QCOMPARE(layout.rows[1].event, std::size_t{2});
        for (const AttentionRow& row : layout.rows) {
            QVERIFY(row.line.bottom() <= 300);
            QVERIFY(row.value.right() <= 400);
        }
        const auto low = layoutAttention(threeEvents(), QRectF(0, 0, 400, 110));
        QVERIFY(low.rows.size() < 3);
        for (const AttentionRow& row : low.rows) QVERIFY(row.line.bottom() <= 110);
    }
    void a_cell_is_as_bright_as_its_share_of_the_strongest() {
        const auto layout = layoutAttention(threeEvents(), QRectF(0, 0, 400, 300));
        QCOMPARE(layout.cells.size(), std::size_t{6});
        for (const AttentionCell& cell : layout.cells) QVERIFY(cell.amount <= 1.0 + 1e-6);
        QVERIFY(std::abs(layout.cells[1].amount - 1) < 1e-6);
        QVERIFY(std::abs(layout.cells[4].amount - 0.5) < 1e-6);
    }
    void the_pointer_finds_the_event() {
        const auto layout = layoutAttention(threeEvents(), QRectF(0, 0, 400, 300));
        QCOMPARE(attendedEventAt(layout, layout.cells[5].box.center()).value(), std::size_t{2});
        QCOMPARE(attendedEventAt(layout, layout.rows[0].bar.center()).value(), std::size_t{1});
        QVERIFY(!attendedEventAt(layout, QPointF(2, 2)));
    }
    void nothing_is_laid_out_without_events() {
        const auto layout = layoutAttention({}, QRectF(0, 0, 400, 300));
        QVERIFY(layout.cells.empty() && layout.rows.empty());
    }
};

QTEST_GUILESS_MAIN(AttentionViewTest)
#include "attention_view_test.moc"
