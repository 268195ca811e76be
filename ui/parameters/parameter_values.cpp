#include "ui/parameters/parameter_values.h"

#include <QUndoCommand>

#include "ui/parameters/parameter_scale.h"
#include "ui/words/numbers.h"

namespace cascadelab {

// Undo and redo both go the way every edit goes: through apply(), and so into the journal.
class ParameterEdit : public QUndoCommand {
  public:
    ParameterEdit(ParameterValues& values, std::size_t index, double after)
        : m_values(values), m_index(index), m_before(values.value(index)), m_after(after) {
        const Parameter& parameter = parameter_table()[index];
        setText(toText(parameter.label) + " " + shownValue(parameter, after));
    }
    void undo() override { m_values.apply(m_index, m_before); }
    // A refused edit never reaches the stack.
    void redo() override { setObsolete(!m_values.apply(m_index, m_after)); }

  private:
    ParameterValues& m_values;
    std::size_t m_index;
    double m_before, m_after;
};

class PathEdit : public QUndoCommand {
  public:
    PathEdit(ParameterValues& values, std::size_t index, const QString& after)
        : m_values(values), m_index(index), m_before(values.path(index)), m_after(after) {
        setText(toText(path_parameter_table()[index].label) + " " + after);
    }
    void undo() override { m_values.applyPath(m_index, m_before); }
    void redo() override { m_values.applyPath(m_index, m_after); }

  private:
    ParameterValues& m_values;
    std::size_t m_index;
    QString m_before, m_after;
};

ParameterValues::ParameterValues(QObject* parent)
    : QObject(parent),
      m_wanted(parameter_table().size()),
      m_wantedPaths(path_parameter_table().size()) {}

QString ParameterValues::path(std::size_t index) const {
    return m_wantedPaths[index].value_or(toText(path_parameter_table()[index].get(m_running)));
}

void ParameterValues::editPath(std::size_t index, const QString& path) {
    if (path != this->path(index)) m_undo.push(new PathEdit(*this, index, path));
}

void ParameterValues::applyPath(std::size_t index, const QString& path) {
    const int waiting = waitingCount();
    m_wantedPaths[index] = path;
    if (path == toText(path_parameter_table()[index].get(m_running))) m_wantedPaths[index].reset();
    emit pathChanged(index);
    if (waitingCount() != waiting) emit waitingChanged();
}

double ParameterValues::value(std::size_t index) const {
    return m_wanted[index].value_or(parameter_table()[index].get(m_running));
}

bool ParameterValues::isChanged(std::size_t index) const {
    return value(index) != parameter_table()[index].initial();
}

bool ParameterValues::waits(std::size_t index) const {
    return parameter_table()[index].when == When::restart && m_wanted[index].has_value();
}

int ParameterValues::waitingCount() const {
    int count = 0;
    for (std::size_t i = 0; i < m_wanted.size(); ++i) count += waits(i);
    for (const auto& wanted : m_wantedPaths) count += wanted.has_value();
    return count;
}

void ParameterValues::setRunning(const Params& params) {
    const int waiting = waitingCount();
    const auto table = parameter_table();
    for (std::size_t i = 0; i < table.size(); ++i) {
        const double before = value(i);
        const bool waited = waits(i);
        const double now = table[i].get(params);
        if (m_wanted[i] == now) m_wanted[i].reset();
        table[i].set(m_running, now);
        if (value(i) != before || waits(i) != waited) emit changed(i);
    }
    const auto paths = path_parameter_table();
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const QString before = path(i);
        paths[i].set(m_running, paths[i].get(params));
        if (m_wantedPaths[i] == toText(paths[i].get(params))) m_wantedPaths[i].reset();
        if (path(i) != before) emit pathChanged(i);
    }
    if (waitingCount() != waiting) emit waitingChanged();
}

void ParameterValues::edit(std::size_t index, double value) {
    if (value == this->value(index)) return;
    m_undo.push(new ParameterEdit(*this, index, value));
}

void ParameterValues::resetAll() {
    const auto table = parameter_table();
    bool any = false;
    for (std::size_t i = 0; i < table.size(); ++i) any = any || isChanged(i);
    for (std::size_t i = 0; i < m_wantedPaths.size(); ++i) any = any || !path(i).isEmpty();
    if (!any) return;
    m_undo.beginMacro(tr("Reset all"));
    for (std::size_t i = 0; i < table.size(); ++i) edit(i, table[i].initial());
    for (std::size_t i = 0; i < m_wantedPaths.size(); ++i) editPath(i, {});
    m_undo.endMacro();
}

void ParameterValues::dropWaiting() {
    if (waitingCount() == 0) return;
    m_undo.beginMacro(tr("Drop what waits"));
    for (std::size_t i = 0; i < m_wanted.size(); ++i) {
        if (waits(i)) edit(i, parameter_table()[i].get(m_running));
    }
    for (std::size_t i = 0; i < m_wantedPaths.size(); ++i) {
        editPath(i, toText(path_parameter_table()[i].get(m_running)));
    }
    m_undo.endMacro();
}

void ParameterValues::forgetUnconfirmed() {
    for (std::size_t i = 0; i < m_wanted.size(); ++i) {
        if (!m_wanted[i] || waits(i)) continue;
        m_wanted[i].reset();
        emit changed(i);
    }
}

Params ParameterValues::wanted() const {
    Params params = m_running;
    for (std::size_t i = 0; i < m_wanted.size(); ++i) {
        if (m_wanted[i]) parameter_table()[i].set(params, *m_wanted[i]);
    }
    for (std::size_t i = 0; i < m_wantedPaths.size(); ++i) {
        path_parameter_table()[i].set(params, path(i).toStdString());
    }
    return params;
}

void ParameterValues::refuse() {
    m_refused = true;
}

bool ParameterValues::apply(std::size_t index, double value) {
    const Parameter& parameter = parameter_table()[index];
    const int waiting = waitingCount();
    m_wanted[index] = value;
    m_refused = false;
    if (parameter.when == When::restart) {
        if (parameter.get(m_running) == value) m_wanted[index].reset();
    } else {
        emit submitted(toText(parameter.key), value);
    }
    if (m_refused) m_wanted[index].reset();
    emit changed(index);
    if (waitingCount() != waiting) emit waitingChanged();
    return !m_refused;
}

}  // namespace cascadelab
