// The serving generative model through everything that happens to it: releases, rebuilds, new
// decoders and corruption in any order. Every item has exactly one ID, and a decoder of other codes
// is told and never crashes.
#include "engine/cascade/request/generative_model.h"

#include <rapidcheck.h>

#include <QtTest>
#include <set>

#include "engine/models/decoder/beam_search.h"
#include "tests/worlds/small_codes.h"

using namespace cascadelab;

namespace {

constexpr std::size_t kDims = 4;

// A world that grows, and what would happen to its codes in a run.
struct Happenings {
    RowTable content{kDims, {}};
    GenerativeModel model;
    std::uint64_t version = 0;
    Stream stream{*rc::gen::inRange<std::uint64_t>(0, 1000), Purpose::test};

    void release(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            std::array<float, kDims> row;
            // Few values, so that items of the same codes are common.
            for (float& x : row) x = static_cast<float>(stream.below(3));
            content.push(row);
        }
        if (*rc::gen::arbitrary<bool>()) model.take_in_items(content);
    }
    void rebuild() {
        TokenizerSettings settings{.levels = *rc::gen::inRange(1, 4),
                                   .codes = *rc::gen::inRange(1, 7)};
        settings.extra_digit = *rc::gen::inRange(0, 4) > 0;
        settings.version = ++version;
        model.take_codes(tokenize(content.matrix(), settings), 0);
    }
    void retrain() {
        const auto shape = small_shape(decoder_alphabets(*model.ids));
        model.take_decoder(
            std::make_shared<const CodeDecoder>(loud_net<float>(shape, version), model.ids->version,
                                                std::vector<double>()),
            0);
    }
    void corrupt() {
        model.corrupt(*rc::gen::inRange(0, 11) / 10.0,
                      Stream(stream.bits(), Purpose::corrupt_codes));
    }
};

void assert_one_id_each(const GenerativeModel& model, std::size_t items) {
    const SemanticIds& ids = *model.ids;
    RC_ASSERT(ids.path_of.size() == ids.items() * ids.alphabet.size());
    RC_ASSERT(ids.items() <= items);
    RC_ASSERT(model.tree->version() == ids.version);
    RC_ASSERT(model.tree->item_count(CodeTree::kRoot) == ids.items());
    std::set<std::vector<Code>> paths;
    for (std::size_t i = 0; i < ids.items(); ++i) {
        const auto path = ids.path(ItemId(i));
        for (int digit = 0; digit < ids.digits(); ++digit)
            RC_ASSERT(path[static_cast<std::size_t>(digit)] < ids.codes_at(digit));
        const auto leaf = model.tree->find(path);
        RC_ASSERT(leaf != CodeTree::kNone);
        RC_ASSERT(std::ranges::count(model.tree->items(leaf), ItemId(i)) == 1);
        const bool own = paths.emplace(path.begin(), path.end()).second;
        if (ids.extra_digit) RC_ASSERT(own);
    }
}

// Asked all the same, sound or stale: it names items that exist and are not excluded, or nothing.
void assert_answers_safely(const GenerativeModel& model, Stream& stream) {
    std::vector<ItemId> past, excluded;
    for (int i = 0; i < 3; ++i) past.emplace_back(stream.below(model.ids->items() + 5));
    for (std::size_t i = 0; i < model.ids->items(); i += 3) excluded.emplace_back(i);
    DecoderWork work;
    if (!model.decoder->reads(*model.ids)) {
        RC_ASSERT(model.skewed());
        RC_ASSERT(beam_search(*model.decoder, *model.tree, {}, {}, work).empty());
        return;
    }
    const auto digits = digits_of(*model.ids, past);
    const BeamRequest request{.past = digits, .person = {}, .excluded = excluded};
    std::set<ItemId> found;
    for (const auto& one : beam_search(*model.decoder, *model.tree, request, {}, work)) {
        RC_ASSERT(one.item.index() < model.ids->items());
        RC_ASSERT(!std::ranges::binary_search(excluded, one.item));
        RC_ASSERT(found.insert(one.item).second);
    }
    const auto scores = score_items(*model.decoder, *model.ids,
                                    {.past = digits, .person = {}, .items = past}, work);
    for (const double score : scores) RC_ASSERT(score <= 0);
}

}  // namespace

class GenerativeModelTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() {
        // The same cases every time; RC_PARAMS from outside looks at others.
        if (!qEnvironmentVariableIsSet("RC_PARAMS")) qputenv("RC_PARAMS", "seed=1");
    }

    void every_item_has_one_id_whatever_happens() {
        QVERIFY(rc::check("whatever happens", [] {
            Happenings world;
            world.release(20);
            world.rebuild();
            world.retrain();
            for (int step = 0; step < 12; ++step) {
                switch (*rc::gen::inRange(0, 4)) {
                    case 0:
                        world.release(*rc::gen::inRange<std::size_t>(1, 8));
                        break;
                    case 1:
                        world.rebuild();
                        break;
                    case 2:
                        world.retrain();
                        break;
                    default:
                        world.corrupt();
                }
                const GenerativeModel& model = world.model;
                assert_one_id_each(model, world.content.rows());
                RC_ASSERT(model.skewed() == (model.decoder->codes_version() != model.ids->version));
                RC_ASSERT(model.ready() != model.skewed());
                assert_answers_safely(model, world.stream);
            }
            world.model.take_in_items(world.content);
            RC_ASSERT(world.model.ids->items() == world.content.rows());
            assert_one_id_each(world.model, world.content.rows());
        }));
    }

    // Only corruption changes the codes of an item; a rebuild gives all of them right ones.
    void changed_codes_are_those_of_corruption() {
        QVERIFY(rc::check("changed", [] {
            Happenings world;
            world.release(40);
            world.rebuild();
            world.release(5);
            world.model.take_in_items(world.content);
            RC_ASSERT(world.model.changed_share(world.content) == 0.0);
            const SemanticIds before = *world.model.ids;
            world.corrupt();
            double changed = 0;
            for (std::size_t i = 0; i < before.items(); ++i)
                changed +=
                    !std::ranges::equal(before.codes(ItemId(i)), world.model.ids->codes(ItemId(i)));
            RC_ASSERT(world.model.changed_share(world.content) ==
                      changed / static_cast<double>(before.items()));
            world.rebuild();
            RC_ASSERT(world.model.changed_share(world.content) == 0.0);
        }));
    }
};

QTEST_GUILESS_MAIN(GenerativeModelTest)
#include "generative_model_test.moc"
