// Values in words: the same number reads the same everywhere.
#include <QtTest>
#include <cmath>

#include "ui/words/numbers.h"
#include "ui/words/times.h"

using namespace cascadelab;

class WordsTest : public QObject {
    Q_OBJECT
  private slots:
    void times_are_said_in_one_way();
    void values_are_said_in_words();
};

void WordsTest::times_are_said_in_one_way() {
    const QString thin(QChar(0x2009));
    const Seconds evening = 11 * kDay + 18 * kHour + 35 * 60;
    QCOMPARE(momentText(evening), QStringLiteral("Day 12, 18:35"));
    QCOMPARE(dayText(evening), QStringLiteral("Day 12"));
    QCOMPARE(clockText(evening), QStringLiteral("18:35"));
    QCOMPARE(durationText(119), "119" + thin + "s");
    QCOMPARE(durationText(120), "2" + thin + "min");
    QCOMPARE(durationText(6.5 * double(kHour)), "6.5" + thin + "h");
    QCOMPARE(durationText(14.2 * double(kHour)), "14" + thin + "h");
    QCOMPARE(durationText(2 * double(kDay)), "2" + thin + "days");
    QCOMPARE(agoText(-2 * kHour), "in 2" + thin + "h");
    QCOMPARE(lengthText(134 * 60), "134" + thin + "min");
    QCOMPARE(microsText(640), "640" + thin + "µs");
    QCOMPARE(microsText(1240), "1.24" + thin + "ms");
}

void WordsTest::values_are_said_in_words() {
    const QString thin(QChar(0x2009));
    QCOMPARE(valueText(0.634, "share"), QStringLiteral("63") + thin + QStringLiteral("%"));
    QCOMPARE(valueText(2.349, "bits"), QStringLiteral("2.35") + thin + QStringLiteral("bits"));
    QCOMPARE(valueText(std::nan(""), "share"), QStringLiteral("no value"));
    QCOMPARE(valueText(7200 * 3, "s"), QStringLiteral("6") + thin + QStringLiteral("h"));
    QCOMPARE(changeText(0.35, 0.63, "share"),
             QStringLiteral("up 28") + thin + QStringLiteral("points"));
    QCOMPARE(changeText(2.0, 1.5, "bits"), QStringLiteral("down 0.50"));
    QCOMPARE(changeText(0.5, 0.501, "share"), QStringLiteral("unchanged"));
    QCOMPARE(changeText(std::nan(""), 1, ""), QString());
    QCOMPARE(countText(2310), QStringLiteral("2,310"));
    QCOMPARE(countText(0.26), QStringLiteral("0.26"));
    QCOMPARE(signedText(-0.384, 2), QChar(0x2212) + QStringLiteral("0.38"));
    QCOMPARE(degreesText(4.21), QStringLiteral("4.2°"));
    QCOMPARE(natsText(-3.214), QChar(0x2212) + QStringLiteral("3.21"));
}

QTEST_GUILESS_MAIN(WordsTest)
#include "words_test.moc"
