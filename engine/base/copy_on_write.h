// A value that copies share until one of them writes. Who is the owner is a flag cleared by
// copying, never a count of owners, so a copy that another thread drops is no race. Reading is for
// any thread; writing, and copying a value that may be written, is for the thread that drives it.
#pragma once

#include <memory>

namespace cascadelab {

template <class T>
class CopyOnWrite {
  public:
    CopyOnWrite() : CopyOnWrite(T{}) {}
    explicit CopyOnWrite(T value) : m_value(std::make_shared<T>(std::move(value))), m_own(true) {}
    CopyOnWrite(const CopyOnWrite& other) : m_value(other.m_value) { other.share(); }
    CopyOnWrite& operator=(const CopyOnWrite& other) {
        other.share();
        m_value = other.m_value;
        m_own = false;
        return *this;
    }
    CopyOnWrite(CopyOnWrite&&) noexcept = default;
    CopyOnWrite& operator=(CopyOnWrite&&) noexcept = default;
    ~CopyOnWrite() = default;

    const T& read() const { return *m_value; }
    T& write() {
        if (!m_own) {
            m_value = std::make_shared<T>(*m_value);
            m_own = true;
        }
        return *m_value;
    }

  private:
    // Written only when it changes, so that frozen copies can be copied by several threads.
    void share() const {
        if (m_own) m_own = false;
    }

    std::shared_ptr<T> m_value;
    mutable bool m_own = false;
};

}  // namespace cascadelab
