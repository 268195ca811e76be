#include "engine/bench/bench.h"

#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "engine/base/parallel.h"
#include "engine/features/warehouse.h"
#include "engine/models/rankers/booster.h"
#include "engine/sim/state/state.h"
#include "engine/sim/training/lists.h"
#include "engine/sim/visit/visit.h"
#include "engine/world/organic.h"

namespace cascadelab {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kRounds = 10;  // cascade and floor alternate, so that a drifting machine hits both
constexpr std::size_t kLabelledPages = 3000;  // answered before there is a ranker, to train it on
constexpr std::size_t kChunk = 16;

double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double cpu_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_rss_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

Params bench_params(const BenchOptions& options) {
    Params params;
    params.world.people = options.people;
    params.world.items = options.items;
    params.world.creators = std::max<std::int64_t>(1, options.items / 20);
    params.retrieval.candidates = options.candidates;
    params.ranking.trees = options.trees;
    params.features.log_share = 1;
    params.metrics.oracle_share = 0;
    return params;
}

// A laboratory frozen at noon of the first day, with every model trained and published.
class Bench {
  public:
    Bench(const BenchOptions& options, const std::function<void(const std::string&)>& say)
        : m_options(options),
          m_workers(options.threads),
          m_workspaces(static_cast<std::size_t>(options.threads)),
          m_found(static_cast<std::size_t>(options.threads)) {
        m_state.params = bench_params(options);
        m_state.seed = 20261122;
        m_state.tick = static_cast<std::uint64_t>(12 * kHour / m_state.params.clock.tick_s);
        say("making the world");
        make_history();
        say("training two towers, factors and neighbours, building two indexes");
        train_retrieval();
        say("training the ranker on answered pages");
        train_ranking();
    }

    // Serves requests [begin, end), everyone in turn; adds the stages' times to stage_us.
    void serve(std::size_t begin, std::size_t end, BenchReport& report) {
        std::vector<std::array<double, enum_count<CascadeStage> + 2>> sums(
            (end - begin + kChunk - 1) / kChunk);
        m_workers.for_chunks(
            end - begin, kChunk,
            [&](std::size_t chunk, std::size_t first, std::size_t last, int worker) {
                CascadeWorkspace& workspace = m_workspaces[static_cast<std::size_t>(worker)];
                for (std::size_t i = first; i < last; ++i) {
                    serve_one(begin + i, workspace);
                    for (std::size_t s = 0; s < enum_count<CascadeStage>; ++s) {
                        sums[chunk][s] += static_cast<double>(workspace.trace.measured_us[s]);
                    }
                    sums[chunk][enum_count<CascadeStage>] += workspace.trace.counts.merged;
                    sums[chunk][enum_count<CascadeStage> + 1] += workspace.trace.counts.filtered;
                }
            });
        for (const auto& sum : sums) {
            for (std::size_t s = 0; s < enum_count<CascadeStage>; ++s)
                report.stages[s].mean_us += sum[s];
            report.mean_candidates += sum[enum_count<CascadeStage>];
            report.mean_ranked += sum[enum_count<CascadeStage> + 1];
        }
    }

    // The same number of raw library calls of the same sizes, on the same threads.
    void touch_floor(std::size_t begin, std::size_t end) {
        const int k = static_cast<int>(m_options.candidates);
        m_workers.for_chunks(
            end - begin, kChunk, [&](std::size_t, std::size_t first, std::size_t last, int worker) {
                for (std::size_t i = first; i < last; ++i) {
                    const std::size_t query =
                        (begin + i) % static_cast<std::size_t>(m_queries.rows());
                    const std::span<const float> vector(
                        m_queries.data() + query * static_cast<std::size_t>(m_queries.cols()),
                        static_cast<std::size_t>(m_queries.cols()));
                    std::size_t& found = m_found[static_cast<std::size_t>(worker)];
                    found += m_index->search_raw(vector, k, {.ef = k});
                    found +=
                        m_forest->predict_raw(m_rows.data(), static_cast<std::size_t>(k)).size();
                }
            });
    }

  private:
    PersonId person_of(std::size_t request) const {
        return PersonId(request % m_state.world.population.size());
    }

    void serve_one(std::size_t request, CascadeWorkspace& workspace) {
        const PersonId person = person_of(request);
        const Request asked = make_request(m_state, person, m_state.now_s());
        // Requests of one person never run at once: a round is shorter than the population or
        // chunks are in order.
        const PersonFeatures features = m_state.store.read_person(
            m_state.params.features, m_state.world.catalogue, person, asked.now_s);
        run_cascade(cascade_inputs(m_state), asked, features,
                    Stream(m_state.seed, Purpose::bench, person.value, request), workspace);
    }

    void make_history() {
        m_state.world = make_world(m_state.params, m_state.seed);
        const Catalogue& catalogue = m_state.world.catalogue;
        m_state.store = FeatureStore(m_state.params.features, 0, catalogue);
        m_state.store.add_people(sign_ups_of(m_state.world.population));
        const std::vector<Event> history =
            organic_history(m_state.world, m_state.params, m_state.seed);
        for (const Event& event : history) {
            m_state.store.observe(m_state.params.features, catalogue, event.person,
                                  std::span(&event, 1));
        }
        m_state.log.append(history);
        m_state.store.advance(m_state.params.features, history, m_state.now_s());
        Warehouse warehouse;
        warehouse.load(m_state.log, catalogue, m_state.params.features, m_state.now_s());
        m_state.batches.push_back(warehouse.run_batch(m_state.params.features,
                                                      m_state.world.population.size(), catalogue,
                                                      {m_state.now_s(), m_state.now_s()}));
        m_state.store.deploy_batch(m_state.batches.back());
    }

    void train_retrieval() {
        const FrozenLog view = frozen_log(m_state);
        PublishedModels& models = m_state.models;
        models.covisitation = train_covisitation(view);
        for (const Era era : {Era::factorization, Era::two_tower})
            models.eras[era] = kEras[era].train(view, {});
        publish_lists(models, m_state.log, m_state.world, m_state.params, m_state.now_s());
        m_index = models.eras[Era::two_tower].space.index.main();
    }

    // Pages served without a ranker and answered by the people give rows and labels.
    void train_ranking() {
        const auto columns = static_cast<Eigen::Index>(ranking_columns().size());
        std::vector<float> rows;
        std::vector<std::array<float, 4>> labels;
        CascadeWorkspace workspace;
        m_queries.resize(
            static_cast<Eigen::Index>(std::min(kLabelledPages, m_state.world.population.size())),
            static_cast<Eigen::Index>(m_state.models.eras[Era::two_tower].model->dims()));
        for (std::size_t page = 0; std::cmp_less(page, m_queries.rows()); ++page) {
            answer_page(PersonId(page), workspace, rows, labels);
            m_queries.row(static_cast<Eigen::Index>(page)) =
                as_vector(workspace.scratch.query(Era::two_tower)).transpose();
        }
        const Matrix data = Eigen::Map<const Matrix>(
            rows.data(), static_cast<Eigen::Index>(labels.size()), columns);
        Matrix outcomes(static_cast<Eigen::Index>(labels.size()), 4);
        for (std::size_t i = 0; i < labels.size(); ++i) {
            for (int o = 0; o < 4; ++o)
                outcomes(static_cast<Eigen::Index>(i), o) = labels[i][static_cast<std::size_t>(o)];
        }
        m_state.models.ranker =
            train_ranker({data, outcomes, {}}, m_state.params.ranking, m_state.seed);

        // The floor's forest: one model of all the trees, and as many rows as there are candidates.
        BoosterSettings settings;
        settings.trees = static_cast<int>(m_options.trees);
        std::vector<float> clicks(labels.size());
        for (std::size_t i = 0; i < labels.size(); ++i) clicks[i] = labels[i][0];
        m_forest = train_booster(data, clicks, settings);
        m_rows.resize(m_options.candidates, columns);
        for (Eigen::Index i = 0; i < m_rows.rows(); ++i)
            m_rows.row(i) = data.row(i * 7 % data.rows());
    }

    void answer_page(PersonId person, CascadeWorkspace& workspace, std::vector<float>& rows,
                     std::vector<std::array<float, 4>>& labels) {
        Request request = make_request(m_state, person, m_state.now_s());
        request.keep_rows = true;
        const PersonFeatures features = m_state.store.read_person(
            m_state.params.features, m_state.world.catalogue, person, request.now_s);
        run_cascade(cascade_inputs(m_state), request, features,
                    Stream(m_state.seed, Purpose::bench, person.value), workspace);
        Population& population = m_state.world.population;
        const Surroundings around = surroundings(m_state.world, m_state.params);
        const Person before = population.people[person.index()];
        begin_session(around, population.people[person.index()],
                      Stream(m_state.seed, Purpose::session, person.value));
        const std::vector<ItemId>& slate = workspace.trace.slate;
        const std::array<bool, kLongestPage> explored{};
        const Response response = respond(
            around, population, person,
            {slate, std::span<const bool>(explored).first(slate.size()), workspace.trace.rows},
            Stream(m_state.seed, Purpose::response, person.value));
        population.people[person.index()] = before;
        rows.insert(rows.end(), workspace.slate_rows.begin(), workspace.slate_rows.end());
        for (ItemId item : slate) {
            std::array<float, 4> label{};
            for (const Event& event : response.events) {
                if (event.item != item) continue;
                if (event.kind == EventKind::click) label[0] = 1;
                if (event.kind == EventKind::watch && event.value >= 0.5f) label[1] = 1;
                if (event.kind == EventKind::like) label[2] = 1;
                if (event.kind == EventKind::not_interested) label[3] = 1;
            }
            labels.push_back(label);
        }
    }

    BenchOptions m_options;
    SimulationState m_state;
    Workers m_workers;
    std::vector<CascadeWorkspace> m_workspaces;  // one a worker
    std::vector<std::size_t> m_found;            // keeps the floor's results alive
    std::shared_ptr<const VectorIndex> m_index;  // the floor's: all items, nothing fresh
    std::shared_ptr<const Booster> m_forest;
    Matrix m_queries;  // pages x dims
    Matrix m_rows;     // candidates x columns
};

double median(std::vector<double> values) {
    std::ranges::sort(values);
    return values[values.size() / 2];
}

}  // namespace

BenchReport run_bench(const BenchOptions& options,
                      const std::function<void(const std::string&)>& say) {
    BenchReport report;
    const Clock::time_point begin = Clock::now();
    Bench bench(options, say);
    report.setup_s = seconds_since(begin);
    for (std::size_t s = 0; s < enum_count<CascadeStage>; ++s) {
        report.stages.push_back(
            {std::string(cascade_stage_label(static_cast<CascadeStage>(s))), 0});
    }
    const auto total = static_cast<std::size_t>(options.requests);
    const std::size_t round = std::max<std::size_t>(1, total / kRounds);
    BenchReport unused = report;
    bench.serve(0, round, unused);  // warm caches before anything is counted
    bench.touch_floor(0, round);
    say("serving " + std::to_string(total) + " requests and their floor");

    double wall_s = 0, cpu_s = 0, floor_s = 0;
    std::vector<double> ratios;
    std::size_t served = 0;
    for (; served < total; served += round) {
        const std::size_t end = std::min(total, served + round);
        const Clock::time_point wall = Clock::now();
        const double before = cpu_seconds();
        bench.serve(served, end, report);
        wall_s += seconds_since(wall);
        const double between = cpu_seconds();
        bench.touch_floor(served, end);
        const double after = cpu_seconds();
        cpu_s += between - before;
        floor_s += after - between;
        ratios.push_back((between - before) / (after - between));
    }
    const auto count = static_cast<double>(total);
    report.requests_per_s = count / wall_s;
    report.cpu_ms_per_request = 1e3 * cpu_s / count;
    report.floor_ms = 1e3 * floor_s / count;
    report.overhead_ratio = median(ratios);
    report.peak_rss_mib = peak_rss_mib();
    report.mean_candidates /= count;
    report.mean_ranked /= count;
    for (BenchStage& stage : report.stages) stage.mean_us /= count;
    return report;
}

}  // namespace cascadelab
