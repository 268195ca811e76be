// The window's program: opens a scenario in the window, or renders it to a picture without a
// display. Exit codes as everywhere: 0 ok, 1 failed, 2 usage, 3 invalid scenario, 4 input/output.
#include <QApplication>
#include <QCommandLineParser>
#include <QEventLoop>
#include <QTimer>
#include <cstdio>

#include "engine/store/scenario/library.h"
#include "ui/plot/motion.h"
#include "ui/shell/main_window.h"
#include "ui/shell/scenario_library.h"
#include "ui/shell/view_grid.h"
#include "ui/words/numbers.h"

namespace {

using namespace cascadelab;

int leave(ExitCode code) {
    return static_cast<int>(code);
}

int fail(ExitCode code, const QString& sentence) {
    std::fprintf(stderr, "cascadelab: %s\n", qPrintable(sentence));
    return leave(code);
}

bool hasDisplay() {
    return qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
}

// Qt's messages, without the one that every start outside a login session brings.
void report(QtMsgType, const QMessageLogContext&, const QString& message) {
    if (message.startsWith("QStandardPaths: XDG_RUNTIME_DIR")) return;
    std::fprintf(stderr, "%s\n", qPrintable(message));
}

struct Request {
    QString scenario;    // file or name; as given
    QString screenshot;  // picture to write; empty: open the window
    QString view;        // grown to the centre; empty: all four
    QSize size{1600, 1000};
    bool dark = true;
    double days = 1;
};

// Runs to the wanted day; false when the run could not go on.
bool runUntil(MainWindow& window, double days) {
    const auto end_s = static_cast<Seconds>(days * kDay);
    QEventLoop loop;
    const auto check = [&](const std::shared_ptr<const Snapshot>& snapshot) {
        if (snapshot->now_s >= end_s) loop.quit();
    };
    QObject::connect(&window.link(), &RunLink::snapshotArrived, &loop, check);
    QObject::connect(&window.link(), &RunLink::refused, &loop, &QEventLoop::quit);
    window.link().session()->run_until(end_s);
    const auto snapshot = window.link().session()->snapshot();
    if (!snapshot || snapshot->now_s < end_s) loop.exec();
    return window.message().isEmpty();
}

int renderPicture(const Request& request, const QString& path) {
    qApp->setProperty(kReducedMotion, true);  // points stand where they belong at once
    MainWindow window;
    window.setTheme(request.dark ? Theme::dark() : Theme::light());
    window.resize(request.size);
    window.show();
    window.resetLayout();
    if (!request.view.isEmpty() && !window.grid().grow(request.view)) {
        QStringList names;
        for (const ViewKind& kind : viewKinds()) names << kind.name;
        return fail(
            ExitCode::usage,
            QString("--view: found %1, expected one of %2").arg(request.view, names.join(", ")));
    }
    if (!window.open(path)) return fail(window.problemCode(), window.message());
    if (!runUntil(window, request.days)) return fail(ExitCode::failed, window.message());
    // Layout follows the last snapshot in the event loop.
    QEventLoop settle;
    QTimer::singleShot(100, &settle, &QEventLoop::quit);
    settle.exec();
    if (!window.grab().save(request.screenshot)) {
        return fail(ExitCode::input_output,
                    QString("%1 could not be written").arg(request.screenshot));
    }
    return leave(ExitCode::ok);
}

int openWindow(const QString& path) {
    MainWindow window(settingsPath());
    window.show();
    // A scenario that cannot be read leaves its sentence in the window, not a closed program.
    window.open(path);
    return QApplication::exec();
}

// Reads the command line; a sentence when it cannot be understood.
QString readOptions(const QCommandLineParser& parser, Request& request) {
    const QStringList files = parser.positionalArguments();
    if (files.size() > 1) return "expected one scenario, found " + files.join(" ");
    request.scenario = files.isEmpty() ? QString(kDefaultScenario) : files.front();
    request.screenshot = parser.value("screenshot");
    request.view = parser.value("view");
    const QString theme = parser.value("theme");
    if (theme != "dark" && theme != "light") {
        return QString("--theme: found %1, expected dark or light").arg(theme);
    }
    request.dark = theme == "dark";
    const QStringList sides = parser.value("size").split('x');
    bool width = false, height = false;
    request.size = {sides.value(0).toInt(&width), sides.value(1).toInt(&height)};
    const bool sane =
        sides.size() == 2 && width && height &&
        QRect(640, 480, 15361, 8641).contains(request.size.width(), request.size.height());
    if (!sane) {
        return QString("--size: found %1, expected WIDTHxHEIGHT, such as 1600x1000")
            .arg(parser.value("size"));
    }
    bool number = false;
    request.days = parser.value("days").toDouble(&number);
    if (!number || !(request.days >= 0) || request.days > 3650) {
        return QString("--days: found %1, expected a number of days from 0 to 3650")
            .arg(parser.value("days"));
    }
    return {};
}

void declareOptions(QCommandLineParser& parser) {
    parser.setApplicationDescription(
        "A laboratory for recommender systems: a synthetic world, the whole cascade, every knob.");
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument("FILE", "Scenario file or name; the default is first_half_second.",
                                 "[FILE]");
    parser.addOptions({
        {"screenshot", "Renders the window to a picture and ends; needs no display.", "OUT.png"},
        {"size", "Size of the picture.", "WxH", "1600x1000"},
        {"theme", "dark or light.", "NAME", "dark"},
        {"view", "The view that fills the centre of the picture.", "NAME"},
        {"days", "Virtual days to run before the picture.", "N", "1"},
    });
}

}  // namespace

int main(int argc, char** argv) {
    using namespace cascadelab;
    bool pictureWanted = false;
    for (int i = 1; i < argc; ++i) {
        const QByteArray argument(argv[i]);
        pictureWanted |= argument.startsWith("--screenshot") || argument == "--help" ||
                         argument == "-h" || argument == "--version" || argument == "-v";
    }
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM") && !hasDisplay()) {
        if (!pictureWanted) {
            return fail(ExitCode::failed,
                        "there is no display to open a window on. Run the scenario with "
                        "cascadelab-cli run, or render the window with --screenshot OUT.png.");
        }
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    qInstallMessageHandler(report);
    QApplication app(argc, argv);
    QApplication::setApplicationName("cascadelab");
    QApplication::setApplicationVersion("0.1.0");
    QApplication::setDesktopFileName("cascadelab");
    prepareApplication();
    QApplication::setWindowIcon(QIcon(":/app-icon.svg"));

    QCommandLineParser parser;
    declareOptions(parser);
    if (!parser.parse(QApplication::arguments())) return fail(ExitCode::usage, parser.errorText());
    if (parser.isSet("help")) parser.showHelp(leave(ExitCode::ok));
    if (parser.isSet("version")) parser.showVersion();

    Request request;
    const QString misunderstood = readOptions(parser, request);
    if (!misunderstood.isEmpty()) return fail(ExitCode::usage, misunderstood);
    const auto found = find_scenario(request.scenario.toStdString());
    if (!found) return fail(found.problem().code, toText(found.problem().sentence()));
    const QString path = toText(found.value());
    return request.screenshot.isEmpty() ? openWindow(path) : renderPicture(request, path);
}
