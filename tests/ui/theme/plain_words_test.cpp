// Words of files in the window: labels and tips show them as they stand, whatever they look like.
#include <QLabel>
#include <QMessageBox>
#include <QStandardItemModel>
#include <QTest>
#include <QToolTip>

#include "ui/theme/theme.h"
#include "ui/view/csv.h"

using namespace cascadelab;

namespace {

const QString kEvil = "<h1>BIG</h1><img src=\"/tmp/pipe\"><a href=\"file:///etc/passwd\">x</a>";

QLabel* tip() {
    for (QWidget* widget : QApplication::topLevelWidgets())
        if (widget->inherits("QTipLabel")) return qobject_cast<QLabel*>(widget);
    return nullptr;
}

}  // namespace

class PlainWordsTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { prepareApplication(); }

    void a_label_shows_markup_as_it_stands() {
        QLabel label(kEvil);
        label.show();
        QVERIFY(QTest::qWaitForWindowExposed(&label));
        QCOMPARE(label.textFormat(), Qt::PlainText);
        QMessageBox box(QMessageBox::Warning, "title", kEvil);
        box.show();
        for (const QLabel* inside : box.findChildren<QLabel*>())
            QVERIFY(inside->text().isEmpty() || inside->textFormat() == Qt::PlainText);
    }

    void a_tip_shows_markup_as_it_stands() {
        QWidget widget;
        widget.show();
        for (const QString& words : {kEvil, QString("harmless"), kEvil + kEvil}) {
            QToolTip::showText(widget.mapToGlobal(QPoint(1, 1)), words, &widget);
            QVERIFY(tip() != nullptr);
            QCOMPARE(tip()->text(), words);
            QCOMPARE(tip()->textFormat(), Qt::PlainText);
        }
        QToolTip::hideText();
    }

    void a_table_leaves_without_formulas() {
        QStandardItemModel model(1, 2);
        model.setHorizontalHeaderLabels({"=1+1", "plain"});
        model.setItem(0, 0, new QStandardItem("@SUM(A1)"));
        model.setItem(0, 1, new QStandardItem("-0.5"));
        QCOMPARE(csvText(model), QString("'=1+1,plain\r\n'@SUM(A1),-0.5\r\n"));
    }
};

QTEST_MAIN(PlainWordsTest)
#include "plain_words_test.moc"
