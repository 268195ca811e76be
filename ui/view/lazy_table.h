// The table twin of a picture: headers and a function that says one cell, asked only for the cells
// a table shows. Window's thread.
#pragma once

#include <QAbstractTableModel>
#include <QStringList>
#include <functional>

namespace cascadelab {

class LazyTable : public QAbstractTableModel {
    Q_OBJECT
  public:
    using Cell = std::function<QVariant(int row, int column)>;
    using QAbstractTableModel::QAbstractTableModel;

    // Replaces the content. The function is kept and must hold what it reads.
    void setContent(QStringList headers, int rows, Cell cell);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QStringList m_headers;
    int m_rows = 0;
    Cell m_cell;
};

}  // namespace cascadelab
