// All parameters by stage, built from the table: search, "changed only", reset, one section a stage
// with the stage's work under way, and a bar when something waits for a restart. Window's thread.
#pragma once

#include <QWidget>
#include <vector>

#include "engine/sim/snapshot/snapshot.h"
#include "ui/theme/theme.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace cascadelab {

class LineEdit;
class ParameterRow;
class ParameterValues;
class PathRow;
class SectionHeader;

class ParameterPanel : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit ParameterPanel(ParameterValues& values, QWidget* parent = nullptr);

    void setJobs(const std::vector<JobView>& jobs);  // "retraining 64 %" beside the stage
    void focusSearch();
    const std::vector<ParameterRow*>& rows() const { return m_rows; }  // in table order

    void setTheme(const Theme& theme) override;

  signals:
    void restartRequested();

  protected:
    void paintEvent(QPaintEvent* event) override;

  private:
    struct Section {
        Stage stage;
        SectionHeader* header;
        QPushButton* more;
        bool showsAll = false;
    };
    QWidget* buildTools();
    QWidget* buildRows();
    QWidget* buildRestartBar();
    void arrange();  // which rows are visible
    void showChanged(std::size_t index);
    void arrange(Section& section);
    void showWaiting();

    ParameterValues& m_values;
    LineEdit* m_search = nullptr;
    QPushButton* m_changedOnly = nullptr;
    QPushButton* m_resetAll = nullptr;
    QWidget* m_restartBar = nullptr;
    QLabel* m_restartText = nullptr;
    QLabel* m_nothing = nullptr;
    std::vector<ParameterRow*> m_rows;
    std::vector<PathRow*> m_pathRows;  // in the order of their table
    std::vector<Section> m_sections;
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
