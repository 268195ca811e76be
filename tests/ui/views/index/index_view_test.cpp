// Recall against milliseconds: where the picture puts what was measured, and how the view measures.
#include "ui/views/index/index_view.h"

#include <QtTest>
#include <algorithm>

#include "tests/pictures/block_comparison.h"
#include "tests/worlds/ui/demo_study.h"
#include "ui/theme/theme.h"
#include "ui/view/selection.h"

using namespace cascadelab;

namespace {

constexpr QRectF kArea(10, 20, 600, 400);

// With common spaces for the thin ones between numbers and units.
QString plain(QString text) {
    return text.replace(QChar(0x2009), QLatin1Char(' '));
}

// Of this program, now.
qsizetype threads() {
    return QDir("/proc/self/task").entryList(QDir::Dirs | QDir::NoDotAndDotDot).size();
}

std::shared_ptr<Snapshot> smallWorld(std::uint64_t items) {
    Params params;
    params.retrieval.index = IndexChoice::ivf;
    params.retrieval.ivf_cells = 16;
    params.retrieval.ivf_probes = 2;
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->items = items;
    snapshot->params = std::make_shared<const Params>(params);
    return snapshot;
}

}  // namespace

class IndexViewTest : public QObject {
    Q_OBJECT
  private slots:
    void more_recall_stands_higher_and_more_time_further_right() {
        const auto study = demoStudy();
        const IndexLayout layout = layoutIndexStudy(*study, {}, kArea);
        QCOMPARE(layout.traces.size(), study->curves.size());
        for (const IndexTrace& trace : layout.traces) {
            QCOMPARE(trace.points.size(), trace.curve->points.size());
            for (std::size_t i = 0; i < trace.points.size(); ++i) {
                QVERIFY(layout.frame.contains(trace.points[i]));
                if (i == 0) continue;
                QVERIFY(trace.points[i].x() > trace.points[i - 1].x());
                QVERIFY(trace.points[i].y() < trace.points[i - 1].y());
            }
        }
        // The axis is logarithmic: as far from 0.1 to 1 as from 0.01 to 0.1.
        const auto x = [&](const char* text) {
            return std::ranges::find(layout.across, QLatin1String(text), &IndexTick::text)->at;
        };
        QVERIFY(std::abs((x("0.5") - x("0.05")) - (x("0.2") - x("0.02"))) < 1e-9);
        for (const IndexTick& tick : layout.upwards)
            QVERIFY(tick.at >= layout.frame.top() - 1 && tick.at <= layout.frame.bottom() + 1);
        QCOMPARE(plain(layout.upwards.back().text), QStringLiteral("100 %"));
    }

    void names_stand_apart_and_inside() {
        for (const QSizeF size : {QSizeF(600, 400), QSizeF(260, 170)}) {
            const auto study = demoStudy();
            const QRectF area(QPointF(0, 0), size);
            const IndexLayout layout = layoutIndexStudy(*study, {}, area);
            for (const IndexTrace& trace : layout.traces) {
                QVERIFY(trace.label.has_value());
                QVERIFY(area.contains(*trace.label));
                for (const IndexTrace& other : layout.traces)
                    QVERIFY(&other == &trace || !other.label->intersects(*trace.label));
            }
        }
    }

    void the_present_setting_stands_on_its_curve() {
        const auto study = demoStudy();
        RetrievalParams now;
        now.index = IndexChoice::hnsw;
        now.hnsw_breadth = 320;
        const auto traceOf = [&](const IndexLayout& layout, IndexChoice kind) {
            return *std::ranges::find_if(
                layout.traces, [&](const IndexTrace& trace) { return trace.curve->kind == kind; });
        };
        const IndexLayout hnsw = layoutIndexStudy(*study, now, kArea);
        QCOMPARE(*traceOf(hnsw, IndexChoice::hnsw).now, traceOf(hnsw, IndexChoice::hnsw).points[3]);
        QVERIFY(!traceOf(hnsw, IndexChoice::ivf).now);
        QVERIFY(!traceOf(hnsw, IndexChoice::exact).now);
        now.index = IndexChoice::ivf;
        now.ivf_probes = 10;  // half way from 8 to 12
        const IndexLayout ivf = layoutIndexStudy(*study, now, kArea);
        const auto& points = traceOf(ivf, IndexChoice::ivf).points;
        QCOMPARE(*traceOf(ivf, IndexChoice::ivf).now, (points[5] + points[6]) / 2);
        now.ivf_probes = 1000;
        const IndexLayout wide = layoutIndexStudy(*study, now, kArea);
        QCOMPARE(*traceOf(wide, IndexChoice::ivf).now, points.back());
        now.index = IndexChoice::exact;
        QVERIFY(traceOf(layoutIndexStudy(*study, now, kArea), IndexChoice::exact).now.has_value());
    }

    void the_pointer_finds_the_nearest_measurement() {
        const auto study = demoStudy();
        const IndexLayout layout = layoutIndexStudy(*study, {}, kArea);
        const QPointF at = layout.traces[2].points[1];
        const auto hit = indexHitAt(layout, at + QPointF(1, 1));
        QVERIFY(hit && hit->trace == 2 && hit->point == 1);
        QVERIFY(!indexHitAt(layout, layout.frame.bottomRight()));
        const QString sentence = plain(pointSentence(study->curves[2], 3));
        for (const char* part : {"HNSW", "ef 320", "98.8 %", "128 µs"})
            QVERIFY2(sentence.contains(QString::fromUtf8(part)), qPrintable(sentence));
    }

    void measuring_shows_a_study_of_this_world() {
        Selection selection;
        IndexView view(selection);
        applyTheme(&view, Theme::dark());
        view.resize(520, 400);
        view.setSnapshot(smallWorld(1200));
        QVERIFY(view.tag().isEmpty());
        QCOMPARE(view.wanted().items, std::int64_t(1200));
        QCOMPARE(view.wanted().setting.ivf_cells, std::int64_t(16));
        QSignalSpy changed(&view, &View::headingChanged);
        view.measure();
        QVERIFY(view.isMeasuring());
        QTRY_VERIFY_WITH_TIMEOUT(!view.isMeasuring(), 60000);
        QCOMPARE(changed.count(), 1);
        QCOMPARE(view.tag(), QStringLiteral("measured here"));
        QVERIFY2(view.subtitle().contains("1,200 items"), qPrintable(view.subtitle()));
        QVERIFY(view.subtitle().contains("synthetic"));
        QVERIFY(view.table()->rowCount() > 4);

        auto withVectors = smallWorld(1200);
        Matrix vectors = Matrix::Zero(700, 8);
        for (Eigen::Index i = 0; i < vectors.rows(); ++i) vectors(i, i % 8) = 1;
        withVectors->item_vectors = std::make_shared<const Matrix>(std::move(vectors));
        view.setSnapshot(withVectors);
        QCOMPARE(view.wanted().vectors, withVectors->item_vectors);
        QCOMPARE(view.wanted().items, std::int64_t(0));
    }

    void cancelling_keeps_what_was_shown() {
        Selection selection;
        IndexView view(selection);
        view.setSnapshot(smallWorld(30000));
        view.showStudy(demoStudy());
        const QString before = view.subtitle();
        view.measure();
        view.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(!view.isMeasuring(), 60000);
        QCOMPARE(view.subtitle(), before);
    }

    void a_view_that_measures_may_go() {
        Selection selection;
        auto view = std::make_unique<IndexView>(selection);
        view->setSnapshot(smallWorld(30000));
        view->grab();
        const auto before = threads();
        view->measure();
        QVERIFY(threads() > before);
        view.reset();
        QCOMPARE(threads(), before);  // the study went with it
    }

    void arrow_keys_go_through_the_measurements() {
        Selection selection;
        IndexView view(selection);
        applyTheme(&view, Theme::light());
        view.resize(520, 400);
        view.setSnapshot(smallWorld(1200));
        view.showStudy(demoStudy());
        const auto press = [&view](Qt::Key key) {
            QTest::keyClick(&view, key);
            return view.grab().toImage();
        };
        const QImage before = view.grab().toImage();
        const QString described = view.accessibleDescription();
        const QImage first = press(Qt::Key_Right);
        const QString firstWords = view.accessibleDescription();
        QVERIFY(levelsApart(first, before) > 100 && firstWords != described);
        QVERIFY(levelsApart(press(Qt::Key_Right), first) > 100);
        QVERIFY(view.accessibleDescription() != firstWords);
        QVERIFY(levelsApart(press(Qt::Key_Left), first) <= kTwice);
        QCOMPARE(view.accessibleDescription(), firstWords);
        QVERIFY(levelsApart(press(Qt::Key_Escape), before) <= kTwice);
        QCOMPARE(view.accessibleDescription(), described);
    }
};

QTEST_MAIN(IndexViewTest)
#include "index_view_test.moc"
