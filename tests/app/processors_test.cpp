// The same bits on every processor: the golden worlds, run by the command line on emulated
// processors of two makes, end with the hashes that are written down; and no instruction whose
// result is left to the make of the processor stands in our programs, nor in what the command line
// loads.
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

#include "tests/worlds/golden.h"

using namespace cascadelab;

namespace {

const QString kProgram = build_path("app/cascadelab-cli");

// The libraries that the program is started with.
QStringList loaded_by(const QString& program) {
    QProcess loader;
    loader.start("ldd", {program});
    loader.waitForFinished(-1);
    QStringList libraries;
    static const QRegularExpression place("=> (/\\S+)");
    auto found = place.globalMatch(QString::fromLocal8Bit(loader.readAllStandardOutput()));
    while (found.hasNext()) libraries += found.next().captured(1);
    return libraries;
}

}  // namespace

class ProcessorsTest : public QObject {
    Q_OBJECT
    const QMap<QString, GoldenHashes> m_golden = read_golden_hashes();

    void on_processor(const char* processor) {
        QFETCH(const QString, world);
        const QString emulator = QStandardPaths::findExecutable("qemu-x86_64");
        if (emulator.isEmpty()) QSKIP("qemu-user is not installed");
        QProcess process;
        process.start(emulator, {"-cpu", processor, kProgram, "run", golden_path(world), "--json"});
        QVERIFY(process.waitForFinished(-1));
        QCOMPARE(process.exitCode(), 0);
        const QJsonObject hashes =
            QJsonDocument::fromJson(process.readAllStandardOutput())["hash"].toObject();
        GoldenHashes found;
        for (auto entry = hashes.begin(); entry != hashes.end(); ++entry)
            found[entry.key()] = entry.value().toString();
        QVERIFY(as_written_down(found, m_golden[world]));
    }

    static void each_world() {
        QTest::addColumn<QString>("world");
        for (const QString& world : kGoldenWorlds) QTest::newRow(qPrintable(world)) << world;
    }

  private slots:
    void haswell_data() { each_world(); }
    void haswell() { on_processor("Haswell"); }
    void epyc_rome_data() { each_world(); }
    void epyc_rome() { on_processor("EPYC-Rome"); }

    // rsqrtps and rcpps, scalar and packed, legacy, VEX and EVEX.
    void no_approximate_instruction() {
        const QRegularExpression approximate("\\bv?(rsqrt|rcp)(14|28)?[ps][sd]\\b");
        QVERIFY(approximate.match("  40: c5 fc 53 c1  vrcpps %ymm1,%ymm0").hasMatch());
        QVERIFY(approximate.match("\trsqrtss %xmm0,%xmm0").hasMatch());
        QStringList binaries = loaded_by(kProgram);
        QVERIFY2(!binaries.filter("libxgboost").isEmpty(), "XGBoost is loaded");
        binaries += {kProgram, build_path("app/cascadelab")};
        for (const QString& binary : binaries) {
            QProcess disassembler;
            disassembler.start("objdump", {"--no-show-raw-insn", "-d", binary});
            QVERIFY2(disassembler.waitForStarted(), "binutils must be installed");
            qsizetype lines = 0;
            QString part;
            while (disassembler.waitForReadyRead(-1)) {
                part += QString::fromLatin1(disassembler.readAllStandardOutput());
                const qsizetype end = part.lastIndexOf('\n') + 1;
                const auto match = approximate.match(part.left(end));
                QVERIFY2(!match.hasMatch(), qPrintable(binary + ": " + match.captured()));
                lines += part.count('\n');
                part.remove(0, end);
            }
            disassembler.waitForFinished(-1);
            QCOMPARE(disassembler.exitCode(), 0);
            QVERIFY2(lines > 0, qPrintable(binary));
        }
    }
};

QTEST_GUILESS_MAIN(ProcessorsTest)
#include "processors_test.moc"
