// The generative retriever inside the cascade, as a source, as the whole feed and to rescore: what
// holds for every request on random codes, sound or corrupted, of the decoder's version or not.
#include "engine/cascade/retrieve/generation.h"

#include <QtTest>

#include "tests/worlds/random_requests.h"

using namespace cascadelab;

namespace {

SmallCascade random_generated_world() {
    SmallCascade world = random_world();
    GenerativeParams& params = world.params.generative;
    params.feed = GenerativeFeed::generative;
    params.fallback = *rc::gen::element(GenerativeFallback::popular, GenerativeFallback::cascade);
    params.rescoring = random_share(2);
    return world;
}

// A world whose decoder can answer.
SmallCascade random_answering_world() {
    SmallCascade world = random_generated_world();
    GenerativeModel& model = world.models.generative;
    model.halted = false;
    const auto shape = model.decoder->shape();
    model.take_decoder(std::make_shared<const CodeDecoder>(
                           loud_net<float>(shape, 2), model.ids->version, std::vector<double>()),
                       kHour);
    return world;
}

bool generated(const Candidate& candidate) {
    return proposed_by(candidate, Source::generative);
}

// The person's own items and times, in which nothing may be repeated.
bool shown_lately(const SmallCascade& world, PersonId person, ItemId item) {
    const double window_h = world.params.generative.repeat_window_h;
    return std::ranges::any_of(world.store.history(person).shown, [&](const ShownItem& shown) {
        return shown.item == item && double(world.now_s - shown.time_s) / kHour < window_h;
    });
}

}  // namespace

class GenerationTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        // The same cases every time; RC_PARAMS from outside looks at others.
        if (!qEnvironmentVariableIsSet("RC_PARAMS")) qputenv("RC_PARAMS", "seed=1");
    }

    void a_generated_page_keeps_the_order_of_the_house() {
        QVERIFY(for_random_requests("page", random_generated_world,
                                    [](SmallCascade& world, auto&, const CascadeTrace& trace) {
                                        assert_stages_only_take_away(trace);
                                        assert_every_candidate_is_there_once(trace);
                                        RC_ASSERT(std::ssize(trace.slate) <=
                                                  world.params.rerank.slate_size);
                                        for (const ItemId item : trace.slate)
                                            RC_ASSERT(item.index() < world.catalogue.size());
                                    }));
    }

    void what_may_not_be_shown_is_on_no_generated_page() {
        QVERIFY(for_random_requests(
            "filters", random_generated_world,
            [](SmallCascade& world, const Request& request, const CascadeTrace& trace) {
                for (const ItemId item : trace.slate)
                    RC_ASSERT(filter_of(world, request, item) == Fate::score);
                for (const Candidate& c : trace.candidates) {
                    if (!generated(c)) continue;
                    // Licences are a filter's business, the rest is never spelled.
                    const Fate fate = filter_of(world, request, c.item);
                    RC_ASSERT(fate == Fate::score || fate == Fate::not_licensed);
                    RC_ASSERT(!shown_lately(world, request.person, c.item));
                }
            }));
    }

    // Those with a path the decoder can spell, as many as the beam is wide at most.
    void the_decoder_names_items_that_have_codes() {
        QVERIFY(for_random_requests(
            "live", random_world, [](SmallCascade& world, auto&, const CascadeTrace& trace) {
                const GenerativeModel& model = world.models.generative;
                const auto proposed = trace.counts.proposed[Source::generative];
                RC_ASSERT(proposed <= world.params.generative.beam_width);
                if (!model.serves()) RC_ASSERT(proposed == 0u);
                for (const Candidate& c : trace.candidates) {
                    if (!generated(c)) continue;
                    RC_ASSERT(c.item.index() < model.ids->items());
                    const auto path = model.ids->path(c.item);
                    RC_ASSERT(std::ranges::equal(path, model.decoder->shape().alphabets,
                                                 std::ranges::less{}));
                    const auto leaf = model.tree->find(path);
                    RC_ASSERT(std::ranges::count(model.tree->items(leaf), c.item) == 1);
                    if (c.source == Source::generative) RC_ASSERT(c.retrieval_score <= 0);
                }
            }));
    }

    void a_generated_page_begins_with_what_the_beam_said_first() {
        QVERIFY(for_random_requests(
            "order", random_answering_world,
            [](SmallCascade& world, auto&, const CascadeTrace& trace) {
                RC_ASSERT(trace.maker == FeedMaker::generative);
                const auto line = static_cast<std::size_t>(
                    world.params.rerank.slate_size - std::min(world.params.rerank.exploration_slots,
                                                              world.params.rerank.slate_size));
                // What the gate stopped had its place in line, and the rest closed up.
                std::vector<ItemId> said;
                std::size_t in_line = 0;
                for (const Candidate& c : trace.candidates) {
                    if (!generated(c) || c.rank == kUnranked || in_line++ >= line) continue;
                    if (!c.stopped) said.push_back(c.item);
                }
                RC_ASSERT(trace.slate.size() >= said.size());
                RC_ASSERT(std::equal(said.begin(), said.end(), trace.slate.begin()));
            }));
    }

    // A decoder of other codes, or one that is halted, is not asked; somebody else makes the page.
    void who_makes_the_page_follows_from_who_can_answer() {
        QVERIFY(for_random_requests(
            "maker", random_generated_world,
            [](SmallCascade& world, auto&, const CascadeTrace& trace) {
                const GenerativeModel& model = world.models.generative;
                RC_ASSERT(model.skewed() == (model.ids->version != model.decoder->codes_version()));
                if (model.serves()) {
                    RC_ASSERT(trace.maker == FeedMaker::generative);
                } else {
                    const bool popular =
                        world.params.generative.fallback == GenerativeFallback::popular;
                    RC_ASSERT(trace.maker == (popular ? FeedMaker::popular : FeedMaker::cascade));
                    RC_ASSERT(std::ranges::none_of(trace.candidates, generated));
                }
            }));
    }

    void explaining_changes_no_generated_page_and_draws_what_exists() {
        QVERIFY(for_random_requests(
            "explained", random_generated_world,
            [](SmallCascade& world, Request request, const CascadeTrace& plain) {
                request.explain = true;
                CascadeWorkspace workspace;
                const CascadeTrace& told = world.run(request, workspace);
                RC_ASSERT(told.slate == plain.slate);
                RC_ASSERT(told.counts.proposed == plain.counts.proposed);
                const CodeTree& tree = *world.models.generative.tree;
                for (std::size_t digit = 0; digit < told.beam.steps.size(); ++digit) {
                    for (const BeamPrefix& prefix : told.beam.steps[digit]) {
                        RC_ASSERT(prefix.codes.size() == digit + 1);
                        const auto node = tree.find(prefix.codes);
                        RC_ASSERT(node != CodeTree::kNone);
                        RC_ASSERT(prefix.items == tree.item_count(node));
                    }
                }
            }));
    }

    // Between the ranker's order and the decoder's: at 1 the decoder alone decides.
    void rescoring_at_one_follows_the_decoder() {
        QVERIFY(rc::check("rescored", [] {
            SmallCascade world = random_answering_world();
            world.params.generative.feed = GenerativeFeed::off;
            world.params.generative.rescoring = 1;
            world.params.retrieval.generative = 1;
            CascadeWorkspace workspace;
            const CascadeTrace& trace = world.run(world.request(random_person()), workspace);
            std::vector<const Candidate*> said;
            for (const Candidate& c : trace.candidates) {
                if (generated(c) && c.source == Source::generative && c.rank != kUnranked)
                    said.push_back(&c);
            }
            for (const Candidate* a : said) {
                for (const Candidate* b : said) {
                    if (a->retrieval_score > b->retrieval_score + 1e-4f)
                        RC_ASSERT(a->rank < b->rank);
                }
            }
        }));
    }
};

QTEST_GUILESS_MAIN(GenerationTest)
#include "generation_test.moc"
