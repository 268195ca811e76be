#include "ui/shell/window_settings.h"

#include <QFile>
#include <QSettings>
#include <QStandardPaths>

namespace cascadelab {
namespace {

constexpr int kVersion = 1;
constexpr int kRecentCount = 8;

}  // namespace

QString settingsPath() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           "/cascadelab/window.ini";
}

QString runsFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           "/cascadelab/runs";
}

WindowSettings readSettings(const QString& path) {
    WindowSettings settings;
    if (!QFile::exists(path)) return settings;
    const QSettings file(path, QSettings::IniFormat);
    bool number = false;
    const int version = file.value("version").toInt(&number);
    if (file.status() != QSettings::NoError || !number || version != kVersion) {
        QFile::remove(path + ".backup");
        QFile::rename(path, path + ".backup");
        return settings;
    }
    settings.dark = file.value("theme", "dark").toString() != "light";
    settings.geometry = file.value("geometry").toByteArray();
    settings.docks = file.value("docks").toByteArray();
    settings.centre = file.value("centre").toByteArray();
    settings.views = file.value("views").toStringList();
    settings.recent = file.value("recent").toStringList().mid(0, kRecentCount);
    settings.keepRuns = file.value("keep_runs", true).toBool();
    const double limit = file.value("kept_runs_mib", settings.keptRunsMib).toDouble();
    if (limit > 0) settings.keptRunsMib = limit;
    return settings;
}

void writeSettings(const WindowSettings& settings, const QString& path) {
    QSettings file(path, QSettings::IniFormat);
    file.clear();
    file.setValue("version", kVersion);
    file.setValue("theme", settings.dark ? "dark" : "light");
    file.setValue("geometry", settings.geometry);
    file.setValue("docks", settings.docks);
    file.setValue("centre", settings.centre);
    file.setValue("views", settings.views);
    file.setValue("recent", settings.recent.mid(0, kRecentCount));
    file.setValue("keep_runs", settings.keepRuns);
    file.setValue("kept_runs_mib", settings.keptRunsMib);
}

}  // namespace cascadelab
