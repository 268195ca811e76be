// Published results, run again inside the program: a list of studies, and for the chosen one what
// it is, a button, a table of checks and the plots. Keeps results while it lives. Window's thread.
#pragma once

#include <QDialog>
#include <map>
#include <memory>

#include "engine/studies/study.h"
#include "ui/theme/theme.h"

class QLabel;
class QListWidget;
class QProgressBar;
class QPushButton;
class QTableView;
class QVBoxLayout;

namespace cascadelab {

class XyChart;
class StudyChecksModel;
class StudyWorker;

class StudiesWindow : public QDialog, public Themed {
    Q_OBJECT
  public:
    explicit StudiesWindow(QWidget* parent = nullptr);

    void choose(const Study& study);
    void start();  // the chosen study
    void startAll();
    bool isRunning() const;
    void setTheme(const Theme& theme) override;

  signals:
    void resultArrived(const cascadelab::Study* study);

  private:
    QWidget* buildList();
    QWidget* buildSheet();
    QWidget* buildControls();
    const Study& chosen() const;
    void showStudy();
    void showProgress();
    void showSigns();
    void showPlotData();
    void showPlots(const StudyResult* result);
    void startNext();
    void take(const Study* study, std::shared_ptr<const StudyResult> result);

    StudyWorker* m_worker;
    StudyChecksModel* m_checks;
    QListWidget* m_list;
    QLabel *m_title, *m_citation, *m_setup, *m_state, *m_plotTitle, *m_plotWords;
    QPushButton *m_run, *m_all, *m_cancel, *m_data;
    QProgressBar* m_progress;
    QTableView* m_table;
    XyChart* m_chart;
    std::map<const Study*, std::shared_ptr<const StudyResult>> m_results;
    std::vector<const Study*> m_waiting;  // next one last
    Theme m_theme = Theme::dark();
};

}  // namespace cascadelab
