// The doors for foreign text: nothing that goes through one is obeyed on the other side, and what
// is harmless goes through unchanged.
#include "engine/base/foreign_text.h"

#include <rapidcheck.h>

#include <QtTest>

using namespace cascadelab;

class ForeignTextTest : public QObject {
    Q_OBJECT

  private slots:
    void what_a_terminal_obeys_is_spelled_out() {
        QCOMPARE(shown_text("\x1b[2J\x07"), std::string("\\x1b[2J\\x07"));
        QCOMPARE(shown_text("one\r\ntwo"), std::string("one\\x0d\\ntwo"));
        QCOMPARE(shown_text("\xC2\x9B"
                            "31m"),
                 std::string("\\x9b31m"));  // C1 CSI
        QCOMPARE(shown_text("a\xE2\x80\xAE"
                            "b"),
                 std::string("a\\u202eb"));  // right to left
        QCOMPARE(shown_text("a\xE2\x80\xA8"
                            "b"),
                 std::string("a\\u2028b"));                             // line separator
        QCOMPARE(shown_text("a\xFF\xC3"), std::string("a\\xff\\xc3"));  // no UTF-8
        QCOMPARE(shown_text("\xC0\x9B"), std::string("\\xc0\\x9b"));    // an overlong escape
        QCOMPARE(shown_lines("a\n\x1b"), std::string("a\n\\x1b"));
    }

    void what_is_harmless_stays_as_it_is() {
        const std::string words = "Über den Wolken: 映画, λ \xF0\x9F\x8E\xAC (1,5 %)";
        QCOMPARE(shown_text(words), words);
        QCOMPARE(shown_lines(words + "\n" + words), words + "\n" + words);
    }

    void any_bytes_become_one_visible_line() {
        const bool held =
            rc::check("any bytes become one visible line", [](const std::string& bytes) {
                const std::string shown = shown_text(bytes);
                for (std::string_view rest = shown; !rest.empty();) {
                    const Letter letter = first_letter(rest);
                    RC_ASSERT(letter.code != Letter{}.code);
                    RC_ASSERT(!is_hidden(letter.code));
                    rest.remove_prefix(letter.bytes);
                }
                RC_ASSERT(shown_text(shown) == shown);
            });
        QVERIFY(held);
    }

    void a_cut_falls_between_letters() {
        QCOMPARE(cut_text("Über", 1), std::string("Ü..."));
        QCOMPARE(cut_text("Über", 4), std::string("Über"));
        QCOMPARE(letter_count("Über"), std::size_t{4});
    }

    void a_spreadsheet_runs_nothing() {
        QCOMPARE(csv_field("=1+1"), std::string("'=1+1"));
        QCOMPARE(csv_field("@SUM(A1)"), std::string("'@SUM(A1)"));
        QCOMPARE(csv_field("+cmd|' /C calc'!A0"), std::string("'+cmd|' /C calc'!A0"));
        QCOMPARE(csv_field("-2+3,\"x\""), std::string("\"'-2+3,\"\"x\"\"\""));
        // Numbers are numbers.
        QCOMPARE(csv_field("-0.5"), std::string("-0.5"));
        QCOMPARE(csv_field("-1e-7"), std::string("-1e-7"));
        QCOMPARE(csv_field("a,b"), std::string("\"a,b\""));
        QCOMPARE(csv_field(""), std::string());
    }
};

QTEST_GUILESS_MAIN(ForeignTextTest)
#include "foreign_text_test.moc"
