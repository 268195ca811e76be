// The generative retriever (TIGER; Rajput et al. 2023): a causal transformer that reads the codes
// of what a person did and says, digit by digit, the codes of what comes next. May be told who the
// person is by a vector of another model (GLIDE). Knows codes only: which of them exist is known to
// the CodeTree that beam search walks. Immutable once trained; any thread may read, each with its
// own DecoderWork.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/base/matrix.h"
#include "engine/models/nn/causal_attention.h"
#include "engine/models/progress.h"
#include "engine/models/semantic_ids/semantic_ids.h"

namespace cascadelab {

template <class Scalar>
struct DecoderNet;

struct DecoderSettings {
    int dims = 64;      // width of the rows
    int layers = 2;     // 2-4
    int heads = 4;      // dims must be a multiple
    int length = 20;    // most items of the past that are read
    bool tied = false;  // a digit is told by the vector it is read with, not by one of its own
    int epochs = 8;
    int batch = 32;               // sequences
    double learning_rate = 1e-3;  // AdamW, betas .9 and .999
    double dropout = 0.1;
    double clip = 1;  // most common norm of a batch's gradients
    std::uint64_t seed = 0;
};

// All sizes of a decoder; two of the same shape can start from each other's weights.
struct DecoderShape {
    std::vector<int> alphabets;  // by level: how many codes there are
    int dims = 0;
    int layers = 0;
    int heads = 1;
    int length = 0;        // items
    int person_width = 0;  // 0: not conditioned on a person
    bool tied = false;

    std::size_t levels() const { return alphabets.size(); }
    // Rows of the longest sequence: the first, the past, and an item but for its last digit.
    Eigen::Index places() const { return (length + 1) * std::ssize(alphabets); }
    // Where a level begins in a table of all codes; at levels(): the size of that table.
    Eigen::Index first_code(std::size_t level) const;
    bool operator==(const DecoderShape&) const = default;
};

// What one person did, oldest item first; only the newest length + 1 items that have an ID count.
struct DecoderSequence {
    std::vector<ItemId> items;
    std::vector<float> weights;  // by item: of its loss, 0 or more (such as one over its
                                 // propensity); empty: 1 each
};

struct DecoderExamples {
    std::shared_ptr<const SemanticIds> ids;
    std::vector<DecoderSequence> sequences;
    Matrix people;  // sequences x person width: what was known of each before its first item
                    // counted; zero columns: not conditioned
    // Warm start: its weights, when the shapes are the same; null: from random ones.
    std::shared_ptr<const class CodeDecoder> start;
};

// A digit to be read after the rows of an earlier step.
struct CodeStep {
    std::uint32_t parent = 0;  // the row of the step before that it follows; 0 in the first step
    Code code = 0;
};

// What a decoder keeps while it works on one request: keys and values of the past, computed once
// and shared, and of every step's own rows. Holds no result between requests.
struct DecoderWork {
    struct Step {
        std::vector<std::uint32_t> parent;  // by row: its row in the step before
        std::vector<Matrix> qkv;            // by layer: rows x 3d
    };
    std::vector<Matrix> past;  // by layer: rows x 3d, the columns Q, K, V
    std::vector<Step> steps;   // those taken so far, and room for more
    std::size_t taken = 0;     // digits of the item at hand that were read
    Matrix logits;             // of the last step

    nn::SequenceRows rows;
    nn::CausalAttention<float> attention;
    Matrix x, normal, seen, wide, part, weights, last;
    Vector deviation, scores;
};

class CodeDecoder {
  public:
    CodeDecoder(DecoderNet<float> net, std::uint64_t codes_version, std::vector<double> epoch_loss);
    ~CodeDecoder();

    const DecoderShape& shape() const;
    std::uint64_t codes_version() const { return m_codes_version; }
    std::span<const double> epoch_loss() const { return m_epoch_loss; }  // nats a digit
    const DecoderNet<float>& net() const { return *m_net; }
    std::uint64_t hash() const;  // of the weights and the version of the codes

    // These codes are not the ones it was trained with: what it says of them is noise.
    bool skewed(const SemanticIds& ids) const {
        return ids.version != m_codes_version || !reads(ids);
    }
    // The IDs have as many digits as it reads; other IDs it can neither read nor say. A digit
    // beyond its alphabet is read as the alphabet's last code and never said.
    bool reads(const SemanticIds& ids) const {
        return static_cast<std::size_t>(ids.digits()) == shape().levels();
    }

    // Reads a past (whole items, oldest first, levels() digits each, the newest `length` count) and
    // a person (person_width numbers, or none for an unknown one). Returns the logits of the next
    // item's first digit: 1 x alphabet.
    const Matrix& begin(std::span<const Code> past, std::span<const float> person,
                        DecoderWork& work) const;
    // Reads a digit each after rows of the step before; at most levels() - 1 times after begin.
    // Returns the logits of the next digit: steps x alphabet.
    const Matrix& extend(std::span<const CodeStep> steps, DecoderWork& work) const;

  private:
    void embed_past(std::span<const Code> past, std::span<const float> person,
                    DecoderWork& work) const;
    void attend(std::size_t layer, DecoderWork& work) const;
    const Matrix& finish(std::size_t level, DecoderWork& work) const;

    std::unique_ptr<const DecoderNet<float>> m_net;
    std::uint64_t m_codes_version;
    std::vector<double> m_epoch_loss;
};

// The digits of these items, one item after the other; items newer than the IDs are left out.
std::vector<Code> digits_of(const SemanticIds& ids, std::span<const ItemId> items);

// What a decoder of these IDs reads and says. The extra digit has room to grow, so that one more
// item on a path neither stays unsaid nor changes the shape.
std::vector<int> decoder_alphabets(const SemanticIds& ids);

// Returns null when cancelled through progress, or when there is nothing to learn from. Bit-equal
// on any machine thread count: it runs on the calling thread.
std::shared_ptr<const CodeDecoder> train_code_decoder(const DecoderExamples& examples,
                                                      const DecoderSettings& settings,
                                                      const Progress& progress = {});

}  // namespace cascadelab
