// The candidates' table and the slate: every candidate is there, its fate is said in words, a row
// and the selection follow each other, and the export holds what is shown.
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QtTest>

#include "tests/worlds/ui/demo_snapshot.h"
#include "ui/inspector/shap_bars.h"
#include "ui/items/artwork.h"
#include "ui/items/candidate_model.h"
#include "ui/view/csv.h"
#include "ui/view/selection.h"
#include "ui/views/candidates/candidates_view.h"
#include "ui/views/slate/slate_view.h"
#include "ui/words/items.h"

using namespace cascadelab;

class CandidatesViewTest : public QObject {
    Q_OBJECT
  private slots:
    void initTestCase() { prepareApplication(); }
    void every_candidate_has_a_row_and_a_reason();
    void rows_and_selection_follow_each_other();
    void export_quotes_and_keeps_every_row();
    void slate_cards_stay_readable_and_inside_the_width();
    void rows_lie_under_each_other_and_say_that_they_go_on();
    void a_page_in_rows_is_walked_by_keys();
    void the_table_names_the_row_of_an_item();
    void nobody_ranks_in_a_generated_feed();
    void largest_contributions_come_by_size();
    void artwork_is_a_function_of_the_item();
};

void CandidatesViewTest::every_candidate_has_a_row_and_a_reason() {
    const auto snapshot = demoSnapshot();
    CandidateModel model;
    model.setSnapshot(snapshot);
    QCOMPARE(model.rowCount(), static_cast<int>(snapshot->focus->trace->candidates.size()));
    QSet<int> fates;
    for (int row = 0; row < model.rowCount(); ++row) {
        fates << static_cast<int>(model.candidate(row)->fate);
        QVERIFY(whyText(*snapshot, *model.candidate(row)).endsWith('.'));
    }
    QCOMPARE(fates.size(), static_cast<qsizetype>(enum_count<Fate>));
}

void CandidatesViewTest::rows_and_selection_follow_each_other() {
    Selection selection;
    CandidatesView view(selection);
    view.resize(900, 500);
    const auto snapshot = demoSnapshot();
    view.setSnapshot(snapshot);
    auto* table = view.findChild<QTableView*>();
    QCOMPARE(selection.kind(), Selection::Kind::none);  // showing selects nothing

    table->selectRow(2);
    QCOMPARE(selection.kind(), Selection::Kind::candidate);
    QCOMPARE(selection.person(), snapshot->focus->person);
    QCOMPARE(selection.item().value, snapshot->focus->trace->slate[2].value);  // sorted by rank

    QSignalSpy changed(&selection, &Selection::changed);
    selection.selectItem(snapshot->focus->trace->slate[5]);
    QCOMPARE(changed.count(), 1);  // following does not select again
    QCOMPARE(table->currentIndex().row(), 5);
    selection.clear();
    QVERIFY(!table->currentIndex().isValid());
}

void CandidatesViewTest::export_quotes_and_keeps_every_row() {
    const auto snapshot = demoSnapshot();
    CandidateModel model;
    model.setSnapshot(snapshot);
    const QString text = csvText(model);
    const QStringList lines = text.split("\r\n", Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), model.rowCount() + 1);
    QVERIFY(lines.front().startsWith("Rank,Item,Fate,Row,Value"));
    QVERIFY(text.contains("\"two-tower, co-watched\""));
}

void CandidatesViewTest::slate_cards_stay_readable_and_inside_the_width() {
    for (const double width : {250.0, 400.0, 760.0, 1200.0}) {
        for (const double height : {120.0, 260.0, 600.0}) {
            for (const QRectF& frame : layOutSlate(10, width, height)) {
                QVERIFY(frame.left() >= 0 && frame.right() <= width + 0.01);
                QVERIFY(frame.width() >= 118 && frame.height() >= 90);
            }
        }
    }
    QVERIFY(layOutSlate(0, 500, 500).empty());
}

namespace {

// The demo's page cut into three rows.
std::shared_ptr<const Snapshot> demoInRows() {
    auto snapshot = std::make_shared<Snapshot>(*demoSnapshot());
    auto focus = std::make_shared<PersonView>(*snapshot->focus);
    auto trace = std::make_shared<CascadeTrace>(*focus->trace);
    trace->rows = {{Surface::home, {}, 0, 5},
                   {Surface::continue_watching, {}, 5, 2},
                   {Surface::because_watched, ItemId{3}, 7, 3}};
    focus->unfinished = {{trace->slate[5], 0.4f}, {trace->slate[6], 0.6f}};
    focus->trace = std::move(trace);
    snapshot->focus = std::move(focus);
    return snapshot;
}

}  // namespace

void CandidatesViewTest::rows_lie_under_each_other_and_say_that_they_go_on() {
    const std::vector<PageRow> rows = {{Surface::home, {}, 0, 12},
                                       {Surface::continue_watching, {}, 12, 1},
                                       {Surface::trending_now, {}, 13, 7}};
    for (const double width : {250.0, 400.0, 760.0, 2400.0}) {
        for (const double height : {200.0, 500.0, 900.0}) {
            const RowsLayout layout = layOutRows(rows, width, height);
            QCOMPARE(layout.headings.size(), rows.size());
            QCOMPARE(layout.cards.size(), std::size_t{20});
            double bottom = 0;
            for (std::size_t r = 0; r < rows.size(); ++r) {
                QVERIFY(layout.headings[r].top() >= bottom);
                bottom = layout.headings[r].bottom();
                for (int k = 0; k < rows[r].count; ++k) {
                    const QRectF card = layout.cards[rows[r].first + static_cast<std::size_t>(k)];
                    QVERIFY(card.top() >= layout.headings[r].bottom());
                    QVERIFY(card.width() >= 118 && card.height() >= 90);
                    if (k > 0) QVERIFY(card.left() > layout.cards[rows[r].first + k - 1u].right());
                }
                bottom = layout.cards[rows[r].first].bottom();
            }
            QVERIFY(std::abs(layout.height - bottom) < 0.01);
            // A row that does not fit ends inside a card, not in a gap.
            const bool fits = layout.cards[11].right() <= width + 0.01;
            const auto cut = std::ranges::find_if(layout.cards, [&](const QRectF& card) {
                return card.left() < width && card.right() > width + 0.01;
            });
            QCOMPARE(fits, cut == layout.cards.end());
        }
    }
    QVERIFY(layOutRows({}, 500, 500).cards.empty());
}

void CandidatesViewTest::a_page_in_rows_is_walked_by_keys() {
    Selection selection;
    SlateView view(selection);
    view.resize(420, 300);
    const auto snapshot = demoInRows();
    const std::vector<ItemId>& slate = snapshot->focus->trace->slate;
    view.setSnapshot(snapshot);
    const auto press = [&](Qt::Key key) {
        QTest::keyClick(&view, key);
        return std::ranges::find(slate, selection.item()) - slate.begin();
    };
    QCOMPARE(press(Qt::Key_Right), 0);
    QCOMPARE(press(Qt::Key_Right), 1);
    QCOMPARE(press(Qt::Key_Right), 2);
    QCOMPARE(press(Qt::Key_Down), 6);  // the second row has two places
    QCOMPARE(press(Qt::Key_Down), 8);
    QCOMPARE(press(Qt::Key_Up), 6);
    QCOMPARE(press(Qt::Key_Left), 5);
    QCOMPARE(press(Qt::Key_Up), 0);
    QCOMPARE(press(Qt::Key_Left), 0);
}

void CandidatesViewTest::nobody_ranks_in_a_generated_feed() {
    auto snapshot = std::make_shared<Snapshot>(*demoSnapshot());
    auto focus = std::make_shared<PersonView>(*snapshot->focus);
    auto trace = std::make_shared<CascadeTrace>(*focus->trace);
    trace->maker = FeedMaker::generative;
    focus->trace = trace;
    snapshot->focus = focus;
    Candidate candidate;
    candidate.item = ItemId{3};
    candidate.source = Source::generative;
    candidate.rank = 7;
    for (const Fate fate : {Fate::shown, Fate::score}) {
        candidate.fate = fate;
        const QString why = whyText(*snapshot, candidate);
        QVERIFY2(why.startsWith("Number 8") && !why.contains("ank"), qPrintable(why));
    }
}

void CandidatesViewTest::the_table_names_the_row_of_an_item() {
    const auto snapshot = demoInRows();
    CandidateModel model;
    model.setSnapshot(snapshot);
    const auto row_of = [&](std::size_t place) {
        const int row = model.rowOf(snapshot->focus->trace->slate[place]);
        return model.data(model.index(row, CandidateModel::pageRow), Qt::DisplayRole).toString();
    };
    QCOMPARE(row_of(0), QString("Top picks"));
    QCOMPARE(row_of(6), QString("Continue watching"));
    QCOMPARE(row_of(7), "Because you watched " + itemTitle(*snapshot, ItemId{3}));
    const Candidate* shown = findCandidate(*snapshot, snapshot->focus->trace->slate[6]);
    QVERIFY(whyText(*snapshot, *shown).contains("Continue watching"));
}

void CandidatesViewTest::largest_contributions_come_by_size() {
    CascadeTrace trace;
    trace.contributions = Matrix(1, 6);
    const std::array<float, 6> values = {0.1f, -0.9f, 0.5f, 0, -0.2f, 3};  // the last is the bias
    for (int c = 0; c < 6; ++c) trace.contributions(0, c) = values[static_cast<std::size_t>(c)];
    const auto bars = largestContributions(trace, 0, 3);
    QCOMPARE(bars.size(), std::size_t{3});
    QCOMPARE(bars[0].value, 0.5);
    QVERIFY(std::abs(bars[1].value + 0.2) < 1e-6);
    QVERIFY(std::abs(bars[2].value + 0.9) < 1e-6);
    QVERIFY(largestContributions(trace, 4, 3).empty());
    // What two candidates share is told in one last bar.
    trace.features = Matrix::Random(2, 5);
    trace.features.col(1).setConstant(4);
    const auto told = largestContributions(trace, 0, 3);
    QCOMPARE(told.size(), std::size_t{4});
    QCOMPARE(told[0].value, 0.5);
    QVERIFY(std::abs(told[3].value + 0.9) < 1e-6);
}

void CandidatesViewTest::artwork_is_a_function_of_the_item() {
    const Artwork a = artworkOf(ItemId{7}, 3), again = artworkOf(ItemId{7}, 3);
    QCOMPARE(a.waves.size(), again.waves.size());
    QCOMPARE(a.waves[0].phase, again.waves[0].phase);
    QVERIFY(artworkOf(ItemId{8}, 3).waves[0].phase != a.waves[0].phase);
}

QTEST_MAIN(CandidatesViewTest)
#include "candidates_view_test.moc"
