#include "engine/models/semantic_ids/tokenizer.h"

#include "engine/base/error.h"
#include "engine/base/hash.h"
#include "engine/models/semantic_ids/sinkhorn.h"

namespace cascadelab {
namespace {

struct Learned {
    Codebook codebook;
    std::shared_ptr<const RowEncoder> encoder;
    Quantised items;
    std::vector<double> loss;
};

// Level after level on what the levels before left over. Codes are those of the training: balanced
// ones need not be the nearest.
bool learn_residual_kmeans(const Matrix& vectors, const TokenizerSettings& settings,
                           Workers* workers, const Progress& progress, Learned& learned) {
    const auto levels = static_cast<std::size_t>(settings.levels);
    const auto items = static_cast<std::size_t>(vectors.rows());
    Quantised& result = learned.items;
    result.residual = vectors;
    result.codes.resize(items * levels);
    result.error.push_back(mean_square(vectors));
    for (std::size_t level = 0; level < levels; ++level) {
        if (progress && !progress(static_cast<double>(level) / settings.levels)) return false;
        Kmeans kmeans = train_kmeans(result.residual,
                                     {.clusters = settings.codes,
                                      .rounds = settings.rounds,
                                      .start = settings.start,
                                      .reseed_dead = settings.reset_dead,
                                      .balanced = settings.kind == TokenizerKind::balanced_kmeans,
                                      .seed = mix_bits(settings.seed + level)},
                                     workers);
        for (std::size_t i = 0; i < items; ++i) {
            const std::uint32_t code = kmeans.assignment.cluster[i];
            result.codes[i * levels + level] = static_cast<Code>(code);
            result.residual.row(static_cast<Eigen::Index>(i)) -= kmeans.centres.row(code);
        }
        result.error.push_back(kmeans.assignment.mean_error);
        learned.codebook.levels.push_back(std::move(kmeans.centres));
    }
    return true;
}

bool learn_rq_vae(const Matrix& vectors, const TokenizerSettings& settings, Workers* workers,
                  const Progress& progress, Learned& learned) {
    RqVae trained = train_rq_vae(vectors, settings, progress);
    if (trained.encoder == nullptr) return false;
    learned.items = quantise(trained.codebook, trained.encoder->encode(vectors), workers);
    learned.codebook = std::move(trained.codebook);
    learned.encoder = std::move(trained.encoder);
    learned.loss = std::move(trained.loss);
    return true;
}

void spread_last_level(Learned& learned) {
    const std::size_t levels = learned.codebook.depth();
    const Matrix& last = learned.codebook.levels.back();
    Quantised& items = learned.items;
    const auto move = [&](float direction) {
        for (Eigen::Index i = 0; i < items.residual.rows(); ++i) {
            const Code code = items.codes[static_cast<std::size_t>(i) * levels + levels - 1];
            items.residual.row(i) += direction * last.row(code);
        }
    };
    move(1);
    spread_collisions(items.residual, last, levels, items.codes);
    move(-1);
    items.error.back() = mean_square(items.residual);
}

}  // namespace

Quantised Tokenizer::quantise(const Matrix& rows, Workers* workers) const {
    return cascadelab::quantise(m_codebook, m_encoder ? m_encoder->encode(rows) : rows, workers);
}

std::uint64_t Tokenized::hash() const {
    Hasher hasher;
    hasher.add(hash_of(ids));
    for (const Matrix& level : tokenizer.codebook().levels)
        hasher.add_all(std::span(level.data(), static_cast<std::size_t>(level.size())));
    return hasher.value();
}

std::shared_ptr<const Tokenized> tokenize(const Matrix& vectors, const TokenizerSettings& settings,
                                          Workers* workers, const Progress& progress) {
    CHECK(settings.levels > 0 && settings.codes > 0 && settings.codes <= kMostCodes);
    CHECK(vectors.rows() > 0);
    Learned learned;
    const auto learn =
        settings.kind == TokenizerKind::rq_vae ? learn_rq_vae : learn_residual_kmeans;
    if (!learn(vectors, settings, workers, progress, learned)) return nullptr;
    if (settings.spread_last) spread_last_level(learned);
    const std::vector<int> alphabet(static_cast<std::size_t>(settings.levels), settings.codes);
    SemanticIds ids =
        make_ids(learned.items.codes, alphabet, settings.extra_digit, settings.version);
    return std::make_shared<const Tokenized>(
        Tokenized{Tokenizer(std::move(learned.codebook), std::move(learned.encoder)),
                  std::move(ids), std::move(learned.items.error), std::move(learned.loss)});
}

void append_ids(SemanticIds& ids, const Tokenizer& tokenizer, const Matrix& vectors) {
    const Quantised found = tokenizer.quantise(vectors);
    const auto levels = tokenizer.codebook().depth();
    for (std::size_t i = 0; i < static_cast<std::size_t>(vectors.rows()); ++i)
        append_id(ids, {found.codes.data() + i * levels, levels});
}

}  // namespace cascadelab
