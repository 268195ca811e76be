// Training of the generative retriever: a codebook from content vectors, and a decoder from what
// everybody watched in the log.
#include <algorithm>

#include "engine/cascade/request/sequence_memory.h"
#include "engine/sim/training/training_watches.h"

namespace cascadelab {
namespace {

constexpr std::ptrdiff_t kFewestTargets = 500;  // below this a model would only memorise noise

TokenizerKind tokenizer_kind(CodeTokenizer choice) {
    switch (choice) {
        case CodeTokenizer::residual_kmeans:
            return TokenizerKind::residual_kmeans;
        case CodeTokenizer::balanced_kmeans:
            return TokenizerKind::balanced_kmeans;
        case CodeTokenizer::rq_vae:
            return TokenizerKind::rq_vae;
    }
    CHECK(false);
}

KmeansStart code_start(CodeStart choice) {
    switch (choice) {
        case CodeStart::plus_plus:
            return KmeansStart::plus_plus;
        case CodeStart::sample:
            return KmeansStart::sample;
        case CodeStart::random_normal:
            return KmeansStart::random_normal;
    }
    CHECK(false);
}

TokenizerSettings tokenizer_settings(const FrozenLog& view, std::uint64_t version) {
    const GenerativeParams& params = view.params.generative;
    TokenizerSettings settings;
    settings.kind = tokenizer_kind(params.tokenizer);
    settings.levels = static_cast<int>(params.levels);
    settings.codes = static_cast<int>(params.codes);
    settings.start = code_start(params.start);
    settings.reset_dead = params.reset_dead;
    settings.spread_last = params.spread_last;
    settings.extra_digit = params.extra_digit;
    settings.version = version;
    settings.seed = mix_bits(view.seed ^ view.tick);
    return settings;
}

// The most heads, up to four, that the width can be dealt out to.
int heads_of(int dims) {
    return dims % 4 == 0 ? 4 : dims % 2 == 0 ? 2 : 1;
}

DecoderSettings decoder_settings(const FrozenLog& view) {
    const GenerativeParams& params = view.params.generative;
    DecoderSettings settings;
    settings.dims = static_cast<int>(params.dims);
    settings.layers = static_cast<int>(params.layers);
    settings.heads = heads_of(settings.dims);
    settings.length = static_cast<int>(params.length);
    settings.epochs = static_cast<int>(params.epochs);
    settings.learning_rate = params.learning_rate;
    settings.seed = mix_bits(view.seed ^ view.tick);
    return settings;
}

// A person's watches cut into windows of which each begins with the newer half of the one before:
// what it has in common with that one only tells of the person, so every target is predicted once
// an epoch. A window without a target is left out.
struct Windows {
    std::vector<DecoderSequence> sequences;
    std::vector<PersonId> person;  // by sequence
    std::vector<Seconds> begin_s;  // time of its first item
};
void add_windows(std::span<const TrainingWatch> history, std::size_t length, Windows& windows) {
    for (std::size_t predicted = 0; predicted < history.size();) {
        const std::size_t begin = predicted - std::min(predicted, (length + 1) / 2);
        const std::size_t end = std::min(begin + length + 1, history.size());
        DecoderSequence sequence;
        bool any = false;
        for (std::size_t i = begin; i < end; ++i) {
            const auto weight = i < predicted ? 0.0f : static_cast<float>(history[i].weight);
            any = any || weight > 0;
            sequence.items.push_back(history[i].item);
            sequence.weights.push_back(weight);
        }
        predicted = end;
        if (!any) continue;
        windows.sequences.push_back(std::move(sequence));
        windows.person.push_back(history[begin].person);
        windows.begin_s.push_back(history[begin].time_s);
    }
}

Windows windows_of(std::vector<TrainingWatch> watches, std::size_t length) {
    std::ranges::stable_sort(watches, {}, &TrainingWatch::person);
    Windows windows;
    for (auto begin = watches.begin(); begin != watches.end();) {
        const auto end = std::find_if(begin, watches.end(), [&](const TrainingWatch& watch) {
            return watch.person != begin->person;
        });
        add_windows({begin, end}, length, windows);
        begin = end;
    }
    return windows;
}

// What the sequence model knew of each window's person before its first item.
Matrix people_of(const FrozenLog& view, const std::shared_ptr<const SequenceModel>& model,
                 const Windows& windows) {
    if (!model) return {};
    std::vector<std::vector<PersonToken>> tokens(view.devices->size());
    view.join.log.visit([&](const Event& event) {
        if (event.time_s > view.now_s) return;
        if (const auto token = token_of(event)) tokens[event.person.index()].push_back(*token);
    });
    const auto dims = static_cast<std::size_t>(model->dims());
    const auto most = static_cast<std::size_t>(view.params.features.sequence_events);
    Matrix people = Matrix::Zero(std::ssize(windows.sequences), model->dims());
    for (std::size_t w = 0; w < windows.sequences.size(); ++w) {
        const auto& all = tokens[windows.person[w].index()];
        const auto before =
            std::ranges::lower_bound(all, windows.begin_s[w], {}, &PersonToken::time_s) -
            all.begin();
        if (before == 0) continue;
        PersonSequence kept;
        for (const PersonToken& token : std::span(all).first(static_cast<std::size_t>(before)))
            kept.tokens.push_back(token);
        kept.seen = static_cast<std::uint64_t>(before);
        kept.tokens.keep_last(most);
        SequenceMemory memory;
        bring_up(model, kept, view.join.catalogue->content, memory);
        model->embed_person(memory.state, windows.begin_s[w], {people.data() + w * dims, dims});
    }
    return people;
}

std::shared_ptr<const CodeDecoder> train_decoder(const FrozenLog& view, const GenerativeTask& task,
                                                 const std::shared_ptr<const SemanticIds>& ids,
                                                 const Progress& progress) {
    std::vector<TrainingWatch> watches = training_watches_of(view);
    const auto targets =
        std::ranges::count_if(watches, [](const TrainingWatch& watch) { return watch.weight > 0; });
    if (targets < kFewestTargets) return nullptr;
    const DecoderSettings settings = decoder_settings(view);
    Windows windows = windows_of(std::move(watches), static_cast<std::size_t>(settings.length));
    DecoderExamples examples;
    examples.ids = ids;
    examples.people = people_of(view, task.sequence, windows);
    examples.sequences = std::move(windows.sequences);
    // Weights that spelled other codes are of no use to these.
    if (task.served.decoder && task.served.decoder->codes_version() == ids->version)
        examples.start = task.served.decoder;
    return train_code_decoder(examples, settings, progress);
}

}  // namespace

GenerativeResult train_generative_on_log(const FrozenLog& view, const GenerativeTask& task,
                                         const Progress& progress) {
    GenerativeResult result;
    result.began_s = view.now_s;
    std::shared_ptr<const SemanticIds> ids = task.served.ids;
    if (task.codes) {
        result.codes =
            tokenize(view.join.catalogue->content.matrix(), tokenizer_settings(view, task.version));
        if (!result.codes) return {};
        ids = std::shared_ptr<const SemanticIds>(result.codes, &result.codes->ids);
    }
    if (task.decoder && ids) result.decoder = train_decoder(view, task, ids, progress);
    return result;
}

}  // namespace cascadelab
