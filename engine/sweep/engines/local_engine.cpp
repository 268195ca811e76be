#include "engine/sweep/engines/local_engine.h"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstring>
#include <deque>
#include <filesystem>
#include <thread>

#include "engine/base/machine.h"
#include "engine/sweep/cells/run_cell.h"

namespace cascadelab {
namespace {

constexpr double kMemoryShare = 0.8;  // of the machine, for all processes together
constexpr int kLookMs = 100;
constexpr int kElsewhere = 3;  // exit codes of a worker besides those of ExitCode

// One process and the cell it computes. It keeps the other end of the pipe as long as it lives, and
// writes the sentence of its problem there.
struct Worker {
    const SweepCell* cell = nullptr;
    pid_t process = -1;
    int pipe = -1;
    double memory_mib = 0;
};

// The child: computes the cell and ends without touching what it shares with its parent.
[[noreturn]] void work(const SweepFolder& folder, const SweepCell& cell, int threads, int pipe,
                       pid_t parent) {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    // Nobody stays behind when the parent is killed, not even if that happened just now.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(static_cast<int>(ExitCode::failed));
    const auto end = run_cell(folder, cell, threads);
    if (end) _exit(end.value() == CellEnd::elsewhere ? kElsewhere : 0);
    const std::string sentence = end.problem().sentence().substr(0, PIPE_BUF);
    if (write(pipe, sentence.data(), sentence.size()) < 0)
        _exit(static_cast<int>(ExitCode::failed));
    _exit(static_cast<int>(ExitCode::input_output));
}

std::string rest_of(int pipe) {
    std::string text;
    std::array<char, PIPE_BUF> part{};
    ssize_t count = 0;
    while ((count = read(pipe, part.data(), part.size())) > 0)
        text.append(part.data(), static_cast<std::size_t>(count));
    return text;
}

// What a killed process leaves of a file that was not whole: neighbours of its name.
void remove_drafts(const std::filesystem::path& file) {
    std::error_code error;
    const std::string begin = file.filename().string() + ".";
    for (const auto& entry : std::filesystem::directory_iterator(file.parent_path(), error)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(begin) && name.ends_with(".part"))
            std::filesystem::remove(entry.path(), error);
    }
}

class LocalEngine {
  public:
    LocalEngine(const SweepFolder& folder, const LocalOptions& options)
        : m_folder(folder),
          m_options(options),
          m_cores(options.workers > 0 ? static_cast<std::size_t>(options.workers)
                                      : std::max(1u, std::thread::hardware_concurrency())) {}

    LocalReport run() {
        find_pending();
        m_report.is_stopped = !wanted();
        while (may_begin() || !m_running.empty()) {
            while (may_begin() && begin_next()) continue;
            wait_for_workers();
            if (!wanted()) stop();
        }
        m_report.missing = m_all - m_done;
        return std::move(m_report);
    }

  private:
    void find_pending() {
        const std::vector<bool> whole = m_folder.whole();
        for (const SweepCell& cell : m_folder.cells()) {
            const bool is_mine = cell.run_as % m_options.shard.count == m_options.shard.index - 1;
            if (!is_mine || cell.run_as != cell.index) continue;
            ++m_all;
            if (whole[cell.index]) {
                ++m_done;
            } else {
                m_pending.push_back(&cell);
            }
        }
    }

    // After the plan's minutes what runs may end, and nothing more begins.
    bool may_begin() {
        const std::chrono::duration<double, std::ratio<60>> spent =
            std::chrono::steady_clock::now() - m_since;
        const auto& budget = m_folder.plan().budget_minutes;
        if (budget && spent.count() > *budget) m_report.is_over_budget = !m_pending.empty();
        return !m_pending.empty() && !m_report.is_stopped && !m_report.is_over_budget &&
               m_report.problems.empty();
    }

    // Whether there was room for another process, and one could be made.
    bool begin_next() {
        if (m_running.size() >= m_cores) return false;
        const SweepCell& cell = *m_pending.front();
        const double need = estimated_memory_mib(cell_scenario(m_folder.plan(), cell).params);
        double used = 0;
        for (const Worker& worker : m_running) used += worker.memory_mib;
        const bool has_room = used + need <= kMemoryShare * machine_memory_mib();
        if (!has_room && !m_running.empty()) return false;

        const int threads = threads_of_next();
        m_pending.pop_front();
        std::array<int, 2> ends{};
        const bool has_pipe = pipe(ends.data()) == 0;
        const pid_t parent = getpid();
        const pid_t process = has_pipe ? fork() : -1;
        if (process == 0) {
            close(ends[0]);
            work(m_folder, cell, threads, ends[1], parent);
        }
        const int reason = errno;
        if (has_pipe) close(ends[1]);
        if (process < 0) {
            if (has_pipe) close(ends[0]);
            m_report.problems.push_back({m_folder.path(), "", std::strerror(reason),
                                         "room for another process", ExitCode::input_output});
            return false;
        }
        m_running.push_back({&cell, process, ends[0], need});
        return true;
    }

    // The cores shared by the cells still to come, this one among them.
    int threads_of_next() const {
        const std::size_t together = m_pending.size() + m_running.size();
        return static_cast<int>(std::max<std::size_t>(1, m_cores / together));
    }

    // Until one ends, or it is time to look again.
    void wait_for_workers() {
        std::vector<pollfd> ends;
        for (const Worker& worker : m_running) ends.push_back({worker.pipe, POLLIN, 0});
        if (poll(ends.data(), ends.size(), kLookMs) <= 0) return;
        for (std::size_t i = ends.size(); i-- > 0;) {
            if (ends[i].revents == 0) continue;
            finish(m_running[i]);
            m_running.erase(m_running.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }

    void finish(const Worker& worker) {
        const std::string sentence = rest_of(worker.pipe);
        close(worker.pipe);
        int status = 0;
        while (waitpid(worker.process, &status, 0) < 0 && errno == EINTR) continue;
        if (m_folder.is_whole(*worker.cell)) {
            ++m_done;
            ++m_report.ran;
        } else if (!sentence.empty()) {
            m_report.problems.push_back({"", "", sentence, "", ExitCode::input_output});
        } else if (WIFEXITED(status) && WEXITSTATUS(status) == kElsewhere) {
            ++m_report.elsewhere;
        } else {
            ++m_report.lost;
        }
    }

    bool wanted() const {
        const bool goes_on = !m_options.go_on || m_options.go_on({m_done, m_all, m_running.size()});
        return goes_on && !m_folder.is_cancelled();
    }

    // What runs is killed: a cell that is not whole leaves nothing but a draft of its file.
    void stop() {
        m_report.is_stopped = true;
        for (const Worker& worker : m_running) kill(worker.process, SIGKILL);
        for (const Worker& worker : m_running) {
            close(worker.pipe);
            while (waitpid(worker.process, nullptr, 0) < 0 && errno == EINTR) continue;
            remove_drafts(m_folder.result_path(*worker.cell));
        }
        m_running.clear();
    }

    const SweepFolder& m_folder;
    const LocalOptions& m_options;
    const std::size_t m_cores;  // that may be used, and so processes at once
    const std::chrono::steady_clock::time_point m_since = std::chrono::steady_clock::now();
    std::deque<const SweepCell*> m_pending;
    std::vector<Worker> m_running;
    std::size_t m_all = 0, m_done = 0;
    LocalReport m_report;
};

}  // namespace

LocalReport run_local(const SweepFolder& folder, const LocalOptions& options) {
    CHECK(options.shard.index >= 1 && options.shard.index <= options.shard.count);
    return LocalEngine(folder, options).run();
}

}  // namespace cascadelab
