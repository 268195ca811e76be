// How the program fails: CHECK for our own mistakes (stops at once), Problem and Result for input
// that a person can correct. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace cascadelab {

[[noreturn]] void fail_check(const char* condition, const char* file, int line);

// Stops the program when one of our own promises is broken; never used for input.
#define CHECK(condition) \
    ((condition) ? void(0) : ::cascadelab::fail_check(#condition, __FILE__, __LINE__))

// Process exit codes, the same for both programs (engine/README.md).
enum class ExitCode {
    ok = 0,
    failed = 1,
    usage = 2,
    invalid = 3,
    input_output = 4,
    interrupted = 130
};

// One thing that is wrong with an input, in the four parts a person needs to mend it.
struct Problem {
    std::string file;      // the file, or what stands for it ("--set", "command")
    std::string path;      // the place inside it, e.g. "params.retrieval.candidates" or "line 3"
    std::string found;     // what stood there
    std::string expected;  // what would have been accepted
    ExitCode code = ExitCode::invalid;

    // "FILE: PLACE: found X, expected Y", on one line; empty parts are left out.
    std::string sentence() const;
};

// A value, or the Problem that stood in its way.
template <class T>
class [[nodiscard]] Result {
  public:
    Result(T value) : m_state(std::move(value)) {}
    Result(Problem problem) : m_state(std::move(problem)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    T& value() & {
        CHECK(ok());
        return std::get<0>(m_state);
    }
    const T& value() const& {
        CHECK(ok());
        return std::get<0>(m_state);
    }
    T&& value() && {
        CHECK(ok());
        return std::get<0>(std::move(m_state));
    }
    const Problem& problem() const {
        CHECK(!ok());
        return std::get<1>(m_state);
    }

  private:
    std::variant<T, Problem> m_state;
};

struct Done {};
using Status = Result<Done>;  // success without a value

}  // namespace cascadelab
