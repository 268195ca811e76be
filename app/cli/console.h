// What the command line says to a person: problems and progress on stderr, never on stdout, where
// the answers go. NO_COLOR and pipes are honoured. One thread.
#pragma once

#include <chrono>
#include <string>

#include "engine/base/error.h"

namespace cascadelab {

// Prints the sentence and gives the exit code that belongs to it.
ExitCode complain(const Problem& problem);
void say(const std::string& message);  // a line on stderr
void answer(const std::string& text);  // on stdout, as it is
bool set_interrupt_handler();          // Ctrl-C asks politely, a second one stops at once
bool interrupted();                    // Ctrl-C was pressed

// A bar on one line, drawn again at most ten times a second; gone when the object is.
class ProgressBar {
  public:
    explicit ProgressBar(bool wanted);  // also drawn when stderr is a terminal
    ~ProgressBar();
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    void show(double share, const std::string& text);  // share of the work done, 0..1

  private:
    bool m_drawn = false;
    bool m_wanted;
    bool m_terminal;
    std::chrono::steady_clock::time_point m_last;
};

}  // namespace cascadelab
