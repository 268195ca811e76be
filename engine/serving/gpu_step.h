// How long a GPU takes for one step of a language model or generative decoder: a roofline of
// reading the weights and of computing, fitted to measured kernels, with attention on top. Nothing
// here is measured on this machine. Seconds and bytes; pure functions.
#pragma once

#include <string_view>

#include "engine/params/params.h"

namespace cascadelab {

struct Gpu {
    GpuKind value;
    std::string_view name;
    double bytes_per_s;  // of its memory
    double flops;        // bf16 with tensor cores, dense
    double memory_bytes;
    std::string_view source;
};
const Gpu& gpu_of(GpuKind kind);

enum class ServedModel { decoder_1b, phi_2, llama_2_7b, llama_3_8b, llama_2_70b };
template <>
inline constexpr std::size_t enum_count<ServedModel> = 5;

// Two bytes a parameter and a cached number.
struct ModelShape {
    ServedModel value;
    std::string_view name;
    double parameters;
    int layers;
    int query_heads;
    int kv_heads;  // fewer than query_heads with grouped-query attention
    int head_dims;
    int gpus;         // that it is split over (tensor parallel)
    double overhead;  // of a step with one token over reading the weights once
    std::string_view source;
};
const ModelShape& shape_of(ServedModel model);

// One step without attention: sqrt((overhead x 2P/BW)^2 + (2Pn / (.65 FLOPS))^2) for n tokens, over
// all GPUs of the model. Fitted to the kernels that Vidur measured (Agrawal et al. 2024) on A40,
// A100 and H100: median error 6 %, 95 % within 25 % up to 4096 tokens.
double kernel_s(const Gpu& gpu, const ModelShape& shape, double tokens);
// Attention of a step (Pope et al. 2022, the same roofline): computing for the tokens of a prompt
// that already has so many before them, reading the cache for tokens that are generated one a
// sequence.
double prefill_attention_s(const Gpu& gpu, const ModelShape& shape, double tokens, double before);
double decode_attention_s(const Gpu& gpu, const ModelShape& shape, double sequences,
                          double context);

// A prompt in chunks of so many tokens at most, with attention; everyone in these steps waits.
double prefill_s(const Gpu& gpu, const ModelShape& shape, double prompt, double chunk);
// A token for each of so many sequences of this context, with attention.
double decode_s(const Gpu& gpu, const ModelShape& shape, double sequences, double context);

// Share of the peak that so many tokens in so many seconds use: 2 P n / (t FLOPS) (model FLOPs
// utilisation, Chowdhery et al. 2022). Of kernels .55-.78; of whole systems, waiting included, .11
// to .29. One or the other.
double mfu(const Gpu& gpu, const ModelShape& shape, double tokens, double seconds);

// --- memory ---
// Keys and values of one token, over all GPUs of the model.
double kv_bytes_per_token(const ModelShape& shape);
// Sequences of so many tokens each whose keys and values fit beside the weights in 90 % of the
// memory; 0 when not even the weights do.
int sequences_that_fit(const Gpu& gpu, const ModelShape& shape, double tokens);

// Sequences that come at once and are generated together.
struct GenerationPlan {
    int sequences = 1;
    double prompt = 1155;  // tokens; defaults: conversations in the Azure traces (Splitwise, 2024)
    double output = 211;
    double chunk = 512;  // of the prompt in one step
};
struct Generation {
    int running = 0;    // at a time
    int preempted = 0;  // let in by their prompt, thrown out as they grew, computed again
    double step_s = 0;  // between two tokens of a sequence
    double last_s = 0;  // until the last is done
    double tokens_per_s = 0;
};
// Until memory is full more sequences cost a little each; then the next waits for a whole
// generation, and those that were let in too early are computed twice: a cliff, not a slope (as in
// vLLM with recomputation, Kwon et al. 2023). Nothing runs when not one fits.
Generation generate(const Gpu& gpu, const ModelShape& shape, const GenerationPlan& plan);

// GPU-seconds of one request whose steps are shared with others: a prompt, then so many steps with
// `width` tokens each (the beam), `batch` requests a step. Without attention.
struct RequestWork {
    double prompt = 512;
    double steps = 3;
    double width = 50;
    double batch = 1;
};
double request_gpu_s(const Gpu& gpu, const ModelShape& shape, const RequestWork& work);

}  // namespace cascadelab
