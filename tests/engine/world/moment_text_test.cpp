// A moment in words: days counted from 1, minutes on two digits, also before the first day.
#include <QtTest>

#include "engine/world/events/moment_text.h"

using namespace cascadelab;

class MomentTextTest : public QObject {
    Q_OBJECT
  private slots:
    void a_moment_is_a_day_and_a_clock() {
        QCOMPARE(moment_text(0), std::string("Day 1, 00:00"));
        QCOMPARE(moment_text(11 * kDay + 18 * kHour + 35 * 60 + 59), std::string("Day 12, 18:35"));
        QCOMPARE(moment_text(-1), std::string("Day 0, 23:59"));
    }
};

QTEST_APPLESS_MAIN(MomentTextTest)
#include "moment_text_test.moc"
