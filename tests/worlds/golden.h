// Small worlds that between them train every kind of model and meet every kind of page, and the
// hashes that their runs end with on every machine. One file of hashes: a change of numerics moves
// it, and the commit says why.
#pragma once

#include <QDebug>
#include <QFile>
#include <QMap>
#include <QStringList>

#include "tests/house/places.h"

namespace cascadelab {

inline const QStringList kGoldenWorlds = {"feed",    "rows",  "generated",
                                          "rankers", "codes", "balanced"};

inline QString golden_path(const QString& world) {
    return source_path("tests/worlds/golden/") + world + ".cascade.json";
}

// Hashes in hexadecimal by ingredient, in the order of the file: "params", ..., "all".
using GoldenHashes = QMap<QString, QString>;

// Lines of tests/fixtures/golden_hashes.txt: world ingredient hash.
inline QMap<QString, GoldenHashes> read_golden_hashes() {
    QMap<QString, GoldenHashes> hashes;
    QFile file(source_path("tests/fixtures/golden_hashes.txt"));
    if (!file.open(QIODevice::ReadOnly)) return hashes;
    for (const QString& line : QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts)) {
        const QStringList words = line.split(' ', Qt::SkipEmptyParts);
        if (words.size() == 3) hashes[words[0]][words[1]] = words[2];
    }
    return hashes;
}

// Ingredient by ingredient, so that a difference says what moved. A table without the world is one.
inline bool as_written_down(const GoldenHashes& found, const GoldenHashes& golden) {
    if (golden.isEmpty()) qWarning("golden_hashes.txt says nothing of this world");
    for (const QString& ingredient : found.keys()) {
        if (found[ingredient] == golden[ingredient]) continue;
        qWarning("%s: %s instead of %s", qPrintable(ingredient), qPrintable(found[ingredient]),
                 qPrintable(golden[ingredient]));
    }
    return found == golden;
}

}  // namespace cascadelab
