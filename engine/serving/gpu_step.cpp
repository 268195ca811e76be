#include "engine/serving/gpu_step.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

constexpr double kReachedFlops = 0.65;  // of the peak, by large steps
constexpr double kUsableMemory = 0.9;   // the rest is for activations
constexpr double kBytesPerNumber = 2;
constexpr double kOneGpu = 1.4;      // overhead of a step on one GPU
constexpr double kEightGpus = 1.65;  // and with eight that talk in every layer

constexpr auto kGpus = enum_table<GpuKind, Gpu>({
    {GpuKind::a40, "A40", 696e9, 149.7e12, 48e9, "NVIDIA A40 datasheet, 2021"},
    {GpuKind::a100, "A100 80 GB", 2039e9, 312e12, 80e9, "NVIDIA A100 datasheet, SXM, 2021"},
    {GpuKind::h100, "H100 80 GB", 3350e9, 989e12, 80e9, "NVIDIA H100 datasheet, SXM, 2023"},
});

constexpr auto kShapes = enum_table<ServedModel, ModelShape>({
    {ServedModel::decoder_1b, "1.2B decoder", 1.2e9, 24, 16, 16, 128, 1, kOneGpu,
     "12 L d^2 with 24 layers of 2048 dimensions"},
    {ServedModel::phi_2, "phi-2 2.7B", 2.78e9, 32, 32, 32, 80, 1, kOneGpu,
     "Microsoft phi-2 model card, 2023"},
    {ServedModel::llama_2_7b, "Llama-2 7B", 6.74e9, 32, 32, 32, 128, 1, kOneGpu,
     "Touvron et al. 2023"},
    {ServedModel::llama_3_8b, "Llama-3 8B", 8.03e9, 32, 32, 8, 128, 1, kOneGpu,
     "Dubey et al. 2024"},
    {ServedModel::llama_2_70b, "Llama-2 70B on eight", 68.98e9, 80, 64, 8, 128, 8, kEightGpus,
     "Touvron et al. 2023"},
});

}  // namespace

const Gpu& gpu_of(GpuKind kind) {
    return kGpus[kind];
}

const ModelShape& shape_of(ServedModel model) {
    return kShapes[model];
}

double kernel_s(const Gpu& gpu, const ModelShape& shape, double tokens) {
    CHECK(tokens >= 0);
    if (tokens == 0) return 0;
    const double weights = kBytesPerNumber * shape.parameters / shape.gpus;
    const double read_s = shape.overhead * weights / gpu.bytes_per_s;
    const double compute_s =
        2 * shape.parameters * tokens / (shape.gpus * kReachedFlops * gpu.flops);
    return std::hypot(read_s, compute_s);
}

double prefill_attention_s(const Gpu& gpu, const ModelShape& shape, double tokens, double before) {
    // Two products of two operations with every token before and, on average, half of the own.
    const double width = static_cast<double>(shape.layers) * shape.query_heads * shape.head_dims;
    const double flops = 4 * width * tokens * (before + tokens / 2);
    return flops / (shape.gpus * kReachedFlops * gpu.flops);
}

double decode_attention_s(const Gpu& gpu, const ModelShape& shape, double sequences,
                          double context) {
    return sequences * context * kv_bytes_per_token(shape) / (shape.gpus * gpu.bytes_per_s);
}

double prefill_s(const Gpu& gpu, const ModelShape& shape, double prompt, double chunk) {
    CHECK(prompt >= 0 && chunk >= 1);
    const double whole = std::floor(prompt / chunk);
    const double rest = prompt - whole * chunk;
    return whole * kernel_s(gpu, shape, chunk) + kernel_s(gpu, shape, rest) +
           prefill_attention_s(gpu, shape, prompt, 0);
}

double decode_s(const Gpu& gpu, const ModelShape& shape, double sequences, double context) {
    return kernel_s(gpu, shape, sequences) + decode_attention_s(gpu, shape, sequences, context);
}

double mfu(const Gpu& gpu, const ModelShape& shape, double tokens, double seconds) {
    CHECK(seconds > 0);
    return 2 * shape.parameters * tokens / (seconds * gpu.flops * shape.gpus);
}

double kv_bytes_per_token(const ModelShape& shape) {
    return 2.0 * shape.layers * shape.kv_heads * shape.head_dims * kBytesPerNumber;
}

int sequences_that_fit(const Gpu& gpu, const ModelShape& shape, double tokens) {
    CHECK(tokens > 0);
    const double room =
        kUsableMemory * gpu.memory_bytes * shape.gpus - kBytesPerNumber * shape.parameters;
    const double fit = std::floor(room / (tokens * kv_bytes_per_token(shape)));
    return static_cast<int>(std::clamp(fit, 0.0, 1e9));
}

Generation generate(const Gpu& gpu, const ModelShape& shape, const GenerationPlan& plan) {
    CHECK(plan.sequences >= 0 && plan.prompt >= 1 && plan.output >= 1);
    const int fit = sequences_that_fit(gpu, shape, plan.prompt + plan.output);
    if (fit == 0 || plan.sequences == 0) {
        return {0, 0, 0, plan.sequences == 0 ? 0 : std::numeric_limits<double>::infinity(), 0};
    }
    // A sequence is let in when its prompt has room; it is half done, on average, when it has none.
    const int let_in = std::min(plan.sequences, sequences_that_fit(gpu, shape, plan.prompt));
    const double half_done = plan.prompt + plan.output / 2;

    Generation result;
    result.running = std::min(plan.sequences, fit);
    result.preempted = std::max(0, let_in - fit);
    result.step_s = decode_s(gpu, shape, result.running, half_done);
    const double waves = std::ceil(static_cast<double>(plan.sequences) / fit);
    result.last_s = plan.sequences * prefill_s(gpu, shape, plan.prompt, plan.chunk) +
                    result.preempted * prefill_s(gpu, shape, half_done, plan.chunk) +
                    waves * plan.output * result.step_s;
    result.tokens_per_s = plan.sequences * plan.output / result.last_s;
    return result;
}

double request_gpu_s(const Gpu& gpu, const ModelShape& shape, const RequestWork& work) {
    CHECK(work.batch >= 1 && work.width >= 0 && work.steps >= 0 && work.prompt >= 0);
    const double step_s = kernel_s(gpu, shape, work.width * work.batch) / work.batch;
    return shape.gpus * (kernel_s(gpu, shape, work.prompt) + work.steps * step_s);
}

}  // namespace cascadelab
