// The parameters as the window wants them: what runs, what was asked for and is on its way, and
// what waits for a restart. Every edit is one undoable step. Owns no widget. Window's thread.
#pragma once

#include <QObject>
#include <QUndoStack>
#include <optional>
#include <vector>

#include "engine/params/table.h"

namespace cascadelab {

class ParameterValues : public QObject {
    Q_OBJECT
  public:
    explicit ParameterValues(QObject* parent = nullptr);

    // Positions in parameter_table().
    double value(std::size_t index) const;    // as wanted
    bool isChanged(std::size_t index) const;  // differs from the table's default
    bool waits(std::size_t index) const;      // differs from what runs until the next restart
    int waitingCount() const;

    // Positions in path_parameter_table(); a path always waits for a restart.
    QString path(std::size_t index) const;                  // as wanted; empty: none
    void editPath(std::size_t index, const QString& path);  // one undoable step

    void setRunning(const Params& params);       // what the last snapshot ran with
    void edit(std::size_t index, double value);  // one undoable step
    void resetAll();                             // one undoable step for all of them
    void dropWaiting();                          // one undoable step back to what runs
    void refuse();             // the change being submitted cannot be: it leaves no trace
    void forgetUnconfirmed();  // a live change was refused later: back to what runs
    Params wanted() const;     // what runs, with all that waits

    QUndoStack* undoStack() { return &m_undo; }

  signals:
    void changed(std::size_t index);  // value, mark or waiting state differs
    void pathChanged(std::size_t index);
    void waitingChanged();
    void submitted(const QString& key, double value);  // a live parameter was moved

  private:
    friend class ParameterEdit;
    friend class PathEdit;
    bool apply(std::size_t index, double value);  // false: refused
    void applyPath(std::size_t index, const QString& path);

    Params m_running;
    std::vector<std::optional<double>> m_wanted;  // by table position; empty: as it runs
    std::vector<std::optional<QString>> m_wantedPaths;
    bool m_refused = false;
    QUndoStack m_undo;
};

}  // namespace cascadelab
