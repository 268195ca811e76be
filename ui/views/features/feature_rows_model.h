// FeatureRows as a table: what changed is strong, ages are words. Window's thread.
#pragma once

#include <QAbstractTableModel>
#include <vector>

#include "engine/sim/snapshot/snapshot.h"
#include "ui/theme/theme.h"

namespace cascadelab {

class FeatureRowsModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { name, lane, age, before, now, columns };
    using QAbstractTableModel::QAbstractTableModel;

    void setRows(std::vector<FeatureRow> rows);
    void setTheme(const Theme& theme);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    std::vector<FeatureRow> m_rows;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
