#include "engine/models/collaborative/ease.h"

#include <QtTest>
#include <cmath>

#include "engine/base/random.h"

using namespace cascadelab;

namespace {

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;

Interactions log_of(std::size_t people, std::size_t items, const Pairs& pairs) {
    Interactions log{people, items, {}};
    for (const auto& [person, item] : pairs) {
        log.rows.push_back({PersonId(person), ItemId(item), 1, 0});
    }
    return log;
}

std::vector<float> scores(const Interactions& log, double lambda,
                          const std::vector<ItemId>& items) {
    std::vector<float> out(log.items, -9.0f);
    Ease(log, {.regularization = lambda}).score(items, out);
    return out;
}

class EaseTest : public QObject {
    Q_OBJECT
  private slots:
    // Two items, three people: {0, 1}, {0, 1}, {0}. G = [3 2; 2 2], lambda 1: [4 2; 2 3], so
    // P = [3 -2; -2 4] / 8, B_01 = 2/4 = 1/2, B_10 = 2/3.
    void two_items_by_hand() {
        const Interactions log = log_of(3, 2, {{0, 0}, {0, 1}, {1, 0}, {1, 1}, {2, 0}});
        QCOMPARE(scores(log, 1, {ItemId(0u)}), (std::vector<float>{0, 0.5f}));
        const auto of_1 = scores(log, 1, {ItemId(1u)});
        QVERIFY(std::abs(of_1[0] - 2.0f / 3) < 1e-6f);
        QVERIFY(std::abs(of_1[1]) < 1e-6f);
        const auto of_both = scores(log, 1, {ItemId(0u), ItemId(1u)});
        QVERIFY(std::abs(of_both[0] - 2.0f / 3) < 1e-6f && std::abs(of_both[1] - 0.5f) < 1e-6f);
    }

    // One person likes items 0 and 1 of three: G + 1 = [2 1 0; 1 2 0; 0 0 1], P_01 = -1/3,
    // P_11 = 2/3, B_01 = 1/2; item 2 is bound to nothing. Fewer people than items: the other path.
    void one_person_by_hand() {
        const Interactions log = log_of(1, 3, {{0, 0}, {0, 1}});
        const auto out = scores(log, 1, {ItemId(0u)});
        QVERIFY(std::abs(out[0]) < 1e-6f);
        QVERIFY(std::abs(out[1] - 0.5f) < 1e-6f);
        QCOMPARE(out[2], 0.0f);
    }

    // People that like nothing change no Gram matrix of the items, but which of the two is smaller.
    void both_ways_to_the_inverse_agree() {
        Interactions log = log_of(9, 12, {});
        Stream stream(3, Purpose::test);
        for (std::size_t person = 0; person < 9; ++person) {
            for (std::size_t item = 0; item < 12; ++item) {
                if (stream.chance(0.4)) log.rows.push_back({PersonId(person), ItemId(item), 1, 0});
            }
        }
        const std::vector<ItemId> liked = {ItemId(1u), ItemId(4u), ItemId(11u)};
        const auto by_people = scores(log, 2, liked);
        log.people = 30;
        const auto by_items = scores(log, 2, liked);
        for (std::size_t i = 0; i < 12; ++i) {
            QVERIFY(std::abs(by_people[i] - by_items[i]) < 1e-6f);
        }
    }

    void what_does_not_fit_is_refused_with_its_size() {
        const Interactions log = log_of(100'000, 200'000, {});
        const auto refused = train_ease(log, {}, 1000);
        QVERIFY(!refused.ok());
        const std::string sentence = refused.problem().sentence();
        QVERIFY(sentence.find("100,000 people and 200,000 items") != std::string::npos);
        QVERIFY(sentence.find("152,587 MiB") != std::string::npos);
        QVERIFY(train_ease(log_of(1, 3, {{0, 0}}), {}, 1).ok());
    }
};

}  // namespace

QTEST_GUILESS_MAIN(EaseTest)
#include "ease_test.moc"
