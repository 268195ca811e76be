#include "engine/models/rankers/booster.h"

#include <xgboost/c_api.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>
#include <utility>

#include "engine/base/text.h"

namespace cascadelab {
namespace {

// "cache_id" is undocumented, but without it in-place prediction refuses to run.
constexpr const char* kPredictConfig =
    R"({"type":0,"training":false,"iteration_begin":0,"iteration_end":0,)"
    R"("strict_shape":false,"cache_id":0,"missing":NaN})";
constexpr const char* kContributionConfig =
    R"({"type":2,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false})";

// For calls that can only fail through our own mistake.
void must(int status) {
    if (status != 0) std::fprintf(stderr, "xgboost: %s\n", XGBGetLastError());
    CHECK(status == 0);
}

// XGBoost's name for a row-major block of floats in memory, written without allocating.
class ArrayInterface {
  public:
    ArrayInterface(const float* data, std::size_t rows, std::size_t columns) {
        std::snprintf(m_text.data(), m_text.size(),
                      R"({"data":[%zu,true],"shape":[%zu,%zu],"typestr":"<f4","version":3})",
                      reinterpret_cast<std::size_t>(data), rows, columns);
    }
    const char* text() const { return m_text.data(); }

  private:
    std::array<char, 128> m_text;
};

// Owns one XGBoost matrix.
class Dataset {
  public:
    Dataset(const float* rows, std::size_t count, std::size_t columns) {
        const ArrayInterface array(rows, count, columns);
        must(XGDMatrixCreateFromDense(array.text(), R"({"missing":NaN,"nthread":1})", &m_handle));
    }
    ~Dataset() { XGDMatrixFree(m_handle); }
    Dataset(const Dataset&) = delete;
    Dataset& operator=(const Dataset&) = delete;

    DMatrixHandle handle() const { return m_handle; }

  private:
    DMatrixHandle m_handle = nullptr;
};

class XgboostBooster final : public Booster {
  public:
    explicit XgboostBooster(const Dataset* dataset) {
        const DMatrixHandle handle = dataset ? dataset->handle() : nullptr;
        must(XGBoosterCreate(&handle, dataset ? 1 : 0, &m_handle));
        set("nthread", "1");
        set("verbosity", "0");
    }
    ~XgboostBooster() override { XGBoosterFree(m_handle); }

    BoosterHandle handle() const { return m_handle; }
    void set(const char* name, const std::string& value) {
        must(XGBoosterSetParam(m_handle, name, value.c_str()));
    }
    // Reads the finished shape and lets XGBoost do its lazy set-up here, on one thread: from now on
    // every call only reads.
    void finish() {
        bst_ulong columns = 0;
        must(XGBoosterGetNumFeature(m_handle, &columns));
        m_columns = static_cast<int>(columns);
        must(XGBoosterBoostedRounds(m_handle, &m_trees));
        const std::vector<float> row(columns, 0.0f);
        predict_raw(row.data(), 1);
    }

    std::string_view label() const override { return "XGBoost"; }
    std::string_view explanation() const override { return "SHAP"; }
    int columns() const override { return m_columns; }
    int outcomes() const override { return 1; }
    int trees() const override { return m_trees; }

    std::span<const float> predict_raw(const float* rows, std::size_t count) const override {
        const ArrayInterface array(rows, count, static_cast<std::size_t>(m_columns));
        const bst_ulong* shape = nullptr;
        bst_ulong rank = 0;
        const float* result = nullptr;
        must(XGBoosterPredictFromDense(m_handle, array.text(), kPredictConfig, nullptr, &shape,
                                       &rank, &result));
        return {result, count};
    }

    void predict(const float* rows, std::size_t count, std::span<float> out) const override {
        CHECK(out.size() == count);
        if (count == 0) return;
        const std::span<const float> result = predict_raw(rows, count);
        std::ranges::copy(result, out.begin());
    }

    Matrix contributions(const float* rows, std::size_t count, int outcome) const override {
        CHECK(outcome == 0);
        const auto height = static_cast<Eigen::Index>(count);
        if (count == 0) return Matrix(0, m_columns + 1);
        const Dataset dataset(rows, count, static_cast<std::size_t>(m_columns));
        const bst_ulong* shape = nullptr;
        bst_ulong rank = 0;
        const float* result = nullptr;
        must(XGBoosterPredictFromDMatrix(m_handle, dataset.handle(), kContributionConfig, &shape,
                                         &rank, &result));
        return Eigen::Map<const Matrix>(result, height, m_columns + 1);
    }

    std::vector<std::uint8_t> bytes() const override {
        bst_ulong length = 0;
        const char* data = nullptr;
        must(XGBoosterSaveModelToBuffer(m_handle, R"({"format":"ubj"})", &length, &data));
        return {data, data + length};
    }

  private:
    BoosterHandle m_handle = nullptr;
    int m_columns = 0;
    int m_trees = 0;
};

// The share of positives as the model's starting probability, kept off 0 and 1 where the log-odds
// are infinite.
double base_score(std::span<const float> labels, std::span<const float> weights) {
    double sum = 0, total = 0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const double weight = weights.empty() ? 1.0 : static_cast<double>(weights[i]);
        sum += weight * static_cast<double>(labels[i]);
        total += weight;
    }
    return std::clamp(sum / total, 1e-4, 1 - 1e-4);
}

}  // namespace

std::shared_ptr<const Booster> train_booster(const Matrix& rows, std::span<const float> labels,
                                             const BoosterSettings& settings,
                                             const Progress& progress) {
    const auto count = static_cast<std::size_t>(rows.rows());
    CHECK(count > 0 && rows.cols() > 0 && labels.size() == count && settings.trees > 0);
    const Dataset dataset(rows.data(), count, static_cast<std::size_t>(rows.cols()));
    must(XGDMatrixSetFloatInfo(dataset.handle(), "label", labels.data(), count));
    const std::size_t weighed = settings.pages.empty() ? count : settings.pages.size();
    CHECK(settings.weights.empty() || settings.weights.size() == weighed);
    if (!settings.pages.empty()) {
        CHECK(std::accumulate(settings.pages.begin(), settings.pages.end(), std::size_t{0}) ==
              count);
        must(XGDMatrixSetUIntInfo(dataset.handle(), "group", settings.pages.data(),
                                  settings.pages.size()));
    }
    if (!settings.weights.empty())
        must(XGDMatrixSetFloatInfo(dataset.handle(), "weight", settings.weights.data(), weighed));

    auto booster = std::make_shared<XgboostBooster>(&dataset);
    const bool by_page = !settings.pages.empty();
    booster->set("objective", by_page ? "rank:ndcg" : "binary:logistic");
    booster->set("tree_method", "hist");
    booster->set("base_score", number_text(by_page ? 0 : base_score(labels, settings.weights)));
    booster->set("max_depth", number_text(settings.depth));
    booster->set("eta", number_text(settings.learning_rate));
    booster->set("min_child_weight", number_text(settings.min_child_weight));
    booster->set("subsample", number_text(settings.subsample));
    // XGBoost reads a signed number; 31 bits are seed enough for the rows it leaves out.
    booster->set("seed", number_text(static_cast<double>(settings.seed & 0x7FFFFFFF)));
    for (int tree = 0; tree < settings.trees; ++tree) {
        must(XGBoosterUpdateOneIter(booster->handle(), tree, dataset.handle()));
        if (progress && !progress((tree + 1.0) / settings.trees)) return nullptr;
    }
    // What is published is read back from the saved trees: training leaves row-sized buffers in the
    // booster, and a model from a file is then the very same model.
    auto trained = load_booster(booster->bytes());
    CHECK(trained.ok());
    return trained.value();
}

Result<std::shared_ptr<const Booster>> load_booster(std::span<const std::uint8_t> bytes) {
    auto booster = std::make_shared<XgboostBooster>(nullptr);
    // Loading would run on every core, because settings wait for the first use: any number of
    // columns and a harmless question make XGBoost take up its one thread now.
    booster->set("num_feature", "1");
    int rounds = 0;
    must(XGBoosterBoostedRounds(booster->handle(), &rounds));
    if (bytes.empty() ||
        XGBoosterLoadModelFromBuffer(booster->handle(), bytes.data(), bytes.size()) != 0) {
        return Problem{.file = "model",
                       .path = {},
                       .found = "bytes that are not a trained model",
                       .expected = "trees saved as UBJSON"};
    }
    booster->finish();
    return std::shared_ptr<const Booster>(std::move(booster));
}

}  // namespace cascadelab
