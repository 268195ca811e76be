// A run whose pages are made of rows: what is logged, remembered and trained on agrees.
#include <QTest>
#include <cmath>
#include <map>

#include "tests/worlds/tiny_run.h"

using namespace cascadelab;

namespace {

Params rows_params() {
    Params p = tiny_params();
    p.page.layout = PageLayout::rows;
    p.page.rows = 4;
    p.page.row_items = 5;
    p.world.unfinished_pull = 4;
    return p;
}

}  // namespace

class RowsRunTest : public QObject {
    Q_OBJECT

  private slots:
    void a_run_in_rows_is_the_same_on_any_number_of_threads() {
        Simulation one(rows_params(), 5, 1), three(rows_params(), 5, 3);
        QCOMPARE(run_ticks(one, kTicksADay), run_ticks(three, kTicksADay));
    }

    void the_log_knows_the_row_of_every_impression() {
        Simulation simulation(rows_params(), 5, 2);
        run_ticks(simulation, kTicksADay);
        const auto state = simulation.keyframe();
        std::map<std::pair<std::uint32_t, std::uint32_t>, const LoggedRequest*> logged;
        const auto requests = state->feature_log.newest(1000000);
        for (const auto& request : requests)
            logged[{request->person.value, request->request}] = request.get();
        std::array<int, enum_count<Surface>> seen{}, clicked{};
        state->log.visit([&](const Event& event) {
            if (event.time_s < 0) return;  // before the first page
            const auto found = logged.find({event.person.value, event.request});
            if (found == logged.end() || !event.item.valid()) return;
            const LoggedRequest& request = *found->second;
            QCOMPARE(request.items[event.position], event.item);
            QVERIFY(surface_at(request.page, event.position) == event.surface);
            const auto surface = index_of(event.surface);
            seen[surface] += event.kind == EventKind::impression;
            clicked[surface] += event.kind == EventKind::click;
        });
        for (std::size_t s = 0; s < enum_count<Surface>; ++s)
            QVERIFY2(seen[s] > 0, qPrintable(QString("nothing was shown on surface %1").arg(s)));
        QVERIFY(clicked[index_of(Surface::continue_watching)] > 0);
    }

    // The share that a person has seen of an item is the sum of the sittings; the serving system,
    // which knows events alone, remembers the same as the person.
    void what_is_remembered_is_what_was_watched() {
        Simulation simulation(rows_params(), 5, 2);
        run_ticks(simulation, 2 * kTicksADay);
        const auto state = simulation.keyframe();
        std::map<std::pair<std::uint32_t, std::uint32_t>, float> seen;
        int gone_on = 0;
        state->log.visit([&](const Event& event) {
            if (event.kind != EventKind::watch) return;
            float& share = seen[{event.person.value, event.item.value}];
            if (event.from > 0) QCOMPARE(event.from, share);
            gone_on += event.from > 0;
            const float reached = event.from + event.value;
            QVERIFY(reached <= 1 + 1e-6f);
            if (reached >= 0.1f) share = reached;
        });
        QVERIFY(gone_on > 20);
        std::size_t left = 0;
        for (std::size_t p = 0; p < state->world.population.size(); ++p) {
            const auto& person = state->world.population.people[p].unfinished;
            const auto& known = state->store.history(PersonId(p)).unfinished;
            QCOMPARE(known.size(), person.size());
            for (std::size_t i = 0; i < known.size(); ++i) {
                QCOMPARE(known[i].item, person[i].item);
                QVERIFY(std::abs(known[i].share - person[i].share) < 1e-6f);
            }
            left += known.size();
        }
        QVERIFY(left > 20);
    }

    void the_ranker_learns_from_rows() {
        Simulation simulation(rows_params(), 5, 2);
        run_ticks(simulation, kTicksADay);
        const auto state = simulation.keyframe();
        QVERIFY(state->models.ranker != nullptr);
        // Joined again point in time the rows are those that were served.
        QVERIFY2(state->training_skew < 0.02f, qPrintable(QString::number(state->training_skew)));
    }

    void switching_the_layout_changes_the_next_page() {
        Params params = rows_params();
        params.page.layout = PageLayout::feed;
        Simulation simulation(params, 5, 1);
        run_ticks(simulation, 4);
        QVERIFY(simulation.explain(PersonId(3u))->rows.empty());
        const Command rows = SetParameter{"page.layout", 1};
        const TickReport report = simulation.step({&rows, 1});
        QVERIFY(report.refused.empty());
        QVERIFY(simulation.explain(PersonId(3u))->rows.size() > 1);
    }
};

QTEST_GUILESS_MAIN(RowsRunTest)
#include "rows_run_test.moc"
