// Runs one study at a time on a thread of its own and tells the window how far it is. Owns the
// thread. Window's thread, except where said.
#pragma once

#include <QObject>
#include <atomic>
#include <memory>
#include <thread>

#include "engine/studies/study.h"

namespace cascadelab {

class StudyWorker : public QObject {
    Q_OBJECT
  public:
    explicit StudyWorker(QObject* parent = nullptr);
    ~StudyWorker() override;  // cancels, and waits for the replicate in hand

    const Study* running() const { return m_study; }  // null: none
    void start(const Study& study);                   // none may be running
    void cancel();

  signals:
    void progressed(double share);
    // Null: cancelled.
    void finished(const cascadelab::Study* study,
                  std::shared_ptr<const cascadelab::StudyResult> result);

  private:
    void work(const Study& study);  // on the thread

    const Study* m_study = nullptr;
    std::atomic<bool> m_cancel = false;
    std::atomic<bool> m_progressPending = false;  // one signal on its way is enough
    std::jthread m_thread;
};

}  // namespace cascadelab
