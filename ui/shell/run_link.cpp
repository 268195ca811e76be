#include "ui/shell/run_link.h"
#include "ui/words/numbers.h"

namespace cascadelab {

RunLink::RunLink(QObject* parent) : QObject(parent) {}

RunLink::~RunLink() = default;

void RunLink::open(Scenario scenario, SessionOptions options) {
    m_session.reset();
    m_last.reset();
    m_session = std::make_unique<RunSession>(std::move(scenario), std::move(options));
    m_session->on_change([this] {
        if (m_pending.exchange(true)) return;
        QMetaObject::invokeMethod(this, &RunLink::deliver, Qt::QueuedConnection);
    });
    deliver();
}

void RunLink::deliver() {
    m_pending = false;
    if (!m_session) return;
    emit busyChanged(m_session->busy());
    if (const auto problem = m_session->take_problem()) emit refused(toText(problem->sentence()));
    if (const auto path = m_session->take_notice()) emit saved(toText(*path));
    auto snapshot = m_session->snapshot();
    if (!snapshot || snapshot == m_last) return;
    m_last = snapshot;
    emit snapshotArrived(std::move(snapshot));
}

}  // namespace cascadelab
