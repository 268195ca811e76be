#include "ui/shell/main_window.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "engine/store/run_file/run_file.h"
#include "ui/inspector/inspector.h"
#include "ui/parameters/parameter_panel.h"
#include "ui/shell/key_sheet.h"
#include "ui/shell/scenario_chooser.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/view_grid.h"
#include "ui/studies/studies_window.h"
#include "ui/timeline/timeline.h"
#include "ui/widgets/banner.h"
#include "ui/widgets/busy_overlay.h"
#include "ui/words/numbers.h"

namespace cascadelab {
namespace {

constexpr int kLeftWidth = 292, kRightWidth = 340, kBottomHeight = 84;
constexpr int kNarrowWindow = 1400, kNarrowLeft = 260, kNarrowRight = 304;
constexpr int kGutter = 12;
constexpr int kThreads = 2;

// The path with the ending that its kind of file has.
QString ending(const QString& path, const char* wanted) {
    return path.endsWith(wanted) ? path : path + wanted;
}

}  // namespace

MainWindow::MainWindow(const QString& settingsFile, QWidget* parent)
    : QMainWindow(parent),
      m_settingsFile(settingsFile),
      m_settings(settingsFile.isEmpty() ? WindowSettings{} : readSettings(settingsFile)),
      m_bar(new TopBar),
      m_parameters(new ParameterPanel(m_values)),
      m_grid(new ViewGrid(m_selection)),
      m_inspector(new Inspector(m_selection)),
      m_timeline(new Timeline),
      m_banner(new Banner) {
    setWindowTitle(tr("CascadeLab"));
    setAcceptDrops(true);
    setMinimumSize(1024, 640);
    resize(1600, 1000);
    setMenuWidget(m_bar);
    setCentralWidget(buildCentre());
    setCorner(Qt::BottomLeftCorner, Qt::BottomDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::BottomDockWidgetArea);
    m_leftDock = buildDock(tr("Parameters"), m_parameters, Qt::LeftDockWidgetArea);
    m_rightDock = buildDock(tr("Inspector"), m_inspector, Qt::RightDockWidgetArea);
    m_bottomDock = buildDock(tr("Timeline"), m_timeline, Qt::BottomDockWidgetArea);
    buildMenu();
    connectRun();
    connectTransport();
    connectParts();
    resetLayout();
    restoreLayout();
    setTheme(m_settings.dark ? Theme::dark() : Theme::light());
    m_second.start();
    // The window itself has the focus at first, so that the transport's keys work at once.
    setFocusPolicy(Qt::StrongFocus);
    setFocus();
}

MainWindow::~MainWindow() = default;

QWidget* MainWindow::buildCentre() {
    auto* centre = new QWidget;
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(kGutter - 5, kGutter, kGutter - 5, kGutter - 5);
    layout->setSpacing(kGutter);
    layout->addWidget(m_banner);
    layout->addWidget(m_grid, 1);
    m_busy = new BusyOverlay(centre);
    return centre;
}

QDockWidget* MainWindow::buildDock(const QString& title, QWidget* content,
                                   Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(title);
    dock->setObjectName(title);
    dock->setWidget(content);
    dock->setFeatures(QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable |
                      QDockWidget::DockWidgetFloatable);
    // Docked, the content carries its own head; floating, the frame is there to be dragged, also to
    // another edge.
    auto* noHead = new QWidget(dock);
    dock->setTitleBarWidget(noHead);
    connect(dock, &QDockWidget::topLevelChanged, dock, [dock, noHead](bool floating) {
        dock->setTitleBarWidget(floating ? nullptr : noHead);
    });
    addDockWidget(area, dock);
    return dock;
}

void MainWindow::buildMenu() {
    QMenu& menu = *m_bar->layoutMenu();
    const auto add = [&](const QString& text, const QKeySequence& key, auto slot) {
        QAction* action = menu.addAction(text, this, slot);
        action->setShortcut(key);
        addAction(action);
    };
    add(tr("Scenarios…"), QKeySequence::Open, &MainWindow::chooseScenario);
    add(tr("Save run…"), QKeySequence::Save, &MainWindow::saveRun);
    add(tr("Save as scenario…"), QKeySequence("Ctrl+Shift+S"), &MainWindow::saveScenario);
    QAction* keep = menu.addAction(tr("Keep runs"));
    keep->setCheckable(true);
    keep->setChecked(m_settings.keepRuns);
    keep->setToolTip(tr("Every run is written to a file while it runs, from the next one on"));
    connect(keep, &QAction::toggled, this, [this](bool on) { m_settings.keepRuns = on; });
    menu.addSeparator();
    add(tr("Published results…"), QKeySequence("Ctrl+R"), &MainWindow::showStudies);
    menu.addSeparator();
    QAction* undo = m_values.undoStack()->createUndoAction(this, tr("Undo"));
    QAction* redo = m_values.undoStack()->createRedoAction(this, tr("Redo"));
    undo->setShortcut(QKeySequence::Undo);
    redo->setShortcut(QKeySequence("Ctrl+Shift+Z"));
    for (QAction* action : {undo, redo}) menu.addAction(action), addAction(action);
    add(tr("Search parameters"), QKeySequence::Find, [this] {
        m_leftDock->show();
        m_parameters->focusSearch();
    });
    menu.addSeparator();
    const std::pair<QDockWidget*, const char*> docks[] = {
        {m_leftDock, "F5"}, {m_rightDock, "F6"}, {m_bottomDock, "F7"}};
    for (const auto& [dock, key] : docks) {
        QAction* toggle = dock->toggleViewAction();
        toggle->setShortcut(QKeySequence(key));
        menu.addAction(toggle);
        addAction(toggle);
    }
    QMenu* apart = menu.addMenu(tr("In a window of its own"));
    for (QDockWidget* dock : {m_leftDock, m_rightDock, m_bottomDock}) {
        QAction* floating = apart->addAction(dock->windowTitle());
        floating->setCheckable(true);
        connect(floating, &QAction::toggled, dock, &QDockWidget::setFloating);
        connect(dock, &QDockWidget::topLevelChanged, floating, &QAction::setChecked);
    }
    add(tr("Reset layout"), {}, &MainWindow::resetLayout);
    add(tr("Dark or light"), QKeySequence("Ctrl+T"),
        [this] { setTheme(m_theme.isDark ? Theme::light() : Theme::dark()); });
    menu.addSeparator();
    add(tr("Keys"), QKeySequence(Qt::Key_F1), [this] { KeySheet(this).exec(); });
    add(tr("Quit"), QKeySequence::Quit, &QWidget::close);
}

void MainWindow::connectRun() {
    connect(&m_link, &RunLink::snapshotArrived, this, &MainWindow::showSnapshot);
    connect(&m_link, &RunLink::busyChanged, this, [this](const std::optional<Busy>& busy) {
        m_busy->setWork(busy ? std::optional(toText(busy->text)) : std::nullopt,
                        busy ? busy->progress : -1);
        showState();
    });
    connect(&m_link, &RunLink::refused, this, [this](const QString& sentence) {
        say(sentence);
        m_values.forgetUnconfirmed();
    });
    connect(&m_link, &RunLink::saved, this,
            [this](const QString& path) { say(tr("Saved: %1").arg(path)); });
    connect(m_busy, &BusyOverlay::cancelled, this, [this] {
        if (m_link.session()) m_link.session()->cancel();
    });
    connect(&m_values, &ParameterValues::submitted, this, [this](const QString& key, double value) {
        if (!submit(SetParameter{key.toStdString(), value})) m_values.refuse();
    });
    connect(m_inspector, &Inspector::commanded, this, &MainWindow::submit);
}

void MainWindow::connectTransport() {
    connect(m_bar, &TopBar::restartPressed, this, &MainWindow::restartRun);
    connect(m_bar, &TopBar::backPressed, this, &MainWindow::goBack);
    connect(m_bar, &TopBar::playPressed, this, &MainWindow::togglePlay);
    connect(m_bar, &TopBar::stepPressed, this, &MainWindow::stepOnce);
    connect(m_bar, &TopBar::endPressed, this, &MainWindow::runToEnd);
    connect(m_bar, &TopBar::speedChosen, this, &MainWindow::setSpeed);
    connect(m_bar, &TopBar::openPressed, this, &MainWindow::chooseScenario);
    connect(m_bar, &TopBar::themePressed, this,
            [this] { setTheme(m_theme.isDark ? Theme::light() : Theme::dark()); });
    connect(m_bar, &TopBar::helpPressed, this, [this] { KeySheet(this).exec(); });
}

void MainWindow::connectParts() {
    connect(m_parameters, &ParameterPanel::restartRequested, this, &MainWindow::restartRun);
    connect(m_timeline, &Timeline::lookRequested, this, &MainWindow::lookAt);
    connect(m_timeline, &Timeline::seekRequested, this, &MainWindow::seek);
    connect(m_inspector, &Inspector::candidatesRequested, this,
            [this] { m_grid->grow("candidates"); });
    connect(m_inspector, &Inspector::slateRequested, this, [this] { m_grid->grow("slate"); });
    connect(m_grid, &ViewGrid::problem, this, &MainWindow::say);
    connect(m_grid, &ViewGrid::parameterWished, this, [this](const QString& key, double value) {
        const Parameter* parameter = find_parameter(key.toStdString());
        if (parameter)
            m_values.edit(static_cast<std::size_t>(parameter - parameter_table().data()), value);
    });
    connect(&m_selection, &Selection::changed, this, [this] {
        // A selected person is the one the engine explains; without one it picks the latest.
        if (!m_link.session() || m_selection.kind() == Selection::Kind::item) return;
        m_link.session()->set_focus(Focus{m_selection.person()});
    });
}

bool MainWindow::open(const QString& path) {
    auto scenario = read_playable(path.toStdString());
    if (!scenario) {
        m_problemCode = scenario.problem().code;
        say(toText(scenario.problem().sentence()));
        return false;
    }
    m_banner->hide();
    m_selection.clear();
    m_values.undoStack()->clear();
    const QString full = QFileInfo(path).absoluteFilePath();
    m_settings.recent.removeAll(full);
    m_settings.recent.prepend(full);
    SessionOptions options;
    options.threads = kThreads;
    if (m_settings.keepRuns && !m_settingsFile.isEmpty()) {
        options.run_folder = runsFolder().toStdString();
        options.run_folder_mib = m_settings.keptRunsMib;
    }
    m_link.open(std::move(scenario).value(), std::move(options));
    m_link.session()->set_speed(m_speed);
    m_link.session()->play();
    setWindowTitle(tr("%1 - CascadeLab").arg(QFileInfo(path).fileName()));
    showState();
    return true;
}

void MainWindow::showSnapshot(std::shared_ptr<const Snapshot> snapshot) {
    ++m_frames;
    if (m_second.elapsed() >= 1000) {
        m_framesPerSecond = static_cast<int>(m_frames * 1000 / m_second.restart());
        m_frames = 0;
    }
    m_snapshot = std::move(snapshot);
    showState();
    m_bar->setSnapshot(*m_snapshot, m_framesPerSecond);
    if (m_snapshot->params) m_values.setRunning(*m_snapshot->params);
    m_parameters->setJobs(m_snapshot->jobs);
    m_grid->setSnapshot(m_snapshot);
    m_inspector->setSnapshot(m_snapshot);
    m_timeline->setSnapshot(m_snapshot);
}

void MainWindow::setTheme(const Theme& theme) {
    m_theme = theme;
    m_settings.dark = theme.isDark;
    setPalette(theme.palette());
    setStyleSheet(theme.styleSheet());
    applyTheme(this, theme);
}

QString MainWindow::message() const {
    return m_banner->sentence();
}

void MainWindow::say(const QString& sentence) {
    m_banner->say(sentence);
}

void MainWindow::showState() {
    if (!m_link.session()) return;
    m_bar->setPlaying(m_link.session()->playing());
    m_bar->setSpeed(m_link.session()->speed());
}

void MainWindow::restartRun() {
    if (!m_link.session()) return;
    m_link.session()->restart(m_values.wanted());
    m_link.session()->play();
    showState();
}

void MainWindow::goBack() {
    if (!m_snapshot) return;
    // The last keyframe that is really behind, so that pressing again goes on.
    const auto& frames = m_snapshot->keyframes;
    const auto next = std::ranges::lower_bound(frames, m_snapshot->now_s);
    seek(next == frames.begin() ? 0 : *std::prev(next));
}

void MainWindow::togglePlay() {
    if (!m_link.session()) return chooseScenario();  // there is nothing to play yet
    m_link.session()->playing() ? m_link.session()->pause() : m_link.session()->play();
    showState();
}

void MainWindow::setSpeed(Speed speed) {
    m_speed = speed;
    if (!m_link.session()) return;
    m_link.session()->set_speed(speed);
    showState();
}

void MainWindow::stepOnce() {
    if (m_link.session()) m_link.session()->step();
    showState();
}

void MainWindow::runToEnd() {
    if (m_link.session() && m_snapshot) m_link.session()->run_until(m_snapshot->end_s);
    showState();
}

bool MainWindow::submit(const Command& command) {
    if (!m_link.session()) return true;
    const Status status = m_link.session()->submit(command);
    if (!status) say(toText(status.problem().sentence()));
    return status.ok();
}

// While the hand is on the timeline the run waits; frames of the past are shown at once.
void MainWindow::lookAt(Seconds time_s) {
    if (!m_link.session()) return;
    if (!std::exchange(m_looking, true)) m_playsOn = m_link.session()->playing();
    m_link.session()->pause();
    m_link.session()->look_at(time_s);
    showState();
}

void MainWindow::seek(Seconds time_s) {
    if (!m_link.session()) return;
    m_link.session()->seek(time_s);
    if (std::exchange(m_looking, false) && m_playsOn) m_link.session()->play();
    showState();
}

void MainWindow::saveRun() {
    if (!m_link.session()) return;
    const QString path = QFileDialog::getSaveFileName(this, tr("Save run"), tr("run.cascade"),
                                                      tr("Runs (*.cascade)"));
    if (!path.isEmpty()) m_link.session()->save_run(ending(path, ".cascade").toStdString());
}

void MainWindow::saveScenario() {
    if (!m_link.session() || !m_snapshot) return;
    const QString path = QFileDialog::getSaveFileName(
        this, tr("Save as scenario"), tr("mine.cascade.json"), tr("Scenarios (*.cascade.json)"));
    if (path.isEmpty()) return;
    bool chosen = false;
    const QString title =
        QInputDialog::getText(this, tr("Save as scenario"), tr("Its title"), QLineEdit::Normal,
                              toText(m_snapshot->title), &chosen);
    if (chosen)
        m_link.session()->save_scenario(ending(path, ".cascade.json").toStdString(),
                                        title.toStdString());
}

void MainWindow::chooseScenario() {
    constexpr std::size_t kRunsListed = 12;
    const auto runs =
        m_settingsFile.isEmpty()
            ? std::vector<KeptRun>()
            : RunShelf(runsFolder().toStdString(), m_settings.keptRunsMib).newest(kRunsListed);
    ScenarioChooser chooser(listScenarios(), m_settings.recent, runs, this);
    if (chooser.exec() == QDialog::Accepted) open(chooser.path());
}

void MainWindow::showStudies() {
    if (m_studies == nullptr) {
        m_studies = new StudiesWindow(this);
        applyTheme(m_studies, m_theme);
    }
    m_studies->show();
    m_studies->raise();
    m_studies->activateWindow();
}

void MainWindow::escape() {
    if (!m_selection.empty()) return m_selection.clear();
    m_grid->shrink();
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Space:
            return togglePlay();
        case Qt::Key_Right:
            return stepOnce();
        case Qt::Key_Left:
            return goBack();
        case Qt::Key_Backspace:
            return restartRun();
        case Qt::Key_End:
            return runToEnd();
        case Qt::Key_Escape:
            return escape();
        case Qt::Key_1:
        case Qt::Key_2:
        case Qt::Key_3:
        case Qt::Key_4:
            return setSpeed(static_cast<Speed>(event->key() - Qt::Key_1));
        default:
            QMainWindow::keyPressEvent(event);
    }
}

void MainWindow::resetLayout() {
    const std::pair<QDockWidget*, Qt::DockWidgetArea> places[] = {
        {m_leftDock, Qt::LeftDockWidgetArea},
        {m_rightDock, Qt::RightDockWidgetArea},
        {m_bottomDock, Qt::BottomDockWidgetArea}};
    for (const auto& [dock, area] : places) {
        dock->setFloating(false);
        addDockWidget(area, dock);
        dock->show();
    }
    const bool narrow = width() < kNarrowWindow;
    resizeDocks({m_leftDock, m_rightDock},
                {narrow ? kNarrowLeft : kLeftWidth, narrow ? kNarrowRight : kRightWidth},
                Qt::Horizontal);
    resizeDocks({m_bottomDock}, {kBottomHeight}, Qt::Vertical);
    m_grid->reset();
}

void MainWindow::restoreLayout() {
    if (!m_settings.geometry.isEmpty()) restoreGeometry(m_settings.geometry);
    if (!m_settings.docks.isEmpty()) restoreState(m_settings.docks);
    if (!m_settings.views.isEmpty()) m_grid->arrange(m_settings.views);
    if (!m_settings.centre.isEmpty()) m_grid->restoreSizes(m_settings.centre);
}

void MainWindow::saveLayout() {
    if (m_settingsFile.isEmpty()) return;
    m_settings.geometry = saveGeometry();
    m_settings.docks = saveState();
    m_settings.centre = m_grid->saveSizes();
    m_settings.views = m_grid->arrangement();
    writeSettings(m_settings, m_settingsFile);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    m_grid->shrink();
    saveLayout();
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls()) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.front().isLocalFile()) open(urls.front().toLocalFile());
}

}  // namespace cascadelab
