// What a study of the indexes says of itself and of what it measured. No time is asserted.
#include "engine/bench/index_study.h"

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <condition_variable>

using namespace cascadelab;

namespace {

IndexStudyOptions small_options() {
    IndexStudyOptions options;
    options.items = 3000;
    options.dims = 16;
    options.k = 20;
    options.queries = 30;
    options.setting.ivf_cells = 32;
    options.setting.ivf_probes = 5;
    options.setting.hnsw_breadth = 77;
    return options;
}

bool go_on(double, const std::string&) {
    return true;
}

const IndexCurve& curve_of(const IndexStudy& study, IndexChoice kind) {
    return *std::ranges::find(study.curves, kind, &IndexCurve::kind);
}

std::shared_ptr<const Matrix> given_vectors(Eigen::Index items) {
    Matrix vectors(items, 8);
    for (Eigen::Index i = 0; i < items; ++i) {
        for (Eigen::Index d = 0; d < 8; ++d)
            vectors(i, d) = std::sin(1.0f + static_cast<float>((3 + i) * (d + 1)));
        vectors.row(i).normalize();
    }
    return std::make_shared<const Matrix>(std::move(vectors));
}

}  // namespace

class IndexStudyTest : public QObject {
    Q_OBJECT
  private slots:
    void wider_searches_find_more_up_to_all() {
        const auto study = study_indexes(small_options(), go_on);
        QVERIFY(study.has_value());
        QCOMPARE(study->curves.size(), std::size_t(3));
        const IndexCurve& exact = curve_of(*study, IndexChoice::exact);
        QCOMPARE(exact.points.size(), std::size_t(1));
        QCOMPARE(exact.points[0].recall, 1.0);
        for (const IndexChoice kind : {IndexChoice::hnsw, IndexChoice::ivf}) {
            const IndexCurve& curve = curve_of(*study, kind);
            QVERIFY(curve.points.size() >= 3);
            for (std::size_t i = 0; i < curve.points.size(); ++i) {
                const IndexPoint& point = curve.points[i];
                QVERIFY(point.recall > 0 && point.recall <= 1);
                QVERIFY(point.ms > 0);
                if (i > 0) QVERIFY(point.breadth > curve.points[i - 1].breadth);
                if (i > 0 && kind == IndexChoice::ivf)
                    QVERIFY(point.recall >= curve.points[i - 1].recall);
            }
            QVERIFY(curve.points.front().recall < 1);
            QVERIFY(curve.points.back().recall > 0.99);
        }
    }

    void the_present_setting_is_among_what_is_measured() {
        const auto study = study_indexes(small_options(), go_on);
        const auto holds = [&](IndexChoice kind, int breadth) {
            return std::ranges::count(curve_of(*study, kind).points, breadth,
                                      &IndexPoint::breadth) == 1;
        };
        QVERIFY(holds(IndexChoice::hnsw, 77));
        QVERIFY(holds(IndexChoice::ivf, 5));
        QCOMPARE(study->cells, 32);
    }

    void the_same_vectors_give_the_same_recall() {
        const auto a = study_indexes(small_options(), go_on);
        const auto b = study_indexes(small_options(), go_on);
        for (std::size_t c = 0; c < a->curves.size(); ++c) {
            QCOMPARE(a->curves[c].points.size(), b->curves[c].points.size());
            for (std::size_t p = 0; p < a->curves[c].points.size(); ++p)
                QCOMPARE(a->curves[c].points[p].recall, b->curves[c].points[p].recall);
        }
    }

    void it_says_where_its_vectors_come_from_data() {
        QTest::addColumn<int>("items");
        QTest::addColumn<StudyVectors>("vectors");
        QTest::newRow("all") << 0 << StudyVectors::as_given;
        QTest::newRow("fewer") << 300 << StudyVectors::sampled;
        QTest::newRow("more") << 1300 << StudyVectors::enlarged;
    }
    void it_says_where_its_vectors_come_from() {
        QFETCH(int, items);
        QFETCH(StudyVectors, vectors);
        IndexStudyOptions options = small_options();
        options.vectors = given_vectors(500);
        options.items = items;
        options.k = 1000;  // more than there may be
        const auto study = study_indexes(options, go_on);
        QVERIFY(study->vectors == vectors);
        QCOMPARE(study->given, std::int64_t(500));
        QCOMPARE(study->items, std::int64_t(items > 0 ? items : 500));
        QCOMPARE(study->dims, 8);
        QCOMPARE(study->k, int(std::min<std::int64_t>(1000, study->items)));
        QCOMPARE(curve_of(*study, IndexChoice::exact).points[0].recall, 1.0);
    }

    void progress_rises_and_may_end_it() {
        double last = 0;
        int calls = 0;
        const auto rising = [&](double share, const std::string&) {
            const bool rises = share >= last && share <= 1;
            last = share;
            ++calls;
            return rises;
        };
        QVERIFY(study_indexes(small_options(), rising).has_value());
        QCOMPARE(last, 1.0);
        for (int end = 1; end < calls; end += 3) {
            int told = 0;
            const auto study = study_indexes(
                small_options(), [&](double, const std::string&) { return ++told < end; });
            QVERIFY(!study.has_value());
            QCOMPARE(told, end);
        }
    }

    void a_job_ends_with_its_study_or_without_when_cancelled() {
        for (const bool cancelled : {false, true}) {
            std::mutex mutex;
            std::condition_variable told;
            int times = 0;
            IndexStudyJob job(small_options(), [&] {
                const std::scoped_lock lock(mutex);
                ++times;
                told.notify_one();
            });
            if (cancelled) job.cancel();
            std::unique_lock lock(mutex);
            told.wait(lock, [&] { return job.state().ended; });
            QVERIFY(times > 0);
            QCOMPARE(job.state().study == nullptr, cancelled);
        }
    }
};

QTEST_GUILESS_MAIN(IndexStudyTest)
#include "index_study_test.moc"
