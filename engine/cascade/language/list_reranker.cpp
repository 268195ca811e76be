#include "engine/cascade/language/list_reranker.h"

#include <algorithm>

#include "engine/base/standardise.h"
#include "engine/cascade/language/item_text.h"
#include "engine/language/guarded_list.h"
#include "engine/world/domain/domain_pack.h"

namespace cascadelab {
namespace {

constexpr Seconds kFreshSearch = 6 * kHour;

const ModelPreset& preset_of(const LanguageParams& params) {
    return model_presets()[index_of(params.model)];
}

// Places of the list from best to worst: the model's own order, or the sum of its place and the
// ranker's value, both standardised.
std::vector<int> fused(const std::vector<int>& written, std::span<const double> values,
                       double weight) {
    std::vector<double> places(written.size());
    for (std::size_t rank = 0; rank < written.size(); ++rank)
        places[static_cast<std::size_t>(written[rank])] = -static_cast<double>(rank);
    standardise(places);
    std::vector<double> ranked(values.begin(), values.end());
    standardise(ranked);
    std::vector<int> order(written.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int>(i);
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](int i) {
        const auto place = static_cast<std::size_t>(i);
        return ranked[place] + weight * places[place];
    });
    return order;
}

}  // namespace

ListPrompt prompt_of(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                     std::span<const ItemId> candidates) {
    const LanguageParams& params = in.params.language;
    const DomainPackName pack = in.params.world.pack;
    const auto text_of = [&](ItemId item) {
        return item_text(in.cards[item.index()], in.content[item.index()], pack);
    };
    ListPrompt prompt;
    const PersonRealtime& realtime = *person.realtime;
    if (realtime.search_topic != kNoSearch && request.now_s - realtime.searched_s <= kFreshSearch)
        prompt.intent = "I want " + topic_name(TopicId(realtime.search_topic), pack);
    for (const auto& token : person.sequence->tokens)
        if (token.action == TokenAction::watch) prompt.history.push_back(text_of(token.item));
    const auto most = static_cast<std::size_t>(params.history);
    if (prompt.history.size() > most)
        prompt.history.erase(prompt.history.begin(), prompt.history.end() - params.history);
    const auto known_until = request.now_s - static_cast<Seconds>(params.cutoff_days * kDay);
    const auto people = static_cast<std::size_t>(in.params.world.people);
    for (const ItemId item : candidates) {
        const bool is_known = in.cards[item.index()].released_s <= known_until;
        const double views =
            is_known ? in.store.item_batch(item, request.now_s, in.params.features).views : 0;
        prompt.candidates.push_back(text_of(item) + " | " + fame_text(views, people));
    }
    return prompt;
}

void rerank_list(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                 Stream& stream, CascadeScratch& scratch, CascadeTrace& trace) {
    const LanguageParams& params = in.params.language;
    if (params.reranker == LanguageReranker::off) return;
    const auto count =
        std::min({static_cast<std::size_t>(params.candidates),
                  static_cast<std::size_t>(trace.counts.ranked), scratch.order.size()});
    if (count < 2) return;
    const std::vector<std::uint32_t> line(
        scratch.order.begin(), scratch.order.begin() + static_cast<std::ptrdiff_t>(count));
    std::vector<ItemId> items;
    std::vector<double> values;
    for (const std::uint32_t index : line) {
        items.push_back(trace.candidates[index].item);
        values.push_back(static_cast<double>(trace.candidates[index].value));
    }
    const ListPrompt prompt = prompt_of(in, request, person, items);
    const ListReading reading{static_cast<int>(params.window), static_cast<int>(params.step),
                              static_cast<int>(params.shuffles)};
    const GuardedList read = read_list(prompt, preset_of(params), reading, stream.bits());
    const std::vector<int> order = params.reranker == LanguageReranker::instead
                                       ? read.order
                                       : fused(read.order, values, params.weight);
    for (std::size_t rank = 0; rank < count; ++rank) {
        const std::uint32_t index = line[static_cast<std::size_t>(order[rank])];
        scratch.order[rank] = index;
        trace.candidates[index].value = static_cast<float>(values[rank]);
        trace.candidates[index].rank = static_cast<std::uint16_t>(rank);
    }
    LanguagePicture& picture = trace.language;
    picture.calls = read.calls;
    picture.series = read.series;
    picture.prompt_tokens = read.prompt_tokens;
    picture.answer_tokens = read.answer_tokens;
    picture.omitted = read.omitted;
    picture.doubled = read.doubled;
    picture.invented = read.invented;
    if (!request.explain) return;
    picture.text = prompt_text(prompt, preset_of(params));
    picture.before = items;
    for (std::size_t rank = 0; rank < count; ++rank)
        picture.after.push_back(trace.candidates[scratch.order[rank]].item);
}

}  // namespace cascadelab
