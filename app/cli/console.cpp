#include "app/cli/console.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <thread>

#include "engine/base/foreign_text.h"
#include "engine/base/text.h"

namespace cascadelab {
namespace {

// How long work that was asked to stop may go on: it is gone within .2 s.
constexpr auto kPatience = std::chrono::milliseconds(150);

volatile std::sig_atomic_t g_interrupted = 0;
int g_wake[2] = {-1, -1};             // from the handler to who watches
std::atomic<bool> g_leaving = false;  // somebody says the last sentence
std::mutex g_words_mutex;
std::function<std::string()> g_words;     // under the mutex
int g_answer_error = 0, g_say_error = 0;  // errno of the first write that failed

void on_interrupt(int signal) {
    if (g_interrupted != 0) _exit(128 + signal);
    g_interrupted = 1;
    const char byte = 0;
    (void)!::write(g_wake[1], &byte, 1);
}

void put(const std::string& text, std::FILE* stream, int& error) {
    const bool whole = std::fwrite(text.data(), 1, text.size(), stream) == text.size();
    if (!whole && error == 0) error = errno;
}

// Waits for the signal, then for the work; then cuts it off.
void watch() {
    char byte = 0;
    while (::read(g_wake[0], &byte, 1) < 0 && errno == EINTR) {
    }
    std::this_thread::sleep_for(kPatience);
    if (g_leaving.exchange(true)) return;
    std::string words = "interrupted";
    {
        const std::scoped_lock lock(g_words_mutex);
        if (g_words) words = g_words();
    }
    say(words);
    std::fflush(stdout);
    _exit(static_cast<int>(ExitCode::interrupted));
}

bool coloured() {
    const char* off = std::getenv("NO_COLOR");
    return (off == nullptr || *off == '\0') && isatty(STDERR_FILENO) == 1;
}

}  // namespace

void prepare_streams() {
    // The lowest free number is given: in this order each gets its own. What is written to a closed
    // stdout is lost, and that is found out; a closed stderr is a wish for silence.
    for (const auto& [stream, flags] :
         {std::pair(STDIN_FILENO, O_RDONLY), std::pair(STDOUT_FILENO, O_RDONLY),
          std::pair(STDERR_FILENO, O_WRONLY)}) {
        if (::fcntl(stream, F_GETFD) < 0) (void)!::open("/dev/null", flags);
    }
}

ExitCode leave(ExitCode code) {
    if (std::fflush(stdout) != 0 && g_answer_error == 0) g_answer_error = errno;
    if (g_answer_error != 0) {
        complain({"standard output", "",
                  std::string("a stream that takes no more: ") + std::strerror(g_answer_error),
                  "room for the answer", ExitCode::input_output});
    }
    const bool lost = g_answer_error != 0 || g_say_error != 0;
    return lost && code != ExitCode::interrupted ? ExitCode::input_output : code;
}

ExitCode complain(const Problem& problem) {
    const char* red = coloured() ? "\033[1;31m" : "";
    const char* plain = coloured() ? "\033[0m" : "";
    put(std::string("cascadelab-cli: ") + red + "error:" + plain + " " + problem.sentence() + "\n",
        stderr, g_say_error);
    return problem.code;
}

void say(const std::string& message) {
    put(shown_text(message) + "\n", stderr, g_say_error);
}

void answer(const std::string& text) {
    const bool terminal = isatty(STDOUT_FILENO) == 1;
    put(terminal ? shown_lines(text) : text, stdout, g_answer_error);
}

void set_interrupt_handler() {
    if (g_wake[0] >= 0 || ::pipe2(g_wake, O_CLOEXEC) != 0) return;
    std::thread(watch).detach();
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        // Whoever was started to outlive its terminal (nohup) does.
        const auto before = std::signal(signal, on_interrupt);
        if (before == SIG_IGN) std::signal(signal, SIG_IGN);
    }
}

bool interrupted() {
    return g_interrupted != 0;
}

void claim_last_words() {
    static bool ours = false;  // of the one thread that works
    // Too late: somebody else is saying them, and ends the program.
    while (!ours && g_leaving.exchange(true)) std::this_thread::sleep_for(kPatience);
    ours = true;
}

ExitCode leave_interrupted(const std::string& sentence) {
    claim_last_words();
    say(sentence);
    return ExitCode::interrupted;
}

LastWords::LastWords(std::function<std::string()> words) {
    const std::scoped_lock lock(g_words_mutex);
    g_words = std::move(words);
}

LastWords::~LastWords() {
    const std::scoped_lock lock(g_words_mutex);
    g_words = nullptr;
}

ProgressBar::ProgressBar(bool wanted)
    : m_wanted(wanted || isatty(STDERR_FILENO) == 1), m_terminal(isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() {
    if (m_drawn) std::fputs(m_terminal ? "\r\033[K" : "\n", stderr);
}

void ProgressBar::show(double share, const std::string& text) {
    constexpr int kWidth = 30;
    const auto now = std::chrono::steady_clock::now();
    const auto pause = std::chrono::milliseconds(m_terminal ? 100 : 1000);
    if (!m_wanted || (m_drawn && now - m_last < pause)) return;
    m_last = now;
    const int full = static_cast<int>(std::clamp(share, 0.0, 1.0) * kWidth);
    const std::string bar = std::string(static_cast<std::size_t>(full), '#') +
                            std::string(static_cast<std::size_t>(kWidth - full), '.');
    if (m_drawn) std::fputs(m_terminal ? "\r\033[K" : "\n", stderr);
    put("[" + bar + "] " + fixed_text(share * 100, 0) + " %  " + shown_text(text), stderr,
        g_say_error);
    std::fflush(stderr);
    m_drawn = true;
}

}  // namespace cascadelab
