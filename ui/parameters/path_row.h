// A path parameter in the panel: label and a line to type or drop a path into. It counts with the
// next restart. Window's thread.
#pragma once

#include <QWidget>

#include "engine/params/table.h"

namespace cascadelab {

class ElidedLabel;
class LineEdit;
class ParameterValues;

class PathRow : public QWidget {
    Q_OBJECT
  public:
    PathRow(ParameterValues& values, std::size_t index, QWidget* parent = nullptr);

    const PathParameter& parameter() const { return path_parameter_table()[m_index]; }
    bool isChanged() const;                     // a path is set
    bool matches(const QString& search) const;  // in label, key or help; empty matches all
    void refresh();                             // from the values

  private:
    ParameterValues& m_values;
    std::size_t m_index;
    ElidedLabel* m_label;
    LineEdit* m_editor;
};

}  // namespace cascadelab
