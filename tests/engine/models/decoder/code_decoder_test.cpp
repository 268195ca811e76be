#include "engine/models/decoder/code_decoder.h"

#include <QtTest>
#include <cmath>

#include "engine/models/decoder/beam_search.h"
#include "tests/engine/models/gradient_check.h"
#include "tests/worlds/small_codes.h"

using namespace cascadelab;
using namespace cascadelab::nn;

namespace {

constexpr double kTolerance = 1e-6;
constexpr std::size_t kItems = 40;

// Two people's rows: three items, and one; not everything counts the same.
DecoderBatch tiny_batch(const DecoderShape& shape) {
    const std::vector<Code> digits = {2, 0, 1, 1, 2, 4, 0, 1, 3};
    DecoderBatch batch = whole(shape, digits, Matrix(2, shape.person_width));
    const std::uint32_t n = 9;
    batch.rows.add(3);
    for (std::uint32_t r = 0; r < 3; ++r) {
        batch.code.push_back(r == 0 ? kNoRow
                                    : static_cast<std::uint32_t>(shape.first_code(r - 1)) + 1);
        batch.place.push_back(r);
        batch.targets[r].row.push_back(n + r);
        batch.targets[r].code.push_back(1);
        batch.targets[r].weight.push_back(r == 1 ? 0.0 : 0.3);
    }
    Stream stream(3, Purpose::test);
    for (Eigen::Index i = 0; i < batch.people.size(); ++i) {
        batch.people.data()[i] = static_cast<float>(stream.normal());
    }
    return batch;
}

std::shared_ptr<const SemanticIds> ids_of(std::size_t items, std::uint64_t seed = 1) {
    return std::make_shared<const SemanticIds>(random_ids(items, {4, 4, 8}, true, seed));
}

// Item i + 1 follows item i, in a ring.
DecoderExamples ring_examples(std::size_t people) {
    DecoderExamples examples;
    examples.ids = ids_of(kItems);
    Stream stream(2, Purpose::test);
    for (std::size_t person = 0; person < people; ++person) {
        const std::size_t begin = stream.below(kItems);
        DecoderSequence sequence;
        for (std::size_t i = 0; i < 6; ++i) sequence.items.emplace_back((begin + i) % kItems);
        examples.sequences.push_back(std::move(sequence));
    }
    return examples;
}

DecoderSettings small() {
    DecoderSettings settings{.dims = 16, .layers = 1, .heads = 2, .length = 5};
    settings.epochs = 3;
    settings.learning_rate = 5e-3;
    settings.seed = 4;
    return settings;
}

// Scores of all items after a past, as one row.
std::vector<double> scores_after(const CodeDecoder& decoder, const SemanticIds& ids,
                                 std::vector<ItemId> past, std::span<const float> person = {}) {
    std::vector<ItemId> all;
    for (std::size_t i = 0; i < ids.items(); ++i) all.emplace_back(i);
    const std::vector<Code> digits = digits_of(ids, past);
    DecoderWork work;
    return score_items(decoder, ids, {.past = digits, .person = person, .items = all}, work);
}

class CodeDecoderTest : public QObject {
    Q_OBJECT
  private slots:
    void weighted_cross_entropy_matches_differences() {
        MatrixD logits = random_matrix(4, 5, 1);
        const std::vector<std::uint32_t> targets = {0, 4, 2, 2};
        const std::vector<double> weights = {0.5, 2, 0, 0.25};
        MatrixD gradient = logits;
        weighted_cross_entropy(gradient, targets, weights);
        QVERIFY(gradient.row(2).isZero());
        const auto loss = [&] {
            MatrixD copy = logits;
            return weighted_cross_entropy(copy, targets, weights);
        };
        QVERIFY(gradient_error(logits, gradient, loss) < kTolerance);
        // Equal weights of 1 / n: the plain mean.
        MatrixD a = logits, b = logits;
        const double mean = softmax_cross_entropy(a, targets);
        const double same = weighted_cross_entropy(b, targets, std::vector<double>(4, 0.25));
        QVERIFY(std::abs(mean - same) < 1e-12 && (a - b).norm() < 1e-12);
    }

    void a_block_matches_differences() {
        SequenceRows rows;
        for (const Eigen::Index length : {3, 0, 1, 4}) rows.add(length);
        Stream stream(1, Purpose::test);
        DecoderBlock<double> block(4, 2, 2, stream);
        block.each_parameter([&](Parameter<double>& p) { p.randomize(0.5, stream); });
        MatrixD x = random_matrix(8, 4, 2), y;
        const MatrixD c = random_matrix(8, 4, 3);
        const auto loss = [&] {
            y = x;
            SequenceNoise noise{0.3, Stream(8, Purpose::test)};
            block.forward(rows, y, noise);
            return c.cwiseProduct(y).sum();
        };
        loss();
        MatrixD d = c;
        block.backward(rows, d);
        QVERIFY(gradient_error(x, d, loss) < kTolerance);
        block.each_parameter([&](Parameter<double>& p) {
            QVERIFY(gradient_error(p.value, p.gradient, loss) < kTolerance);
        });
    }

    void every_gradient_of_the_whole_net_matches_differences() {
        for (const bool tied : {false, true}) {
            DecoderShape shape = small_shape({3, 3, 5});
            shape.dims = 4;
            shape.person_width = 2;
            shape.tied = tied;
            const DecoderBatch batch = tiny_batch(shape);
            DecoderNet<double> net = loud_net<double>(shape, 5);
            const SequenceNoise noise{0.3, Stream(8, Purpose::test)};
            net.learn(batch, noise);
            std::vector<MatrixD> gradients;
            net.each_parameter([&](Parameter<double>& p) { gradients.push_back(p.gradient); });
            std::size_t at = 0;
            net.each_parameter([&](Parameter<double>& p) {
                const double error = gradient_error(p.value, gradients[at++],
                                                    [&] { return net.learn(batch, noise); });
                QVERIFY2(error < kTolerance, qPrintable(QString("%1: %2").arg(at).arg(error)));
            });
            QCOMPARE(at, tied ? 33u : 36u);
        }
    }

    void loss_starts_at_the_log_of_the_alphabet() {
        for (const bool tied : {false, true}) {
            DecoderExamples examples = ring_examples(200);
            examples.ids =
                std::make_shared<const SemanticIds>(random_ids(kItems, {64, 64, 64}, false, 1));
            DecoderSettings settings;
            settings.tied = tied;
            settings.epochs = 1;
            settings.learning_rate = 0;
            const auto decoder = train_code_decoder(examples, settings);
            const double loss = decoder->epoch_loss()[0];
            QVERIFY2(std::abs(loss - std::log(64)) < 0.05, qPrintable(QString::number(loss)));
        }
    }

    // Every prefix of every path, by its own whole pass and by the cache.
    void cached_steps_agree_with_the_whole_sequence() {
        for (const bool tied : {false, true}) {
            DecoderShape shape = small_shape({3, 3, 5});
            shape.person_width = 2;
            shape.tied = tied;
            const DecoderNet<float> net = loud_net<float>(shape, 6);
            const CodeDecoder decoder(net, 1, {});
            const SemanticIds ids = random_ids(20, shape.alphabets, false, 3);
            Matrix person(1, 2);
            person << 0.5f, -1.5f;
            std::vector<ItemId> past;
            for (std::size_t n = 0; n <= 4; ++n) {
                if (n > 0) past.emplace_back(3 * n);
                const auto scores = scores_after(decoder, ids, past, {person.data(), 2});
                for (std::size_t i = 0; i < ids.items(); ++i) {
                    std::vector<ItemId> items = past;
                    items.emplace_back(i);
                    const double full = full_log_probability(net, digits_of(ids, items), person);
                    QVERIFY2(std::abs(full - scores[i]) < 1e-5,
                             qPrintable(QString("%1 %2").arg(full).arg(scores[i])));
                }
            }
            // Of a longer past the newest items count.
            std::vector<ItemId> longer = past;
            longer.insert(longer.begin(), ItemId(1u));
            QVERIFY(scores_after(decoder, ids, longer) == scores_after(decoder, ids, past));
        }
    }

    void training_learns_what_comes_next() {
        const DecoderExamples examples = ring_examples(300);
        DecoderSettings settings = small();
        settings.epochs = 40;
        const auto decoder = train_code_decoder(examples, settings);
        QVERIFY(decoder->epoch_loss().back() < 0.5 * decoder->epoch_loss().front());
        int found = 0;
        for (std::size_t i = 0; i < kItems; ++i) {
            const auto scores =
                scores_after(*decoder, *examples.ids, {ItemId(i), ItemId((i + 1) % kItems)});
            found += std::ranges::max_element(scores) - scores.begin() ==
                     static_cast<std::ptrdiff_t>((i + 2) % kItems);
        }
        QVERIFY2(found > 36, qPrintable(QString::number(found)));
    }

    // After item 0 half go on to 1 and half to 2; only those to 2 count.
    void a_target_without_weight_is_not_learned() {
        DecoderExamples examples;
        examples.ids = ids_of(kItems);
        for (int s = 0; s < 200; ++s) {
            DecoderSequence& sequence = examples.sequences.emplace_back();
            sequence.items = {ItemId(0u), ItemId(s % 2 == 0 ? 1u : 2u)};
            sequence.weights = {1, s % 2 == 0 ? 0.0f : 1.0f};
        }
        DecoderSettings settings = small();
        settings.epochs = 10;
        const auto weighted = train_code_decoder(examples, settings);
        const auto scores = scores_after(*weighted, *examples.ids, {ItemId(0u)});
        QVERIFY(scores[2] > scores[1] + 2);
        for (auto& sequence : examples.sequences) sequence.weights.clear();
        const auto plain = train_code_decoder(examples, settings);
        const auto even = scores_after(*plain, *examples.ids, {ItemId(0u)});
        QVERIFY(std::abs(even[2] - even[1]) < 0.7);
    }

    // The past is the same for all; what follows depends on who it is.
    void the_person_vector_tells_people_apart() {
        DecoderExamples examples;
        examples.ids = ids_of(kItems);
        examples.people.resize(200, 2);
        for (int s = 0; s < 200; ++s) {
            examples.sequences.push_back({{ItemId(0u), ItemId(s % 2 == 0 ? 1u : 2u)}, {}});
            examples.people.row(s) << static_cast<float>(s % 2), static_cast<float>(1 - s % 2);
        }
        DecoderSettings settings = small();
        settings.epochs = 15;
        const auto decoder = train_code_decoder(examples, settings);
        const std::vector<float> odd = {1, 0}, even = {0, 1};
        const auto a = scores_after(*decoder, *examples.ids, {ItemId(0u)}, odd);
        const auto b = scores_after(*decoder, *examples.ids, {ItemId(0u)}, even);
        QVERIFY(a[2] > a[1] + 1);
        QVERIFY(b[1] > b[2] + 1);
    }

    void a_warm_start_goes_on_where_the_earlier_decoder_stood() {
        DecoderExamples examples = ring_examples(100);
        const auto first = train_code_decoder(examples, small());
        examples.start = first;
        DecoderSettings still = small();
        still.learning_rate = 0;
        still.epochs = 1;
        still.seed = 99;
        const auto second = train_code_decoder(examples, still);
        QVERIFY(scores_after(*first, *examples.ids, {ItemId(3u)}) ==
                scores_after(*second, *examples.ids, {ItemId(3u)}));
        // Of another shape: from random weights, and no complaint.
        still.dims = 24;
        const auto other = train_code_decoder(examples, still);
        examples.start = nullptr;
        const auto cold = train_code_decoder(examples, still);
        QVERIFY(scores_after(*other, *examples.ids, {ItemId(3u)}) ==
                scores_after(*cold, *examples.ids, {ItemId(3u)}));
    }

    // New items join a path and make the extra digit's alphabet longer than it was.
    void an_extra_digit_may_grow_without_a_new_shape() {
        SemanticIds ids = random_ids(60, {2, 2, 2}, true, 1);
        const std::vector<int> before = decoder_alphabets(ids);
        const int digits = ids.codes_at(3);
        for (int i = 0; i < 3; ++i) append_id(ids, std::vector<Code>{1, 1, 1});
        QVERIFY(ids.codes_at(3) >= digits);
        QVERIFY(decoder_alphabets(ids) == before);
        QCOMPARE(before.back(), 16);
    }

    void stale_or_foreign_codes_are_told_and_never_crash() {
        const DecoderExamples examples = ring_examples(50);
        const auto decoder = train_code_decoder(examples, small());
        QCOMPARE(decoder->codes_version(), 7u);
        QVERIFY(!decoder->skewed(*examples.ids));
        SemanticIds rebuilt = random_ids(kItems, {4, 4, 8}, true, 2);
        rebuilt.version = 8;
        QVERIFY(decoder->skewed(rebuilt) && decoder->reads(rebuilt));
        QVERIFY(std::isfinite(scores_after(*decoder, rebuilt, {ItemId(1u)})[5]));
        // Larger alphabets: what lies beyond is read all the same and has no probability.
        SemanticIds wider = random_ids(kItems, {9, 9, 90}, true, 2);
        const auto scores = scores_after(*decoder, wider, {ItemId(1u), ItemId(2u)});
        for (std::size_t i = 0; i < kItems; ++i) {
            const auto codes = wider.codes(ItemId(i));
            const bool known = codes[0] < 4 && codes[1] < 4 && codes[2] < 8;
            QCOMPARE(std::isfinite(scores[i]), known);
        }
        SemanticIds shorter = random_ids(kItems, {4, 4}, true, 2);
        QVERIFY(decoder->skewed(shorter) && !decoder->reads(shorter));
        QVERIFY(std::isinf(scores_after(*decoder, shorter, {})[0]));
    }

    void training_twice_is_the_same_to_the_bit() {
        const DecoderExamples examples = ring_examples(50);
        DecoderSettings settings = small();
        const auto a = train_code_decoder(examples, settings);
        const std::vector<float> noise(37);  // moves what is allocated next
        const auto b = train_code_decoder(examples, settings);
        settings.seed = 99;
        const auto c = train_code_decoder(examples, settings);
        const auto one = scores_after(*a, *examples.ids, {ItemId(3u)});
        QVERIFY(one == scores_after(*b, *examples.ids, {ItemId(3u)}));
        QVERIFY(one != scores_after(*c, *examples.ids, {ItemId(3u)}));
        QCOMPARE(a->epoch_loss()[2], b->epoch_loss()[2]);
        QCOMPARE(a->hash(), b->hash());
        QVERIFY(a->hash() != c->hash());
    }

    void nothing_to_learn_or_a_cancel_give_null() {
        DecoderExamples examples = ring_examples(40);
        QVERIFY(train_code_decoder(examples, small(), [](double share) { return share < 0.5; }) ==
                nullptr);
        // Items newer than the IDs are left out.
        examples.sequences.resize(1);
        examples.sequences[0].items.insert(examples.sequences[0].items.begin() + 1, ItemId(999u));
        QVERIFY(train_code_decoder(examples, small()) != nullptr);
        examples.sequences[0].items = {ItemId(999u), ItemId(kItems)};
        QVERIFY(train_code_decoder(examples, small()) == nullptr);
        examples.sequences.clear();
        QVERIFY(train_code_decoder(examples, small()) == nullptr);
        examples.ids = std::make_shared<const SemanticIds>();
        QVERIFY(train_code_decoder(examples, small()) == nullptr);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(CodeDecoderTest)
#include "code_decoder_test.moc"
