// The window's end of a running RunSession: turns its worker's calls into signals in the window's
// thread, at most one pending at a time, and holds the session that is shown. Window's thread.
#pragma once

#include <QObject>
#include <atomic>
#include <memory>
#include <optional>

#include "engine/run/session.h"

namespace cascadelab {

class RunLink : public QObject {
    Q_OBJECT
  public:
    explicit RunLink(QObject* parent = nullptr);
    ~RunLink() override;

    void open(Scenario scenario, SessionOptions options);  // ends the run before
    RunSession* session() { return m_session.get(); }      // null before the first open()

  signals:
    void snapshotArrived(std::shared_ptr<const cascadelab::Snapshot> snapshot);
    void busyChanged(std::optional<cascadelab::Busy> busy);
    void refused(QString sentence);
    void saved(QString path);

  private:
    void deliver();

    std::unique_ptr<RunSession> m_session;
    std::shared_ptr<const Snapshot> m_last;
    std::atomic<bool> m_pending = false;
};

}  // namespace cascadelab
