// The window: bar on top, parameters left, four views in the centre, inspector right, timeline
// below, around one running scenario. Wires signals; every part does its own work. Window's thread.
#pragma once

#include <QElapsedTimer>
#include <QMainWindow>
#include <memory>

#include "ui/parameters/parameter_values.h"
#include "ui/shell/run_link.h"
#include "ui/shell/window_settings.h"
#include "ui/theme/theme.h"
#include "ui/view/selection.h"

class QDockWidget;

namespace cascadelab {

class Banner;
class BusyOverlay;
class Inspector;
class ParameterPanel;
class StudiesWindow;
class Timeline;
class TopBar;
class ViewGrid;

class MainWindow : public QMainWindow {
    Q_OBJECT
  public:
    // `settingsFile` empty: nothing is remembered (tests, screenshots).
    explicit MainWindow(const QString& settingsFile = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    bool open(const QString& path);  // false: a sentence stands in the banner, what ran runs on
    void showSnapshot(std::shared_ptr<const Snapshot> snapshot);
    void setTheme(const Theme& theme);
    const Theme& theme() const { return m_theme; }

    Selection& selection() { return m_selection; }
    ParameterValues& values() { return m_values; }
    ParameterPanel& parameters() { return *m_parameters; }
    Timeline& timeline() { return *m_timeline; }
    ViewGrid& grid() { return *m_grid; }
    RunLink& link() { return m_link; }
    QString message() const;  // the sentence in the banner; empty: none
    ExitCode problemCode() const { return m_problemCode; }  // why the last open() failed
    void resetLayout();

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

  private:
    QWidget* buildCentre();
    QDockWidget* buildDock(const QString& title, QWidget* content, Qt::DockWidgetArea area);
    void buildMenu();
    void connectRun();
    void connectTransport();
    void connectParts();
    void restoreLayout();
    void saveLayout();

    void chooseScenario();
    void showStudies();
    void say(const QString& sentence);
    void restartRun();
    void goBack();
    void togglePlay();
    void setSpeed(Speed speed);
    void stepOnce();
    void runToEnd();
    void lookAt(Seconds time_s);
    void seek(Seconds time_s);
    void saveRun();
    void saveScenario();
    bool submit(const Command& command);  // false: refused, with a sentence in the banner
    void showState();                     // playing and speed in the bar
    void escape();

    QString m_settingsFile;
    WindowSettings m_settings;
    Theme m_theme;
    Selection m_selection;
    ParameterValues m_values;
    RunLink m_link;
    std::shared_ptr<const Snapshot> m_snapshot;
    ExitCode m_problemCode = ExitCode::ok;
    bool m_looking = false, m_playsOn = false;  // a frame is shown; and what ran goes on after it
    Speed m_speed = Speed::fast;                // kept when another scenario is opened

    TopBar* m_bar;
    ParameterPanel* m_parameters;
    ViewGrid* m_grid;
    Inspector* m_inspector;
    Timeline* m_timeline;
    Banner* m_banner;
    BusyOverlay* m_busy;
    StudiesWindow* m_studies = nullptr;  // made when first asked for
    QDockWidget *m_leftDock, *m_rightDock, *m_bottomDock;

    QElapsedTimer m_second;  // frames are counted in it
    int m_frames = 0, m_framesPerSecond = 0;
};

}  // namespace cascadelab
