// The one door to files: what a name may mean, how a file is opened, how one is written.
//
// A name is the name of a regular file and nothing else: no URI, no ":memory:", no pipe, device or
// folder. A symbolic link stands for the file that it leads to, which is read or written; one that
// leads nowhere is refused. What we write is a neighbour of a random name that nobody else has
// made, on the disk before it takes the name: whole, or not there at all. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "engine/base/error.h"

namespace cascadelab {

// Closes what it holds. -1: nothing.
class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : m_number(number) {}
    Descriptor(Descriptor&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(m_number, other.m_number);
        return *this;
    }
    ~Descriptor();
    int number() const { return m_number; }
    int release() { return std::exchange(m_number, -1); }  // for who closes it in another way

  private:
    int m_number = -1;
};

// The regular file that a name stands for, links followed. wanted: what a Problem says was
// expected, e.g. "a scenario file that can be read".
Status check_readable(const std::string& name, const std::string& wanted);
// Open for reading; never waits for the other end of a pipe.
Result<Descriptor> open_readable(const std::string& name, const std::string& wanted);
// All of it. What is longer than `most` bytes is refused before it is read (exit code 3).
Result<std::string> read_whole(const std::string& name, std::size_t most,
                               const std::string& wanted);

// The name under which a file is to be written: where links lead, and free or a regular file.
Result<std::string> writable_name(const std::string& name);
// A name that no library takes for anything but a path: with a folder in front.
std::string plain_name(const std::string& name);

// A file on its way to its name. Gone without a trace unless published.
class NewFile {
  public:
    // The neighbour, empty and ours. name: as of writable_name().
    static Result<NewFile> beside(const std::string& name);
    NewFile(NewFile&& other) noexcept
        : m_name(std::move(other.m_name)),
          m_neighbour(std::exchange(other.m_neighbour, {})),
          m_descriptor(std::move(other.m_descriptor)) {}
    NewFile& operator=(NewFile&&) = delete;
    ~NewFile();

    const std::string& neighbour() const { return m_neighbour; }
    Status write(std::string_view bytes);
    // To the disk, then to its name: in place of what stands there, or only where nothing stands.
    Status publish();
    Result<bool> publish_if_free();  // false: something stands there
    const Descriptor& descriptor() const { return m_descriptor; }
    Descriptor take_descriptor() { return std::move(m_descriptor); }

  private:
    NewFile(std::string name, std::string neighbour, Descriptor descriptor);
    Status to_disk() const;
    Problem failure(int error) const;

    std::string m_name, m_neighbour;
    Descriptor m_descriptor;
};

// A whole small file, written as above.
Status write_whole(const std::string& name, std::string_view bytes);

// Which file stands under a name, whatever it is called.
struct FileIdentity {
    std::uint64_t device = 0, inode = 0;
    friend bool operator==(const FileIdentity&, const FileIdentity&) = default;
};
FileIdentity identity_of(const std::string& name);  // {} when nothing stands there
FileIdentity identity_of(const Descriptor& descriptor);

}  // namespace cascadelab
