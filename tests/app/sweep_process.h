// Sweeps of the command line program as processes that can be looked at and killed. For tests; one
// thread.
#pragma once

#include <signal.h>

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QThread>
#include <algorithm>
#include <map>

#include "engine/base/random.h"
#include "tests/house/places.h"

namespace cascadelab {

inline const QString kProgram = build_path("app/cascadelab-cli");

struct Outcome {
    int code = -1;
    QByteArray out, err;
};

inline Outcome call(const QStringList& arguments) {
    QProcess process;
    process.start(kProgram, arguments);
    process.waitForFinished(300000);
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            process.readAllStandardOutput(), process.readAllStandardError()};
}

inline QByteArray bytes_of(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The processes that a process has begun and that live.
inline QList<qint64> children_of(qint64 process) {
    QList<qint64> children;
    const QString path = QString("/proc/%1/task/%1/children").arg(process);
    for (const QByteArray& child : bytes_of(path).split(' ')) {
        if (!child.trimmed().isEmpty()) children.append(child.trimmed().toLongLong());
    }
    return children;
}

// Whether a process is there and not dead already, waiting for somebody to ask after it.
inline bool lives(qint64 process) {
    const QByteArray status = bytes_of(QString("/proc/%1/stat").arg(process));
    return !status.isEmpty() && !status.contains(") Z ");
}

// When each whole result was written: one that is written again has another moment.
inline std::map<QString, QDateTime> moments_of(const QString& folder) {
    std::map<QString, QDateTime> moments;
    for (const QFileInfo& file : QDir(folder + "/cells").entryInfoList({"*.json"}, QDir::Files))
        moments[file.fileName()] = file.lastModified();
    return moments;
}

struct KilledSweep {
    int kills = 0;
    std::size_t whole = 0;      // results before the last resume, which nobody disturbed
    bool is_kept = true;        // what was whole was never written again
    bool is_left_alone = true;  // no worker lived on without its coordinator
};

// Begins the sweep again and again, and kills a worker or the coordinator at a moment drawn by the
// seed, at most so many milliseconds after the beginning; then lets it come to its end.
inline KilledSweep run_killed(const QString& plan, const QString& folder, std::uint64_t seed,
                              int kills, double most_ms) {
    Stream draws(seed, Purpose::test);
    KilledSweep out;
    std::map<QString, QDateTime> whole;
    const auto compare = [&] {
        const auto now = moments_of(folder);
        for (const auto& [name, moment] : whole) {
            const auto found = now.find(name);
            out.is_kept = out.is_kept && found != now.end() && found->second == moment;
        }
        whole = now;
    };
    while (out.kills < kills) {
        QProcess coordinator;
        coordinator.start(kProgram, {"sweep", plan, "--out", folder, "--workers", "2"});
        coordinator.waitForStarted();
        const double wait_ms = draws.uniform(5, most_ms);
        const bool is_worker = draws.chance(0.5);
        if (coordinator.waitForFinished(static_cast<int>(wait_ms))) break;  // all are whole
        const QList<qint64> workers = children_of(coordinator.processId());
        if (is_worker && !workers.isEmpty()) {
            kill(static_cast<pid_t>(workers.first()), SIGKILL);
            // The coordinator goes on without it, for a while.
            if (!coordinator.waitForFinished(static_cast<int>(wait_ms))) coordinator.kill();
        } else {
            coordinator.kill();
        }
        coordinator.waitForFinished(300000);
        for (int look = 0; look < 100 && std::ranges::any_of(workers, lives); ++look)
            QThread::msleep(50);
        out.is_left_alone = out.is_left_alone && std::ranges::none_of(workers, lives);
        ++out.kills;
        compare();
    }
    out.whole = whole.size();
    // Not resume: a sweep that was killed before it had a folder has nothing to resume.
    const Outcome last = call({"sweep", plan, "--out", folder});
    if (last.code != 0) qWarning("%s%s", last.out.constData(), last.err.constData());
    const std::size_t before = whole.size();
    compare();
    out.whole = before;
    return out;
}

}  // namespace cascadelab
