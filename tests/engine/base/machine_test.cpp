// Sums in matrix products are cut by the sizes that the build names, whatever was set before.
#include "engine/base/machine.h"

#include <QTest>

#include "engine/base/matrix.h"

using namespace cascadelab;

class MachineTest : public QObject {
    Q_OBJECT

    // Long enough to be cut, of numbers whose sum depends on its order.
    static Matrix product() {
        constexpr Eigen::Index length = 20000;
        const Vector wave = Vector::LinSpaced(32 * length, 0, 900).array().sin();
        const Matrix a = Eigen::Map<const Matrix>(wave.data(), 32, length);
        return a * a.transpose();
    }

  private slots:
    void the_build_names_the_sizes_to_begin_with() {
        QCOMPARE(Eigen::l1CacheSize(), EIGEN_DEFAULT_L1_CACHE_SIZE);
        QCOMPARE(Eigen::l2CacheSize(), EIGEN_DEFAULT_L2_CACHE_SIZE);
        QCOMPARE(Eigen::l3CacheSize(), EIGEN_DEFAULT_L3_CACHE_SIZE);
    }

    void other_sizes_move_a_product_until_they_are_overruled() {
        const Matrix expected = product();
        Eigen::setCpuCacheSizes(16 * 1024, 64 * 1024, 1024 * 1024);
        QVERIFY(product() != expected);
        keep_block_sizes();
        QVERIFY(product() == expected);
    }
};

QTEST_GUILESS_MAIN(MachineTest)
#include "machine_test.moc"
