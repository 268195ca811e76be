#include "engine/models/decoder/code_decoder.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "engine/base/error.h"
#include "engine/base/hash.h"
#include "engine/models/decoder/code_decoder_net.h"

namespace cascadelab {
namespace {

using Block = DecoderBlock<float>;

void normalise(const nn::LayerNorm<float>& norm, const Matrix& x, Matrix& y, Vector& deviation) {
    nn::layer_norm_forward(x, y, deviation);
    y.array().rowwise() *= norm.gain.value.row(0).array();
    y.rowwise() += norm.bias.value.row(0);
}

// Everything of a layer after attention; work.x holds its input, work.seen what attention gathered.
void feed_forward(const Block& block, DecoderWork& work) {
    block.output.forward(work.seen, work.part);
    work.x += work.part;
    normalise(block.feed_norm, work.x, work.normal, work.deviation);
    block.first.forward(work.normal, work.wide);
    nn::gelu_forward(work.wide, work.wide);
    block.second.forward(work.wide, work.part);
    work.x += work.part;
}

void project(const Block& block, DecoderWork& work, Matrix& qkv) {
    normalise(block.attention_norm, work.x, work.normal, work.deviation);
    block.projection.forward(work.normal, qkv);
}

}  // namespace

Eigen::Index DecoderShape::first_code(std::size_t level) const {
    return std::accumulate(alphabets.begin(),
                           alphabets.begin() + static_cast<std::ptrdiff_t>(level), 0);
}

std::vector<Code> digits_of(const SemanticIds& ids, std::span<const ItemId> items) {
    std::vector<Code> digits;
    for (const ItemId item : items) {
        if (item.index() >= ids.items()) continue;
        const std::span<const Code> path = ids.path(item);
        digits.insert(digits.end(), path.begin(), path.end());
    }
    return digits;
}

std::vector<int> decoder_alphabets(const SemanticIds& ids) {
    std::vector<int> alphabets = ids.alphabet;
    if (ids.extra_digit) {
        const auto needed = static_cast<unsigned>(std::max(16, alphabets.back()));
        alphabets.back() = static_cast<int>(std::bit_ceil(needed));
    }
    return alphabets;
}

CodeDecoder::CodeDecoder(DecoderNet<float> net, std::uint64_t codes_version,
                         std::vector<double> epoch_loss)
    : m_net(std::make_unique<const DecoderNet<float>>(std::move(net))),
      m_codes_version(codes_version),
      m_epoch_loss(std::move(epoch_loss)) {}

CodeDecoder::~CodeDecoder() = default;

const DecoderShape& CodeDecoder::shape() const {
    return m_net->shape;
}

std::uint64_t CodeDecoder::hash() const {
    Hasher hasher;
    hasher.add(m_codes_version);
    DecoderNet<float> net = *m_net;
    net.each_parameter([&](const nn::Parameter<float>& p) {
        hasher.add_all(std::span(p.value.data(), static_cast<std::size_t>(p.value.size())));
    });
    return hasher.value();
}

const Matrix& CodeDecoder::begin(std::span<const Code> past, std::span<const float> person,
                                 DecoderWork& work) const {
    CHECK(past.size() % shape().levels() == 0);
    const std::size_t most = static_cast<std::size_t>(shape().length) * shape().levels();
    embed_past(past.last(std::min(past.size(), most)), person, work);
    work.rows.clear();
    work.rows.add(work.x.rows());
    work.attention = nn::CausalAttention<float>(shape().heads);
    work.past.resize(m_net->blocks.size());
    const Eigen::Index d = shape().dims;
    for (std::size_t layer = 0; layer < m_net->blocks.size(); ++layer) {
        const Block& block = m_net->blocks[layer];
        Matrix& qkv = work.past[layer];
        project(block, work, qkv);
        if (layer + 1 < m_net->blocks.size()) {
            work.attention.forward(work.rows, qkv, work.seen);
        } else {
            // Of the last layer only the newest row is read on.
            const Eigen::Index n = qkv.rows();
            work.scores.resize(n);
            work.seen.resize(1, d);
            nn::attend_row(qkv.bottomLeftCorner(1, d), qkv.middleCols(d, d), qkv.rightCols(d),
                           shape().heads, work.scores, work.seen);
            work.x = work.x.bottomRows(1).eval();
        }
        feed_forward(block, work);
    }
    work.taken = 0;
    return finish(0, work);
}

const Matrix& CodeDecoder::extend(std::span<const CodeStep> steps, DecoderWork& work) const {
    const std::size_t level = work.taken;
    CHECK(level + 1 < shape().levels() && !steps.empty());
    if (work.steps.size() <= level) work.steps.resize(level + 1);
    DecoderWork::Step& own = work.steps[level];
    own.qkv.resize(m_net->blocks.size());
    own.parent.clear();
    work.x.resize(std::ssize(steps), shape().dims);
    const Eigen::Index place = work.past.front().rows() + static_cast<Eigen::Index>(level);
    const auto before = level == 0 ? 1 : work.steps[level - 1].parent.size();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        CHECK(steps[i].parent < before);
        CHECK(steps[i].code < shape().alphabets[level]);
        own.parent.push_back(steps[i].parent);
        work.x.row(static_cast<Eigen::Index>(i)) =
            m_net->place.value.row(place) +
            m_net->codes.value.row(shape().first_code(level) + steps[i].code);
    }
    ++work.taken;
    for (std::size_t layer = 0; layer < m_net->blocks.size(); ++layer) {
        project(m_net->blocks[layer], work, own.qkv[layer]);
        attend(layer, work);
        feed_forward(m_net->blocks[layer], work);
    }
    return finish(work.taken, work);
}

void CodeDecoder::embed_past(std::span<const Code> past, std::span<const float> person,
                             DecoderWork& work) const {
    const std::size_t levels = shape().levels();
    work.x = m_net->place.value.topRows(1 + std::ssize(past));
    work.x.row(0) += m_net->start.value.row(0);
    CHECK(person.empty() || std::ssize(person) == shape().person_width);
    for (std::size_t i = 0; i < person.size(); ++i) {
        work.x.row(0) += person[i] * m_net->person.value.row(static_cast<Eigen::Index>(i));
    }
    for (std::size_t i = 0; i < past.size(); ++i) {
        const int code = std::min<int>(past[i], shape().alphabets[i % levels] - 1);
        work.x.row(static_cast<Eigen::Index>(i) + 1) +=
            m_net->codes.value.row(shape().first_code(i % levels) + code);
    }
}

// The newest step's rows of a layer look at the past, which they share, and at the rows that led to
// them. Leaves what they see in work.seen.
void CodeDecoder::attend(std::size_t layer, DecoderWork& work) const {
    const std::size_t depth = work.taken;
    const Matrix& past = work.past[layer];
    const Matrix& own = work.steps[depth - 1].qkv[layer];
    const Eigen::Index d = shape().dims, w = d / shape().heads, m = own.rows(), n = past.rows();
    const float scale = 1 / std::sqrt(static_cast<float>(w));
    work.seen.resize(m, d);
    work.weights.resize(m, n + static_cast<Eigen::Index>(depth));
    // visit(row of own, its ancestor's step from the first, the row of that step)
    const auto each_ancestor = [&](auto visit) {
        for (Eigen::Index i = 0; i < m; ++i) {
            auto row = static_cast<std::uint32_t>(i);
            for (std::size_t step = depth; step-- > 0;) {
                visit(i, step, static_cast<Eigen::Index>(row));
                row = work.steps[step].parent[row];
            }
        }
    };
    for (Eigen::Index column = 0; column < d; column += w) {
        work.weights.leftCols(n).noalias() =
            scale * own.middleCols(column, w) * past.middleCols(d + column, w).transpose();
        each_ancestor([&](Eigen::Index i, std::size_t step, Eigen::Index row) {
            const Matrix& keys = work.steps[step].qkv[layer];
            work.weights(i, n + static_cast<Eigen::Index>(step)) =
                scale * own.row(i).segment(column, w).dot(keys.row(row).segment(d + column, w));
        });
        for (Eigen::Index i = 0; i < m; ++i) nn::softmax_in_place<float>(work.weights.row(i));
        work.seen.middleCols(column, w).noalias() =
            work.weights.leftCols(n) * past.middleCols(2 * d + column, w);
        each_ancestor([&](Eigen::Index i, std::size_t step, Eigen::Index row) {
            const Matrix& values = work.steps[step].qkv[layer];
            work.seen.row(i).segment(column, w) +=
                work.weights(i, n + static_cast<Eigen::Index>(step)) *
                values.row(row).segment(2 * d + column, w);
        });
    }
}

const Matrix& CodeDecoder::finish(std::size_t level, DecoderWork& work) const {
    normalise(m_net->norm, work.x, work.last, work.deviation);
    m_net->logits(level, work.last, work.logits);
    return work.logits;
}

}  // namespace cascadelab
