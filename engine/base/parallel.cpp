#include "engine/base/parallel.h"

#include <algorithm>

#include "engine/base/error.h"

namespace cascadelab {

Workers::Workers(int threads) {
    CHECK(threads >= 1);
    for (int worker = 1; worker < threads; ++worker) {
        m_threads.emplace_back([this, worker] { work(worker); });
    }
}

Workers::~Workers() {
    {
        std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_start.notify_all();
    m_threads.clear();  // joins before the condition variables go
}

void Workers::for_chunks(std::size_t count, std::size_t chunk_size, const Body& body) {
    CHECK(chunk_size > 0);
    {
        std::lock_guard lock(m_mutex);
        m_body = &body;
        m_count = count;
        m_chunk_size = chunk_size;
        m_next = 0;
        m_busy = static_cast<int>(m_threads.size());
        ++m_round;
    }
    m_start.notify_all();
    take_chunks(0);
    std::unique_lock lock(m_mutex);
    m_finished.wait(lock, [this] { return m_busy == 0; });
    m_body = nullptr;
}

void Workers::work(int worker) {
    std::uint64_t seen = 0;
    while (true) {
        {
            std::unique_lock lock(m_mutex);
            m_start.wait(lock, [&] { return m_stop || m_round != seen; });
            if (m_stop) return;
            seen = m_round;
        }
        take_chunks(worker);
        std::lock_guard lock(m_mutex);
        if (--m_busy == 0) m_finished.notify_one();
    }
}

void Workers::take_chunks(int worker) {
    while (true) {
        std::size_t chunk = 0;
        {
            std::lock_guard lock(m_mutex);
            chunk = m_next++;
        }
        const std::size_t begin = chunk * m_chunk_size;
        if (begin >= m_count) return;
        (*m_body)(chunk, begin, std::min(begin + m_chunk_size, m_count), worker);
    }
}

}  // namespace cascadelab
