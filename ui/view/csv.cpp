#include "ui/view/csv.h"

#include <QAbstractItemModel>
#include <QCoreApplication>
#include <QFileDialog>
#include <QSaveFile>

#include "engine/base/foreign_text.h"

namespace cascadelab {
namespace {

QString field(const QString& text) {
    return QString::fromStdString(csv_field(text.toStdString()));
}

}  // namespace

QString csvText(const QAbstractItemModel& model) {
    QString text;
    for (int column = 0; column < model.columnCount(); ++column) {
        if (column > 0) text += ',';
        text += field(model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
    }
    text += "\r\n";
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column) {
            if (column > 0) text += ',';
            const QModelIndex index = model.index(row, column);
            QVariant value = model.data(index, Qt::EditRole);
            if (!value.isValid()) value = model.data(index, Qt::DisplayRole);
            text += field(value.toString());
        }
        text += "\r\n";
    }
    return text;
}

QString exportCsv(const QAbstractItemModel& model, const QString& suggestion, QWidget* parent) {
    const auto tr = [](const char* words) { return QCoreApplication::translate("csv", words); };
    const QString path = QFileDialog::getSaveFileName(parent, tr("Export as CSV"), suggestion,
                                                      tr("Comma-separated values (*.csv)"));
    if (path.isEmpty()) return {};
    QSaveFile file(path);
    const QByteArray bytes = csvText(model).toUtf8();
    if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.commit()) {
        return {};
    }
    return tr("%1 could not be written: %2").arg(path, file.errorString());
}

}  // namespace cascadelab
