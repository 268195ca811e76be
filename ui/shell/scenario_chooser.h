// The list of scenarios: title, why it exists and what to look for; or a file of one's own.
// Window's thread.
#pragma once

#include <QDialog>

#include "ui/shell/scenario_library.h"

namespace cascadelab {

class ScenarioChooser : public QDialog {
    Q_OBJECT
  public:
    ScenarioChooser(const std::vector<ScenarioEntry>& entries, const QStringList& recent,
                    QWidget* parent);
    QString path() const { return m_path; }  // what was chosen; valid after accept()

  private:
    QWidget* buildEntry(const ScenarioEntry& entry);
    void choose(const QString& path);
    void browse();

    QString m_path;
};

}  // namespace cascadelab
