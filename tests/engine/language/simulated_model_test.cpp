// The simulated language model: it knows what the text says and nothing else, and what it writes
// comes back as the same list in another order.
#include "engine/language/simulated_model.h"

#include <rapidcheck.h>

#include <QtTest>
#include <algorithm>
#include <set>

#include "engine/base/shuffle.h"
#include "engine/language/agent_tokens.h"
#include "engine/language/guarded_list.h"
#include "engine/language/word_bag.h"

using namespace cascadelab;

namespace {

ModelPreset faultless(double sensitivity) {
    return {.name = "test", .sensitivity = sensitivity, .fresh = 0};
}

ListPrompt films() {
    return {"",
            {"Iron Road | documentary, history | slow, vast", "Salt | documentary, nature | slow"},
            {"Laugh Track | comedy, sitcom | brisk, loud", "Quick | comedy, sitcom | loud",
             "The Long Ice | documentary, nature | slow, vast", "Crown | drama, history | ornate"}};
}

std::vector<int> identity_of(std::size_t count) {
    std::vector<int> all(count);
    for (std::size_t i = 0; i < count; ++i) all[i] = static_cast<int>(i);
    return all;
}

bool is_permutation_of(std::vector<int> order, std::size_t count) {
    std::ranges::sort(order);
    return order == identity_of(count);
}

}  // namespace

class SimulatedModelTest : public QObject {
    Q_OBJECT
  private slots:
    void words_are_counted_without_case_and_order() {
        const WordBag a("Slow, slow RIVER"), b("river slow SLOW");
        QCOMPARE(cosine(a, b), 1.0);
        QCOMPARE(cosine(a, WordBag("mountain")), 0.0);
        QCOMPARE(cosine(a, WordBag("")), 0.0);
        // sqrt(2) of slow and 1 of river, against 1 of river: 1 / sqrt(3).
        QVERIFY(std::abs(cosine(a, WordBag("river")) - 0.5773502691896258) < 1e-15);
        QCOMPARE(token_count("abcd"), std::int64_t{1});
        QCOMPARE(token_count("abcde"), std::int64_t{2});
    }
    void what_the_history_shares_with_an_item_makes_it_match() {
        const std::vector<double> match = match_texts(films());
        QCOMPARE(std::ranges::max_element(match) - match.begin(), std::ptrdiff_t{2});
        double sum = 0, square = 0;
        for (const double m : match) {
            sum += m;
            square += m * m;
        }
        QVERIFY(std::abs(sum) < 1e-12 && std::abs(square - 4) < 1e-12);
        // A stated wish draws toward what was never watched.
        ListPrompt wish = films();
        wish.intent = "a loud sitcom";
        const std::vector<double> wished = match_texts(wish);
        QVERIFY(wished[0] - wished[2] > match[0] - match[2]);
    }
    void words_that_all_have_tell_nothing() {
        const ListPrompt same{"", {"the same"}, {"the same", "the same", "the same"}};
        for (const double m : match_texts(same)) QCOMPARE(m, 0.0);
        const ListPrompt none{"", {}, {"one", "two"}};
        for (const double m : match_texts(none)) QCOMPARE(m, 0.0);
    }
    void without_bias_and_noise_the_order_of_the_list_does_not_matter() {
        ModelPreset preset = faultless(1e9);
        const ListPrompt prompt = films();
        QVERIFY(rc::check([&] {
            const auto seed = *rc::gen::arbitrary<std::uint64_t>();
            std::vector<int> cards = identity_of(prompt.candidates.size());
            Stream shuffle(seed, Purpose::test);
            shuffle_values(cards, shuffle);
            ListPrompt shuffled{prompt.intent, prompt.history, {}};
            for (const int card : cards)
                shuffled.candidates.push_back(prompt.candidates[static_cast<std::size_t>(card)]);
            Stream one(seed, Purpose::test, 1), two(seed, Purpose::test, 2);
            const auto plain = rank_list(prompt, preset, one).written;
            const auto other = rank_list(shuffled, preset, two).written;
            // Those that match alike may change places; who is best may not.
            RC_ASSERT(prompt.candidates[static_cast<std::size_t>(plain[0])] ==
                      shuffled.candidates[static_cast<std::size_t>(other[0])]);
        }));
    }
    void without_sensitivity_the_text_does_not_matter() {
        // Sensitivity 0, no prior, no bias: which item comes first is chance, whatever it says.
        const ModelPreset preset{.name = "test", .sensitivity = 0, .fresh = 1};
        int first = 0;
        constexpr int kCalls = 4000;
        for (int call = 0; call < kCalls; ++call) {
            Stream stream(static_cast<std::uint64_t>(call), Purpose::test);
            first += rank_list(films(), preset, stream).written[0] == 2;
        }
        QVERIFY2(std::abs(first - kCalls / 4) < 140, qPrintable(QString::number(first)));
    }
    void the_same_text_gives_the_same_answer() {
        for (const ModelPreset& preset : model_presets()) {
            Stream one(7, Purpose::test), two(7, Purpose::test);
            QCOMPARE(rank_list(films(), preset, one).written,
                     rank_list(films(), preset, two).written);
        }
    }
    void the_known_are_put_first_by_prior_and_read_more_surely() {
        ListPrompt prompt{"", {}, {"a | known 0/5", "b | known 5/5", "c", "d | known 9/0"}};
        const std::vector<double> fame = read_fame(prompt);
        QCOMPARE(fame[0], 0.0);
        QCOMPARE(fame[1], 1.0);
        QCOMPARE(fame[2], 0.0);
        QCOMPARE(fame[3], 0.0);
        ModelPreset preset = faultless(0);
        preset.popularity = 1e9;
        Stream call(1, Purpose::test);
        QCOMPARE(rank_list(prompt, preset, call).written[0], 1);
    }
    void earlier_history_goes_first_when_the_context_is_full() {
        ListPrompt prompt = films();
        prompt.history.insert(prompt.history.begin(), std::string(400, 'x'));
        ModelPreset preset = faultless(1);
        QVERIFY(prompt_text(prompt, preset).find("xxx") != std::string::npos);
        preset.context_tokens = 100;
        const std::string text = prompt_text(prompt, preset);
        QVERIFY(text.find("xxx") == std::string::npos);
        QVERIFY(text.find("Salt") != std::string::npos);
        preset.context_tokens = 0;  // nothing of the past fits
        QVERIFY(prompt_text(prompt, preset).find("Salt") == std::string::npos);
    }
    void slots_lie_on_lines_between_their_knots() {
        const SlotBias bias = {1, 2, 3, 4, 0};
        QCOMPARE(slot_bias(bias, 0, 20), 1.0);
        QCOMPARE(slot_bias(bias, 5, 20), 2.0);
        QCOMPARE(slot_bias(bias, 19, 20), 0.0);
        QCOMPARE(slot_bias(bias, 17, 20), 2.0);
        QCOMPARE(slot_bias(bias, 0, 1), 1.0);
    }
    void the_guard_gives_back_the_list_whatever_was_written() {
        QVERIFY(rc::check([] {
            const auto count = *rc::gen::inRange<std::size_t>(0, 40);
            const auto written = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-3, 60));
            const GuardedList list = guard_list(written, count);
            RC_ASSERT(is_permutation_of(list.order, count));
            const std::set<int> right(list.order.begin(), list.order.end());
            RC_ASSERT(static_cast<int>(written.size()) - list.invented - list.doubled ==
                      static_cast<int>(count) - list.omitted);
        }));
        QCOMPARE(guard_list(std::vector{2, 2, -1, 0}, 4).order, (std::vector{2, 0, 1, 3}));
    }
    void hostile_models_end_in_the_guard() {
        ModelPreset preset = faultless(1);
        preset.omitted = 1;
        const GuardedList silent = read_list(films(), preset, {}, 1);
        QCOMPARE(silent.order, identity_of(4));
        QCOMPARE(silent.omitted, 4);
        preset.omitted = 0;
        preset.invented = 1;
        const GuardedList liar = read_list(films(), preset, {}, 1);
        QCOMPARE(liar.order, identity_of(4));
        QCOMPARE(liar.invented, 4);
        QVERIFY(read_list({}, preset, {}, 1).order.empty());
        const GuardedList narrow = read_list(films(), preset, {1, 0, 1}, 1);
        QCOMPARE(narrow.order, identity_of(4));
        QCOMPARE(narrow.calls, 4);
    }
    void windows_move_from_the_end_to_the_head() {
        ListPrompt prompt;
        for (int i = 0; i < 50; ++i) prompt.candidates.push_back("item " + std::to_string(i));
        const GuardedList list = read_list(prompt, faultless(1), {20, 10, 1}, 1);
        QCOMPARE(list.calls, 4);  // ceil((50 - 20) / 10) + 1
        QCOMPARE(list.series, 4);
        QVERIFY(is_permutation_of(list.order, 50));
        // What is best of all comes from the last place to the first, a window at a time.
        prompt.intent = "mango";
        prompt.candidates.back() = "a mango";
        QCOMPARE(read_list(prompt, faultless(1e9), {20, 10, 1}, 1).order[0], 49);
        const GuardedList again = read_list(prompt, faultless(1e9), {0, 10, 3}, 1);
        QCOMPARE(again.calls, 3);
        QCOMPARE(again.series, 1);
        QCOMPARE(again.order[0], 49);
        QCOMPARE(again.prompt_tokens, 3 * read_list(prompt, faultless(1), {}, 1).prompt_tokens);
    }
    void an_agent_reads_all_before_it_with_every_step() {
        static_assert(prompt_tokens({5, 2000, 800}) == 18000);
        static_assert(prompt_tokens({10, 2000, 800}) == 56000);
        static_assert(cached_prompt_tokens({5, 2000, 800}) == 5200);
        QCOMPARE(prompt_tokens({0, 2000, 800}), std::int64_t{0});
        QCOMPARE(cached_prompt_tokens({0, 2000, 800}), std::int64_t{0});
    }
};

QTEST_APPLESS_MAIN(SimulatedModelTest)
#include "simulated_model_test.moc"
