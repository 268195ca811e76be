// Titles and names: never empty, never half filled in, and rarely the same twice.
#include <QtTest>
#include <algorithm>
#include <set>
#include <string>

#include "engine/world/domain/titles.h"

using namespace cascadelab;

class TitlesTest : public QObject {
    Q_OBJECT

  private slots:
    void packs_are_complete_data();
    void packs_are_complete();
    void titles_are_whole_and_diverse_data();
    void titles_are_whole_and_diverse();
    void titles_tell_their_topic_data();
    void titles_tell_their_topic();
    void names_are_many();

  private:
    static void add_packs();
};

void TitlesTest::add_packs() {
    QTest::addColumn<int>("pack");
    QTest::newRow("short video") << static_cast<int>(DomainPackName::short_video);
    QTest::newRow("films and series") << static_cast<int>(DomainPackName::films_series);
}

void TitlesTest::packs_are_complete_data() {
    add_packs();
}
void TitlesTest::titles_are_whole_and_diverse_data() {
    add_packs();
}
void TitlesTest::titles_tell_their_topic_data() {
    add_packs();
}

void TitlesTest::packs_are_complete() {
    QFETCH(int, pack);
    const DomainPack& data = domain_pack(static_cast<DomainPackName>(pack));
    std::set<std::string_view> names;
    for (const PackTopic& topic : data.topics) {
        QVERIFY(names.insert(topic.name).second);
        QVERIFY(topic.weight > 0 && topic.duration_median_s > 0 && topic.duration_sigma > 0);
        for (const auto subtopic : topic.subtopics) QVERIFY(!subtopic.empty());
    }
    QVERIFY(!data.label.empty() && !data.item_word.empty());
    QVERIFY(data.choices_per_page >= 1 && data.typical_duration_s > 0 && data.browse_s > 0);
}

void TitlesTest::titles_are_whole_and_diverse() {
    QFETCH(int, pack);
    constexpr std::size_t kTitles = 5000;
    std::set<std::string> titles;
    for (std::size_t i = 0; i < kTitles; ++i) {
        Stream stream(1, Purpose::titles, i);
        const TopicId topic(i % kTopicCount);
        const std::string title =
            make_title(static_cast<DomainPackName>(pack), topic, i % kSubtopicCount, stream);
        QVERIFY2(title.size() >= 4 && title.size() <= 70, title.c_str());
        QVERIFY2(title.find_first_of("{}|") == std::string::npos, title.c_str());
        QVERIFY2(title.front() != ' ' && title.back() != ' ', title.c_str());
        QVERIFY2(title.find("  ") == std::string::npos, title.c_str());
        QVERIFY2(std::ranges::all_of(title, [](char c) { return c >= ' ' && c <= '~'; }),
                 title.c_str());
        titles.insert(title);
    }
    QVERIFY2(titles.size() > kTitles * 95 / 100, qPrintable(QString::number(titles.size())));
}

void TitlesTest::titles_tell_their_topic() {
    // No topic's title could be another's: the vocabularies give nearly disjoint sets.
    QFETCH(int, pack);
    std::set<std::string> seen;
    std::size_t shared = 0;
    for (std::size_t topic = 0; topic < kTopicCount; ++topic) {
        std::set<std::string> own;
        for (std::size_t i = 0; i < 300; ++i) {
            Stream stream(2, Purpose::titles, i, topic);
            own.insert(
                make_title(static_cast<DomainPackName>(pack), TopicId(topic), i % 3, stream));
        }
        for (const std::string& title : own) shared += seen.count(title);
        seen.insert(own.begin(), own.end());
    }
    QVERIFY2(shared < 10, qPrintable(QString::number(shared)));
}

void TitlesTest::names_are_many() {
    std::set<std::string> names;
    std::set<std::string> creators;
    for (std::size_t i = 0; i < 2000; ++i) {
        Stream stream(3, Purpose::titles, i);
        names.insert(first_name(stream));
        creators.insert(creator_name(DomainPackName::films_series, TopicId(i % 8), stream));
    }
    QVERIFY(names.size() > 150);
    QVERIFY(creators.size() > 1000);
    QVERIFY(!names.contains("") && !creators.contains(""));
}

QTEST_GUILESS_MAIN(TitlesTest)
#include "titles_test.moc"
