// What a batch asks of its rows.
#include "engine/models/sequence/sequence_batch.h"

#include <QtTest>

using namespace cascadelab;

class SequenceBatchTest : public QObject {
    Q_OBJECT

  private slots:
    void only_target_actions_are_predicted() {
        SequenceExamples examples;
        examples.items = 5;
        examples.item_features.resize(5, 0);
        auto& sequence = examples.sequences.emplace_back();
        for (const auto& [item, action] : {std::pair{0, 0}, {1, 4}, {2, 0}, {3, 2}, {4, 0}}) {
            SequenceToken token;
            token.item = ItemId(static_cast<std::size_t>(item));
            token.action = static_cast<std::uint8_t>(action);
            sequence.push_back(token);
        }
        const auto targets = [&] {
            SequenceSettings settings;
            settings.negatives = 3;
            SequenceBatcher batcher(examples, settings);
            SequenceBatch batch;
            const SequenceView view = sequence;
            batcher.make({&view, 1}, BatchPurpose::learn, Stream(1, Purpose::test), batch);
            std::vector<int> items;
            for (const std::uint32_t place : batch.targets.positive)
                items.push_back(place == nn::kNoTarget ? -1 : static_cast<int>(batch.items[place]));
            return items;
        };
        QVERIFY(targets() == (std::vector<int>{1, 2, 3, 4}));
        examples.target_actions = 1;
        QVERIFY(targets() == (std::vector<int>{-1, 2, -1, 4}));
    }
};

QTEST_GUILESS_MAIN(SequenceBatchTest)
#include "sequence_batch_test.moc"
