#include "engine/models/sequence/sequence_model.h"

#include <QtTest>
#include <algorithm>
#include <cmath>

#include "engine/models/sequence/sequence_serving.h"
#include "tests/engine/models/gradient_check.h"

using namespace cascadelab;

namespace {

constexpr std::size_t kItems = 60;

// Items stand in a ring. Most events go on to the next item; action 1 goes back instead, so that
// whoever forgets facets or order cannot tell. Items from 50 on are in nobody's past.
SequenceExamples ring_examples(std::size_t people, std::size_t events) {
    SequenceExamples examples;
    examples.items = kItems;
    Stream stream(21, Purpose::test);
    for (std::size_t person = 0; person < people; ++person) {
        std::vector<SequenceToken> sequence;
        std::size_t at = stream.below(50);
        std::int64_t time_s = 1000;
        for (std::size_t e = 0; e < events; ++e) {
            SequenceToken token;
            token.item = ItemId(at);
            token.action = stream.chance(0.3) ? 1 : 0;
            token.time_s = time_s += 1 + static_cast<std::int64_t>(stream.below(5000));
            sequence.push_back(token);
            at = (at + (token.action == 1 ? 49 : 1)) % 50;
        }
        examples.sequences.push_back(std::move(sequence));
    }
    // Two numbers a item: where on the ring it stands.
    examples.item_features.resize(kItems, 2);
    for (std::size_t i = 0; i < kItems; ++i) {
        const double angle = 2 * 3.14159265358979 * static_cast<double>(i % 50) / 50;
        examples.item_features.row(static_cast<Eigen::Index>(i))
            << static_cast<float>(std::cos(angle)),
            static_cast<float>(std::sin(angle));
    }
    return examples;
}

SequenceSettings small(SequenceBlock block) {
    return {.block = block,
            .dims = 16,
            .blocks = 2,
            .heads = 2,
            .length = 10,
            .negatives = 32,
            .epochs = 3,
            .batch = 16,
            .learning_rate = 5e-3,
            .validation_share = 0.2,
            .seed = 4};
}

std::span<const float> features_of(const SequenceExamples& examples, ItemId item) {
    return {examples.item_features.row(static_cast<Eigen::Index>(item.index())).data(),
            static_cast<std::size_t>(examples.item_features.cols())};
}

Vector person_vector(const SequenceModel& model, const SequenceState& state, std::int64_t now_s) {
    Vector out(model.dims());
    model.embed_person(state, now_s, {out.data(), static_cast<std::size_t>(out.size())});
    return out;
}

Vector item_vector(const SequenceModel& model, const SequenceExamples& examples, ItemId item) {
    Vector out(model.dims());
    model.embed_item(item, features_of(examples, item),
                     {out.data(), static_cast<std::size_t>(out.size())});
    return out;
}

SequenceState state_of(const SequenceModel& model, const SequenceExamples& examples,
                       std::span<const SequenceToken> tokens, std::uint64_t seen_before = 0) {
    SequenceState state;
    state.seen = seen_before;
    for (const SequenceToken& token : tokens) {
        model.append(state, token, features_of(examples, token.item));
    }
    return state;
}

// A model with large random weights, so that no part of a row is too small to matter.
struct LoudModel {
    SequenceNet<float> net;
    std::shared_ptr<const SequenceModel> served;
};
LoudModel loud_model(const SequenceExamples& examples, SequenceBlock block) {
    const SequenceSettings settings = small(block);
    LoudModel model{SequenceNet<float>(settings, kItems, examples.item_features.cols()), nullptr};
    Stream stream(5, Purpose::test);
    model.net.each_parameter([&](auto& p) { p.randomize(0.3, stream); });
    model.served =
        serve_sequences(SequenceWeights(model.net, settings), std::vector<bool>(kItems, true), {});
    return model;
}

// One whole sequence as a batch; the last row is asked at now_s.
SequenceBatch whole(std::span<const SequenceToken> tokens, std::int64_t now_s) {
    SequenceBatch batch;
    std::vector<std::int64_t> happened, asked;
    batch.context.rows.add(std::ssize(tokens));
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        batch.item.push_back(tokens[i].item.value);
        batch.place.push_back(static_cast<std::uint32_t>(i));
        batch.action.push_back(tokens[i].action);
        batch.watch_bucket.push_back(tokens[i].watch_bucket);
        batch.surface.push_back(tokens[i].surface);
        happened.push_back(tokens[i].time_s);
        asked.push_back(i + 1 < tokens.size() ? tokens[i + 1].time_s : now_s);
    }
    nn::bucket_lags(batch.context.rows, happened, asked, batch.context.lags);
    for (std::uint32_t item = 0; item < kItems; ++item) batch.items.push_back(item);
    batch.ids = batch.items;
    return batch;
}

constexpr SequenceBlock kBlocks[] = {SequenceBlock::hstu, SequenceBlock::sasrec};

class SequenceModelTest : public QObject {
    Q_OBJECT
  private slots:
    void cached_rows_agree_with_the_whole_sequence() {
        const SequenceExamples examples = ring_examples(1, 10);
        const std::vector<SequenceToken>& tokens = examples.sequences[0];
        for (const SequenceBlock block : kBlocks) {
            LoudModel model = loud_model(examples, block);
            for (std::size_t n = 1; n <= tokens.size(); ++n) {
                const auto past = std::span(tokens).first(n);
                const std::int64_t now_s = past.back().time_s + 777;
                const SequenceState state = state_of(*model.served, examples, past);
                const auto& units = model.net.encode(whole(past, now_s), examples.item_features,
                                                     {0, Stream(0, Purpose::test)});
                const Vector full = units.people.row(static_cast<Eigen::Index>(n) - 1);
                const Vector cached = person_vector(*model.served, state, now_s);
                QVERIFY((full - cached).cwiseAbs().maxCoeff() < 1e-5f);
                const Vector item = units.items.row(7);
                QVERIFY((item - item_vector(*model.served, examples, ItemId(7u))).norm() < 1e-5f);
            }
        }
    }

    // Fifty events through windows of ten: after each, a state made again from what the window
    // kept, or from more than that, or from everything.
    void a_state_made_again_is_the_same_to_the_bit() {
        const SequenceExamples examples = ring_examples(1, 50);
        const std::span<const SequenceToken> tokens = examples.sequences[0];
        for (const SequenceBlock block : kBlocks) {
            const auto model = loud_model(examples, block).served;
            SequenceState state;
            for (std::size_t n = 1; n <= tokens.size(); ++n) {
                model->append(state, tokens[n - 1], features_of(examples, tokens[n - 1].item));
                QCOMPARE(state.seen, n);
                QVERIFY(state.window.size() <= 10 && state.window.size() >= std::min(n, 6ul));
                for (const std::size_t kept : {state.window.size(), std::min(n, 17ul), n}) {
                    const SequenceState again =
                        state_of(*model, examples, tokens.subspan(n - kept, kept), n - kept);
                    QCOMPARE(again.rows, state.rows);
                    QCOMPARE(again.seen, state.seen);
                    QVERIFY(person_vector(*model, again, 1 << 20) ==
                            person_vector(*model, state, 1 << 20));
                }
            }
        }
    }

    void fewer_kept_events_than_the_window_still_make_a_state() {
        const SequenceExamples examples = ring_examples(1, 40);
        const std::span<const SequenceToken> tokens = examples.sequences[0];
        const auto model = loud_model(examples, SequenceBlock::hstu).served;
        SequenceState state = state_of(*model, examples, tokens.subspan(26, 3), 26);
        QCOMPARE(state.window.size(), std::size_t(3));
        for (std::size_t n = 29; n < 40; ++n) {
            model->append(state, tokens[n], features_of(examples, tokens[n].item));
            QVERIFY(state.window.size() <= 10);
        }
        // Once the window has started anew, nothing tells the states apart.
        QCOMPARE(state.rows, state_of(*model, examples, tokens).rows);
    }

    void the_request_time_moves_hstu_and_not_sasrec() {
        const SequenceExamples examples = ring_examples(1, 5);
        for (const SequenceBlock block : kBlocks) {
            const auto model = loud_model(examples, block).served;
            const SequenceState state = state_of(*model, examples, examples.sequences[0]);
            const std::int64_t now_s = examples.sequences[0].back().time_s;
            const bool same =
                person_vector(*model, state, now_s) == person_vector(*model, state, now_s + 86400);
            QCOMPARE(same, block == SequenceBlock::sasrec);
        }
    }

    void attention_shares_sum_to_one_and_an_empty_past_is_zero() {
        const SequenceExamples examples = ring_examples(1, 7);
        for (const SequenceBlock block : kBlocks) {
            const auto model = loud_model(examples, block).served;
            const SequenceState state = state_of(*model, examples, examples.sequences[0]);
            const Matrix looks = model->attention(state, 1 << 20);
            QCOMPARE(looks.rows(), 2);
            QCOMPARE(looks.cols(), 7);
            QVERIFY((looks.rowwise().sum().array() - 1).abs().maxCoeff() < 1e-5f);
            QVERIFY(looks.minCoeff() >= 0 && looks.maxCoeff() < 1);
            QVERIFY(person_vector(*model, {}, 0).isZero());
            QCOMPARE(model->attention({}, 0).cols(), 0);
        }
    }

    // The next item depends on the last item and on what was done with it.
    void training_learns_what_comes_next() {
        const SequenceExamples examples = ring_examples(400, 11);
        for (const SequenceBlock block : kBlocks) {
            SequenceSettings settings = small(block);
            settings.epochs = 40;
            settings.patience = 40;
            const auto model = train_sequence_model(examples, settings);
            const auto loss = model->epoch_loss();
            QVERIFY(loss.back() < 0.6 * loss.front());
            int found = 0;
            for (std::size_t person = 0; person < 100; ++person) {
                const std::span<const SequenceToken> all = examples.sequences[person];
                const Vector who = person_vector(*model, state_of(*model, examples, all.first(10)),
                                                 all.back().time_s);
                std::size_t better = 0;
                const float truth = who.dot(item_vector(*model, examples, all.back().item));
                for (std::size_t i = 0; i < 50; ++i) {
                    better += who.dot(item_vector(*model, examples, ItemId(i))) > truth;
                }
                found += better == 0;
            }
            QVERIFY2(found > 40, qPrintable(QString::number(found)));
        }
    }

    // Items 50..59 have the content of items 0..9 and were never met.
    void a_new_item_lives_from_its_content() {
        const SequenceExamples examples = ring_examples(400, 11);
        SequenceSettings settings = small(SequenceBlock::hstu);
        settings.epochs = 10;
        settings.id_dropout = 0.3;
        const auto model = train_sequence_model(examples, settings);
        QVERIFY(model->trained_on(ItemId(3u)));
        QVERIFY(!model->trained_on(ItemId(53u)) && !model->trained_on(ItemId(5000u)));
        const Vector fresh = item_vector(*model, examples, ItemId(53u));
        QVERIFY(std::abs(fresh.norm() - 1) < 1e-5f);
        const float twin = fresh.dot(item_vector(*model, examples, ItemId(3u)));
        const float far = fresh.dot(item_vector(*model, examples, ItemId(28u)));
        QVERIFY2(twin > far + 0.3f, qPrintable(QString("%1 %2").arg(twin).arg(far)));
    }

    // With a temperature of one, unit vectors that know nothing score alike. Ids alone: neighbours
    // on the ring have similar content from the start.
    void loss_starts_near_the_log_of_one_and_the_negatives() {
        SequenceExamples examples = ring_examples(60, 11);
        examples.item_features.resize(kItems, 0);
        for (const SequenceBlock block : kBlocks) {
            SequenceSettings settings = small(block);
            settings.epochs = 1;
            settings.learning_rate = 0;
            settings.temperature = 1;
            const auto model = train_sequence_model(examples, settings);
            // A negative in fifty is the positive and masked.
            const double expected = std::log(1 + 32 * 0.98);
            QVERIFY2(std::abs(model->epoch_loss()[0] - expected) < 0.1,
                     qPrintable(QString::number(model->epoch_loss()[0])));
        }
    }

    // A rate that ruins the model after its first epoch: what is served is the first epoch's.
    void the_best_epoch_is_kept_and_training_stops_early() {
        const SequenceExamples examples = ring_examples(200, 11);
        SequenceSettings settings = small(SequenceBlock::hstu);
        settings.epochs = 30;
        settings.learning_rate = 0.1;
        const auto model = train_sequence_model(examples, settings);
        const auto losses = model->validation_loss();
        const auto best = std::ranges::min_element(losses) - losses.begin();
        QCOMPARE(std::ssize(losses), best + 1 + settings.patience);
        QCOMPARE(losses.size(), model->epoch_loss().size());
        settings.epochs = static_cast<int>(best) + 1;
        const auto shorter = train_sequence_model(examples, settings);
        QVERIFY(item_vector(*model, examples, ItemId(4u)) ==
                item_vector(*shorter, examples, ItemId(4u)));
    }

    void training_twice_is_the_same_to_the_bit() {
        const SequenceExamples examples = ring_examples(50, 11);
        for (const SequenceBlock block : kBlocks) {
            SequenceSettings settings = small(block);
            const auto a = train_sequence_model(examples, settings);
            const std::vector<float> noise(37);  // moves what is allocated next
            const auto b = train_sequence_model(examples, settings);
            settings.seed = 99;
            const auto c = train_sequence_model(examples, settings);
            const std::span<const SequenceToken> past = examples.sequences[3];
            const Vector one = person_vector(*a, state_of(*a, examples, past), 1 << 20);
            QVERIFY(one == person_vector(*b, state_of(*b, examples, past), 1 << 20));
            QVERIFY(one != person_vector(*c, state_of(*c, examples, past), 1 << 20));
            QCOMPARE(a->epoch_loss()[1], b->epoch_loss()[1]);
        }
    }

    void no_pairs_or_a_cancel_give_null_and_ids_alone_suffice() {
        SequenceExamples examples = ring_examples(20, 11);
        const SequenceSettings settings = small(SequenceBlock::hstu);
        QVERIFY(train_sequence_model(examples, settings,
                                     [](double share) { return share < 0.5; }) == nullptr);
        examples.item_features.resize(kItems, 0);
        QVERIFY(train_sequence_model(examples, settings) != nullptr);
        for (auto& sequence : examples.sequences) sequence.resize(1);
        QVERIFY(train_sequence_model(examples, settings) == nullptr);
        examples.sequences.clear();
        QVERIFY(train_sequence_model(examples, settings) == nullptr);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(SequenceModelTest)
#include "sequence_model_test.moc"
