// The same bits on every processor: the golden worlds, run by the command line on emulated
// processors of two makes, end with the hashes that are written down; and no instruction whose
// result is left to the make of the processor stands in our binaries.
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
        const QJsonObject found =
            QJsonDocument::fromJson(process.readAllStandardOutput())["hash"].toObject();
        const GoldenHashes& golden = m_golden[world];
        QCOMPARE(golden.size(), 7);
        for (auto entry = golden.begin(); entry != golden.end(); ++entry)
            QCOMPARE(entry.key() + " " + found[entry.key()].toString(),
                     entry.key() + " " + entry.value());
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
        for (const char* program : {"app/cascadelab-cli", "app/cascadelab"}) {
            QProcess disassembler;
            disassembler.start("objdump", {"--no-show-raw-insn", "-d", build_path(program)});
            QVERIFY2(disassembler.waitForStarted(), "binutils must be installed");
            qsizetype lines = 0;
            QByteArray part;
            while (disassembler.waitForReadyRead(-1)) {
                part += disassembler.readAllStandardOutput();
                const qsizetype end = part.lastIndexOf('\n');
                const QString text = QString::fromLatin1(part.left(end));
                part = part.mid(end + 1);
                lines += text.count('\n');
                QVERIFY2(!approximate.match(text).hasMatch(),
                         qPrintable(program + (": " + approximate.match(text).captured())));
            }
            QVERIFY(lines > 100000);
        }
    }
};

QTEST_GUILESS_MAIN(ProcessorsTest)
#include "processors_test.moc"
