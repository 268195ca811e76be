// Small catalogues of codes and decoders over them, for tests.
#pragma once

#include "engine/models/decoder/code_decoder_net.h"

namespace cascadelab {

// Random codes for a catalogue; items of the same codes are likely when it is large.
inline SemanticIds random_ids(std::size_t items, std::vector<int> alphabet, bool extra_digit,
                              std::uint64_t seed) {
    Stream stream(seed, Purpose::test);
    std::vector<Code> codes;
    for (std::size_t i = 0; i < items; ++i) {
        for (const int size : alphabet) {
            codes.push_back(static_cast<Code>(stream.below(static_cast<std::uint64_t>(size))));
        }
    }
    return make_ids(codes, std::move(alphabet), extra_digit, 7);
}

inline DecoderShape small_shape(std::vector<int> alphabets) {
    DecoderShape shape{.alphabets = std::move(alphabets)};
    shape.dims = 8;
    shape.layers = 2;
    shape.heads = 2;
    shape.length = 4;
    return shape;
}

// Large random weights, so that no part of a row is too small to matter.
template <class Scalar>
DecoderNet<Scalar> loud_net(const DecoderShape& shape, std::uint64_t seed) {
    DecoderNet<Scalar> net(shape, seed);
    Stream stream(seed, Purpose::test);
    net.each_parameter([&](nn::Parameter<Scalar>& p) { p.randomize(0.4, stream); });
    return net;
}

// The digits as one sequence of which every row is a target.
inline DecoderBatch whole(const DecoderShape& shape, std::span<const Code> digits,
                          const Matrix& people) {
    DecoderBatch batch;
    batch.people = people;
    batch.targets.resize(shape.levels());
    batch.rows.add(std::ssize(digits));
    for (std::size_t r = 0; r < digits.size(); ++r) {
        const std::size_t before = (r + shape.levels() - 1) % shape.levels();
        batch.code.push_back(r == 0 ? nn::kNoRow
                                    : static_cast<std::uint32_t>(shape.first_code(before)) +
                                          digits[r - 1]);
        batch.place.push_back(static_cast<std::uint32_t>(r));
        DecoderTargets& targets = batch.targets[r % shape.levels()];
        targets.row.push_back(static_cast<std::uint32_t>(r));
        targets.code.push_back(digits[r]);
        targets.weight.push_back(1.0 / static_cast<double>(digits.size()));
    }
    return batch;
}

// The last item's log-probability after those before it: a whole pass for this path alone.
inline double full_log_probability(DecoderNet<float> net, std::span<const Code> digits,
                                   const Matrix& people, double temperature = 1) {
    const auto& logits =
        net.predict(whole(net.shape, digits, people), {0, Stream(0, Purpose::test)});
    double sum = 0;
    const std::size_t levels = net.shape.levels();
    for (std::size_t level = 0; level < levels; ++level) {
        const Matrix& all = logits[level];
        const Eigen::ArrayXd row =
            all.row(all.rows() - 1).cast<double>().transpose().array() / temperature;
        sum += row[digits[digits.size() - levels + level]] - std::log(row.exp().sum());
    }
    return sum;
}

}  // namespace cascadelab
