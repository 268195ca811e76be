// Re-ranking by a simulated language model inside the cascade: the same items, the same values, in
// another order; and nothing that the text does not say.
#include "engine/cascade/language/list_reranker.h"

#include <QtTest>
#include <algorithm>

#include "engine/cascade/language/item_text.h"
#include "engine/language/simulated_model.h"
#include "engine/params/table.h"
#include "engine/world/domain/domain_pack.h"
#include "tests/worlds/small_cascade.h"

using namespace cascadelab;

namespace {

constexpr std::size_t kItems = 120;

CascadeTrace answered(SmallCascade& world, LanguageReranker reranker, double weight = 1,
                      bool explain = false) {
    world.params.language.reranker = reranker;
    world.params.language.weight = weight;
    CascadeWorkspace workspace;
    Request request = world.request();
    request.explain = explain;
    return world.run(request, workspace);
}

std::vector<ItemId> line_of(const CascadeTrace& trace) {
    std::vector<std::pair<int, ItemId>> ranked;
    for (const Candidate& candidate : trace.candidates)
        if (candidate.rank != kUnranked) ranked.emplace_back(candidate.rank, candidate.item);
    std::ranges::sort(ranked);
    std::vector<ItemId> items;
    for (const auto& [rank, item] : ranked) items.push_back(item);
    return items;
}

}  // namespace

class ListRerankerTest : public QObject {
    Q_OBJECT
  private slots:
    void an_item_is_told_by_its_card_and_its_strongest_moods() {
        ItemCard card;
        card.title = "Iron Road";
        card.topic = TopicId(0);
        std::vector<float> content(kTopicCount + 6, 0.0f);
        content[kTopicCount + 1] = -0.9f;
        content[kTopicCount + 4] = 0.5f;
        const std::string text = item_text(card, content, DomainPackName::films_series);
        QVERIFY(text.starts_with("Iron Road | "));
        QVERIFY(text.find("| harsh, dark,") != std::string::npos);
        QCOMPARE(fame_text(0, 100), std::string("known 0/5"));
        QCOMPARE(fame_text(8, 100), std::string("known 3/5"));
        QCOMPARE(fame_text(1e9, 100), std::string("known 5/5"));
    }
    void names_of_models_are_those_of_the_parameter() {
        const Parameter* model = find_parameter("language.model");
        QCOMPARE(model->choices.size(), model_presets().size());
        for (std::size_t i = 0; i < model->choices.size(); ++i)
            QCOMPARE(model->choices[i], model_presets()[i].name);
    }
    void off_it_is_not_asked() {
        SmallCascade world(3, kItems);
        const CascadeTrace trace = answered(world, LanguageReranker::off);
        QCOMPARE(trace.language.calls, 0);
        QVERIFY(trace.language.text.empty());
    }
    void it_changes_the_order_and_nothing_else() {
        for (const std::uint64_t seed : {3, 4, 5, 6, 7}) {
            SmallCascade world(seed, kItems);
            world.params.language.candidates = 20;
            const std::vector<ItemId> before = line_of(answered(world, LanguageReranker::off));
            const CascadeTrace trace = answered(world, LanguageReranker::instead);
            std::vector<ItemId> after = line_of(trace);
            QCOMPARE(trace.language.calls, 1);
            QVERIFY(trace.language.prompt_tokens > 100);
            QVERIFY(after != before);
            // Behind the list nothing moves; inside it nothing comes or goes.
            const auto listed =
                static_cast<std::ptrdiff_t>(std::min<std::size_t>(20, before.size()));
            QVERIFY(std::equal(before.begin() + listed, before.end(), after.begin() + listed));
            std::vector<ItemId> sorted = before;
            std::ranges::sort(sorted);
            std::ranges::sort(after);
            QCOMPARE(after, sorted);
        }
    }
    void values_fall_along_the_new_order() {
        SmallCascade world(3, kItems);
        const CascadeTrace trace = answered(world, LanguageReranker::instead);
        std::vector<const Candidate*> line;
        for (const Candidate& candidate : trace.candidates)
            if (candidate.rank != kUnranked) line.push_back(&candidate);
        std::ranges::sort(line, {}, [](const Candidate* c) { return c->rank; });
        for (std::size_t i = 1; i < line.size(); ++i) QVERIFY(line[i - 1]->value >= line[i]->value);
    }
    void without_weight_the_fusion_is_the_ranker() {
        SmallCascade world(3, kItems);
        const std::vector<ItemId> before = line_of(answered(world, LanguageReranker::off));
        QCOMPARE(line_of(answered(world, LanguageReranker::fused, 0)), before);
    }
    void what_it_saw_is_told_of_a_request_that_is_explained() {
        SmallCascade world(3, kItems);
        for (std::size_t i = 0; i < world.catalogue.size(); ++i)
            world.catalogue.cards[i].title = "Title" + std::to_string(i);
        const CascadeTrace trace = answered(world, LanguageReranker::fused, 1, true);
        QVERIFY(trace.language.text.find("Put in order") != std::string::npos);
        for (const ItemId item : trace.language.before)
            QVERIFY(trace.language.text.find(world.catalogue.cards[item.index()].title) !=
                    std::string::npos);
        QCOMPARE(trace.language.before.size(), trace.language.after.size());
        QVERIFY(trace.language.before != trace.language.after);
    }
    void items_newer_than_its_knowledge_are_not_known() {
        SmallCascade world(3, kItems);
        auto tables = std::make_shared<BatchTables>(*world.store.batch());
        for (ItemBatch& item : tables->items) item.views = 50;
        world.store.deploy_batch(std::move(tables));
        world.params.world.people = 100;
        world.params.language.cutoff_days = 0;
        const PersonFeatures person = world.store.read_person(
            world.params.features, world.catalogue, PersonId(0), world.now_s);
        std::vector<ItemId> items;
        for (std::size_t i = 0; i < world.catalogue.size(); ++i) items.push_back(ItemId(i));
        const auto known = [&] {
            const ListPrompt prompt = prompt_of(world.inputs(), world.request(), person, items);
            return std::ranges::count_if(read_fame(prompt), [](double f) { return f > 0; });
        };
        const auto with = known();
        world.params.language.cutoff_days = 3;
        const auto half = known();
        QVERIFY2(half > 0 && half < with, qPrintable(QString("%1 of %2").arg(half).arg(with)));
    }
};

QTEST_APPLESS_MAIN(ListRerankerTest)
#include "list_reranker_test.moc"
