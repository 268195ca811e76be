#include "engine/cascade/request/generative_model.h"

#include <algorithm>

#include "engine/models/semantic_ids/corrupt_codes.h"

namespace cascadelab {
namespace {

// IDs as the codebook gives them: to the items it was learned from, then to those released since.
SemanticIds grown(SemanticIds ids, const Tokenizer& tokenizer, const RowTable& content) {
    if (const std::size_t newer = content.rows() - std::min(content.rows(), ids.items()); newer > 0)
        append_ids(ids, tokenizer, content.matrix().bottomRows(static_cast<Eigen::Index>(newer)));
    return ids;
}

}  // namespace

void GenerativeModel::take_codes(std::shared_ptr<const Tokenized> learned, Seconds at_s) {
    tokenized = std::move(learned);
    ids = std::shared_ptr<const SemanticIds>(tokenized, &tokenized->ids);
    tree = std::make_shared<const CodeTree>(*ids);
    built_s = at_s;
}

void GenerativeModel::take_decoder(std::shared_ptr<const CodeDecoder> trained, Seconds at_s) {
    decoder = std::move(trained);
    trained_s = at_s;
}

void GenerativeModel::take_in_items(const RowTable& content) {
    if (!ids || ids->items() >= content.rows()) return;
    ids = std::make_shared<const SemanticIds>(grown(*ids, tokenized->tokenizer, content));
    tree = std::make_shared<const CodeTree>(*ids);
}

void GenerativeModel::corrupt(double share, Stream stream) {
    if (!ids) return;
    ids = std::make_shared<const SemanticIds>(corrupt_codes(*ids, share, stream));
    tree = std::make_shared<const CodeTree>(*ids);
}

double GenerativeModel::changed_share(const RowTable& content) const {
    if (!ids || ids->items() == 0) return 0;
    const SemanticIds right = grown(tokenized->ids, tokenized->tokenizer, content);
    const std::size_t items = std::min(ids->items(), right.items());
    std::size_t changed = 0;
    for (std::size_t i = 0; i < items; ++i)
        changed += !std::ranges::equal(ids->codes(ItemId(i)), right.codes(ItemId(i)));
    return static_cast<double>(changed) / static_cast<double>(items);
}

bool generative_used(const Params& params) {
    return params.retrieval.generative > 0 || params.generative.rescoring > 0 ||
           params.generative.feed == GenerativeFeed::generative;
}

}  // namespace cascadelab
