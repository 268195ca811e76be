// The same file gives the same run: every golden world ends with the hashes that are written down,
// on any number of threads, whatever cache sizes somebody set before. With CASCADELAB_RENEW set the
// table that would hold is left in the build folder as golden_hashes.txt.
#include <Eigen/Core>
#include <QTest>

#include "engine/run/headless.h"
#include "tests/worlds/golden.h"

using namespace cascadelab;

namespace {

GoldenHashes run(const QString& world, int threads) {
    const auto scenario = read_scenario(golden_path(world).toStdString());
    if (!scenario) qFatal("%s", scenario.problem().sentence().c_str());
    HeadlessOptions options;
    options.threads = threads;
    const auto report = run_headless(scenario.value(), options);
    if (!report) qFatal("%s", report.problem().sentence().c_str());
    const Hashes& h = report.value().hashes;
    GoldenHashes hashes;
    const auto add = [&](const char* ingredient, std::uint64_t hash) {
        hashes[ingredient] = QString("%1").arg(hash, 16, 16, QChar('0'));
    };
    add("params", h.params), add("world", h.world), add("features", h.features);
    add("models", h.models), add("log", h.log), add("metrics", h.metrics), add("all", h.all());
    return hashes;
}

void each_world() {
    QTest::addColumn<QString>("world");
    for (const QString& world : kGoldenWorlds) QTest::newRow(qPrintable(world)) << world;
}

}  // namespace

class GoldenHashesTest : public QObject {
    Q_OBJECT
    const QMap<QString, GoldenHashes> m_golden = read_golden_hashes();

  private slots:
    void initTestCase() {
        if (!qEnvironmentVariableIsSet("CASCADELAB_RENEW")) return;
        QFile file(build_path("golden_hashes.txt"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (const QString& world : kGoldenWorlds) {
            const GoldenHashes hashes = run(world, 2);
            for (auto entry = hashes.begin(); entry != hashes.end(); ++entry)
                file.write(QString("%1 %2 %3\n").arg(world, entry.key(), entry.value()).toUtf8());
        }
        QSKIP("the table is renewed in the build folder");
    }

    void a_world_ends_as_written_down_on_any_number_of_threads_data() { each_world(); }
    void a_world_ends_as_written_down_on_any_number_of_threads() {
        QFETCH(const QString, world);
        for (const int threads : {1, 2, 3, 8})
            QVERIFY(as_written_down(run(world, threads), m_golden[world]));
    }

    void cache_sizes_set_by_somebody_else_are_overruled_data() { each_world(); }
    void cache_sizes_set_by_somebody_else_are_overruled() {
        QFETCH(const QString, world);
        Eigen::setCpuCacheSizes(16 * 1024, 64 * 1024, 1024 * 1024);
        QCOMPARE(Eigen::l2CacheSize(), 64 * 1024);
        QVERIFY(as_written_down(run(world, 2), m_golden[world]));
    }
};

QTEST_GUILESS_MAIN(GoldenHashesTest)
#include "golden_hashes_test.moc"
