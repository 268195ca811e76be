// What the command line says to a person: problems and progress on stderr, never on stdout, where
// the answers go. NO_COLOR and pipes are honoured. The one door to both streams: what is foreign in
// a text is spelled out before a terminal obeys it, and a stream that takes nothing more is a
// failure of the program. One thread, but for LastWords.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "engine/base/error.h"

namespace cascadelab {

// Before anything else: a stream that is closed must not become a file of ours.
void prepare_streams();
// After everything else: what was written arrived, or the program failed (input_output).
ExitCode leave(ExitCode code);

// Prints the sentence and gives the exit code that belongs to it.
ExitCode complain(const Problem& problem);
void say(const std::string& message);  // a line on stderr
// On stdout. Our own lines; whatever is foreign in them has gone through shown_text() before, or is
// inside of JSON or CSV. Where stdout is a terminal, nothing but line ends is obeyed.
void answer(const std::string& text);

// Ctrl-C, SIGTERM and SIGHUP ask politely, a second one stops at once. Where the work does not hear
// of it within a fifth of a second, the program says its last words and ends all the same.
void set_interrupt_handler();
bool interrupted();  // asked to stop
// Who stopped politely says the last words: nobody else does from here on, or this never returns.
void claim_last_words();
// The end of who stopped politely: 130, with the sentence.
ExitCode leave_interrupted(const std::string& sentence);

// What is done and said, on another thread, when the work has to be cut off. Gives the sentence.
// While one lives; at most one at a time.
class LastWords {
  public:
    explicit LastWords(std::function<std::string()> words);
    ~LastWords();
    LastWords(const LastWords&) = delete;
    LastWords& operator=(const LastWords&) = delete;
};

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
