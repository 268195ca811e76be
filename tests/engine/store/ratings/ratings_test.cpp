// Ratings files as people have them, good and bad: every layout reads to the same values, and every
// mistake is named with its line.
#include "engine/store/ratings/ratings.h"

#include <sys/stat.h>
#include <zlib.h>

#include <QtTest>
#include <filesystem>
#include <fstream>

#include "engine/store/ratings/lines.h"

using namespace cascadelab;

namespace {

class RatingsTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;

    std::string file(const QString& name, const QByteArray& content) {
        const QString path = m_folder.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile out(path);
        if (out.open(QIODevice::WriteOnly)) out.write(content);
        return path.toStdString();
    }
    std::string folder(const char* name) { return m_folder.filePath(name).toStdString(); }

  private slots:
    void columns_may_stand_in_any_order() {
        const std::string path = file("any.csv",
                                      "timestamp,note,movieId,Rating,userId\r\n30,x,b,4.5,anna\r\n"
                                      "10,\"a, \"\"b\"\"\",a,1,zoe\r\n30,,a,2,anna\r\n");
        const auto read = read_ratings(path);
        QVERIFY2(read.ok(), read ? "" : read.problem().sentence().c_str());
        const Ratings& ratings = read.value();
        QCOMPARE(ratings.people, (std::vector<std::string>{"anna", "zoe"}));
        QCOMPARE(ratings.items, (std::vector<std::string>{"a", "b"}));
        QCOMPARE(ratings.rows.size(), std::size_t(3));
        // By time; the tie at 30 keeps the order of the lines.
        QCOMPARE(ratings.rows[0].person, PersonId(1u));
        QCOMPARE(ratings.rows[1].item, ItemId(1u));
        QCOMPARE(ratings.rows[1].value, 4.5f);
        QCOMPARE(ratings.rows[2].line, 4u);
        QVERIFY(ratings.titles.empty());
    }

    void ids_that_are_numbers_are_numbered_by_value() {
        const auto read = read_ratings(file("plain.csv", "10,300,4,1\n9,20,3,2\n10,20,5,3"));
        QVERIFY(read.ok());
        QCOMPARE(read.value().people, (std::vector<std::string>{"9", "10"}));
        QCOMPARE(read.value().items, (std::vector<std::string>{"20", "300"}));
    }

    void the_order_of_the_lines_does_not_change_the_ids() {
        const auto one = read_ratings(file("one.csv", "1,5,4,1\n2,6,3,2\n"));
        const auto other = read_ratings(file("other.csv", "2,6,3,2\n1,5,4,1\n"));
        QCOMPARE(one.value().content_hash, other.value().content_hash);
    }

    void tags_tell_who_wrote_what_on_what() {
        file("tagged/ratings.csv",
             "userId,movieId,rating,timestamp\n1,2,4.0,7\n1,9,3.0,8\n4,2,3.0,9\n");
        file("tagged/tags.csv",
             "userId,movieId,tag,timestamp\n4,2,Funny ,9\n1,2,\"slow, sad\",9\n1,2,funny,9\n"
             "1,2,FUNNY,10\n77,9,funny,9\n1,3,nobody rated it,9\n1,9,  ,9\n");
        const auto read = read_ratings(folder("tagged"));
        QVERIFY2(read.ok(), read ? "" : read.problem().sentence().c_str());
        QCOMPARE(read.value().tags, (std::vector<std::string>{"funny", "slow, sad"}));
        const std::vector<Tagging>& taggings = read.value().taggings;
        QCOMPARE(taggings.size(), std::size_t(4));
        QCOMPARE(taggings[0].item, ItemId(0u));
        QCOMPARE(taggings[0].person, PersonId(0u));
        QCOMPARE(taggings[1].person, PersonId(1u));
        QCOMPARE(taggings[2].tag, 1u);
        QCOMPARE(taggings[3].item, ItemId(1u));
        QVERIFY(!taggings[3].person.valid());  // rated nothing

        file("tagged/tags.csv", "userId,movieId,tag,timestamp\n4,2,funny\n");
        const auto broken = read_ratings(folder("tagged"));
        QVERIFY(!broken);
        QVERIFY(QString::fromStdString(broken.problem().sentence()).contains("tags.csv"));
        QVERIFY(QString::fromStdString(broken.problem().sentence()).contains("line 2"));
    }

    void movielens_folders_bring_titles_and_genres() {
        file("small/ratings.csv", "userId,movieId,rating,timestamp\n1,2,4.0,7\n1,9,3.0,8\n");
        file("small/movies.csv",
             "movieId,title,genres\n2,\"Toy, The (1982)\",Drama|Comedy\n"
             "3,Nobody Rated It,War\n9,Bare,(no genres listed)\n");
        file("million/ratings.dat", "1::2::4::7\n1::9::3::8\n");
        file("million/movies.dat", "2::Toy, The (1982)::Drama|Comedy\n9::Caf\xE9::Western\n");
        const QByteArray flags = "|1-Jan|||0|0|0|0|0|1|0|0|1|0|0|0|0|0|0|0|0|0|0\n";
        file("hundred/u.data", "1\t2\t4\t7\n1\t9\t3\t8\n");
        file("hundred/u.item", "2|Toy, The (1982)" + flags);
        for (const char* name : {"small", "million", "hundred"}) {
            const auto read = read_ratings(folder(name));
            QVERIFY2(read.ok(), read ? "" : read.problem().sentence().c_str());
            const Ratings& ratings = read.value();
            QCOMPARE(ratings.rows.size(), std::size_t(2));
            QCOMPARE(ratings.rows[0].value, 4.0f);
            QCOMPARE(ratings.titles[0], std::string("Toy, The (1982)"));
            QCOMPARE(ratings.genres[0], std::string("Comedy"));
            QCOMPARE(ratings.genres[1], std::string("Drama"));
            QCOMPARE(ratings.item_genres(0, 0), 1.0f);
            QCOMPARE(ratings.item_genres(0, 1), 1.0f);
            QCOMPARE(ratings.item_genres(1, 0), 0.0f);
        }
        QCOMPARE(read_ratings(folder("small")).value().titles[1], std::string("Bare"));
        QCOMPARE(read_ratings(folder("million")).value().titles[1], std::string("Caf\xC3\xA9"));
        QCOMPARE(read_ratings(folder("hundred")).value().titles[1], std::string("9"));
    }

    void the_folder_s_own_test_file_is_marked() {
        file("u1/u1.base", "1\t2\t4\t7\n2\t3\t3\t5\n");
        file("u1/u1.test", "1\t3\t4\t7\n");
        const auto read = read_ratings(folder("u1"), RatingsPart::u1);
        QVERIFY(read.ok());
        const auto& rows = read.value().rows;
        QCOMPARE(rows.size(), std::size_t(3));
        QVERIFY(!rows[0].in_test_file && !rows[1].in_test_file && rows[2].in_test_file);
        const auto none = read_ratings(folder("small"), RatingsPart::u1);
        QVERIFY(none.problem().sentence().find("no u1.base and u1.test") != std::string::npos);
        file("u1/u1.test", "1\t2\t4\t9\n");
        const auto twice = read_ratings(folder("u1"), RatingsPart::u1);
        QVERIFY(twice.problem().sentence().find("u1.test: line 1: found a second rating") !=
                std::string::npos);
        QVERIFY(twice.problem().found.ends_with("u1.base"));
    }

    void mistakes_are_named_with_their_line_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sentence");
        const QByteArray head = "user,item,rating,timestamp\n";
        QTest::newRow("empty") << QByteArray() << "found an empty file";
        QTest::newRow("header alone") << head << "found a header without ratings";
        QTest::newRow("missing column")
            << QByteArray("user,thing,rating\n1,2,3\n")
            << "line 1: found \"user,thing,rating\", expected the columns user, item, rating, "
               "timestamp; item is missing, or --columns says which it is";
        QTest::newRow("five numbers")
            << QByteArray("1,2,3,4,5\n") << "--columns says which is which";
        QTest::newRow("words alone")
            << QByteArray("ann,emma,good\n") << "expected a header that names a user and an item";
        QTest::newRow("infinite") << head + "1,2,1e300,4\n"
                                  << "line 2: found rating \"1e300\"";
        QTest::newRow("two units") << head + "1,2,3,978300760\n1,3,3,978300760000\n"
                                   << "line 3: found timestamp";
        QTest::newRow("text in a number") << head + "1,2,3,4\n1,3,good,5\n"
                                          << "line 3: found rating \"good\", expected a number";
        QTest::newRow("not finite") << head + "1,2,nan,4\n"
                                    << "line 2: found rating \"nan\"";
        QTest::newRow("negative time")
            << head + "1,2,3,-4\n"
            << "line 2: found timestamp \"-4\", expected whole seconds since 1970, not negative";
        QTest::newRow("text in a time") << head + "1,2,3,noon\n"
                                        << "line 2: found timestamp";
        QTest::newRow("a field less") << head + "1,2,3\n"
                                      << "expected 4 fields";
        QTest::newRow("an open quote") << head + "\"1,2,3,4\n"
                                       << "line 2: found";
        QTest::newRow("no id") << head + ",2,3,4\n"
                               << "line 2: found user \"\"";
        QTest::newRow("long id") << head + "1," + QByteArray(65, 'x') + ",3,4\n"
                                 << "expected an id of 1 to 64 bytes";
        QTest::newRow("duplicate pair")
            << head + "1,2,3,4\n1,3,3,4\n1,2,5,9\n"
            << "line 4: found a second rating of item \"2\" by user \"1\" after that in line 2";
        QTest::newRow("latin-1") << head + "1,caf\xE9,3,4\n"
                                 << "line 2: found bytes that are no";
        QTest::newRow("binary") << QByteArray(
                                       "\x7F"
                                       "ELF\0\1\2",
                                       7)
                                << "line 1: found bytes";
        QTest::newRow("no lines") << QByteArray(1 << 20, '1')
                                  << "line 1: found a line of more than 65,535 bytes";
    }
    void mistakes_are_named_with_their_line() {
        QFETCH(QByteArray, content);
        QFETCH(QString, sentence);
        const std::string path = file("bad.csv", content);
        const auto read = read_ratings(path);
        QVERIFY(!read.ok());
        const QString said = QString::fromStdString(read.problem().sentence());
        QVERIFY2(said.contains(sentence), qPrintable(said));
        QVERIFY(said.startsWith(QString::fromStdString(path)));
        QCOMPARE(read.problem().code, ExitCode::invalid);
    }

    void a_person_of_too_many_ratings_ends_the_reading() {
        QByteArray content;
        for (int i = 0; i < 150'000; ++i) content += "1," + QByteArray::number(i) + ",3,4\n";
        const auto read = read_ratings(file("one_person.csv", content));
        QVERIFY(!read.ok());
        QCOMPARE(read.problem().path, std::string("line 100001"));
        QVERIFY(read.problem().found.starts_with("more than 100,000 ratings of user \"1\""));
    }

    void what_cannot_be_read_exits_with_4() {
        const auto missing = read_ratings(folder("nowhere.csv"));
        QCOMPARE(missing.problem().code, ExitCode::input_output);
        file("bare/notes.txt", "x");
        const auto bare = read_ratings(folder("bare"));
        QCOMPARE(bare.problem().code, ExitCode::invalid);
        QCOMPARE(bare.problem().found, std::string("a directory without ratings"));
        const std::string locked = file("locked.csv", "1,2,3,4\n");
        QFile::setPermissions(QString::fromStdString(locked), QFileDevice::Permissions());
        if (std::ifstream(locked).good()) QSKIP("this user may read everything");
        QCOMPARE(read_ratings(locked).problem().code, ExitCode::input_output);
    }

    void shapes_that_people_have_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("sentence");
        // Each says: anna rated b with 4 on 2001-01-01 at 01:02:03, then c.
        QTest::newRow("RecBole")
            << QByteArray(
                   "user_id:token\titem_id:token\trating:float\ttimestamp:float\n"
                   "anna\tb\t4\t978310923.5\nanna\tc\t2\t978310924\n")
            << "separated by tabs, with a header; user is column 1 (user_id:token)";
        QTest::newRow("semicolons, quotes")
            << QByteArray(
                   "\"User-ID\";\"ISBN\";\"Book-Rating\";\"date\"\n"
                   "\"anna\";\"b\";\"4\";\"2001-01-01T01:02:03Z\"\n"
                   "\"anna\";\"c\";\"2\";\"2001-01-01T01:02:04Z\"\n")
            << "separated by ;, with a header";
        QTest::newRow("titles with commas, blanks")
            << QByteArray(
                   "title,book_id,user_id,rating,unix_timestamp\n"
                   "\"Emma, Or Not\", b , anna , 4 , 978310923 \n"
                   "\"\"\"C\"\"\",c,anna,2,978310924\n")
            << "item is column 2 (book_id)";
        QTest::newRow("Amazon, milliseconds")
            << QByteArray(
                   "user_id,parent_asin,rating,timestamp\nanna,b,4,978310923999\n"
                   "anna,c,2,978310924000\n")
            << "timestamp is column 4 (timestamp) in milliseconds";
        QTest::newRow("microseconds") << QByteArray(
                                             "user,asin,stars,time\nanna,b,4,978310923000000\n"
                                             "anna,c,2,978310924000000\n")
                                      << "in microseconds";
        QTest::newRow("nanoseconds") << QByteArray(
                                            "user,asin,stars,time\nanna,b,4,978310923000000000\n"
                                            "anna,c,2,978310924000000000\n")
                                     << "in nanoseconds";
        QTest::newRow("dates with a zone")
            << QByteArray(
                   "user,movie_id,rating,date\nanna,b,4,2001-01-01 02:02:03+01:00\n"
                   "anna,c,2,2001-01-01 01:02:04\n")
            << "in dates";
        QTest::newRow("no header, names") << QByteArray("anna,b,4,978310923\nanna,c,2,978310924\n")
                                          << "without a header; user is column 1, item is column 2";
        QTest::newRow("rating and time exchanged")
            << QByteArray("anna|b|978310923|4\nanna|c|978310924|2\n")
            << "rating is column 4, timestamp is column 3";
    }
    void shapes_that_people_have() {
        QFETCH(QByteArray, content);
        QFETCH(QString, sentence);
        const auto read = read_ratings(file("shape", content));
        QVERIFY2(read.ok(), read ? "" : read.problem().sentence().c_str());
        const Ratings& ratings = read.value();
        QCOMPARE(ratings.people, (std::vector<std::string>{"anna"}));
        QCOMPARE(ratings.items, (std::vector<std::string>{"b", "c"}));
        QCOMPARE(ratings.rows.size(), std::size_t(2));
        QCOMPARE(ratings.rows[0].value, 4.0f);
        QCOMPARE(ratings.rows[0].time_s, std::int64_t{978310923});
        QCOMPARE(ratings.rows[1].time_s, std::int64_t{978310924});
        QVERIFY2(QString::fromStdString(ratings.taken_for).contains(sentence),
                 ratings.taken_for.c_str());
    }

    void what_is_not_there_is_said() {
        const auto plays =
            read_ratings(file("plays.tsv", "artist_id\tuser_id\tplays\n5\t1\t419157\n"));
        QCOMPARE(plays.value().rows[0].value, 419157.0f);
        QVERIFY(QString::fromStdString(plays.value().taken_for)
                    .endsWith("timestamp is the order of the lines"));
        const auto pairs = read_ratings(file("pairs.csv", "1,5\n1,3\n2,5\n"));
        QCOMPARE(pairs.value().rows.size(), std::size_t(3));
        QCOMPARE(pairs.value().rows[0].value, 1.0f);
        QCOMPARE(pairs.value().rows[0].line, 1u);
        const auto timed = read_ratings(file("timed.csv", "1,5,978310923\n1,3,978310924\n"));
        QCOMPARE(timed.value().rows[1].time_s, std::int64_t{978310924});
    }

    void what_is_told_overrules_what_is_seen() {
        const std::string path = file("told.txt", "4 b 978310923 anna\n");
        const RatingsHints hints{"rating,item,timestamp,user", "space", "ms"};
        const auto read = read_ratings(path, RatingsPart::whole, hints);
        QVERIFY2(read.ok(), read ? "" : read.problem().sentence().c_str());
        QCOMPARE(read.value().people, (std::vector<std::string>{"anna"}));
        QCOMPARE(read.value().rows[0].time_s, std::int64_t{978310});
        for (const RatingsHints& wrong :
             {RatingsHints{"user,itm", "", ""}, RatingsHints{"user,item", "", ""},
              RatingsHints{"user,rating,timestamp,-", "", ""}, RatingsHints{"", "dot", ""},
              RatingsHints{"", "", "weeks"}}) {
            const auto refused = read_ratings(path, RatingsPart::whole, wrong);
            QVERIFY(!refused.ok());
            QCOMPARE(refused.problem().code, ExitCode::usage);
        }
    }

    void repeated_pairs_are_settled_as_asked() {
        const std::string path = file(
            "again.csv", "user,item,rating,timestamp\n1,2,3,30\n1,2,5,10\n1,2,4,20\n1,7,1,5\n");
        QVERIFY(!read_ratings(path).ok());
        const std::pair<Duplicates, float> expected[] = {
            {Duplicates::first, 5}, {Duplicates::last, 3}, {Duplicates::count, 3}};
        for (const auto& [which, value] : expected) {
            const auto read = read_ratings(path, RatingsPart::whole, {}, which);
            QVERIFY(read.ok());
            QCOMPARE(read.value().rows.size(), std::size_t(2));
            QCOMPARE(read.value().rows[1].value, value);
            QVERIFY(read.value().taken_for.ends_with("2 repeated pairs settled"));
        }
    }

    void packed_files_are_read_as_they_are() {
        const QByteArray content = "user,item,rating,timestamp\n1,2,3,30\n1,5,4,31\n";
        const std::string plain = file("plain_pack.csv", content);
        const std::string packed = file("packed.csv.gz", {});
        gzFile out = gzopen(packed.c_str(), "wb");
        QCOMPARE(gzwrite(out, content.data(), static_cast<unsigned>(content.size())),
                 int(content.size()));
        gzclose(out);
        const auto read = read_ratings(packed);
        QVERIFY2(read.ok(), read ? "" : read.problem().sentence().c_str());
        QCOMPARE(read.value().content_hash, read_ratings(plain).value().content_hash);
        // Cut off in the middle it is no shorter file, but a broken one.
        std::filesystem::resize_file(packed, std::filesystem::file_size(packed) - 12);
        QVERIFY(read_ratings(packed).problem().found.find("breaks off") != std::string::npos);
    }

    void pipes_and_devices_are_refused_at_once() {
        const std::string pipe = folder("pipe");
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        QCOMPARE(read_ratings(pipe).problem().found, std::string("a pipe"));
        QCOMPARE(read_ratings("/dev/zero").problem().found,
                 std::string("something that is no file"));
    }

    void text_is_checked_byte_by_byte() {
        for (const char* good : {"", "plain", "Caf\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80"}) {
            QVERIFY(is_utf8(good));
        }
        for (const char* bad : {"\xC3", "\xC3(", "\x80", "\xC0\xAF", "\xFF", "\xE2\x82"}) {
            QVERIFY(!is_utf8(bad));
        }
        QVERIFY(!is_utf8(std::string_view("a\0b", 3)));
        QCOMPARE(utf8_of_latin1("\xE9t\xE9"), std::string("\xC3\xA9t\xC3\xA9"));
    }
};

}  // namespace

QTEST_GUILESS_MAIN(RatingsTest)
#include "ratings_test.moc"
