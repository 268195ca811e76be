// Work that comes round: the first opening, batch features, search and trending lists, training and
// its deployment.
#include <algorithm>

#include "engine/cascade/eras/hstu.h"
#include "engine/cascade/retrieve/generation.h"
#include "engine/params/table.h"
#include "engine/sim/step/stepper.h"
#include "engine/sim/training/lists.h"
#include "engine/world/organic.h"

namespace cascadelab {
namespace {

constexpr std::size_t kRowsForFirstRanker = 2000;
constexpr const char* kDecoderLabel = "decoder";
constexpr const char* kCodesLabel = "semantic IDs";

// What deployments beside those of the eras are hashed under; these never change.
constexpr std::uint64_t kCovisitationTag = 0, kRankerTag = 3, kGenerativeTag = 5,
                        kComparisonTag = 7;

}  // namespace

// Before the first tick: what people had watched anyway, and models in training on it.
void Stepper::bootstrap(const RatedCatalogue* rated) {
    state.world = make_world(state.params, state.seed, rated);
    const World& world = state.world;
    state.store = FeatureStore(state.params.features, 0, world.catalogue);
    state.store.add_people(sign_ups_of(world.population));
    const std::vector<Event> history = organic_history(state.world, state.params, state.seed);
    for (const Event& event : history) {
        state.store.observe(state.params.features, world.catalogue, event.person,
                            std::span(&event, 1));
    }
    state.log.append(history);
    state.store.advance(state.params.features, history, 0);
    state.shares = impressions_of_day(state.log, world.catalogue.size(), 0);
    do_due_jobs();
    state.hashes = current_hashes();
}

// The batch lane's SQL over everything known now, on the background thread. What it finds goes
// online with the first barrier after it is done; the very first run before the first tick.
void Stepper::start_batch() {
    const Profile::Span span(watcher.profile, "batch");
    const Seconds now_s = state.now_s(), tick_s = state.params.clock.tick_s;
    forget_old();
    // A join replays from the newest checkpoint before a request: one a day is near enough and
    // cheap.
    if (state.checkpoints.empty() || now_s - state.checkpoints.back().time_s >= kDay) {
        state.checkpoints.push_back(
            {state.log.appended(), now_s, std::make_shared<const FeatureStore>(state.store)});
    }
    const bool opening = state.batches.empty();
    const auto takes_s = static_cast<Seconds>(state.params.features.batch_duration_s);
    const Seconds online_s =
        opening ? now_s : now_s + std::max<Seconds>(1, (takes_s + tick_s - 1) / tick_s) * tick_s;
    const auto run = [warehouse = m_warehouse, log = state.log, params = state.params.features,
                      people = state.world.population.size(), now_s, online_s,
                      catalogue = std::make_shared<const Catalogue>(state.world.catalogue)](
                         const Progress&) -> JobResult {
        warehouse->load(log, *catalogue, params, now_s);
        return warehouse->run_batch(params, people, *catalogue, {now_s, online_s});
    };
    if (opening) return deploy(run({}));
    state.jobs.push_back(m_runner.start("batch features", Stage::features, online_s, run));
}

// The log keeps the retention window, and with it everything that joins replay from.
void Stepper::forget_old() {
    const auto retention_s = static_cast<Seconds>(state.params.features.retention_days * kDay);
    state.log.forget_before(state.now_s() - retention_s);
    state.feature_log.forget_before(state.now_s() - retention_s);
    std::erase_if(state.checkpoints,
                  [&](const StoreCheckpoint& c) { return c.log_sequence < state.log.first(); });
    const Seconds oldest_s =
        state.checkpoints.empty() ? state.now_s() : state.checkpoints.front().time_s;
    // The newest batch run before the oldest checkpoint is still needed.
    while (state.batches.size() > 1 && state.batches[1]->stamp.write_s <= oldest_s) {
        state.batches.erase(state.batches.begin());
    }
}

// Trending, what a search finds, what is new.
void Stepper::refresh_lists() {
    const Profile::Span span(watcher.profile, "lists");
    publish_lists(state.models, state.log, state.world, state.params, state.now_s());
}

void Stepper::start_training() {
    const auto view = std::make_shared<const FrozenLog>(frozen_log(state));
    const Seconds deploy_s = state.now_s() + static_cast<Seconds>(state.params.training.duration_s);
    state.jobs.push_back(
        m_runner.start("co-visitation", Stage::retrieval, deploy_s,
                       [view](const Progress&) -> JobResult { return train_covisitation(*view); }));
    for (const Era era : every<Era>) {
        if (!kEras[era].on_demand || era_used(state.params, era)) start_era(era, view);
    }
    if (state.models.ranker) start_ranker(view);
}

void Stepper::start_era(Era era, const std::shared_ptr<const FrozenLog>& view) {
    const Seconds deploy_s = view->now_s + static_cast<Seconds>(view->params.training.duration_s);
    state.jobs.push_back(
        m_runner.start(std::string(era_label(era)), Stage::retrieval, deploy_s,
                       [view, era](const Progress& progress) -> JobResult {
                           return EraResult{era, kEras[era].train(*view, progress)};
                       }));
}

void Stepper::start_ranker(const std::shared_ptr<const FrozenLog>& view) {
    const Seconds deploy_s = view->now_s + static_cast<Seconds>(view->params.training.duration_s);
    state.jobs.push_back(m_runner.start("ranker", Stage::ranking, deploy_s,
                                        [view](const Progress& progress) -> JobResult {
                                            return train_ranker_on_log(*view, progress);
                                        }));
    if (!view->params.ranking.compare) return;
    state.jobs.push_back(m_runner.start("comparison of rankers", Stage::ranking, deploy_s,
                                        [view](const Progress& progress) -> JobResult {
                                            return compare_rankers_on_log(*view, progress);
                                        }));
}

// The first ranker waits for impressions; it starts as soon as the feature log holds enough of
// them.
void Stepper::start_first_ranker() {
    const bool under_way = std::ranges::any_of(
        state.jobs, [](const PendingJob& j) { return j.stage == Stage::ranking; });
    if (state.models.ranker || under_way) return;
    const std::size_t rows =
        state.feature_log.requests() * static_cast<std::size_t>(state.params.rerank.slate_size);
    if (rows < kRowsForFirstRanker) return;
    start_ranker(std::make_shared<const FrozenLog>(frozen_log(state)));
}

// An era on demand that something has come to ask for is not kept waiting for the next training.
void Stepper::start_missing_eras() {
    for (const Era era : every<Era>) {
        const bool under_way = std::ranges::any_of(
            state.jobs, [&](const PendingJob& job) { return job.label == era_label(era); });
        const bool missing =
            kEras[era].on_demand && !state.models.eras[era].model && era_used(state.params, era);
        if (missing && !under_way)
            start_era(era, std::make_shared<const FrozenLog>(frozen_log(state)));
    }
}

// Codes and decoder are renewed on their own clocks, one training at a time, while something asks
// for them. A codebook brings a decoder of its own unless they are deployed apart.
void Stepper::start_generative_training() {
    const GenerativeParams& params = state.params.generative;
    const bool under_way = std::ranges::any_of(state.jobs, [](const PendingJob& job) {
        return job.label == kCodesLabel || job.label == kDecoderLabel;
    });
    if (under_way || !generative_used(state.params)) return;
    const auto due = [&](Seconds last_s, double every_h) {
        return static_cast<double>(state.now_s() - last_s) >= every_h * kHour;
    };
    const GenerativeModel& served = state.models.generative;
    GenerativeTask task;
    task.codes = due(state.schedule.codes_s, params.rebuild_every_h);
    task.decoder = task.codes ? params.deploy_together || !served.ids
                              : due(state.schedule.decoder_s, params.retrain_every_h);
    if (!task.codes && !task.decoder) return;
    if (task.codes) state.schedule.codes_s = state.now_s();
    if (task.decoder) state.schedule.decoder_s = state.now_s();
    task.served = served;
    task.version = served.ids ? served.ids->version + 1 : 1;
    if (params.condition) task.sequence = sequence_model_of(state.models);
    const auto view = std::make_shared<const FrozenLog>(frozen_log(state));
    const Seconds deploy_s = state.now_s() + static_cast<Seconds>(state.params.training.duration_s);
    state.jobs.push_back(m_runner.start(task.codes ? kCodesLabel : kDecoderLabel, Stage::generative,
                                        deploy_s,
                                        [view, task](const Progress& progress) -> JobResult {
                                            return train_generative_on_log(*view, task, progress);
                                        }));
}

void Stepper::deploy_generative(const GenerativeResult& result) {
    GenerativeModel& model = state.models.generative;
    Hasher hasher;
    hasher.add(state.models_hash);
    if (result.codes) {
        model.take_codes(result.codes, result.began_s);
        hasher.add(result.codes->hash());
    }
    if (result.decoder) {
        model.take_decoder(result.decoder, result.began_s);
        hasher.add(result.decoder->hash());
    }
    state.models_hash = hasher.value();
}

// What is due goes live; if its computation is not done, virtual time waits for it.
void Stepper::deploy_finished() {
    const Profile::Span span(watcher.profile, "training_wait");
    std::vector<PendingJob> later;
    for (PendingJob& job : state.jobs) {
        if (job.deploy_s > state.now_s()) {
            later.push_back(std::move(job));
        } else {
            deploy(job.result.get());
        }
    }
    state.jobs = std::move(later);
}

// A run that a later one has overtaken, because runs were made quicker meanwhile, is dropped.
void Stepper::deploy_batch(const std::shared_ptr<const BatchTables>& tables) {
    const bool overtaken =
        !state.batches.empty() && tables->stamp.event_s < state.batches.back()->stamp.event_s;
    if (overtaken) return;
    state.store.deploy_batch(tables);
    state.batches.push_back(tables);
}

// What was found joins the run; how long it took is only looked at.
void Stepper::take_comparison(const RankerComparison& comparison) {
    auto rounds = state.rankers ? *state.rankers : std::vector<RankerRound>();
    rounds.push_back(comparison.round);
    state.rankers = std::make_shared<const std::vector<RankerRound>>(std::move(rounds));
    watcher.take_ranker_timing(comparison);
}

void Stepper::deploy(const JobResult& result) {
    PublishedModels& models = state.models;
    Hasher hasher;
    hasher.add(state.models_hash);
    if (const auto* batch = std::get_if<std::shared_ptr<const BatchTables>>(&result)) {
        return deploy_batch(*batch);
    }
    if (const auto* neighbours = std::get_if<std::shared_ptr<const CoVisitation>>(&result)) {
        if (!*neighbours) return;
        models.covisitation = *neighbours;
        hasher.add(kCovisitationTag).add((*neighbours)->hash());
    } else if (const auto* trained = std::get_if<EraResult>(&result)) {
        const bool index_stale = state.now_s() < state.fleet.ailments.index_stale_s;
        if (!trained->published.ready() || index_stale) return;
        models.eras[trained->era] = trained->published;
        hasher.add(kEras[trained->era].tag);
        trained->published.model->hash_into(hasher, trained->published.space);
    } else if (const auto* generative = std::get_if<GenerativeResult>(&result)) {
        if (!generative->codes && !generative->decoder) return;
        deploy_generative(*generative);
        hasher.add(kGenerativeTag).add(state.models_hash);
    } else if (const auto* ranked = std::get_if<RankerResult>(&result)) {
        state.training_skew = ranked->skew;
        if (!ranked->model) return;
        models.ranker = ranked->model;
        hasher.add(kRankerTag);
        for (const auto& model : ranked->model->models) {
            for (std::uint8_t byte : model->bytes()) hasher.add(byte);
        }
    } else if (const auto* compared =
                   std::get_if<std::shared_ptr<const RankerComparison>>(&result)) {
        if (!*compared) return;
        take_comparison(**compared);
        hasher.add(kComparisonTag);
        for (const RankingQuality& quality : (*compared)->round.quality)
            hasher.add(quality.log_loss).add(quality.auc).add(quality.ndcg_at_10);
    }
    state.models_hash = hasher.value();
    extend_spaces();
}

}  // namespace cascadelab
