// Published results in the window: what is shown before, during and after a study; and its picture
// in both themes, saved to the build folder (pictures/studies-THEME-WIDTH.png).
#include "ui/studies/studies_window.h"

#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QtTest>

#include "tests/house/places.h"
#include "ui/plot/xy_chart_layout.h"

using namespace cascadelab;

namespace {

QPushButton* button(QWidget& window, const QString& text) {
    for (QPushButton* candidate : window.findChildren<QPushButton*>()) {
        if (candidate->text() == text) return candidate;
    }
    return nullptr;
}

void runToEnd(StudiesWindow& window, const char* name) {
    window.choose(*find_study(name));
    QSignalSpy arrived(&window, &StudiesWindow::resultArrived);
    window.start();
    QVERIFY(window.isRunning());
    QTRY_COMPARE_WITH_TIMEOUT(arrived.size(), 1, 120000);
}

class StudiesWindowTest : public QObject {
    Q_OBJECT
  private slots:
    void every_study_is_listed() {
        StudiesWindow window;
        const auto* list = window.findChild<QListWidget*>();
        QCOMPARE(static_cast<std::size_t>(list->count()), studies().size());
        window.choose(studies()[3]);
        QCOMPARE(list->currentRow(), 3);
        QVERIFY(list->item(3)->text().contains(
            QString::fromUtf8(studies()[3].title.data(), int(studies()[3].title.size()))));
        QCOMPARE(window.findChild<QTableView*>()->model()->rowCount(), 0);
    }

    void a_study_fills_the_table_and_signs_the_list() {
        StudiesWindow window;
        runToEnd(window, "calibration");
        QAbstractItemModel* table = window.findChild<QTableView*>()->model();
        QVERIFY(table->rowCount() > 4);
        for (int row = 0; row < table->rowCount(); ++row) {
            const QString verdict = table->index(row, table->columnCount() - 1).data().toString();
            QVERIFY(verdict.startsWith(QString::fromUtf8("✓")));
        }
        const auto* list = window.findChild<QListWidget*>();
        const QVariant said = list->currentItem()->data(Qt::AccessibleTextRole);
        QVERIFY(said.toString().startsWith(QString::fromUtf8("✓")));
        button(window, "View data")->click();
        const auto* twin = window.findChild<QDialog*>()->findChild<QTableView*>();
        QCOMPARE(twin->model()->rowCount(), 8);  // four weights, own and published
        // Another study has its own sheet, and the result is kept.
        window.choose(studies()[0]);
        QCOMPARE(table->rowCount(), 0);
        window.choose(*find_study("calibration"));
        QVERIFY(table->rowCount() > 4);
    }

    void cancelling_leaves_no_result() {
        StudiesWindow window;
        window.choose(*find_study("jiang"));
        QSignalSpy arrived(&window, &StudiesWindow::resultArrived);
        window.start();
        QVERIFY(window.isRunning());
        button(window, "Cancel")->click();
        QTRY_COMPARE_WITH_TIMEOUT(arrived.size(), 1, 60000);
        QVERIFY(!window.isRunning());
        QCOMPARE(window.findChild<QTableView*>()->model()->rowCount(), 0);
    }

    void closing_the_window_ends_the_study() {
        const auto threads = [] {
            return QDir("/proc/self/task").entryList(QDir::Dirs | QDir::NoDotAndDotDot).size();
        };
        auto window = std::make_unique<StudiesWindow>();
        window->choose(*find_study("jiang"));
        const auto before = threads();
        window->start();
        QVERIFY(threads() > before);
        window.reset();
        QCOMPARE(threads(), before);
    }

    void geometry_keeps_everything_inside() {
        const StudyPlot plot{
            "t",
            "steps",
            "share",
            {{"one", {1, 10, 100}, {0.2, 0.5, 0.9}}, {"two", {1, 100}, {0.9, 0.89}}},
            {{"one", {10}, {0.55}}},
            {},
            true};
        for (const QSizeF size : {QSizeF(300, 200), QSizeF(900, 500)}) {
            const XyChartLayout layout = layoutXyChart(plot, size);
            QVERIFY(QRectF(QPointF(0, 0), size).contains(layout.plot));
            QCOMPARE(layout.lines.size(), std::size_t{2});
            QCOMPARE(layout.lines[0].published.size(), 1);
            QCOMPARE(layout.x.size(), std::size_t{3});
            for (const XyLine& line : layout.lines) {
                for (const QPointF& point : line.own) {
                    QVERIFY(layout.plot.adjusted(-1, -1, 1, 1).contains(point));
                }
            }
            QVERIFY(!layout.lines[0].label.intersects(layout.lines[1].label));
            // Even steps of a logarithmic axis.
            const QPolygonF& own = layout.lines[0].own;
            QVERIFY(std::abs(own[1].x() - (own[0].x() + own[2].x()) / 2) < 1e-6);
        }
    }

    void pictures_in_both_themes() {
        const QString folder = build_path("pictures");
        QDir().mkpath(folder);
        StudiesWindow window;
        const QStringList names =
            qEnvironmentVariable("CASCADELAB_STUDY_PICTURES", "staleness").split(',');
        prepareApplication();
        for (const QString& name : names) {
            runToEnd(window, name.toUtf8().constData());
            QList<QImage> images;
            for (const Theme& theme : {Theme::dark(), Theme::light()}) {
                window.setPalette(theme.palette());
                window.setStyleSheet(theme.styleSheet());
                applyTheme(&window, theme);
                for (const QSize size : {QSize(1080, 760), QSize(820, 600)}) {
                    window.resize(size);
                    window.show();
                    const QImage image = window.grab().toImage();
                    QCOMPARE(image.size(), size);
                    QCOMPARE(image.pixelColor(2, 2), theme.window);
                    QVERIFY(!images.contains(image));
                    images << image;
                    QVERIFY(image.save(QString("%1/studies-%2-%3-%4.png")
                                           .arg(folder, name, theme.isDark ? "dark" : "light")
                                           .arg(size.width())));
                }
            }
        }
    }
};

}  // namespace

QTEST_MAIN(StudiesWindowTest)
#include "studies_window_test.moc"
