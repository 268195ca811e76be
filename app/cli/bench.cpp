// bench: the cascade alone against the floor its libraries set, and the sequence encoder; or the
// vector indexes by breadth; or the rankers; or the generative retriever.
#include "engine/bench/bench.h"

#include <array>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "app/cli/ranker_report.h"
#include "engine/base/text.h"
#include "engine/bench/decoder_bench.h"
#include "engine/bench/index_study.h"
#include "engine/bench/sequence_bench.h"
#include "engine/store/json/json.h"

namespace cascadelab {
namespace {

Json report_json(const BenchReport& report, const SequenceBenchReport& sequences) {
    Json stages(Json::Object{});
    for (const BenchStage& stage : report.stages) stages.add(stage.name, stage.mean_us);
    Json out(Json::Object{});
    out.add("requests_per_s", report.requests_per_s);
    out.add("cpu_ms_per_request", report.cpu_ms_per_request).add("floor_ms", report.floor_ms);
    out.add("overhead_ratio", report.overhead_ratio).add("peak_rss_mib", report.peak_rss_mib);
    out.add("mean_candidates", report.mean_candidates).add("mean_ranked", report.mean_ranked);
    out.add("hstu_epoch_s", sequences.epoch_s).add("hstu_refresh_ms", sequences.refresh_ms);
    out.add("hstu_timed_sequences", sequences.sequences);
    return out.add("setup_s", report.setup_s).add("stages", std::move(stages));
}

void print_report(const BenchReport& report, const SequenceBenchReport& sequences) {
    answer("requests a second     " + fixed_text(report.requests_per_s, 0) + "\n");
    answer("CPU a request         " + fixed_text(report.cpu_ms_per_request, 3) + " ms\n");
    answer("floor of the libraries " + fixed_text(report.floor_ms, 3) + " ms\n");
    answer("ratio                 " + fixed_text(report.overhead_ratio, 2) + "\n");
    answer("peak memory           " + fixed_text(report.peak_rss_mib, 0) + " MiB\n");
    for (const BenchStage& stage : report.stages) {
        answer("  " + stage.name + " " + fixed_text(stage.mean_us, 1) + " us\n");
    }
    const bool whole = sequences.sequences == kEpochSequences;
    answer("HSTU, 10,000 sequences " + fixed_text(sequences.epoch_s, 1) + " s an epoch" +
           (whole ? "" : ", scaled from " + std::to_string(sequences.sequences)) + "\n");
    answer("HSTU after an event   " + fixed_text(sequences.refresh_ms, 4) + " ms\n");
}

constexpr EnumArray<IndexChoice, std::string_view> kKinds = {"exact", "hnsw", "ivf"};
constexpr EnumArray<IndexChoice, std::string_view> kBreadths = {"", "ef", "probes"};

Json study_json(const IndexStudy& study) {
    Json curves(Json::List{});
    for (const IndexCurve& curve : study.curves) {
        Json points(Json::List{});
        for (const IndexPoint& point : curve.points) {
            Json row(Json::Object{});
            row.add("breadth", point.breadth).add("recall", point.recall).add("ms", point.ms);
            points.append(std::move(row));
        }
        Json entry(Json::Object{});
        entry.add("index", std::string(kKinds[curve.kind]));
        entry.add("build_s", curve.build_s).add("points", std::move(points));
        curves.append(std::move(entry));
    }
    Json out(Json::Object{});
    out.add("vectors", "synthetic").add("items", study.items).add("dims", study.dims);
    out.add("k", study.k).add("queries", study.queries).add("cells", study.cells);
    return out.add("indexes", std::move(curves));
}

void print_study(const IndexStudy& study) {
    answer(std::to_string(study.k) + " nearest of " + std::to_string(study.items) + " x " +
           std::to_string(study.dims) + ", synthetic vectors in clusters\n");
    for (const IndexCurve& curve : study.curves) {
        const IndexChoice kind = curve.kind;
        answer(std::string(kKinds[kind]) + ", built in " + fixed_text(curve.build_s, 2) + " s\n");
        for (const IndexPoint& point : curve.points) {
            const std::string breadth =
                point.breadth == 0
                    ? ""
                    : std::string(kBreadths[kind]) + " " + std::to_string(point.breadth) + ": ";
            answer("  " + breadth + "recall " + fixed_text(point.recall, 4) + ", " +
                   fixed_text(point.ms, 3) + " ms\n");
        }
    }
}

ExitCode study_command(const BenchRequest& request) {
    IndexStudyOptions options;
    options.items = request.items;
    options.dims = static_cast<int>(request.dims);
    options.k = static_cast<int>(request.k);
    std::string told;
    const auto study = study_indexes(options, [&](double, const std::string& text) {
        if (text != told && !text.empty()) say(text);
        told = text;
        return true;
    });
    CHECK(study.has_value());
    if (request.json) {
        answer(json_pages(study_json(*study)));
    } else {
        print_study(*study);
    }
    return ExitCode::ok;
}

ExitCode decoder_command(const BenchRequest& request) {
    say("training the decoder");
    const DecoderBenchReport report = bench_decoder();
    if (request.json) {
        Json out(Json::Object{});
        out.add("decoder_sequences", report.sequences).add("decoder_items", report.items);
        out.add("decoder_epoch_s", report.epoch_s).add("decoder_beam_ms", report.beam_ms);
        answer(json_pages(out.add("decoder_score_ms", report.score_ms)));
        return ExitCode::ok;
    }
    answer("decoder, " + std::to_string(report.sequences) + " sequences " +
           fixed_text(report.epoch_s, 2) + " s an epoch\n");
    answer("beam of " + std::to_string(kBenchedBeam) + "            " +
           fixed_text(report.beam_ms, 3) + " ms a person\n");
    answer("scores of " + std::to_string(kBenchedScores) + " items   " +
           fixed_text(report.score_ms, 3) + " ms a person\n");
    return ExitCode::ok;
}

}  // namespace

ExitCode bench_command(const BenchRequest& request) {
    if (request.rankers) {
        const RankerBenchReport report = run_ranker_bench({.days = request.days,
                                                           .rows = request.rows,
                                                           .trees = request.trees,
                                                           .threads = request.threads},
                                                          say);
        answer(request.json ? json_pages(ranker_report_json(report)) : ranker_report_text(report));
        return ExitCode::ok;
    }
    if (request.indexes) return study_command(request);
    if (request.decoder) return decoder_command(request);
    const BenchOptions options{.people = request.people,
                               .items = request.items,
                               .candidates = request.candidates,
                               .trees = request.trees,
                               .requests = request.requests,
                               .threads = request.threads};
    const BenchReport report = run_bench(options, say);
    say("training the sequence encoder");
    const SequenceBenchReport sequences =
        bench_sequences(request.hstu ? kEpochSequences : kTimedSequences);
    if (request.json) {
        answer(json_pages(report_json(report, sequences)));
    } else {
        print_report(report, sequences);
    }
    return ExitCode::ok;
}

}  // namespace cascadelab
