#include "app/cli/console.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "engine/base/text.h"

namespace cascadelab {
namespace {

volatile std::sig_atomic_t g_interrupted = 0;

void on_interrupt(int signal) {
    if (g_interrupted != 0) _exit(128 + signal);
    g_interrupted = 1;
}

bool coloured() {
    const char* off = std::getenv("NO_COLOR");
    return (off == nullptr || *off == '\0') && isatty(STDERR_FILENO) == 1;
}

}  // namespace

ExitCode complain(const Problem& problem) {
    const char* red = coloured() ? "\033[1;31m" : "";
    const char* plain = coloured() ? "\033[0m" : "";
    std::fprintf(stderr, "cascadelab-cli: %serror:%s %s\n", red, plain, problem.sentence().c_str());
    return problem.code;
}

void say(const std::string& message) {
    std::fprintf(stderr, "%s\n", message.c_str());
}

void answer(const std::string& text) {
    std::fwrite(text.data(), 1, text.size(), stdout);
}

bool set_interrupt_handler() {
    return std::signal(SIGINT, on_interrupt) != SIG_ERR;
}

bool interrupted() {
    return g_interrupted != 0;
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
    std::fprintf(stderr, "[%s] %s %%  %s", bar.c_str(), fixed_text(share * 100, 0).c_str(),
                 text.c_str());
    std::fflush(stderr);
    m_drawn = true;
}

}  // namespace cascadelab
