// The running hash: equal fields, equal hash; anything moved, another hash.
#include "engine/base/hash.h"

#include <QtTest>
#include <set>
#include <vector>

using namespace cascadelab;

class HashTest : public QObject {
    Q_OBJECT

  private slots:
    void same_fields_give_the_same_hash();
    void order_boundaries_and_types_of_fields_matter();
    void signs_of_zero_are_told_apart();
    void text_is_sixteen_hexadecimal_digits();
};

void HashTest::same_fields_give_the_same_hash() {
    const auto hash = [] {
        return Hasher().add(1).add(2.5).add(std::string_view("three")).add(true).value();
    };
    QCOMPARE(hash(), hash());
}

void HashTest::order_boundaries_and_types_of_fields_matter() {
    const std::vector<int> pair = {1, 2};
    std::set<std::uint64_t> hashes = {
        Hasher().value(),
        Hasher().add(0).value(),
        Hasher().add(0).add(0).value(),
        Hasher().add(1).add(2).value(),
        Hasher().add(2).add(1).value(),
        Hasher().add_all(std::span<const int>(pair)).value(),
        Hasher().add(1.0f).value(),
        Hasher().add(1.0).value(),
        Hasher().add(std::string_view("ab")).add(std::string_view("c")).value(),
        Hasher().add(std::string_view("a")).add(std::string_view("bc")).value(),
    };
    QCOMPARE(hashes.size(), std::size_t{10});
}

void HashTest::signs_of_zero_are_told_apart() {
    QVERIFY(Hasher().add(0.0).value() != Hasher().add(-0.0).value());
}

void HashTest::text_is_sixteen_hexadecimal_digits() {
    QCOMPARE(hash_text(0), std::string("0000000000000000"));
    QCOMPARE(hash_text(0x00ab12cd34ef5678ull), std::string("00ab12cd34ef5678"));
}

QTEST_GUILESS_MAIN(HashTest)
#include "hash_test.moc"
