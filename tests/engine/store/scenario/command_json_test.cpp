// Every command there is, whichever it is: what is written is read back, what is outside its limits
// is refused by the file and by the world alike, and the words and the key are its own.
#include <QTest>
#include <cmath>
#include <set>

#include "engine/store/scenario/command_json.h"
#include "engine/world/domain/domain_pack.h"

using namespace cascadelab;

namespace {

constexpr DomainPackName kPack = DomainPackName::films_series;

// Fills the fields of a command with values inside its limits that are not the defaults.
struct Filler {
    void topic(TopicId& topic) { topic = TopicId(3); }
    void people(PersonId& person, double&, std::string_view) { person = PersonId(7); }
    void lever(EventKind& lever) { lever = EventKind::follow; }
    template <class Value>
    void choice(std::string_view, Value& value, std::span<const std::string_view> names,
                std::string_view) {
        value = static_cast<Value>(names.size() - 1);
    }
    void number(std::string_view, double& value, double minimum, double maximum, std::string_view) {
        value = minimum + 0.75 * (maximum - minimum);
    }
    void count(std::string_view, std::int64_t& count, std::int64_t minimum, std::int64_t,
               std::string_view) {
        count = minimum + 2;
    }
};

// Sets the field at a place to a value just outside its limits, the others as Filler does.
struct Breaker : Filler {
    explicit Breaker(int at) : place(at) {}
    int place, seen = 0;
    bool broke = false;
    bool now() {
        const bool it = seen++ == place;
        broke = broke || it;
        return it;
    }
    void topic(TopicId& topic) { topic = now() ? TopicId(kTopicCount) : TopicId(3); }
    void people(PersonId& person, double& share, std::string_view) {
        const bool one = now(), of_all = now();
        person = one ? PersonId(60) : of_all ? PersonId() : PersonId(7);
        if (of_all) share = 1.5;
    }
    void lever(EventKind& lever) { lever = EventKind::follow; }
    template <class Value>
    void choice(std::string_view, Value& value, std::span<const std::string_view> names,
                std::string_view) {
        value = static_cast<Value>(now() ? names.size() : 0);
    }
    void number(std::string_view, double& value, double minimum, double maximum, std::string_view) {
        value = now() ? maximum + 1 : minimum;
    }
    void count(std::string_view, std::int64_t& count, std::int64_t minimum, std::int64_t,
               std::string_view) {
        count = now() ? minimum - 1 : minimum;
    }
};

template <class C>
C filled() {
    if constexpr (HasFields<C>) {
        C command;
        Filler filler;
        C::visit(command, filler);
        return command;
    } else if constexpr (std::is_same_v<C, SetParameter>) {
        return SetParameter{"rerank.diversity", 0.75};
    } else {
        return C{"some \"words\""};
    }
}

Params sixty_people() {
    Params params;
    params.world.pack = kPack;
    params.world.people = 60;
    return params;
}

}  // namespace

class CommandJsonTest : public QObject {
    Q_OBJECT

  private slots:
    void what_is_written_is_read_back() {
        for_each_command([]<class C>(const C&) {
            const Command command = filled<C>();
            QVERIFY(check_command(command, sixty_people(), 60));
            const std::string line = command_line(command, kPack);
            const auto again = parse_command_line(line, sixty_people(), "f");
            QVERIFY2(again, line.c_str());
            QVERIFY(std::holds_alternative<C>(again.value()));
            QCOMPARE(command_line(again.value(), kPack), line);
            QVERIFY(line.starts_with("{\"" + std::string(C::kKey) + "\":"));
        });
    }

    void a_share_of_all_is_written_as_one() {
        Search search;
        search.share = 0.25;
        search.topic = TopicId(3);
        const std::string line = command_line(search, kPack);
        QVERIFY2(line.find("\"share\": 0.25") != std::string::npos ||
                     line.find("\"share\":0.25") != std::string::npos,
                 line.c_str());
        QVERIFY(line.find("person") == std::string::npos);
    }

    void what_is_outside_its_limits_is_refused_by_world_and_file() {
        int broken = 0;
        for_each_command([&]<class C>(const C&) {
            if constexpr (HasFields<C>) {
                for (int place = 0; place < 8; ++place) {
                    C command;
                    Breaker breaker(place);
                    C::visit(command, breaker);
                    if (!breaker.broke) break;
                    ++broken;
                    QVERIFY2(!check_command(command, sixty_people(), 60), C::kKey.data());
                    // A topic outside has no name to be written with.
                    if (place == 0 && breaker.seen > 1 && !std::is_same_v<C, CorruptCodes>)
                        continue;
                    const std::string line = command_line(command, kPack);
                    // A journal may name people who join later, so limits of people are not its.
                    if (line.find("\"person\": 60") != std::string::npos ||
                        line.find("\"person\":60") != std::string::npos)
                        continue;
                    QVERIFY2(!parse_command_line(line, sixty_people(), "f"), line.c_str());
                }
            }
        });
        QVERIFY(broken >= 14);
    }

    void every_command_has_a_key_and_words_of_its_own() {
        std::set<std::string> keys, words;
        for_each_command([&]<class C>(const C&) {
            const Command command = filled<C>();
            keys.insert(std::string(command_key(command)));
            words.insert(command_text(command, kPack));
            QVERIFY(!command_text(command, kPack).empty());
        });
        QCOMPARE(keys.size(), std::variant_size_v<Command>);
        QCOMPARE(words.size(), std::variant_size_v<Command>);
    }
};

QTEST_GUILESS_MAIN(CommandJsonTest)
#include "command_json_test.moc"
