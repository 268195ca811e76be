#include "app/cli/ranker_report.h"

#include "engine/base/text.h"
#include "engine/params/table.h"

namespace cascadelab {
namespace {

std::string name_of(RankingModel model) {
    return value_text(*find_parameter("ranking.model"), static_cast<double>(model));
}

std::string padded(const std::string& text, std::size_t width) {
    return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

void add_point(Json& out, const RankerBenchPoint& point) {
    const RankingQuality& quality = point.trial.quality;
    out.add("rows", point.rows).add("log_loss", quality.log_loss).add("auc", quality.auc);
    out.add("ndcg_at_10", quality.ndcg_at_10).add("train_s", point.trial.timing.train_s);
    out.add("score_us", point.trial.timing.score_us);
}

std::string point_text(const RankerBenchPoint& point) {
    const RankingQuality& quality = point.trial.quality;
    return padded(grouped_text(static_cast<std::int64_t>(point.rows)), 8) +
           padded(fixed_text(quality.log_loss, 4), 10) + padded(fixed_text(quality.auc, 4), 8) +
           padded(fixed_text(quality.ndcg_at_10, 4), 9) +
           padded(fixed_text(point.trial.timing.train_s, 2), 9) + " s" +
           padded(fixed_text(point.trial.timing.score_us, 0), 8) + " us\n";
}

}  // namespace

Json ranker_report_json(const RankerBenchReport& report) {
    Json models(Json::List{});
    for (const RankerBenchModel& model : report.models) {
        Json curve(Json::List{});
        for (const RankerBenchPoint& point : model.curve) {
            Json one(Json::Object{});
            add_point(one, point);
            curve.append(std::move(one));
        }
        Json out(Json::Object{});
        out.add("model", name_of(model.model));
        add_point(out, model.curve.back());
        models.append(out.add("curve", std::move(curve)));
    }
    Json out(Json::Object{});
    out.add("learned_rows", report.learned).add("held_out_rows", report.held_out);
    out.add("held_out_requests", report.requests).add("click_share", report.click_share);
    return out.add("setup_s", report.setup_s).add("models", std::move(models));
}

std::string ranker_report_text(const RankerBenchReport& report) {
    std::string text =
        grouped_text(static_cast<std::int64_t>(report.held_out)) + " impressions of " +
        grouped_text(static_cast<std::int64_t>(report.requests)) + " requests held out, " +
        fixed_text(100.0 * report.click_share, 1) +
        " % clicked; learned from what was before them, in parts spread over that time\n";
    for (const RankerBenchModel& model : report.models) {
        text += "\n" + name_of(model.model) +
                "\n    rows  log loss     AUC  NDCG@10      training   300 rows\n";
        for (const RankerBenchPoint& point : model.curve) text += point_text(point);
    }
    return text;
}

}  // namespace cascadelab
