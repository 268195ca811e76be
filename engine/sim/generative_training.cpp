// Training of the generative retriever: a codebook from content vectors, and a decoder from what
// everybody watched in the log, told apart by whether the decoder had a hand in it.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "engine/cascade/sequence_memory.h"
#include "engine/features/streaming.h"
#include "engine/sim/training.h"

namespace cascadelab {
namespace {

constexpr std::size_t kFewestWatches = 500;  // below this a model would only memorise noise

enum class Draw : std::uint64_t { retrained = 1 };

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

TokenizerSettings tokenizer_settings(const TrainingView& view, std::uint64_t version) {
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

DecoderSettings decoder_settings(const TrainingView& view) {
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

struct Watch {
    PersonId person;
    ItemId item;
    Seconds time_s = 0;
    bool generated = false;
    double weight = 0;  // of its loss
};

// Watches of at least a tenth inside the training history, in log order.
std::vector<Watch> watches_of(const TrainingView& view) {
    std::vector<Watch> watches;
    const Seconds begin_s = history_begin_s(view);
    view.join.log.visit([&](const Event& event) {
        if (event.kind != EventKind::watch || event.value < kPositiveShare) return;
        if (event.time_s < begin_s || event.time_s > view.now_s) return;
        watches.push_back({event.person, event.item, event.time_s, event.generated, 0});
    });
    return watches;
}

// Which watches are to be predicted: the newest, and of those a share by chance. The others only
// tell of the person.
void choose_targets(const TrainingView& view, std::span<Watch> watches) {
    const GenerativeParams& params = view.params.generative;
    const auto most = static_cast<std::size_t>(params.examples);
    Stream stream(mix_bits(view.seed ^ view.tick), Purpose::train_decoder,
                  static_cast<std::uint64_t>(Draw::retrained));
    for (Watch& watch : watches.last(std::min(most, watches.size())))
        watch.weight = stream.chance(params.retrain_share) ? 1 : 0;
}

// One over the item's share of all impressions of the history, against an item shown as often as
// the average one: inverse propensity by popularity (Yang et al. 2018), clipped on both sides, and
// an item nobody was shown counts as one shown once.
void weigh_by_propensity(const TrainingView& view, std::span<Watch> watches) {
    constexpr double kClip = 10;
    std::vector<double> shown(view.join.catalogue->size(), 0);
    double all = 0;
    const Seconds begin_s = history_begin_s(view);
    view.join.log.visit([&](const Event& event) {
        if (event.kind != EventKind::impression) return;
        if (event.time_s < begin_s || event.time_s > view.now_s) return;
        ++shown[event.item.index()];
        ++all;
    });
    const double mean = std::max(1.0, all / static_cast<double>(shown.size()));
    for (Watch& watch : watches) {
        const double propensity = std::max(1.0, shown[watch.item.index()]) / mean;
        watch.weight *= std::clamp(1 / propensity, 1 / kClip, kClip);
    }
}

// Raises the share of the loss that goes to what the decoder did not propose to fresh_share, where
// it is less, by weighing both kinds; the total stays. Where there is no fresh watch at all nothing
// can be raised.
void mix_in_fresh(double fresh_share, std::span<Watch> watches) {
    double fresh = 0, own = 0;
    for (const Watch& watch : watches) (watch.generated ? own : fresh) += watch.weight;
    const double total = fresh + own;
    if (fresh <= 0 || fresh >= fresh_share * total) return;
    const double raise = fresh_share * total / fresh;
    const double lower = (1 - fresh_share) * total / own;
    for (Watch& watch : watches) watch.weight *= watch.generated ? lower : raise;
}

// A person's watches cut into windows of which each begins with the newer half of the one before:
// what it has in common with that one only tells of the person, so every target is predicted once
// an epoch. A window without a target is left out.
struct Windows {
    std::vector<DecoderSequence> sequences;
    std::vector<PersonId> person;  // by sequence
    std::vector<Seconds> begin_s;  // time of its first item
};
void add_windows(std::span<const Watch> history, std::size_t length, Windows& windows) {
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

Windows windows_of(std::vector<Watch> watches, std::size_t length) {
    std::ranges::stable_sort(watches, {}, &Watch::person);
    Windows windows;
    for (auto begin = watches.begin(); begin != watches.end();) {
        const auto end = std::find_if(begin, watches.end(), [&](const Watch& watch) {
            return watch.person != begin->person;
        });
        add_windows({begin, end}, length, windows);
        begin = end;
    }
    return windows;
}

// What the sequence model knew of each window's person before its first item.
Matrix people_of(const TrainingView& view, const std::shared_ptr<const SequenceModel>& model,
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

std::shared_ptr<const CodeDecoder> train_decoder(const TrainingView& view,
                                                 const GenerativeTask& task,
                                                 const std::shared_ptr<const SemanticIds>& ids,
                                                 const Progress& progress) {
    std::vector<Watch> watches = watches_of(view);
    choose_targets(view, watches);
    if (std::ranges::count_if(watches, [](const Watch& w) { return w.weight > 0; }) <
        static_cast<std::ptrdiff_t>(kFewestWatches))
        return nullptr;
    if (view.params.generative.propensity_weighting) weigh_by_propensity(view, watches);
    mix_in_fresh(view.params.generative.fresh_share, watches);
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

GenerativeResult train_generative_on_log(const TrainingView& view, const GenerativeTask& task,
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
