#include "ui/studies/study_worker.h"

#include <algorithm>

namespace cascadelab {
namespace {

// The run that the window shows goes on beside the study.
int threads() {
    return static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1u, 8u));
}

}  // namespace

StudyWorker::StudyWorker(QObject* parent) : QObject(parent) {}

StudyWorker::~StudyWorker() {
    m_cancel = true;
}

void StudyWorker::start(const Study& study) {
    Q_ASSERT(m_study == nullptr);
    m_study = &study;
    m_cancel = false;
    m_thread = std::jthread([this, &study] { work(study); });
}

void StudyWorker::cancel() {
    m_cancel = true;
}

void StudyWorker::work(const Study& study) {
    const auto go_on = [this](double share) {
        if (!m_progressPending.exchange(true)) {
            const auto tell = [this, share] {
                m_progressPending = false;
                if (m_study != nullptr) emit progressed(share);
            };
            QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
        }
        return !m_cancel;
    };
    StudyRun run(threads(), 1, go_on);
    auto result = std::make_shared<const StudyResult>(study.run(run));
    if (run.cancelled() || m_cancel) result = nullptr;
    const auto tell = [this, &study, result] {
        m_study = nullptr;
        emit finished(&study, result);
    };
    QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
}

}  // namespace cascadelab
