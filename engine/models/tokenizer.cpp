#include "engine/models/tokenizer.h"

#include "engine/base/error.h"

namespace cascadelab {
namespace {

struct Learned {
    Codebook codebook;
    Quantised items;
};

// Level after level on what the levels before left over.
bool learn_residual_kmeans(const Matrix& vectors, const TokenizerSettings& settings,
                           Workers* workers, const Progress& progress, Learned& learned) {
    Matrix residual = vectors;
    for (int level = 0; level < settings.levels; ++level) {
        if (progress && !progress(static_cast<double>(level) / settings.levels)) return false;
        const Kmeans kmeans =
            train_kmeans(residual,
                         {.clusters = settings.codes,
                          .rounds = settings.rounds,
                          .start = settings.start,
                          .reseed_dead = settings.reset_dead,
                          .seed = mix_bits(settings.seed + static_cast<std::uint64_t>(level))},
                         workers);
        for (Eigen::Index r = 0; r < residual.rows(); ++r) {
            const auto row = static_cast<std::size_t>(r);
            residual.row(r) -= kmeans.centres.row(kmeans.assignment.cluster[row]);
        }
        learned.codebook.levels.push_back(kmeans.centres);
    }
    learned.items = quantise(learned.codebook, vectors, workers);
    return true;
}

}  // namespace

Quantised Tokenizer::quantise(const Matrix& rows, Workers* workers) const {
    return cascadelab::quantise(m_codebook, rows, workers);
}

std::shared_ptr<const Tokenized> tokenize(const Matrix& vectors, const TokenizerSettings& settings,
                                          Workers* workers, const Progress& progress) {
    CHECK(settings.levels > 0 && settings.codes > 0 && vectors.rows() > 0);
    Learned learned;
    if (!learn_residual_kmeans(vectors, settings, workers, progress, learned)) return nullptr;
    const std::vector<int> alphabet(static_cast<std::size_t>(settings.levels), settings.codes);
    SemanticIds ids =
        make_ids(learned.items.codes, alphabet, settings.extra_digit, settings.version);
    return std::make_shared<const Tokenized>(Tokenized{
        Tokenizer(std::move(learned.codebook)), std::move(ids), std::move(learned.items.error)});
}

void append_ids(SemanticIds& ids, const Tokenizer& tokenizer, const Matrix& vectors) {
    const Quantised found = tokenizer.quantise(vectors);
    const auto levels = tokenizer.codebook().depth();
    for (std::size_t i = 0; i < static_cast<std::size_t>(vectors.rows()); ++i)
        append_id(ids, {found.codes.data() + i * levels, levels});
}

}  // namespace cascadelab
