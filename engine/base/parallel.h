// Chunked parallel loops. Chunk borders depend on the work, never on the number of threads, so
// results folded in chunk order are the same for any thread count. A Workers object is driven by
// one thread at a time.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace cascadelab {

class Workers {
  public:
    explicit Workers(int threads = 1);  // the calling thread counts as one of them
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    int threads() const { return static_cast<int>(m_threads.size()) + 1; }

    // Calls body(chunk, begin, end, worker) for every chunk of [0, count); returns when all are
    // done. worker is 0..threads()-1 and only picks scratch memory; it must not change a result.
    using Body =
        std::function<void(std::size_t chunk, std::size_t begin, std::size_t end, int worker)>;
    void for_chunks(std::size_t count, std::size_t chunk_size, const Body& body);

  private:
    void work(int worker);
    void take_chunks(int worker);

    std::mutex m_mutex;
    std::condition_variable m_start;
    std::condition_variable m_finished;
    const Body* m_body = nullptr;
    std::size_t m_count = 0;
    std::size_t m_chunk_size = 1;
    std::size_t m_next = 0;  // next chunk to hand out
    int m_busy = 0;          // helpers still inside the current loop
    std::uint64_t m_round = 0;
    bool m_stop = false;
    std::vector<std::jthread> m_threads;
};

}  // namespace cascadelab
