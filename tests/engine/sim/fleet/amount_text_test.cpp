// Large amounts in words.
#include "engine/sim/fleet/amount_text.h"

#include <QtTest>

using namespace cascadelab;

class AmountTextTest : public QObject {
    Q_OBJECT

  private slots:
    void three_digits_and_a_word() {
        QCOMPARE(amount_text(1e11), std::string("100 billion"));
        QCOMPARE(amount_text(1157407.4074), std::string("1.16 million"));
        QCOMPARE(amount_text(897.397), std::string("897"));
        QCOMPARE(amount_text(0.59930480642), std::string("0.599"));
        QCOMPARE(amount_text(19350), std::string("19350"));
        QCOMPARE(amount_text(0), std::string("0"));
    }
};

QTEST_GUILESS_MAIN(AmountTextTest)
#include "amount_text_test.moc"
