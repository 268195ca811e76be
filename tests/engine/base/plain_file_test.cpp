// The door to files: names mean regular files, and what is written is whole or not there.
#include "engine/base/plain_file.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QtTest>
#include <filesystem>
#include <fstream>

using namespace cascadelab;
namespace fs = std::filesystem;

class PlainFileTest : public QObject {
    Q_OBJECT
    QTemporaryDir m_folder;
    std::string path(const char* name) { return m_folder.filePath(name).toStdString(); }

    static std::string content(const std::string& name) {
        std::ifstream in(name, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::directory_iterator(m_folder.path().toStdString()), {}));
    }

  private slots:
    void cleanup() {
        for (const auto& entry : fs::directory_iterator(m_folder.path().toStdString()))
            fs::remove_all(entry.path());
    }

    void a_whole_file_is_written_and_read() {
        QVERIFY(write_whole(path("a"), "first").ok());
        QVERIFY(write_whole(path("a"), "second").ok());
        QCOMPARE(read_whole(path("a"), 100, "a file").value(), std::string("second"));
        QCOMPARE(files(), std::size_t{1});
    }

    void nobody_elses_neighbour_is_touched() {
        std::ofstream(path("a.part")) << "somebody's";
        std::ofstream(path("victim")) << "somebody's";
        fs::create_symlink(path("victim"), path("b.part"));
        QVERIFY(write_whole(path("a"), "mine").ok());
        QVERIFY(write_whole(path("b"), "mine").ok());
        QCOMPARE(content(path("a.part")), std::string("somebody's"));
        QCOMPARE(content(path("victim")), std::string("somebody's"));
    }

    void what_is_not_published_leaves_no_trace() {
        QVERIFY(write_whole(path("a"), "old").ok());
        {
            auto file = NewFile::beside(path("a"));
            QVERIFY(file.value().write("half").ok());
            QCOMPARE(files(), std::size_t{2});
        }
        QCOMPARE(content(path("a")), std::string("old"));
        QCOMPARE(files(), std::size_t{1});
    }

    void a_free_name_is_taken_by_one_alone() {
        auto first = NewFile::beside(path("a"));
        auto second = NewFile::beside(path("a"));
        QVERIFY(first.value().write("first").ok());
        QVERIFY(first.value().publish_if_free().value());
        QVERIFY(!second.value().publish_if_free().value());
        QCOMPARE(content(path("a")), std::string("first"));
    }

    void a_link_stands_for_what_it_leads_to() {
        std::ofstream(path("target")) << "old";
        fs::create_symlink("target", path("link"));
        fs::create_symlink("nowhere", path("dangling"));
        QVERIFY(write_whole(path("link"), "new").ok());
        QVERIFY(fs::is_symlink(path("link")));
        QCOMPARE(content(path("target")), std::string("new"));
        QCOMPARE(write_whole(path("dangling"), "x").problem().found,
                 std::string("a link that leads nowhere"));
        QVERIFY(!fs::exists(path("nowhere")));
    }

    void only_regular_files_are_opened() {
        QCOMPARE(::mkfifo(path("pipe").c_str(), 0600), 0);
        fs::create_symlink("pipe", path("to_pipe"));
        for (const char* name : {"pipe", "to_pipe"}) {
            // It would wait for ever for somebody to write.
            QCOMPARE(open_readable(path(name), "a file").problem().found, std::string("a pipe"));
            QCOMPARE(write_whole(path(name), "x").problem().found, std::string("a pipe"));
        }
        QCOMPARE(open_readable("/dev/zero", "a file").problem().found,
                 std::string("something that is no file"));
        QCOMPARE(write_whole("/dev/full", "x").problem().found,
                 std::string("something that is no file"));
        QCOMPARE(open_readable(path("none"), "a file").problem().found,
                 std::string("no such file"));
        QCOMPARE(open_readable(m_folder.path().toStdString(), "a file").problem().found,
                 std::string("a directory"));
        QVERIFY(!open_readable("", "a file"));
        QVERIFY(!write_whole("", "x"));
        QCOMPARE(write_whole(path("no/such"), "x").problem().found, std::string("no such folder"));
    }

    void too_much_is_refused_before_it_is_read() {
        QVERIFY(write_whole(path("a"), std::string(3 << 20, 'x')).ok());
        const auto refused = read_whole(path("a"), 2 << 20, "a scenario");
        QCOMPARE(refused.problem().found, std::string("a file of 3 MiB"));
        QVERIFY(refused.problem().code == ExitCode::invalid);
        QCOMPARE(read_whole(path("a"), 3 << 20, "a scenario").value().size(), std::size_t{3 << 20});
    }

    void a_full_disk_leaves_the_old_file() {
        QVERIFY(write_whole(path("a"), "old").ok());
        struct rlimit was {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &was), 0);
        const auto before = ::signal(SIGXFSZ, SIG_IGN);
        const struct rlimit little { 4096, was.rlim_max };
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &little), 0);
        const Status failed = write_whole(path("a"), std::string(1 << 20, 'x'));
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &was), 0);
        ::signal(SIGXFSZ, before);
        QVERIFY(!failed);
        QVERIFY(failed.problem().code == ExitCode::input_output);
        QCOMPARE(content(path("a")), std::string("old"));
        QCOMPARE(files(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(PlainFileTest)
#include "plain_file_test.moc"
