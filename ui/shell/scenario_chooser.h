// The list of scenarios: title, why it exists and what to look for; the runs that were kept; or a
// file of one's own.
// Window's thread.
#pragma once

#include <QDialog>

#include "engine/store/run_file/run_shelf.h"
#include "ui/shell/scenario_library.h"

namespace cascadelab {

class ScenarioChooser : public QDialog {
    Q_OBJECT
  public:
    ScenarioChooser(const std::vector<ScenarioEntry>& entries, const QStringList& recent,
                    const std::vector<KeptRun>& runs, QWidget* parent);
    QString path() const { return m_path; }  // what was chosen; valid after accept()

  private:
    QWidget* buildEntry(const ScenarioEntry& entry);
    QWidget* buildRun(const KeptRun& run);
    void choose(const QString& path);
    void browse();

    QString m_path;
};

}  // namespace cascadelab
