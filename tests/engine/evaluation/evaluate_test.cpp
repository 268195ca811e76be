// Splits and measures worked by hand, and the closed-form models against numpy's numbers.
#include "engine/evaluation/evaluate.h"
#include "tests/house/places.h"

#include <QtTest>
#include <cmath>

using namespace cascadelab;

namespace {

const QString kFixture = source_path("tests/fixtures/ratings_reference");

std::vector<ItemId> items(std::initializer_list<std::size_t> numbers) {
    std::vector<ItemId> ids;
    for (const std::size_t number : numbers) ids.push_back(ItemId(number));
    return ids;
}

// Person 0: items 0..9 at times 0..9, stars 1, 2, .. 10. Person 1: item 3 alone.
Ratings small_ratings() {
    Ratings ratings;
    ratings.people = {"a", "b"};
    for (std::uint32_t i = 0; i < 10; ++i) {
        ratings.items.push_back(std::to_string(i));
        ratings.rows.push_back(
            {PersonId(0u), ItemId(i), static_cast<float>(i + 1), i + 1, i, i == 4});
    }
    ratings.rows.push_back({PersonId(1u), ItemId(3u), 5, 11, 50, false});
    return ratings;
}

// Forty items in a ring: everybody goes on from one to the next, from a place of their own. All are
// as popular.
Ratings ring_ratings() {
    Ratings ratings;
    for (std::size_t i = 0; i < 40; ++i) ratings.items.push_back(std::to_string(i));
    std::uint32_t line = 1;
    for (std::size_t person = 0; person < 200; ++person) {
        ratings.people.push_back(std::to_string(person));
        for (std::size_t e = 0; e < 8; ++e, ++line) {
            const ItemId item((7 * person + e) % 40);
            ratings.rows.push_back({PersonId(person), item, 5, line, line, false});
        }
    }
    return ratings;
}

Result<Evaluation> evaluate_fixture(std::vector<std::string> models, Split split) {
    const auto ratings = read_ratings((kFixture + ".csv").toStdString());
    if (!ratings) return ratings.problem();
    const auto chosen = choose_models(models);
    if (!chosen) return chosen.problem();
    return evaluate(ratings.value(), {chosen.value(), split, {}, 1, {}});
}

double measure(const TopKQuality& quality, const QString& name) {
    if (name == "ndcg_at_10") return quality.ndcg_at_10;
    if (name == "p_at_10") return quality.p_at_10;
    if (name == "r_at_10") return quality.r_at_10;
    if (name == "hr_at_10") return quality.hr_at_10;
    if (name == "r_at_20") return quality.r_at_20;
    if (name == "r_at_50") return quality.r_at_50;
    return name == "ndcg_at_100" ? quality.ndcg_at_100 : -1;
}

class EvaluateTest : public QObject {
    Q_OBJECT
  private slots:
    void leave_last_out_asks_for_the_last_event() {
        const HeldOut held = hold_out(small_ratings(), Split::leave_last_out, {});
        QCOMPARE(held.test[0], items({4, 9}));  // 4 stands in the folder's own test file
        QVERIFY(held.test[1].empty());          // one event: nothing to ask about
        QCOMPARE(held.train.rows.size(), std::size_t(9));
        QCOMPARE(held.people_asked(), std::size_t(1));
    }
    void what_people_wrote_on_held_out_items_is_held_out() {
        Ratings ratings = small_ratings();
        ratings.tags = {"funny", "sad"};
        ratings.taggings = {{PersonId(0u), ItemId(4u), 0},
                            {PersonId(1u), ItemId(4u), 0},
                            {PersonId(), ItemId(9u), 1},
                            {PersonId(0u), ItemId(9u), 1}};
        const HeldOut held = hold_out(ratings, Split::leave_last_out, {});
        QCOMPARE(held.tags, std::size_t(2));
        QCOMPARE(held.taggings.size(), std::size_t(2));
        QCOMPARE(held.taggings[0].person, PersonId(1u));
        QVERIFY(!held.taggings[1].person.valid());
    }
    void ratio_holds_out_the_last_fifth() {
        Ratings ratings = small_ratings();
        ratings.rows[4].in_test_file = false;
        const HeldOut held = hold_out(ratings, Split::ratio, {});
        QCOMPARE(held.test[0], items({8, 9}));
        QCOMPARE(held.asked_s[0], std::int64_t(8));
        QCOMPARE(held.seen_by(PersonId(0u)), items({0, 1, 2, 3, 4, 5, 6, 7}));
    }
    void u1_holds_out_the_test_file() {
        const HeldOut held = hold_out(small_ratings(), Split::u1, {});
        QCOMPARE(held.test[0], items({4}));
    }
    void ratings_below_the_limit_are_no_events() {
        Ratings ratings = small_ratings();
        ratings.rows[4].in_test_file = false;
        const HeldOut held = hold_out(ratings, Split::ratio, 6.0);
        QCOMPARE(held.seen_by(PersonId(0u)), items({5, 6, 7, 8}));
        QCOMPARE(held.test[0], items({9}));
    }

    // Hits at places 2 and 12 of three wanted.
    void measures_by_hand() {
        const auto ranked = items({30, 7, 31, 32, 33, 34, 35, 36, 37, 38, 39, 8});
        const TopKQuality quality = ranking_quality(ranked, items({7, 8, 99}));
        const double second = 1 / std::log2(3), third = 0.5, twelfth = 1 / std::log2(13);
        QCOMPARE(quality.p_at_10, 0.1);
        QCOMPARE(quality.r_at_10, 1.0 / 3);
        QCOMPARE(quality.hr_at_10, 1.0);
        QCOMPARE(quality.ndcg_at_10, second / (1 + second + third));
        QCOMPARE(quality.r_at_20, 2.0 / 3);
        QCOMPARE(quality.r_at_50, 2.0 / 3);
        QCOMPARE(quality.ndcg_at_100, (second + twelfth) / (1 + second + third));
        QCOMPARE(ranking_quality(items({5}), items({6})), TopKQuality{});
    }
    // Of thirty wanted all stand at the top: R@20 by Liang's convention is 1, R@10 is 10 of 30.
    void a_list_cannot_be_asked_for_more_than_it_holds() {
        std::vector<ItemId> wanted;
        for (std::size_t i = 0; i < 30; ++i) wanted.push_back(ItemId(i));
        const TopKQuality quality = ranking_quality(wanted, wanted);
        QCOMPARE(quality.r_at_10, 1.0 / 3);
        QCOMPARE(quality.r_at_20, 1.0);
        QCOMPARE(quality.r_at_50, 1.0);
        QCOMPARE(quality.ndcg_at_10, 1.0);
        QCOMPARE(quality.p_at_10, 1.0);
    }
    void the_list_leaves_out_what_was_seen_and_breaks_ties_by_id() {
        const std::vector<float> scores = {1, 5, 3, 5, 3};
        QCOMPARE(best_items(scores, items({1})), items({3, 2, 4, 0}));
        QCOMPARE(best_items(std::vector<float>(500), {}).size(), kListLength);
    }

    void closed_forms_agree_with_numpy() {
        QFile file(kFixture + ".txt");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QStringList lines = QString::fromUtf8(file.readAll()).split('\n', Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2 * 3 * 7);
        for (const QString& line : lines) {
            const QStringList words = line.split(' ');
            const auto split = parse_split(words[0].toStdString());
            QVERIFY(split.ok());
            const auto evaluated = evaluate_fixture({words[1].toStdString()}, split.value());
            QVERIFY(evaluated.ok());
            const double own = measure(evaluated.value().models[0].quality, words[2]);
            QVERIFY2(std::abs(own - words[3].toDouble()) < 1e-3, qPrintable(line));
        }
    }

    void every_model_beats_popularity_where_there_are_tastes() {
        // Sixty short histories are too few for the sequence models.
        const auto evaluated =
            evaluate_fixture({"popularity", "item_knn", "ease", "ials", "two_tower"}, Split::ratio);
        QVERIFY(evaluated.ok());
        const auto& models = evaluated.value().models;
        QCOMPARE(models[0].model, std::string("popularity"));
        for (std::size_t m = 1; m < models.size(); ++m) {
            QVERIFY2(models[m].quality.ndcg_at_10 > models[0].quality.ndcg_at_10,
                     models[m].model.c_str());
            QVERIFY(!models[m].settings.empty());
        }
    }
    void sequence_models_show_how_they_learned() {
        const auto evaluated = evaluate_fixture({"sasrec", "hstu"}, Split::leave_last_out);
        QVERIFY(evaluated.ok());
        QCOMPARE(evaluated.value().models.size(), std::size_t(2));
        for (const ModelReport& report : evaluated.value().models) {
            QVERIFY(report.epochs.size() > 1);
            QVERIFY(report.epochs.back().training < report.epochs.front().training);
            QVERIFY(report.quality.ndcg_at_10 > 0 && !report.settings.empty());
        }
    }
    // Ten guesses of the 33 items not yet seen would find a third.
    void the_generative_retriever_says_what_follows() {
        const std::vector<std::string> names = {"popularity", "generative"};
        const auto evaluated = evaluate(
            ring_ratings(), {choose_models(names).value(), Split::leave_last_out, {}, 1, {}});
        QVERIFY(evaluated.ok());
        const auto& models = evaluated.value().models;
        QVERIFY(models[0].quality.hr_at_10 < 0.5);
        QVERIFY2(models[1].quality.hr_at_10 > 0.8,
                 qPrintable(QString::number(models[1].quality.hr_at_10)));
        QVERIFY(models[1].epochs.back().training < models[1].epochs.front().training);
        const auto again = evaluate(
            ring_ratings(), {choose_models(names).value(), Split::leave_last_out, {}, 1, {}});
        QCOMPARE(again.value().models[1].quality, models[1].quality);
    }
    void the_same_seed_gives_the_same_numbers() {
        const auto once = evaluate_fixture({"ials", "two_tower"}, Split::ratio);
        const auto again = evaluate_fixture({"two_tower", "ials"}, Split::ratio);
        QCOMPARE(once.value().models[0].quality, again.value().models[1].quality);
        QCOMPARE(once.value().models[1].quality, again.value().models[0].quality);
    }

    void a_stop_ends_it_and_says_so() {
        const auto ratings = read_ratings((kFixture + ".csv").toStdString());
        EvaluateOptions options{choose_models({}).value(), Split::ratio, {}, 1, {}};
        std::vector<double> shares;
        options.go_on = [&](double share, std::string_view model) {
            shares.push_back(share);
            return model != "ials";
        };
        const auto stopped = evaluate(ratings.value(), options);
        QVERIFY(stopped.ok() && !stopped.value().complete);
        QCOMPARE(stopped.value().models.size(), std::size_t(3));
        QVERIFY(std::ranges::is_sorted(shares));
    }
    void unknown_names_bring_the_nearest() {
        const std::vector<std::string> wrong = {"ease", "item_kn"};
        const auto models = choose_models(wrong);
        QCOMPARE(models.problem().code, ExitCode::usage);
        QCOMPARE(models.problem().expected, std::string("perhaps item_knn"));
        QCOMPARE(parse_split("u2").problem().expected, std::string("perhaps u1"));
        QCOMPARE(parse_split("leave-last-out").value(), Split::leave_last_out);
    }
    void a_model_without_anything_to_learn_is_refused_alone() {
        Ratings ratings = small_ratings();  // two events a person: one to learn from
        ratings.rows.erase(ratings.rows.begin() + 2, ratings.rows.end() - 1);
        const std::vector<std::string> names = {"hstu", "popularity"};
        const auto report =
            evaluate(ratings, {choose_models(names).value(), Split::leave_last_out, {}, 1, {}});
        QVERIFY(report.ok());
        QCOMPARE(report.value().models.size(), std::size_t(1));
        QCOMPARE(report.value().refused.size(), std::size_t(1));
        QCOMPARE(report.value().refused[0].file, std::string("hstu"));
    }
    void a_split_that_asks_nobody_is_a_problem() {
        const auto nobody =
            evaluate(small_ratings(), {choose_models({}).value(), Split::ratio, 9.0, 1, {}});
        QVERIFY(!nobody.ok());
        QVERIFY(nobody.problem().sentence().find("--split ratio: found nobody") == 0);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(EvaluateTest)
#include "evaluate_test.moc"
