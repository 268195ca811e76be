// A sweep on a real cluster of one node, started and stopped here, in a folder and on ports of its
// own: the same results as on this machine by itself, and what a cluster refuses.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "tests/app/sweep_process.h"
#include "tests/worlds/small_sweep.h"

using namespace cascadelab;

namespace {

// A port of the loopback that nobody listens on; 0: none.
int free_port() {
    const int file = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    const bool is_bound = bind(file, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                          getsockname(file, reinterpret_cast<sockaddr*>(&address), &length) == 0;
    close(file);
    return is_bound ? ntohs(address.sin_port) : 0;
}

// munged, slurmctld and slurmd of a folder. They end with this object.
class Cluster {
  public:
    explicit Cluster(const QString& folder) : m_folder(folder) {
        m_environment.insert("SLURM_CONF", path("slurm.conf"));
    }
    ~Cluster() {
        // The daemons that others rely on last.
        for (auto daemon = m_daemons.rbegin(); daemon != m_daemons.rend(); ++daemon) {
            (*daemon)->terminate();
            if (!(*daemon)->waitForFinished(20000)) (*daemon)->kill();
            (*daemon)->waitForFinished(5000);
        }
    }

    bool start() {
        for (const char* name : {"state", "spool"}) QDir(m_folder).mkdir(name);
        const QByteArray host = QByteArray(QSysInfo::machineHostName().toUtf8()).split('.').first();
        QByteArray text = R"(ClusterName=cascadelab
SlurmctldHost=HOST(127.0.0.1)
SlurmUser=root
SlurmctldPort=PORT_1
SlurmdPort=PORT_2
AuthType=auth/munge
AuthInfo=socket=FOLDER/munge.socket
StateSaveLocation=FOLDER/state
SlurmdSpoolDir=FOLDER/spool
SlurmctldPidFile=FOLDER/slurmctld.pid
SlurmdPidFile=FOLDER/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
ReturnToService=2
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
NodeName=HOST NodeAddr=127.0.0.1 CPUs=CORES State=UNKNOWN
PartitionName=small Nodes=ALL Default=YES MaxTime=60 State=UP
)";
        text.replace("HOST", host).replace("FOLDER", m_folder.toUtf8());
        text.replace("PORT_1", QByteArray::number(free_port()));
        text.replace("PORT_2", QByteArray::number(free_port()));
        text.replace("CORES", QByteArray::number(qlonglong(sysconf(_SC_NPROCESSORS_ONLN))));
        if (!write_file(path("slurm.conf"), text)) return false;
        // Whoever has the key may speak; it is of use to nobody outside of this folder.
        if (!write_file(path("munge.key"), QByteArray(128, 'k'))) return false;
        QFile::setPermissions(path("munge.key"), QFile::ReadOwner | QFile::WriteOwner);
        run("munged", {"--foreground", "--key-file=" + path("munge.key"),
                       "--socket=" + path("munge.socket"), "--pid-file=" + path("munged.pid"),
                       "--log-file=" + path("munged.log"), "--seed-file=" + path("munge.seed")});
        for (int i = 0; i < 100 && !QFile::exists(path("munge.socket")); ++i) QTest::qWait(100);
        run("slurmctld", {"-D", "-c"});
        run("slurmd", {"-D", "-c"});
        for (int i = 0; i < 100; ++i) {
            if (call("sinfo", {"--noheader", "--format=%T"}).out.contains("idle")) return true;
            QTest::qWait(200);
        }
        return false;
    }

    Outcome call(const QString& program, const QStringList& arguments) const {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.start(program, arguments);
        process.waitForFinished(300000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                process.readAllStandardOutput(), process.readAllStandardError()};
    }

    // What the daemons said, for whoever looks why they did not start.
    QByteArray words() const { return bytes_of(path("daemons.log")).right(2000); }

  private:
    QString path(const char* name) const { return m_folder + "/" + name; }
    void run(const QString& program, const QStringList& arguments) {
        auto daemon = std::make_unique<QProcess>();
        daemon->setProcessEnvironment(m_environment);
        daemon->setProcessChannelMode(QProcess::MergedChannels);
        daemon->setStandardOutputFile(path("daemons.log"), QIODevice::Append);
        daemon->start(program, arguments);
        daemon->waitForStarted();
        m_daemons.push_back(std::move(daemon));
    }

    QString m_folder;
    QProcessEnvironment m_environment = QProcessEnvironment::systemEnvironment();
    std::vector<std::unique_ptr<QProcess>> m_daemons;
};

}  // namespace

class SweepSlurmTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::unique_ptr<Cluster> m_cluster;
    QString m_plan;

    QString place(const char* name) { return m_folder.filePath(name); }
    Outcome sweep(QStringList arguments) {
        arguments.prepend("sweep");
        return m_cluster->call(kProgram, arguments);
    }
    QByteArray merged(const QString& folder) {
        if (sweep({"merge", folder, "--no-timings"}).code != 0) return {};
        return bytes_of(folder + "/results.sqlite");
    }

  private slots:
    void initTestCase() {
        for (const char* program : {"sbatch", "slurmctld", "slurmd", "munged"}) {
            if (QStandardPaths::findExecutable(program).isEmpty())
                QSKIP("Slurm is not installed here (Debian: slurm-wlm, munge): nothing was tested");
        }
        if (geteuid() != 0) QSKIP("A cluster of one's own needs root: nothing was tested");
        QVERIFY2(QFile::exists(kProgram), "build cascadelab-cli first");
        QVERIFY(QDir(m_folder.path()).mkdir("cluster"));
        m_cluster = std::make_unique<Cluster>(place("cluster"));
        QVERIFY2(m_cluster->start(), m_cluster->words().constData());
        m_plan = write_tiny_sweep(m_folder.path(), tiny_plan(1));
        QVERIFY(!m_plan.isEmpty());
    }
    void cleanupTestCase() { m_cluster.reset(); }

    void a_cluster_gives_the_same_bytes_as_this_machine() {
        const Outcome here = sweep({m_plan, "--out", place("here")});
        QVERIFY2(here.code == 0, here.err.constData());
        const Outcome there = sweep({m_plan, "--out", place("there"), "--engine", "slurm",
                                     "--chunk", "2", "--time", "10", "--wait"});
        QVERIFY2(there.code == 0, there.err.constData());
        QVERIFY(there.out.contains("6 cells of 6"));
        QVERIFY(merged(place("there")) == merged(place("here")));
    }

    void resume_submits_what_is_missing() {
        const QString folder = place("there") + "/cells";
        const QString lost = QDir(folder).entryList({"*.json"}, QDir::Files).first();
        QVERIFY(QFile::remove(folder + "/" + lost));
        const Outcome outcome =
            sweep({"resume", place("there"), "--engine", "slurm", "--chunk", "1", "--wait"});
        QVERIFY2(outcome.code == 0, outcome.err.constData());
        QVERIFY(QFile::exists(folder + "/" + lost));
        QVERIFY(merged(place("there")) == merged(place("here")));
    }

    void what_the_queue_refuses_is_refused_and_nothing_is_submitted() {
        for (const QStringList& wish :
             {QStringList{"--partition", "none"}, QStringList{"--time", "soon"}}) {
            const Outcome outcome =
                sweep(QStringList{m_plan, "--out", place("wish"), "--engine", "slurm"} + wish);
            QCOMPARE(outcome.code, 4);
            QVERIFY2(outcome.err.contains("sbatch: found"), outcome.err.constData());
            QCOMPARE(outcome.err.count('\n'), 1);
        }
        QVERIFY(m_cluster->call("squeue", {"--noheader"}).out.isEmpty());
    }

    void cancel_empties_the_queue_and_resume_goes_on() {
        const QString folder = place("cancelled");
        const Outcome begun = sweep({m_plan, "--out", folder, "--engine", "slurm", "--chunk", "1"});
        QVERIFY2(begun.code == 0, begun.err.constData());
        QVERIFY(begun.err.contains("is submitted"));
        const Outcome again = sweep({"resume", folder, "--engine", "slurm"});
        QVERIFY2(again.code == 4 && again.err.contains("a job that is not over"),
                 again.err.constData());
        QCOMPARE(sweep({"cancel", folder}).code, 0);
        QTRY_VERIFY_WITH_TIMEOUT(m_cluster->call("squeue", {"--noheader"}).out.isEmpty(), 60000);
        const Outcome last =
            sweep({"resume", folder, "--engine", "slurm", "--chunk", "3", "--wait"});
        QVERIFY2(last.code == 0, last.err.constData());
        QVERIFY(merged(folder) == merged(place("here")));
    }
};

QTEST_GUILESS_MAIN(SweepSlurmTest)
#include "sweep_slurm_long_test.moc"
