// A treemap keeps its promises on any amounts: cells fill the area, never overlap, and are as large
// as their share.
#include <rapidcheck.h>

#include <QtTest>

#include "ui/plot/treemap.h"

using namespace cascadelab;

namespace {

double areaOf(const QRectF& cell) {
    return cell.width() * cell.height();
}

std::vector<double> someWeights() {
    const auto drawn = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1000));
    return {drawn.begin(), drawn.end()};
}

}  // namespace

class TreemapTest : public QObject {
    Q_OBJECT
  private slots:
    void cells_are_as_large_as_their_share() {
        QVERIFY(rc::check([] {
            const std::vector<double> weights = someWeights();
            const QRectF area(3, 5, *rc::gen::inRange(1, 900), *rc::gen::inRange(1, 700));
            double total = 0;
            for (const double weight : weights) total += weight;
            const auto cells = squarifiedCells(weights, area);
            RC_ASSERT(cells.size() == weights.size());
            for (std::size_t i = 0; i < cells.size(); ++i) {
                const double share = total > 0 ? weights[i] / total : 0;
                RC_ASSERT(std::abs(areaOf(cells[i]) - share * areaOf(area)) < 1e-6 * areaOf(area));
                RC_ASSERT(weights[i] > 0 || cells[i].isNull());
            }
        }));
    }
    void cells_stay_inside_and_apart() {
        QVERIFY(rc::check([] {
            const std::vector<double> weights = someWeights();
            const QRectF area(0, 0, *rc::gen::inRange(10, 900), *rc::gen::inRange(10, 700));
            const auto cells = squarifiedCells(weights, area);
            for (std::size_t i = 0; i < cells.size(); ++i) {
                if (cells[i].isNull()) continue;
                RC_ASSERT(area.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(cells[i]));
                for (std::size_t j = 0; j < i; ++j)
                    RC_ASSERT(cells[j].isNull() ||
                              areaOf(cells[i].intersected(cells[j])) < 1e-6 * areaOf(area));
            }
        }));
    }
    // The example of the paper's section 3: areas 6, 6, 4, 3, 2, 2, 1 in a 6 x 4 rectangle.
    void the_papers_example_comes_out() {
        const std::vector<double> weights = {6, 6, 4, 3, 2, 2, 1};
        const auto cells = squarifiedCells(weights, QRectF(0, 0, 6, 4));
        QCOMPARE(cells[0], QRectF(0, 0, 3, 2));
        QCOMPARE(cells[1], QRectF(0, 2, 3, 2));
        QVERIFY(std::abs(cells[2].width() - 12.0 / 7) < 1e-9);
        QVERIFY(std::abs(cells[2].height() - 7.0 / 3) < 1e-9);
        QVERIFY(std::abs(cells[3].left() - cells[2].right()) < 1e-9);
    }
};

QTEST_GUILESS_MAIN(TreemapTest)
#include "treemap_test.moc"
