#include "engine/cascade/eras/hstu.h"

#include <algorithm>

#include "engine/cascade/eras/examples.h"
#include "engine/cascade/request/request.h"

namespace cascadelab {
namespace {

constexpr std::size_t kFewestTokens = 500;  // below this a model would only memorise noise

// Every person's tokens inside the training history, oldest first. What the log knows already but
// ends only later is not among them.
std::vector<std::vector<PersonToken>> tokens_of_people(const FrozenLog& view) {
    std::vector<std::vector<PersonToken>> tokens(view.devices->size());
    const Seconds begin_s = history_begin_s(view);
    view.join.log.visit([&](const Event& event) {
        if (event.time_s < begin_s || event.time_s > view.now_s) return;
        if (const auto token = token_of(event)) tokens[event.person.index()].push_back(*token);
    });
    return tokens;
}

// What a person goes on to watch is to be predicted; all else only tells of the person.
bool is_target(const PersonToken& token) {
    return token.action == TokenAction::watch;
}
constexpr std::uint8_t kTargetActions = 1u << static_cast<unsigned>(TokenAction::watch);

// A long history becomes several sequences, each ending in a target. Neighbours share one event,
// the last of the older and the first of the newer one, so that no target but the first of all is
// lost.
void add_sequences(std::span<const PersonToken> tokens, std::size_t length,
                   SequenceExamples& examples) {
    while (true) {
        while (!tokens.empty() && !is_target(tokens.back()))
            tokens = tokens.first(tokens.size() - 1);
        if (tokens.size() < 2) return;
        auto& sequence = examples.sequences.emplace_back();
        const std::size_t taken = std::min(tokens.size(), length + 1);
        for (const PersonToken& token : tokens.last(taken)) sequence.push_back(model_token(token));
        if (taken == tokens.size()) return;
        tokens = tokens.first(tokens.size() - taken + 1);
    }
}

SequenceSettings settings_of(const FrozenLog& view) {
    const TrainingParams& params = view.params.training;
    SequenceSettings settings;
    settings.block = params.hstu_block == SequenceBlockChoice::sasrec ? SequenceBlock::sasrec
                                                                      : SequenceBlock::hstu;
    settings.dims = static_cast<int>(params.hstu_dims);
    settings.blocks = static_cast<int>(params.hstu_blocks);
    settings.length = static_cast<int>(view.params.features.sequence_events);
    settings.negatives = static_cast<int>(params.hstu_negatives);
    settings.epochs = static_cast<int>(params.hstu_epochs);
    settings.batch = static_cast<int>(params.hstu_batch);
    // One last event of a person says little: a small world needs more people held out, and more
    // patience with what they say.
    settings.validation_share = 0.1;
    settings.patience = 4;
    settings.learning_rate = params.hstu_learning_rate;
    settings.id_dropout = params.hstu_id_dropout;
    settings.seed = mix_bits(view.seed ^ view.tick);
    return settings;
}

Matrix embed_items(const SequenceModel& model, const Matrix& features) {
    Matrix vectors(features.rows(), model.dims());
    const auto dims = static_cast<std::size_t>(model.dims());
    const auto width = static_cast<std::size_t>(features.cols());
    for (Eigen::Index i = 0; i < features.rows(); ++i) {
        const auto item = static_cast<std::size_t>(i);
        model.embed_item(ItemId(item), {features.data() + item * width, width},
                         {vectors.data() + item * dims, dims});
    }
    return vectors;
}

// Everybody's vector at the moment of the training.
Matrix embed_people(const std::shared_ptr<const SequenceModel>& model,
                    std::span<const std::vector<PersonToken>> tokens, const FrozenLog& view) {
    const auto dims = static_cast<std::size_t>(model->dims());
    Matrix people = Matrix::Zero(static_cast<Eigen::Index>(tokens.size()), model->dims());
    for (std::size_t p = 0; p < tokens.size(); ++p) {
        PersonSequence kept;
        for (const PersonToken& token : tokens[p]) kept.tokens.push_back(token);
        kept.seen = tokens[p].size();
        kept.tokens.keep_last(static_cast<std::size_t>(view.params.features.sequence_events));
        SequenceMemory memory;
        bring_up(model, kept, view.join.catalogue->content, memory);
        model->embed_person(memory.state, view.now_s, {people.data() + p * dims, dims});
    }
    return people;
}

}  // namespace

PublishedEra train_hstu(const FrozenLog& view, const Progress& progress) {
    const auto tokens = tokens_of_people(view);
    const auto length = static_cast<std::size_t>(view.params.features.sequence_events);
    SequenceExamples examples;
    examples.items = view.join.catalogue->size();
    examples.target_actions = kTargetActions;
    examples.item_features = view.join.catalogue->content.matrix();
    std::size_t count = 0;
    for (const auto& of_person : tokens) {
        count += of_person.size();
        add_sequences(of_person, length, examples);
    }
    if (count < kFewestTokens) return {};
    const std::shared_ptr<const SequenceModel> model =
        train_sequence_model(examples, settings_of(view), progress);
    if (!model) return {};
    PublishedEra era{std::make_shared<const HstuEra>(model),
                     publish(embed_items(*model, examples.item_features), view)};
    if (view.params.freshness.people_vectors == PeopleVectors::nightly)
        era.space.people = std::make_shared<const Matrix>(embed_people(model, tokens, view));
    return era;
}

HstuEra::HstuEra(std::shared_ptr<const SequenceModel> model) : m_model(std::move(model)) {}

std::size_t HstuEra::dims() const {
    return static_cast<std::size_t>(m_model->dims());
}

float HstuEra::embed_person(const CascadeInputs& in, const Request& request,
                            const PersonFeatures& person, CascadeScratch& scratch,
                            std::vector<float>& query) const {
    scratch.own_memory = {};
    if (!knows(person)) return 1;
    SequenceMemory& memory = memory_of(request, scratch);
    bring_up(m_model, *person.sequence, in.content, memory);
    query.resize(dims());
    m_model->embed_person(memory.state, request.now_s, query);
    return 1;
}

bool HstuEra::knows(const PersonFeatures& person) const {
    return !person.sequence->tokens.empty();
}

void HstuEra::embed_item(ItemId item, std::span<const float> content, std::span<float> out) const {
    m_model->embed_item(item, content, out);
}

std::shared_ptr<const SequenceModel> sequence_model_of(const PublishedModels& models) {
    const auto* era = dynamic_cast<const HstuEra*>(models.eras[Era::hstu].model.get());
    return era ? era->model() : nullptr;
}

}  // namespace cascadelab
