// Any table as comma-separated text (RFC 4180): the header, then every row in the order shown;
// numbers in full. Window's thread.
#pragma once

#include <QString>

class QAbstractItemModel;
class QWidget;

namespace cascadelab {

QString csvText(const QAbstractItemModel& model);
// Asks where, writes whole or not at all; returns a sentence when it failed, empty otherwise.
QString exportCsv(const QAbstractItemModel& model, const QString& suggestion, QWidget* parent);

}  // namespace cascadelab
