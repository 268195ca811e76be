#include "engine/models/decoder/beam_search.h"

#include <QtTest>
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "engine/base/parallel.h"
#include "tests/worlds/small_codes.h"

using namespace cascadelab;

namespace {

// A loud decoder over a random catalogue, and a past to ask it about.
struct Asked {
    SemanticIds ids;
    CodeTree tree;
    DecoderNet<float> net;
    CodeDecoder decoder;
    std::vector<Code> past;

    explicit Asked(std::size_t items, std::vector<int> alphabet = {4, 4, 8},
                   bool extra_digit = false)
        : ids(random_ids(items, std::move(alphabet), extra_digit, 3)),
          tree(ids),
          net(loud_net<float>(small_shape(decoder_alphabets(ids)), 6)),
          decoder(net, ids.version, {}),
          past(digits_of(ids, std::vector<ItemId>{ItemId(2u), ItemId(5u), ItemId(7u)})) {}

    std::vector<GeneratedItem> search(const BeamSettings& settings,
                                      std::vector<ItemId> excluded = {},
                                      BeamTrace* trace = nullptr) const {
        DecoderWork work;
        return beam_search(decoder, tree, {.past = past, .person = {}, .excluded = excluded},
                           settings, work, trace);
    }
    std::vector<double> scores(double temperature = 1) const {
        std::vector<ItemId> all;
        for (std::size_t i = 0; i < ids.items(); ++i) all.emplace_back(i);
        DecoderWork work;
        return score_items(decoder, ids,
                           {.past = past, .person = {}, .items = all, .temperature = temperature},
                           work);
    }
};

std::vector<ItemId> items_in(const std::vector<GeneratedItem>& found) {
    std::vector<ItemId> items;
    for (const GeneratedItem& one : found) items.push_back(one.item);
    return items;
}

std::size_t first_digits(const SemanticIds& ids, const std::vector<GeneratedItem>& found) {
    std::set<Code> firsts;
    for (const GeneratedItem& one : found) firsts.insert(ids.path(one.item)[0]);
    return firsts.size();
}

class BeamSearchTest : public QObject {
    Q_OBJECT
  private slots:
    // Every path by a whole pass of its own, ranked; items of one path share its number.
    void a_beam_as_wide_as_the_catalogue_ranks_it_exhaustively() {
        for (const bool extra_digit : {false, true}) {
            const Asked asked(90, {4, 4, 8}, extra_digit);
            for (const double temperature : {1.0, 0.4}) {
                const auto found =
                    asked.search({.width = 90, .temperature = temperature, .diversity = 0});
                QCOMPARE(found.size(), 90u);
                std::vector<std::pair<double, std::size_t>> expected;
                const std::vector<double> scores = asked.scores(temperature);
                for (std::size_t i = 0; i < 90; ++i) expected.emplace_back(-scores[i], i);
                std::ranges::sort(expected);
                for (std::size_t i = 0; i < 90; ++i) {
                    QVERIFY(std::abs(found[i].log_probability + expected[i].first) < 1e-5);
                    std::vector<Code> digits = asked.past;
                    const auto path = asked.ids.path(found[i].item);
                    digits.insert(digits.end(), path.begin(), path.end());
                    const double full =
                        full_log_probability(asked.net, digits, Matrix(1, 0), temperature);
                    QVERIFY(std::abs(full - found[i].log_probability) < 1e-5);
                    const bool tie =
                        i > 0 && found[i].log_probability == found[i - 1].log_probability;
                    QVERIFY(i == 0 || found[i].log_probability <= found[i - 1].log_probability);
                    QVERIFY(!tie || found[i - 1].item < found[i].item);
                }
            }
        }
    }

    // What does not exist keeps its share: the sum over a sparse catalogue stays below one, over a
    // full one it is one.
    void probabilities_are_not_dealt_out_again() {
        const auto sum_of = [](const Asked& asked) {
            double sum = 0;
            std::set<CodeTree::Node> paths;
            const std::vector<double> scores = asked.scores();
            for (std::size_t i = 0; i < scores.size(); ++i) {
                if (!paths.insert(asked.tree.find(asked.ids.path(ItemId(i)))).second) continue;
                sum += std::exp(scores[i]);
            }
            return sum;
        };
        QVERIFY(sum_of(Asked(20)) < 0.9);
        QVERIFY(std::abs(sum_of(Asked(400, {2, 2, 3})) - 1) < 1e-5);
    }

    void only_existing_and_admissible_items_come_out_and_none_twice() {
        Stream stream(1, Purpose::test);
        for (int round = 0; round < 30; ++round) {
            const Asked asked(10 + stream.below(100), {4, 4, 8}, round % 2 == 0);
            std::vector<ItemId> excluded;
            for (std::size_t i = 0; i < asked.ids.items(); ++i) {
                if (stream.chance(0.5)) excluded.emplace_back(i);
            }
            const BeamSettings settings{.width = 1 + stream.below(30),
                                        .temperature = 1,
                                        .diversity = round % 3 == 0 ? 2.0 : 0.0};
            const auto items = items_in(asked.search(settings, excluded));
            QVERIFY(std::set(items.begin(), items.end()).size() == items.size());
            for (const ItemId item : items) {
                QVERIFY(item.index() < asked.ids.items());
                QVERIFY(!std::ranges::binary_search(excluded, item));
            }
            // Nothing is lost on prefixes that lead nowhere.
            QVERIFY(!items.empty() || excluded.size() == asked.ids.items());
        }
    }

    void nothing_may_be_returned_when_everything_is_excluded() {
        const Asked asked(12);
        std::vector<ItemId> all;
        for (std::size_t i = 0; i < 12; ++i) all.emplace_back(i);
        QVERIFY(asked.search({}, all).empty());
        // A beam of one does not end on a path of which nothing may be returned.
        for (std::size_t i = 0; i < 12; ++i) {
            std::vector<ItemId> others = all;
            others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
            QCOMPARE(items_in(asked.search({.width = 1}, others)), std::vector<ItemId>{ItemId(i)});
        }
    }

    void an_item_scores_the_same_alone_and_among_others() {
        const Asked asked(90);
        const std::vector<double> all = asked.scores();
        DecoderWork work;
        const std::vector<ItemId> some = {ItemId(40u), ItemId(3u), ItemId(900u), ItemId(40u)};
        const auto scores = score_items(asked.decoder, asked.ids,
                                        {.past = asked.past, .person = {}, .items = some}, work);
        QVERIFY(std::abs(scores[0] - all[40]) < 1e-5 && scores[0] == scores[3]);
        QVERIFY(std::abs(scores[1] - all[3]) < 1e-5);
        QVERIFY(std::isinf(scores[2]) && scores[2] < 0);
    }

    void any_number_of_workers_finds_the_same_bits() {
        const Asked asked(90);
        std::vector<std::vector<std::vector<GeneratedItem>>> runs;
        for (const int threads : {1, 2, 3, 8}) {
            Workers workers(threads);
            std::vector<DecoderWork> work(static_cast<std::size_t>(threads));
            auto& run = runs.emplace_back(50);
            workers.for_chunks(50, 4, [&](std::size_t, std::size_t begin, std::size_t end, int w) {
                for (std::size_t i = begin; i < end; ++i) {
                    std::vector<ItemId> past;
                    for (std::size_t k = 0; k < i % 5; ++k) past.emplace_back((i + 7 * k) % 90);
                    const auto digits = digits_of(asked.ids, past);
                    run[i] = beam_search(asked.decoder, asked.tree,
                                         {.past = digits, .person = {}, .excluded = {}},
                                         {.width = 1 + i % 20, .temperature = 1, .diversity = 0.5},
                                         work[static_cast<std::size_t>(w)]);
                }
            });
        }
        for (const auto& run : runs) {
            for (std::size_t i = 0; i < 50; ++i) {
                QVERIFY(items_in(run[i]) == items_in(runs[0][i]));
                for (std::size_t k = 0; k < run[i].size(); ++k) {
                    QVERIFY(run[i][k].log_probability == runs[0][i][k].log_probability);
                }
            }
        }
    }

    // Small: the likeliest digit takes all. Large: every digit is nearly as likely as another.
    void temperature_says_how_far_apart_items_are() {
        const Asked asked(90);
        const auto spread = [&](double temperature) {
            const auto found =
                asked.search({.width = 20, .temperature = temperature, .diversity = 0});
            return found.front().log_probability - found.back().log_probability;
        };
        QVERIFY(spread(0.2) > 2 * spread(1));
        QVERIFY(spread(1) > 2 * spread(5));
        const auto flat = asked.search({.width = 90, .temperature = 1e6, .diversity = 0});
        for (const GeneratedItem& one : flat) {
            QVERIFY(std::abs(one.log_probability + std::log(4 * 4 * 8)) < 1e-3);
        }
    }

    void diversity_spreads_the_beam_over_first_digits_and_changes_no_number() {
        const Asked asked(400, {16, 4, 8});
        const std::vector<double> scores = asked.scores();
        std::size_t before = 0;
        double likely = 1;
        for (const double diversity : {0.0, 0.5, 50.0}) {
            const auto found =
                asked.search({.width = 8, .temperature = 0.5, .diversity = diversity});
            const std::size_t firsts = first_digits(asked.ids, found);
            QVERIFY(firsts >= before);
            before = firsts;
            if (diversity == 0) QVERIFY(firsts < 5);
            QVERIFY(found.front().log_probability <= likely);
            likely = found.front().log_probability;
        }
        QCOMPARE(before, 8u);
        const auto apart = asked.search({.width = 8, .temperature = 1, .diversity = 50});
        for (const GeneratedItem& one : apart) {
            QVERIFY(std::abs(one.log_probability - scores[one.item.index()]) < 1e-5);
        }
    }

    void the_trace_tells_who_was_kept_and_who_was_not() {
        const Asked asked(90);
        for (const double diversity : {0.0, 1.0}) {
            BeamTrace trace;
            const BeamSettings settings{.width = 5, .temperature = 1, .diversity = diversity};
            const auto found = asked.search(settings, {}, &trace);
            QCOMPARE(items_in(found), items_in(asked.search(settings)));
            QCOMPARE(trace.steps.size(), 3u);
            CodeTree::Node parent = CodeTree::kRoot;
            for (std::size_t digit = 0; digit < 3; ++digit) {
                const auto& step = trace.steps[digit];
                const auto kept =
                    static_cast<std::size_t>(std::ranges::count_if(step, &BeamCandidate::kept));
                QCOMPARE(kept, std::min<std::size_t>(5, step.size()));
                for (std::size_t i = 0; i < step.size(); ++i) {
                    QCOMPARE(step[i].kept, i < kept);
                    parent =
                        digit == 0 ? CodeTree::kRoot : trace.steps[digit - 1][step[i].parent].node;
                    QCOMPARE(asked.tree.child(parent, asked.tree.code(step[i].node)), step[i].node);
                    QVERIFY(step[i].score <= step[i].log_probability);
                    if (diversity == 0) QVERIFY(step[i].score == step[i].log_probability);
                    if (i > kept) QVERIFY(step[i].log_probability <= step[i - 1].log_probability);
                }
            }
            QCOMPARE(trace.steps[0].size(), asked.tree.children(CodeTree::kRoot).size());
        }
    }

    // Every further one of a first digit is chosen by its own number less `diversity` for each
    // before.
    void diversity_takes_the_same_off_for_each_of_a_first_digit() {
        const Asked asked(400, {16, 4, 8});
        for (const double diversity : {0.25, 1.0, 3.0}) {
            BeamTrace trace;
            asked.search({.width = 8, .temperature = 0.5, .diversity = diversity}, {}, &trace);
            std::size_t repeated = 0;
            for (const auto& step : trace.steps) {
                std::array<int, 16> chosen{};
                for (const BeamCandidate& one : step) {
                    if (!one.kept) continue;
                    const ItemId item = asked.tree.items(one.node).front();
                    int& before = chosen[asked.ids.path(item)[0]];
                    repeated += before > 0;
                    QVERIFY(std::abs(one.score - one.log_probability + diversity * before++) <
                            1e-12);
                }
            }
            QVERIFY(diversity > 1 || repeated > 0);
        }
    }

    // Gumbel top-down sampling: of the children of a prefix the largest draw is the prefix's own.
    void a_prefix_hands_its_draw_to_the_best_of_its_children() {
        const Asked asked(400, {16, 4, 8});
        for (std::uint64_t draw = 0; draw < 20; ++draw) {
            Stream chance(draw, Purpose::test);
            DecoderWork work;
            BeamTrace trace;
            beam_search(asked.decoder, asked.tree,
                        {.past = asked.past, .person = {}, .excluded = {}, .chance = &chance},
                        {.width = 6, .temperature = 1, .diversity = 0}, work, &trace);
            for (std::size_t digit = 0; digit < trace.steps.size(); ++digit) {
                std::map<std::size_t, double> largest;
                for (const BeamCandidate& one : trace.steps[digit]) {
                    const auto [best, first] = largest.emplace(one.parent, one.score);
                    if (!first) best->second = std::max(best->second, one.score);
                }
                for (const auto& [parent, score] : largest) {
                    const double own = digit == 0 ? 0 : trace.steps[digit - 1][parent].score;
                    QVERIFY(std::abs(score - own) < 1e-9);
                }
            }
        }
    }

    void foreign_codes_give_nothing_and_never_crash() {
        const Asked asked(90);
        DecoderWork work;
        const CodeTree shorter(random_ids(20, {4, 4}, false, 1));
        const BeamRequest request{.past = asked.past, .person = {}, .excluded = {}};
        QVERIFY(beam_search(asked.decoder, shorter, request, {}, work).empty());
        QVERIFY(beam_search(asked.decoder, CodeTree(), request, {}, work).empty());
        // Larger alphabets: the part of the catalogue that can be said.
        const SemanticIds wider = random_ids(300, {9, 9, 90}, false, 1);
        for (const GeneratedItem& one :
             beam_search(asked.decoder, CodeTree(wider), request, {}, work)) {
            const auto path = wider.path(one.item);
            QVERIFY(path[0] < 4 && path[1] < 4 && path[2] < 8);
        }
    }

    // A decoder that finds everything alike: the beam keeps the first in the order of paths.
    void ties_go_to_the_lower_codes() {
        const std::vector<Code> codes = {1, 1, 0, 1, 1, 0, 0, 0};  // items 3, 1, 2, 0 by path
        const SemanticIds ids = make_ids(codes, {2, 2}, false, 7);
        DecoderNet<float> net = loud_net<float>(small_shape({2, 2}), 6);
        net.each_parameter([](nn::Parameter<float>& p) { p.value.setZero(); });
        const CodeDecoder decoder(std::move(net), ids.version, {});
        DecoderWork work;
        BeamTrace trace;
        const auto found = beam_search(decoder, CodeTree(ids), {}, {.width = 2}, work, &trace);
        QCOMPARE(items_in(found), (std::vector<ItemId>{ItemId(1u), ItemId(3u)}));
        for (std::size_t i = 1; i < trace.steps[1].size(); ++i)
            QVERIFY(trace.steps[1][i - 1].node < trace.steps[1][i].node);
    }

    // Item i + 1 follows item i; starts are spread evenly, so popularity knows nothing.
    void a_planted_sequence_is_found_far_above_popularity() {
        constexpr std::size_t kItems = 60;
        DecoderExamples examples;
        examples.ids = std::make_shared<const SemanticIds>(random_ids(kItems, {4, 4, 8}, true, 1));
        for (std::size_t s = 0; s < 300; ++s) {
            DecoderSequence& sequence = examples.sequences.emplace_back();
            for (std::size_t i = 0; i < 6; ++i) sequence.items.emplace_back((7 * s + i) % kItems);
        }
        DecoderSettings settings{.dims = 16, .layers = 1, .heads = 2, .length = 5};
        settings.epochs = 30;
        settings.learning_rate = 5e-3;
        const auto decoder = train_code_decoder(examples, settings);
        const CodeTree tree(*examples.ids);
        DecoderWork work;
        std::size_t found = 0;
        for (std::size_t i = 0; i < kItems; ++i) {
            const std::vector<ItemId> past = {ItemId(i), ItemId((i + 1) % kItems)};
            const auto digits = digits_of(*examples.ids, past);
            const auto items =
                items_in(beam_search(*decoder, tree, {.past = digits, .person = {}, .excluded = {}},
                                     {.width = 5, .temperature = 1, .diversity = 0}, work));
            const auto five = std::span(items).first(std::min<std::size_t>(5, items.size()));
            found += std::ranges::find(five, ItemId((i + 2) % kItems)) != five.end();
        }
        // Five guesses of sixty items would find five.
        QVERIFY2(found > 50, qPrintable(QString::number(found)));
    }

    // Over all paths of an alphabet nothing is left out, so the first one drawn is drawn with its
    // own probability, and none is drawn twice.
    void chance_draws_without_replacement_by_probability() {
        const std::vector<Code> codes = {0, 0, 0, 1, 1, 0, 1, 1};
        const SemanticIds ids = make_ids(codes, {2, 2}, false, 7);
        const CodeTree tree(ids);
        const CodeDecoder decoder(loud_net<float>(small_shape({2, 2}), 6), ids.version, {});
        const std::vector<ItemId> all = {ItemId(0u), ItemId(1u), ItemId(2u), ItemId(3u)};
        DecoderWork work;
        const auto scores =
            score_items(decoder, ids, {.past = {}, .person = {}, .items = all}, work);
        constexpr int kDraws = 4000;
        std::array<int, 4> first{};
        for (std::uint64_t draw = 0; draw < kDraws; ++draw) {
            Stream chance(draw, Purpose::test);
            const auto found = beam_search(
                decoder, tree, {.past = {}, .person = {}, .excluded = {}, .chance = &chance},
                {.width = 3}, work);
            QCOMPARE(found.size(), std::size_t{3});
            std::set<ItemId> once;
            for (const GeneratedItem& one : found) once.insert(one.item);
            QCOMPARE(once.size(), std::size_t{3});
            ++first[found.front().item.index()];
        }
        for (std::size_t i = 0; i < 4; ++i) {
            const double p = std::exp(scores[i]);
            const double deviation = std::sqrt(p * (1 - p) / kDraws);
            QVERIFY(std::abs(first[i] / double(kDraws) - p) < 4 * deviation);
        }
    }
};

}  // namespace

QTEST_GUILESS_MAIN(BeamSearchTest)
#include "beam_search_test.moc"
