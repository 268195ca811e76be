// A view is one word: its folder, its key, its class and the beginning of its title; and keys of
// the past still find their view.
#include "ui/views/registry.h"

#include <QtTest>

#include "tests/house/places.h"
#include "ui/shell/view_grid.h"
#include "ui/view/selection.h"
#include "ui/view/view.h"

using namespace cascadelab;

class RegistryTest : public QObject {
    Q_OBJECT
  private slots:
    void a_view_has_one_word() {
        QStringList keys;
        for (const ViewKind& kind : viewKinds()) {
            keys << kind.name;
            Selection selection;
            const std::unique_ptr<View> view(kind.make(selection, nullptr));
            const QString header = "ui/views/" + kind.name + "/" + kind.name + "_view.h";
            QVERIFY2(QFile::exists(source_path(qPrintable(header))), qPrintable(header));
            QString name = QLatin1String(view->metaObject()->className());
            name = name.section("::", -1).toLower();
            QCOMPARE(name, QString(kind.name).remove('_') + "view");
            QVERIFY2(kind.title.toLower().startsWith(QString(kind.name).replace('_', ' ')),
                     qPrintable(kind.title));
            QCOMPARE(view->key(), kind.name);
            QCOMPARE(view->title(), kind.title);
        }
        QStringList folders =
            QDir(source_path("ui/views")).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        folders.sort();
        keys.sort();
        QCOMPARE(folders, keys);
    }
    void keys_of_the_past_find_their_view() {
        QCOMPARE(presentKey("code-health"), QStringLiteral("code_health"));
        QCOMPARE(presentKey("tastes"), QStringLiteral("taste_drift"));
        QCOMPARE(presentKey("funnel"), QStringLiteral("funnel"));
        QCOMPARE(presentKey("no such view"), QStringLiteral("no such view"));
        Selection selection;
        ViewGrid grid(selection);
        grid.arrange({"tastes", "code-health", "taste_drift", "loop"});
        QCOMPARE(grid.arrangement().mid(0, 3), QStringList({"taste_drift", "code_health", "loop"}));
        QVERIFY(grid.grow("tastes"));
        QVERIFY(!grid.grow("no such view"));
    }
};

QTEST_MAIN(RegistryTest)
#include "view_registry_test.moc"
