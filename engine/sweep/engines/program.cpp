#include "engine/sweep/engines/program.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

extern char** environ;

namespace cascadelab {
namespace {

Problem cannot_run(const std::string& program, int reason) {
    return {program, "", reason == ENOENT ? "no such program" : std::strerror(reason),
            "a program on the PATH that can be run", ExitCode::input_output};
}

}  // namespace

Result<ProgramEnd> run_program(const std::vector<std::string>& words) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return cannot_run(words.front(), errno);
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    pid_t process = -1;
    const int reason =
        posix_spawnp(&process, arguments.front(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    ProgramEnd end;
    std::array<char, 4096> part{};
    ssize_t count = 0;
    while (reason == 0 && (count = read(ends[0], part.data(), part.size())) != 0) {
        if (count < 0 && errno != EINTR) break;
        if (count > 0) end.said.append(part.data(), static_cast<std::size_t>(count));
    }
    close(ends[0]);
    if (reason != 0) return cannot_run(words.front(), reason);
    int status = 0;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
    end.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return end;
}

}  // namespace cascadelab
