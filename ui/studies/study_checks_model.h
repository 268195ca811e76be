// A study's checks as a table: what was published, what came out here, and whether it is near
// enough, by colour and by sign. Window's thread.
#pragma once

#include <QAbstractTableModel>
#include <memory>

#include "engine/studies/study.h"
#include "ui/theme/theme.h"

namespace cascadelab {

class StudyChecksModel : public QAbstractTableModel {
    Q_OBJECT
  public:
    enum Column { what, published, own, tolerance, verdict, columns };
    using QAbstractTableModel::QAbstractTableModel;

    void setResult(std::shared_ptr<const StudyResult> result);  // null: no rows
    void setTheme(const Theme& theme);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

  private:
    QVariant words(const StudyCheck& check, int column) const;

    std::shared_ptr<const StudyResult> m_result;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
