// The table twin of a view in its own window, with export. Window's thread.
#pragma once

#include <QDialog>

class QAbstractItemModel;

namespace cascadelab {

class TableWindow : public QDialog {
    Q_OBJECT
  public:
    TableWindow(const QString& title, QAbstractItemModel& model, QWidget* parent);

  signals:
    void problem(QString sentence);
};

}  // namespace cascadelab
