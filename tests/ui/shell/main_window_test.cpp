// The whole window on the demo snapshot, without an engine: it shows what it was given, nothing
// important is cut, everything can be reached by keyboard and has a name.
#include "ui/shell/main_window.h"

#include <QAbstractButton>
#include <QAbstractSlider>
#include <QApplication>
#include <QComboBox>
#include <QDockWidget>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTableView>
#include <QTimer>
#include <QtTest>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/parameters/parameter_panel.h"
#include "ui/parameters/parameter_row.h"
#include "ui/plot/ink.h"
#include "ui/shell/key_sheet.h"
#include "ui/shell/scenario_chooser.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/view_grid.h"
#include "ui/view/table_window.h"
#include "ui/view/view.h"
#include "ui/views/codes/codes_view.h"
#include "ui/views/registry.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/segmented.h"
#include "ui/words/items.h"

using namespace cascadelab;

class MainWindowTest : public QObject {
    Q_OBJECT
  private slots:
    void docks_float_and_reset_brings_them_back();
    void initTestCase() { prepareApplication(); }
    void shows_the_snapshot_without_cutting_labels_data();
    void shows_the_snapshot_without_cutting_labels();
    void the_bar_stands_still_and_keeps_its_words();
    void before_the_first_picture_it_says_what_will_come();
    void every_control_has_a_name();
    void tab_reaches_search_and_sliders();
    void a_missing_file_is_one_sentence_and_changes_nothing();
    void play_without_a_run_asks_what_to_play();
    void escape_clears_the_selection();
    void a_selected_candidate_is_explained();
    void waiting_changes_show_their_bar();
    void a_view_grows_and_comes_back();
    void places_swap_their_views();
    void lists_and_sheets_open();
    void a_table_is_as_wide_as_the_words_of_its_head();
    void settings_survive_and_junk_is_backed_up();
};

namespace {

// Pictures for a person to look at, only when a folder is named.
void keepPicture(MainWindow& window, const QString& name) {
    const QString folder = qEnvironmentVariable("CASCADELAB_PICTURES");
    if (!folder.isEmpty()) window.grab().save(folder + "/" + name + ".png");
}

// Layouts inside layouts hear of a new size one after the other.
void settle() {
    for (int depth = 0; depth < 5; ++depth) {
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
    }
}

// What a reader of a dialog reads.
QStringList labelsOf(const QWidget& window) {
    QStringList texts;
    for (const auto* label : window.findChildren<QLabel*>())
        if (label->isVisibleTo(&window)) texts << label->text();
    return texts;
}

std::unique_ptr<MainWindow> shown(const QSize& size, const Theme& theme) {
    auto window = std::make_unique<MainWindow>();
    window->setTheme(theme);
    window->resize(size);
    window->show();
    window->resetLayout();
    window->showSnapshot(demoSnapshot());
    settle();
    return window;
}

}  // namespace

void MainWindowTest::shows_the_snapshot_without_cutting_labels_data() {
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::newRow("large-dark") << QSize(1600, 1000) << true;
    QTest::newRow("large-light") << QSize(1600, 1000) << false;
    QTest::newRow("small-dark") << QSize(1280, 800) << true;
    QTest::newRow("small-light") << QSize(1280, 800) << false;
}

void MainWindowTest::shows_the_snapshot_without_cutting_labels() {
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    const auto window = shown(size, dark ? Theme::dark() : Theme::light());
    keepPicture(*window, QTest::currentDataTag());
    int labels = 0;
    for (const auto* label : window->findChildren<ElidedLabel*>()) {
        if (!label->isVisibleTo(window.get()) || label->text().isEmpty()) continue;
        ++labels;
        // The lines below titles may end in an ellipsis; everything else must fit.
        if (label->font().pixelSize() == 11) continue;
        QVERIFY2(!label->isElided(), qPrintable("cut: " + label->text()));
    }
    QVERIFY(labels > 25);
}

void MainWindowTest::the_bar_stands_still_and_keeps_its_words() {
    // In the smallest window too, buttons are as wide as their words and the time is whole.
    for (const QSize size : {QSize(1024, 640), QSize(1600, 1000)}) {
        const auto window = shown(size, Theme::dark());
        settle();
        const auto* bar = window->findChild<TopBar*>();
        for (const auto* button : bar->findChildren<QAbstractButton*>())
            if (button->isVisibleTo(bar))
                QVERIFY2(button->width() > textWidth(button->font(), button->text()),
                         qPrintable(button->text()));
        const auto* speed = bar->findChild<Segmented*>();
        // Nothing lies over anything else, nor beyond the bar's end.
        const QList<QWidget*> there =
            bar->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
        for (const QWidget* one : there) {
            if (!one->isVisibleTo(bar)) continue;
            QVERIFY2(bar->rect().contains(one->geometry()), one->metaObject()->className());
            for (const QWidget* other : there)
                QVERIFY(one == other || !other->isVisibleTo(bar) ||
                        !one->geometry().intersects(other->geometry()));
        }
        for (const auto* label : bar->findChildren<ElidedLabel*>())
            if (label->text().contains(':')) QVERIFY(!label->isElided());
        // Nothing moves when the catalogue grows and the clock goes on, from one picture to the
        // next.
        const int before = speed->mapTo(bar, QPoint()).x();
        for (const Seconds now_s : {11 * kHour + 660, 20 * kHour + 1680}) {
            auto later = std::make_shared<Snapshot>(*demoSnapshot());
            later->now_s = now_s;
            later->items += 137;
            window->showSnapshot(later);
            for (const auto* label : bar->findChildren<ElidedLabel*>())
                if (label->text().contains(':')) QVERIFY(!label->isElided());
            settle();
            QCOMPARE(speed->mapTo(bar, QPoint()).x(), before);
        }
    }
    QCOMPARE(inSentence(QStringLiteral("Crime drama")), QStringLiteral("crime drama"));
    QCOMPARE(inSentence(QStringLiteral("HSTU")), QStringLiteral("HSTU"));
}

void MainWindowTest::before_the_first_picture_it_says_what_will_come() {
    MainWindow window;
    window.resize(1280, 800);
    window.show();
    window.resetLayout();
    settle();
    keepPicture(window, "empty");
    bool invited = false;
    for (const auto* label : window.findChildren<QLabel*>()) {
        invited |= label->isVisibleTo(&window) && label->text().contains("Let the world run");
    }
    QVERIFY(invited);
    // The other keys without a run are harmless.
    for (const auto key :
         {Qt::Key_Right, Qt::Key_Left, Qt::Key_Backspace, Qt::Key_End, Qt::Key_3}) {
        QTest::keyClick(&window, key);
        QVERIFY(window.link().session() == nullptr && window.message().isEmpty());
    }
}

void MainWindowTest::every_control_has_a_name() {
    const auto window = shown({1600, 1000}, Theme::dark());
    int controls = 0;
    for (const auto* widget : window->findChildren<QWidget*>()) {
        if (!widget->isVisibleTo(window.get()) || widget->focusPolicy() == Qt::NoFocus) continue;
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        const bool named =
            !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
        const bool control = button || qobject_cast<const QAbstractSlider*>(widget) ||
                             qobject_cast<const QLineEdit*>(widget) ||
                             qobject_cast<const QComboBox*>(widget);
        if (control && !qobject_cast<const QScrollBar*>(widget)) {
            QVERIFY2(named, widget->metaObject()->className());
            ++controls;
        }
    }
    QVERIFY(controls > 25);
}

void MainWindowTest::tab_reaches_search_and_sliders() {
    const auto window = shown({1600, 1000}, Theme::dark());
    window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(window.get()));
    bool search = false, slider = false, button = false;
    for (int i = 0; i < 60; ++i) {
        QTest::keyClick(window->focusWidget() ? window->focusWidget() : window.get(), Qt::Key_Tab);
        const QWidget* now = QApplication::focusWidget();
        search |= now && now->accessibleName() == "Search parameters";
        slider |= qobject_cast<const QAbstractSlider*>(now) != nullptr;
        button |= qobject_cast<const QAbstractButton*>(now) != nullptr;
    }
    QVERIFY(search && slider && button);
}

void MainWindowTest::a_missing_file_is_one_sentence_and_changes_nothing() {
    const auto window = shown({1600, 1000}, Theme::dark());
    const QString title = window->windowTitle();
    QVERIFY(!window->open("/nowhere/at/all.cascade.json"));
    QVERIFY(window->message().contains("/nowhere/at/all.cascade.json"));
    QVERIFY(!window->message().contains('\n'));
    QCOMPARE(window->windowTitle(), title);
    QVERIFY(window->link().session() == nullptr);
}

void MainWindowTest::play_without_a_run_asks_what_to_play() {
    const auto window = shown({1600, 1000}, Theme::dark());
    bool asked = false;
    QTimer::singleShot(0, window.get(), [&asked] {
        auto* chooser = qobject_cast<ScenarioChooser*>(QApplication::activeModalWidget());
        asked = chooser != nullptr;
        if (asked) chooser->reject();
    });
    QTest::keyClick(window.get(), Qt::Key_Space);
    QVERIFY(asked);
    QVERIFY(window->link().session() == nullptr);
}

void MainWindowTest::escape_clears_the_selection() {
    const auto window = shown({1600, 1000}, Theme::dark());
    window->selection().selectItem(ItemId{3});
    QTest::keyClick(window.get(), Qt::Key_Escape);
    QVERIFY(window->selection().empty());
}

void MainWindowTest::a_selected_candidate_is_explained() {
    const auto window = shown({1600, 1000}, Theme::dark());
    const auto snapshot = demoSnapshot();
    const auto& candidates = snapshot->focus->trace->candidates;
    const auto dropped = std::ranges::find(candidates, Fate::franchise_cap, &Candidate::fate);
    QVERIFY(dropped != candidates.end());
    window->selection().selectCandidate(PersonId{0}, dropped->item);
    settle();
    keepPicture(*window, "selected");
    bool explained = false;
    for (const auto* label : window->findChildren<QLabel*>()) {
        explained |=
            label->isVisibleTo(window.get()) && label->text() == whyText(*snapshot, *dropped);
    }
    QVERIFY(explained);
}

void MainWindowTest::waiting_changes_show_their_bar() {
    const auto window = shown({1600, 1000}, Theme::light());
    const auto table = parameter_table();
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (table[i].key == "world.people") window->values().edit(i, 5000);
        if (table[i].key == "world.pack") window->values().edit(i, 0);
    }
    settle();
    keepPicture(*window, "waiting");
    const auto& rows = window->parameters().rows();
    const auto people = std::ranges::find_if(
        rows, [](const ParameterRow* row) { return row->parameter().key == "world.people"; });
    QVERIFY(people != rows.end() && (*people)->isVisibleTo(window.get()));
    bool told = false;
    for (const auto* label : window->findChildren<QLabel*>()) {
        told |= label->isVisibleTo(window.get()) && label->text() == "2 changes wait for a restart";
    }
    QVERIFY(told);
}

void MainWindowTest::a_table_is_as_wide_as_the_words_of_its_head() {
    const auto window = shown({1600, 1000}, Theme::dark());
    QVERIFY(window->grid().grow("codes"));
    QAbstractItemModel* model = window->findChild<CodesView*>()->table();
    TableWindow table("Codes", *model, window.get());
    table.show();
    const auto* header = table.findChild<QTableView*>()->horizontalHeader();
    int widest = 0;
    for (int column = 0; column < header->count(); ++column) {
        QVERIFY(header->sectionSize(column) >= header->sectionSizeHint(column));
        widest = std::max(widest, header->sectionSizeHint(column));
    }
    QVERIFY(widest > header->defaultSectionSize());  // which no column would have by itself
}

void MainWindowTest::a_view_grows_and_comes_back() {
    const auto window = shown({1600, 1000}, Theme::light());
    const QStringList before = window->grid().arrangement();
    for (const ViewKind& kind : viewKinds()) {
        QVERIFY(window->grid().grow(kind.name));
        settle();
        keepPicture(*window, "grown-" + kind.name);
        // The grown view is there, and alone.
        QStringList there;
        for (const View* view : window->grid().findChildren<View*>())
            if (view->isVisibleTo(&window->grid())) there << view->key();
        QCOMPARE(there, QStringList{kind.name});
        QTest::keyClick(window.get(), Qt::Key_Escape);
        QVERIFY(!window->grid().isGrown());
    }
    QVERIFY(!window->grid().grow("no such view"));
    QVERIFY(!window->grid().isGrown());
    // Views without a place of their own grew in the last one.
    QCOMPARE(window->grid().arrangement().mid(0, 3), before.mid(0, 3));
}

void MainWindowTest::places_swap_their_views() {
    const auto window = shown({1600, 1000}, Theme::dark());
    const QStringList before = window->grid().arrangement();
    window->grid().showAt(0, before[3]);
    QCOMPARE(window->grid().arrangement(),
             QStringList({before[3], before[1], before[2], before[0]}));
    window->grid().showAt(1, "loop");
    QCOMPARE(window->grid().arrangement(), QStringList({before[3], "loop", before[2], before[0]}));
}

void MainWindowTest::lists_and_sheets_open() {
    const auto window = shown({1600, 1000}, Theme::dark());
    const ScenarioEntry entry{
        "/a/rut.cascade.json", "Rut", "How a bubble forms.", {"entropy falls"}};
    ScenarioChooser chooser({entry, entry}, {}, {}, window.get());
    chooser.show();
    KeySheet keys(window.get());
    keys.show();
    settle();
    const QString folder = qEnvironmentVariable("CASCADELAB_PICTURES");
    if (!folder.isEmpty()) {
        chooser.grab().save(folder + "/chooser.png");
        keys.grab().save(folder + "/keys.png");
    }
    QCOMPARE(labelsOf(chooser).count("Rut"), 2);
    QCOMPARE(labelsOf(chooser).count("How a bubble forms."), 2);
    QCOMPARE(labelsOf(chooser).count("Look for: entropy falls"), 2);
    QPushButton* open = nullptr;
    for (auto* button : chooser.findChildren<QPushButton*>())
        if (button->accessibleName() == QStringLiteral("Open Rut")) open = button;
    QVERIFY(open != nullptr);
    QTest::mouseClick(open, Qt::LeftButton);
    QCOMPARE(chooser.result(), int(QDialog::Accepted));
    QVERIFY(labelsOf(keys).contains("Play or pause"));
    QTest::keyClick(&keys, Qt::Key_Return);
    QCOMPARE(keys.result(), int(QDialog::Accepted));
}

void MainWindowTest::settings_survive_and_junk_is_backed_up() {
    const QTemporaryDir folder;
    const QString path = folder.filePath("cascadelab/window.ini");
    {
        MainWindow window(path);
        window.setTheme(Theme::light());
        window.show();
        window.close();
    }
    {
        MainWindow window(path);
        QVERIFY(!window.theme().isDark);
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\x01\x02 this is no settings file");
    file.close();
    MainWindow window(path);
    QVERIFY(window.theme().isDark);
    QVERIFY(QFile::exists(path + ".backup"));
}

void MainWindowTest::docks_float_and_reset_brings_them_back() {
    MainWindow window;
    window.show();
    const auto docks = window.findChildren<QDockWidget*>();
    QCOMPARE(docks.size(), 3);
    QList<Qt::DockWidgetArea> before;
    for (QDockWidget* dock : docks) {
        before << window.dockWidgetArea(dock);
        dock->setFloating(true);
        QVERIFY(dock->isWindow());
        dock->hide();
    }
    window.resetLayout();
    QList<Qt::DockWidgetArea> after;
    for (QDockWidget* dock : docks) {
        QVERIFY(!dock->isWindow() && !dock->isFloating() && dock->isVisibleTo(&window));
        after << window.dockWidgetArea(dock);
    }
    QCOMPARE(after, before);
}

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
