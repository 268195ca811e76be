#include "engine/features/point_in_time.h"

#include <algorithm>

#include "engine/base/error.h"
#include "engine/features/streaming.h"

namespace cascadelab {
namespace {

using Requests = std::span<const std::shared_ptr<const LoggedRequest>>;
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Logged requests of each person, ascending by request number, chained through `next`.
class RequestsByPerson {
  public:
    explicit RequestsByPerson(Requests requests) : m_requests(requests), m_next(requests.size()) {
        for (std::size_t i = requests.size(); i-- > 0;) {
            const std::size_t person = requests[i]->person.index();
            if (person >= m_first.size()) m_first.resize(person + 1, kNone);
            m_next[i] = m_first[person];
            m_first[person] = i;
        }
    }
    // The person's logged request of that number, or kNone. Numbers asked for must not fall.
    // With pop, only the first time.
    std::size_t find(PersonId person, std::uint32_t request, bool pop = false) {
        if (person.index() >= m_first.size()) return kNone;
        std::size_t& at = m_first[person.index()];
        while (at != kNone && m_requests[at]->request < request) at = m_next[at];
        if (at == kNone || m_requests[at]->request != request) return kNone;
        const std::size_t found = at;
        if (pop) at = m_next[at];
        return found;
    }

  private:
    Requests m_requests;
    std::vector<std::size_t> m_next;
    std::vector<std::size_t> m_first;
};

void note(Outcome& outcome, const Event& event) {
    switch (event.kind) {
        case EventKind::click:
            outcome.click = 1;
            break;
        case EventKind::watch:
            outcome.watch_share = std::max(outcome.watch_share, event.value);
            if (event.value >= 0.5f * (1 - event.from)) outcome.long_watch = 1;
            break;
        case EventKind::like:
            outcome.like = 1;
            break;
        case EventKind::not_interested:
            outcome.not_interested = 1;
            break;
        case EventKind::session_start:
        case EventKind::impression:
        case EventKind::dislike:
        case EventKind::follow:
        case EventKind::add_to_list:
        case EventKind::search:
        case EventKind::session_end:
            break;
    }
}

// Labels come from what followed a request: the only place where a join looks ahead.
std::vector<std::vector<Outcome>> label(const EventLog& log, Requests requests) {
    std::vector<std::vector<Outcome>> outcomes(requests.size());
    for (std::size_t i = 0; i < requests.size(); ++i) outcomes[i].resize(requests[i]->items.size());
    RequestsByPerson by_person(requests);
    log.visit([&](const Event& event) {
        if (!event.item.valid() || event.kind == EventKind::impression) return;
        const std::size_t i = by_person.find(event.person, event.request);
        if (i == kNone) return;
        const std::vector<ItemId>& items = requests[i]->items;
        const auto item = std::ranges::find(items, event.item);
        if (item != items.end())
            note(outcomes[i][static_cast<std::size_t>(item - items.begin())], event);
    });
    return outcomes;
}

// A store that replays the log from a checkpoint, as the barriers and sessions did.
class Replay {
  public:
    Replay(const JoinInputs& view, const StoreCheckpoint& checkpoint)
        : m_params(view.params), m_view(view), m_store(*checkpoint.store) {
        m_params.version_skew = false;
        m_store.add_items(*view.catalogue);
        if (view.sign_ups) m_store.add_people(*view.sign_ups);
    }
    void take(const Event& event) {
        m_store.observe(m_params, *m_view.catalogue, event.person, std::span(&event, 1));
        m_merged.push_back(event);
    }
    // Shared values as of a barrier; events of the ticks after it wait inside the counters.
    void to_barrier(Seconds now_s) {
        m_store.advance(m_params, m_merged, now_s);
        m_merged.clear();
        const auto newer = std::ranges::upper_bound(
            m_view.batches, now_s, {}, [](const auto& tables) { return tables->stamp.write_s; });
        m_store.deploy_batch(newer == m_view.batches.begin() ? nullptr : *(newer - 1));
    }
    JoinedRequest join(const LoggedRequest& request, Seconds now_s, std::vector<Outcome> outcomes) {
        return {&request, m_store.read_person(m_params, *m_view.catalogue, request.person, now_s),
                &m_store, std::move(outcomes)};
    }

  private:
    FeatureParams m_params;
    const JoinInputs& m_view;
    FeatureStore m_store;
    std::vector<Event> m_merged;
};

using Visit = std::function<void(const JoinedRequest&)>;

// Requests between one checkpoint and the next: each is met in the log where its page begins, so
// that nothing its own page caused is known yet.
void join_segment(const JoinInputs& view, const StoreCheckpoint& checkpoint, Requests requests,
                  std::span<std::vector<Outcome>> outcomes, const Visit& visit) {
    Replay replay(view, checkpoint);
    RequestsByPerson by_person(requests);
    std::size_t left = requests.size();
    Seconds barrier_s = kNever;
    view.log.visit_from(checkpoint.log_sequence, [&](const Event& event) {
        if (left == 0) return;
        if (event.kind == EventKind::impression) {
            const std::size_t i = by_person.find(event.person, event.request, true);
            if (i != kNone) {
                const LoggedRequest& request = *requests[i];
                if (request.tick_s != barrier_s) replay.to_barrier(request.tick_s);
                barrier_s = request.tick_s;
                visit(replay.join(request, request.time_s, std::move(outcomes[i])));
                --left;
            }
        }
        replay.take(event);
    });
}

// Everything the log knows, for everybody: what training on the current values sees.
void join_latest(const JoinInputs& view, Requests requests,
                 std::span<std::vector<Outcome>> outcomes, const Visit& visit) {
    Replay replay(view, view.checkpoints.back());
    Seconds newest_s = view.checkpoints.back().time_s;
    view.log.visit_from(view.checkpoints.back().log_sequence, [&](const Event& event) {
        newest_s = std::max(newest_s, event.time_s);
        replay.take(event);
    });
    const Seconds now_s = readable_at(newest_s, view.params) + 1;
    replay.to_barrier(now_s);
    for (std::size_t i = 0; i < requests.size(); ++i)
        visit(replay.join(*requests[i], now_s, std::move(outcomes[i])));
}

}  // namespace

void join_point_in_time(const JoinInputs& view,
                        std::span<const std::shared_ptr<const LoggedRequest>> requests,
                        const std::function<void(const JoinedRequest&)>& visit) {
    if (view.checkpoints.empty()) return;
    const auto is_covered = [&](const auto& request) {
        return request->tick_s >= view.checkpoints.front().time_s;
    };
    requests = requests.subspan(
        static_cast<std::size_t>(std::ranges::find_if(requests, is_covered) - requests.begin()));
    std::vector<std::vector<Outcome>> outcomes = label(view.log, requests);
    if (view.params.training_values == TrainingValues::latest) {
        join_latest(view, requests, outcomes, visit);
        return;
    }
    std::size_t begin = 0;
    for (std::size_t c = 0; c < view.checkpoints.size() && begin < requests.size(); ++c) {
        std::size_t end = requests.size();
        if (c + 1 < view.checkpoints.size()) {
            end = static_cast<std::size_t>(
                std::ranges::lower_bound(requests, view.checkpoints[c + 1].time_s, {},
                                         [](const auto& request) { return request->tick_s; }) -
                requests.begin());
        }
        if (end > begin) {
            join_segment(view, view.checkpoints[c], requests.subspan(begin, end - begin),
                         std::span(outcomes).subspan(begin, end - begin), visit);
        }
        begin = end;
    }
}

}  // namespace cascadelab
