// The claims about real ratings, on the folder that CASCADELAB_RATINGS names (MovieLens
// latest-small); skipped without it.
#include <QProcess>
#include <QtTest>
#include <cmath>
#include <map>

#include "engine/evaluation/evaluate.h"
#include "tests/house/places.h"

using namespace cascadelab;

namespace {

class RealRatingsTest : public QObject {
    Q_OBJECT
    QString m_folder;

    std::map<std::string, TopKQuality> evaluated(const std::vector<std::string>& models,
                                                 Split split) {
        const auto ratings = read_ratings(m_folder.toStdString());
        if (!ratings) qFatal("%s", ratings.problem().sentence().c_str());
        const auto report =
            evaluate(ratings.value(), {choose_models(models).value(), split, {}, 1, {}});
        std::map<std::string, TopKQuality> quality;
        for (const ModelReport& model : report.value().models) {
            quality[model.model] = model.quality;
            qInfo("%s: NDCG@10 %.4f, HR@10 %.4f, NDCG@100 %.4f", model.model.c_str(),
                  model.quality.ndcg_at_10, model.quality.hr_at_10, model.quality.ndcg_at_100);
        }
        return quality;
    }

  private slots:
    void initTestCase() {
        m_folder = qEnvironmentVariable("CASCADELAB_RATINGS");
        if (m_folder.isEmpty()) QSKIP("CASCADELAB_RATINGS names no folder of ratings");
    }

    void closed_forms_agree_with_numpy_data() {
        QTest::addColumn<QString>("split");
        QTest::newRow("leave-last-out") << "leave-last-out";
        QTest::newRow("ratio") << "ratio";
    }
    // Numpy inverts the whole Gram matrix: minutes, where the engine takes the smaller way round.
    void closed_forms_agree_with_numpy() {
        QFETCH(QString, split);
        QProcess numpy;
        numpy.start("/usr/bin/python3", {source_path("tests/fixtures/ratings_reference.py"),
                                         m_folder + "/ratings.csv", split});
        const auto own =
            evaluated({"popularity", "item_knn", "ease"}, parse_split(split.toStdString()).value());
        if (!numpy.waitForFinished(1800000) || numpy.exitCode() != 0) QSKIP("no python with numpy");
        const QStringList lines = QString(numpy.readAllStandardOutput()).split('\n');
        int compared = 0;
        for (const QString& line : lines) {
            const QStringList words = line.split(' ');
            if (words.size() != 3) continue;
            const TopKQuality& quality = own.at(words[0].toStdString());
            const std::map<QString, double> value = {
                {"ndcg_at_10", quality.ndcg_at_10},  {"p_at_10", quality.p_at_10},
                {"r_at_10", quality.r_at_10},        {"hr_at_10", quality.hr_at_10},
                {"r_at_20", quality.r_at_20},        {"r_at_50", quality.r_at_50},
                {"ndcg_at_100", quality.ndcg_at_100}};
            QVERIFY2(std::abs(value.at(words[1]) - words[2].toDouble()) < 1e-3, qPrintable(line));
            ++compared;
        }
        QCOMPARE(compared, 3 * 7);
    }
    void factorization_beats_neighbours() {
        const auto last = evaluated({"item_knn", "ials"}, Split::leave_last_out);
        QVERIFY(last.at("ials").ndcg_at_10 > last.at("item_knn").ndcg_at_10);
        QVERIFY(last.at("ials").hr_at_10 > last.at("item_knn").hr_at_10);
        const auto fifth = evaluated({"item_knn", "ials"}, Split::ratio);
        QVERIFY(fifth.at("ials").ndcg_at_10 > fifth.at("item_knn").ndcg_at_10);
    }
    void the_foundation_model_is_at_least_its_baseline() {
        const auto quality = evaluated({"popularity", "sasrec", "hstu"}, Split::leave_last_out);
        for (const auto measure : {&TopKQuality::hr_at_10, &TopKQuality::ndcg_at_10}) {
            QVERIFY(quality.at("hstu").*measure >= quality.at("sasrec").*measure);
            QVERIFY(quality.at("hstu").*measure > quality.at("popularity").*measure);
        }
    }
};

}  // namespace

QTEST_GUILESS_MAIN(RealRatingsTest)
#include "real_ratings_long_test.moc"
