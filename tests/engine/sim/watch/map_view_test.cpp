// The embedding map: the plane of a small case worked by hand, and the alignment that keeps the
// picture from jumping.
#include "engine/sim/watch/map_view.h"

#include <QtTest>
#include <cmath>

using namespace cascadelab;

class MapViewTest : public QObject {
    Q_OBJECT

  private slots:
    void the_plane_of_a_flat_cross_is_the_cross();
    void alignment_undoes_a_turn();
    void alignment_undoes_a_mirror();
    void alignment_never_stretches();
};

namespace {

Matrix random_points(std::size_t count) {
    Matrix points(count, 2);
    Stream stream(4, Purpose::test);
    for (Eigen::Index i = 0; i < points.size(); ++i)
        points.data()[i] = static_cast<float>(stream.normal());
    return points;
}

}  // namespace

void MapViewTest::the_plane_of_a_flat_cross_is_the_cross() {
    // Around (1, 2, 3): two points 3 along the third axis, two 1 along the first.
    Matrix rows(4, 3);
    rows << 1, 2, 6, 1, 2, 0, 2, 2, 3, 0, 2, 3;
    const MapPlane plane = principal_plane(rows);
    QVERIFY((plane.mean - Eigen::Vector3f(1, 2, 3)).norm() < 1e-6f);
    QVERIFY((plane.axes.col(0) - Eigen::Vector3f(0, 0, 1)).norm() < 1e-6f);
    QVERIFY((plane.axes.col(1) - Eigen::Vector3f(1, 0, 0)).norm() < 1e-6f);
    QVERIFY(std::abs(plane.explained_share - 1) < 1e-6);

    // A point off the plane takes its share: 2 (9 + 1) of 2 (9 + 1 + 0.25).
    Matrix deeper(6, 3);
    deeper << rows, 1, 2.5f, 3, 1, 1.5f, 3;
    QVERIFY(std::abs(principal_plane(deeper).explained_share - 10 / 10.25) < 1e-6);
}

void MapViewTest::alignment_undoes_a_turn() {
    const Matrix target = random_points(40);
    for (const float angle : {0.3f, 1.6f, 3.0f, -2.0f}) {
        Eigen::Matrix2f turn;
        turn << std::cos(angle), -std::sin(angle), std::sin(angle), std::cos(angle);
        Matrix points = target * turn;
        points.rowwise() += Eigen::RowVector2f(5, -7);
        QVERIFY((procrustes(points, target) - turn.transpose()).norm() < 1e-5f);
    }
}

void MapViewTest::alignment_undoes_a_mirror() {
    const Matrix target = random_points(40);
    Eigen::Matrix2f mirror;
    mirror << -1, 0, 0, 1;
    QVERIFY((procrustes(target * mirror, target) - mirror).norm() < 1e-5f);
}

void MapViewTest::alignment_never_stretches() {
    const Matrix target = random_points(40);
    const Matrix points = 3 * random_points(40).colwise().reverse();
    const Eigen::Matrix2f r = procrustes(points, target);
    QVERIFY((r * r.transpose() - Eigen::Matrix2f::Identity()).norm() < 1e-5f);
}

QTEST_GUILESS_MAIN(MapViewTest)
#include "map_view_test.moc"
