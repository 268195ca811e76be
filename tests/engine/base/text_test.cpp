// Numbers and words: what is written reads back, and nothing half-read counts.
#include "engine/base/text.h"

#include <QtTest>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/base/error.h"
#include "engine/base/random.h"

using namespace cascadelab;
using namespace std::string_view_literals;

class TextTest : public QObject {
    Q_OBJECT

  private slots:
    void numbers_read_back_to_the_same_double();
    void numbers_are_written_short();
    void only_whole_texts_are_numbers();
    void digits_are_grouped_in_threes();
    void quoted_text_is_short_and_printable();
    void parts_are_joined();
    void nearest_word_forgives_a_slip();
    void problems_are_one_sentence();
};

void TextTest::numbers_read_back_to_the_same_double() {
    Stream stream(1, Purpose::test);
    for (int i = 0; i < 10000; ++i) {
        const double value = stream.normal() * std::pow(10.0, stream.uniform(-30, 30));
        const auto back = parse_number(number_text(value));
        QVERIFY(back.has_value());
        QVERIFY(*back == value);
    }
}

void TextTest::numbers_are_written_short() {
    QCOMPARE(number_text(0.35), std::string("0.35"));
    QCOMPARE(number_text(200000), std::string("200000"));
    QCOMPARE(number_text(0.0001), std::string("0.0001"));
    QCOMPARE(number_text(1e300), std::string("1e+300"));
    QCOMPARE(number_text(0), std::string("0"));
    QCOMPARE(fixed_text(0.405, 1), std::string("0.4"));
    QCOMPARE(fixed_text(-2, 2), std::string("-2.00"));
}

void TextTest::only_whole_texts_are_numbers() {
    for (const auto text : {""sv, " 1"sv, "1 "sv, "1,5"sv, "0x10"sv, "1e"sv, "one"sv, "--1"sv}) {
        QVERIFY2(!parse_number(text), text.data());
    }
    QCOMPARE(parse_number("1e3").value(), 1000.0);
    QCOMPARE(parse_integer("-12").value(), std::int64_t{-12});
    for (const auto text : {""sv, "1.0"sv, "99999999999999999999"sv}) QVERIFY(!parse_integer(text));
}

void TextTest::digits_are_grouped_in_threes() {
    QCOMPARE(grouped_text(0), std::string("0"));
    QCOMPARE(grouped_text(999), std::string("999"));
    QCOMPARE(grouped_text(1000), std::string("1,000"));
    QCOMPARE(grouped_text(-123456), std::string("-123,456"));
    QCOMPARE(grouped_text(1234567), std::string("1,234,567"));
    QCOMPARE(grouped_text(std::numeric_limits<std::int64_t>::min()),
             std::string("-9,223,372,036,854,775,808"));
}

void TextTest::quoted_text_is_short_and_printable() {
    QCOMPARE(quoted("yak"), std::string("\"yak\""));
    QCOMPARE(quoted("a\nb"), std::string("\"a\\nb\""));
    QCOMPARE(cascadelab::quoted(std::string(59, 'x') + "\xC3\xA9y"),
             "\"" + std::string(59, 'x') + "\xC3\xA9...\"");
    const std::string cut = cascadelab::quoted(std::string(100, 'x'));
    QCOMPARE(cut, "\"" + std::string(60, 'x') + "...\"");
}

void TextTest::parts_are_joined() {
    QCOMPARE(join({}, ", "), std::string());
    const std::vector<std::string> parts = {"a", "", "c"};
    QCOMPARE(join(parts, ", "), std::string("a, , c"));
}

void TextTest::nearest_word_forgives_a_slip() {
    constexpr std::array words = {"retrieval.candidates"sv, "ranking.trees"sv, "rerank.method"sv};
    QCOMPARE(nearest_word("retrieval.candidate", words), std::string("retrieval.candidates"));
    QCOMPARE(nearest_word("ranking.tress", words), std::string("ranking.trees"));
    QCOMPARE(nearest_word("zebra", words), std::string());
    QCOMPARE(nearest_word("yak", {}), std::string());
    // Eight megabytes of one word are no slip, and are not weighed letter by letter.
    QCOMPARE(nearest_word(std::string(8 << 20, 'k'), words), std::string());
}

void TextTest::problems_are_one_sentence() {
    const Problem whole{"a.json", "params.x", "\"3\"", "a number"};
    QCOMPARE(whole.sentence(), std::string("a.json: params.x: found \"3\", expected a number"));
    const Problem part{"", "", "two\nlines", ""};
    QCOMPARE(part.sentence(), std::string("found two\\nlines"));
}

QTEST_GUILESS_MAIN(TextTest)
#include "text_test.moc"
