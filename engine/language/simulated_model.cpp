#include "engine/language/simulated_model.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/base/hash.h"
#include "engine/base/standardise.h"
#include "engine/language/word_bag.h"

namespace cascadelab {
namespace {

// Slot biases that reproduce the published curves of 20 candidates (Hou et al. 2024, figure 2a).
constexpr SlotBias kFilms = {-0.18, 0.30, 0.18, 0.22, -0.52};
constexpr SlotBias kGames = {0.26, 0.40, 0.41, -0.08, -0.98};

// Sensitivities by table 2 of the same: models of 7 and 13 billion parameters at chance, 70 billion
// .35 to .59, GPT-3.5 .8 to 1.1, GPT-4 .9 to 1.5.
constexpr ModelPreset kPresets[] = {
    {.name = "7b",
     .billions = 7,
     .sensitivity = 0.05,
     .slot_bias = kGames,
     .popularity = 0.5,
     .shrinkage = 0.5,
     .lost = 0.4,
     .omitted = 0.04,
     .doubled = 0.03,
     .invented = 0.03,
     .context_tokens = 4096},
    {.name = "70b",
     .billions = 70,
     .sensitivity = 0.47,
     .slot_bias = kGames,
     .popularity = 0.4,
     .shrinkage = 0.4,
     .lost = 0.3,
     .omitted = 0.02,
     .doubled = 0.01,
     .invented = 0.01,
     .context_tokens = 8192},
    {.name = "gpt_3_5",
     .billions = 20,
     .sensitivity = 0.79,
     .slot_bias = kFilms,
     .popularity = 0.4,
     .shrinkage = 0.3,
     .lost = 0.3,
     .omitted = 0.01,
     .doubled = 0.01,
     .invented = 0.01,
     .context_tokens = 16384},
    {.name = "frontier",
     .billions = 220,
     .sensitivity = 1.3,
     .slot_bias = kFilms,
     .popularity = 0.3,
     .shrinkage = 0.2,
     .lost = 0.2,
     .omitted = 0.005,
     .doubled = 0.003,
     .invented = 0.003,
     .context_tokens = 131072},
};

constexpr std::size_t kShortList = 20;  // nothing is lost in the middle of a list this short
constexpr double kIntentWeight = 2;     // of the intent's words beside all of the history's
constexpr std::int64_t kTokensAnItem = 1;

// The first line of the history that still fits into the context.
std::size_t history_begin(const ListPrompt& prompt, const ModelPreset& preset) {
    std::int64_t left = preset.context_tokens - token_count(prompt.intent);
    for (const std::string& candidate : prompt.candidates) left -= token_count(candidate) + 2;
    std::size_t begin = prompt.history.size();
    while (begin > 0) {
        left -= token_count(prompt.history[begin - 1]) + 2;
        if (left < 0) break;
        --begin;
    }
    return begin;
}

// Passed over with a chance that rises toward the middle and with the length of the list.
bool is_passed_over(const ModelPreset& preset, std::size_t place, std::size_t count, Stream& call) {
    if (count <= kShortList || preset.lost <= 0) return false;
    const double at = static_cast<double>(place) / static_cast<double>(count - 1);
    const double length = 1 - static_cast<double>(kShortList) / static_cast<double>(count);
    return call.chance(preset.lost * length * 4 * at * (1 - at));
}

std::vector<std::uint64_t> identities(const ListPrompt& prompt) {
    Hasher reader;
    reader.add(std::string_view(prompt.intent));
    for (const std::string& line : prompt.history) reader.add(std::string_view(line));
    std::vector<std::uint64_t> out;
    for (const std::string& candidate : prompt.candidates)
        out.push_back(Hasher(reader).add(std::string_view(candidate)).value());
    return out;
}

std::vector<int> with_faults(const std::vector<int>& order, const ModelPreset& preset,
                             Stream& call) {
    std::vector<int> written;
    for (const int place : order) {
        if (call.chance(preset.omitted)) continue;
        written.push_back(call.chance(preset.invented) ? kInvented : place);
        if (call.chance(preset.doubled)) written.push_back(place);
    }
    return written;
}

}  // namespace

std::span<const ModelPreset> model_presets() {
    return kPresets;
}

double slot_bias(const SlotBias& bias, std::size_t place, std::size_t count) {
    constexpr SlotBias kKnots = {0, 5, 10, 15, 19};
    if (count < 2) return bias[0];
    const double at = static_cast<double>(place) / static_cast<double>(count - 1) * kKnots.back();
    std::size_t knot = 0;
    while (knot + 2 < kKnots.size() && at > kKnots[knot + 1]) ++knot;
    const double share = (at - kKnots[knot]) / (kKnots[knot + 1] - kKnots[knot]);
    return bias[knot] + share * (bias[knot + 1] - bias[knot]);
}

std::string prompt_text(const ListPrompt& prompt, const ModelPreset& preset) {
    std::string text;
    if (!prompt.intent.empty()) text += "The person says: " + prompt.intent + "\n";
    const std::size_t begin = history_begin(prompt, preset);
    if (begin < prompt.history.size()) text += "Watched, oldest first:\n";
    for (std::size_t i = begin; i < prompt.history.size(); ++i)
        text += "- " + prompt.history[i] + "\n";
    text += "Put in order, best first, by number:\n";
    for (std::size_t i = 0; i < prompt.candidates.size(); ++i)
        text += std::to_string(i + 1) + ". " + prompt.candidates[i] + "\n";
    return text;
}

std::vector<double> match_texts(const ListPrompt& prompt) {
    std::vector<WordBag> candidates;
    for (const std::string& text : prompt.candidates) candidates.emplace_back(text);
    const auto count = static_cast<double>(candidates.size());
    std::vector<std::uint64_t> said;  // every word as often as there are candidates that say it
    for (const WordBag& candidate : candidates)
        for (const WordBag::Entry& entry : candidate.entries()) said.push_back(entry.word);
    std::ranges::sort(said);
    // What every candidate says tells none from another (Sparck Jones 1972).
    const auto rareness = [&](std::uint64_t word) {
        const auto saying = std::ranges::equal_range(said, word).size();
        return saying == 0 ? 0.0 : std::log(count / static_cast<double>(saying));
    };
    WordBag taste;
    for (const std::string& line : prompt.history)
        taste.add(WordBag(line), 1 / std::sqrt(static_cast<double>(prompt.history.size())));
    taste.add(WordBag(prompt.intent), kIntentWeight);
    taste.scale(rareness);
    std::vector<double> match;
    for (const WordBag& candidate : candidates) {
        WordBag weighted = candidate;
        weighted.scale(rareness);
        match.push_back(cosine(taste, weighted));
    }
    standardise(match);
    return match;
}

std::vector<double> read_fame(const ListPrompt& prompt) {
    constexpr std::string_view kMark = "known ";
    std::vector<double> fame;
    for (const std::string& text : prompt.candidates) {
        const std::size_t mark = text.rfind(kMark);
        const bool is_told = mark != std::string::npos && mark + kMark.size() + 2 < text.size() &&
                             text[mark + kMark.size() + 1] == '/';
        const double of = is_told ? text[mark + kMark.size() + 2] - '0' : 0;
        const double grade = is_told ? text[mark + kMark.size()] - '0' : 0;
        fame.push_back(of > 0 && of <= 9 ? std::clamp(grade / of, 0.0, 1.0) : 0);
    }
    return fame;
}

std::vector<int> order_list(const ListScores& scores, const ModelPreset& preset, Stream& call) {
    const std::size_t count = scores.match.size();
    std::vector<double> known = scores.fame;
    standardise(known);
    const double kept = std::sqrt(1 - preset.fresh), fresh = std::sqrt(preset.fresh);
    std::vector<double> value(count);
    for (std::size_t i = 0; i < count; ++i) {
        const bool read = !is_passed_over(preset, i, count, call);
        const double shrunk = 1 - preset.shrinkage * (1 - scores.fame[i]);
        Stream lasting(scores.identity[i], Purpose::language, Hasher().add(preset.name).value());
        value[i] = (read ? preset.sensitivity / kRelevantMatch * shrunk * scores.match[i] : 0) +
                   preset.popularity * known[i] + slot_bias(preset.slot_bias, i, count);
        const double lasting_noise = lasting.normal();
        const double fresh_noise = call.normal();
        value[i] += kept * lasting_noise + fresh * fresh_noise;
    }
    std::vector<int> order(count);
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::ranges::greater{},
                             [&](int i) { return value[static_cast<std::size_t>(i)]; });
    return order;
}

ListAnswer rank_list(const ListPrompt& prompt, const ModelPreset& preset, Stream& call) {
    ListPrompt seen = prompt;
    seen.history.erase(
        seen.history.begin(),
        seen.history.begin() + static_cast<std::ptrdiff_t>(history_begin(prompt, preset)));
    const ListScores scores{match_texts(seen), read_fame(seen), identities(seen)};
    ListAnswer answer;
    answer.written = with_faults(order_list(scores, preset, call), preset, call);
    answer.prompt_tokens = token_count(prompt_text(prompt, preset));
    answer.answer_tokens = kTokensAnItem * static_cast<std::int64_t>(answer.written.size());
    return answer;
}

}  // namespace cascadelab
