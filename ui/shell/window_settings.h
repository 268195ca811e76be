// What the window remembers between two starts: theme, layout, recent files; in the XDG config
// folder, with a version. A file that is not ours is kept as a backup and replaced. Window's
// thread.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace cascadelab {

struct WindowSettings {
    bool dark = true;
    QByteArray geometry, docks, centre;  // as Qt saves them; empty: the first layout
    QStringList views;                   // by place
    QStringList recent;                  // scenario files, newest first
    bool keepRuns = true;                // every run is written while it runs
    double keptRunsMib = 2048;           // of all of them; the oldest go
};

QString runsFolder();    // "~/.local/share/cascadelab/runs": where runs are kept
QString settingsPath();  // "~/.config/cascadelab/window.ini"
// Defaults when there is no file; junk is moved to "<file>.backup" and defaults are returned.
WindowSettings readSettings(const QString& path);
void writeSettings(const WindowSettings& settings, const QString& path);

}  // namespace cascadelab
