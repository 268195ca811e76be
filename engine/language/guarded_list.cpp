#include "engine/language/guarded_list.h"

#include <algorithm>
#include <numeric>

#include "engine/base/shuffle.h"

namespace cascadelab {
namespace {

ListPrompt part_of(const ListPrompt& prompt, std::span<const int> places) {
    ListPrompt part{prompt.intent, prompt.history, {}};
    for (const int place : places)
        part.candidates.push_back(prompt.candidates[static_cast<std::size_t>(place)]);
    return part;
}

void add_counts(const GuardedList& part, GuardedList& all) {
    all.omitted += part.omitted;
    all.doubled += part.doubled;
    all.invented += part.invented;
    all.calls += part.calls;
    all.prompt_tokens += part.prompt_tokens;
    all.answer_tokens += part.answer_tokens;
}

// The list in the order in which it stands, window after window from its end.
GuardedList in_windows(const ListPrompt& prompt, const ModelPreset& preset,
                       const ListReading& reading, std::vector<int> order, std::uint64_t key,
                       std::uint64_t shuffle) {
    GuardedList all;
    const auto count = static_cast<int>(order.size());
    const int window = reading.window > 0 ? std::min(reading.window, count) : count;
    const int step = std::max(1, std::min(reading.step, window));
    for (int end = count;; end -= step) {
        const int begin = std::max(0, end - window);
        const std::span<int> places(order.data() + begin, static_cast<std::size_t>(end - begin));
        Stream call(key, Purpose::language, shuffle, static_cast<std::uint64_t>(all.series));
        const ListAnswer answer = rank_list(part_of(prompt, places), preset, call);
        GuardedList part = guard_list(answer.written, places.size());
        part.calls = 1;
        part.prompt_tokens = answer.prompt_tokens;
        part.answer_tokens = answer.answer_tokens;
        add_counts(part, all);
        ++all.series;
        const std::vector<int> before(places.begin(), places.end());
        for (std::size_t i = 0; i < before.size(); ++i)
            places[i] = before[static_cast<std::size_t>(part.order[i])];
        if (begin == 0) break;
    }
    all.order = std::move(order);
    return all;
}

}  // namespace

GuardedList guard_list(std::span<const int> written, std::size_t count) {
    GuardedList list;
    std::vector<bool> there(count, false);
    for (const int place : written) {
        if (place < 0 || static_cast<std::size_t>(place) >= count) {
            ++list.invented;
        } else if (there[static_cast<std::size_t>(place)]) {
            ++list.doubled;
        } else {
            there[static_cast<std::size_t>(place)] = true;
            list.order.push_back(place);
        }
    }
    for (std::size_t place = 0; place < count; ++place) {
        if (there[place]) continue;
        list.order.push_back(static_cast<int>(place));
        ++list.omitted;
    }
    return list;
}

GuardedList read_list(const ListPrompt& prompt, const ModelPreset& preset,
                      const ListReading& reading, std::uint64_t key) {
    const std::size_t count = prompt.candidates.size();
    std::vector<int> listed(count);
    std::iota(listed.begin(), listed.end(), 0);
    if (count == 0) return {};
    if (reading.shuffles <= 1) return in_windows(prompt, preset, reading, listed, key, 0);
    GuardedList all;
    std::vector<std::int64_t> ranks(count, 0);
    for (int shuffle = 0; shuffle < reading.shuffles; ++shuffle) {
        const auto number = static_cast<std::uint64_t>(shuffle) + 1;
        Stream cards(key, Purpose::language, number, ~std::uint64_t{0});
        std::vector<int> order = listed;
        shuffle_values(order, cards);
        const GuardedList one = in_windows(prompt, preset, reading, std::move(order), key, number);
        add_counts(one, all);
        all.series = std::max(all.series, one.series);
        for (std::size_t rank = 0; rank < count; ++rank)
            ranks[static_cast<std::size_t>(one.order[rank])] += static_cast<std::int64_t>(rank);
    }
    std::ranges::stable_sort(listed, {},
                             [&](int place) { return ranks[static_cast<std::size_t>(place)]; });
    all.order = std::move(listed);
    return all;
}

}  // namespace cascadelab
