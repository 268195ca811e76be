#include "engine/models/decoder/beam_search.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/error.h"

namespace cascadelab {
namespace {

// Row by row: log softmax(logits / temperature).
MatrixOf<double> log_shares(const Matrix& logits, double temperature) {
    MatrixOf<double> shares = logits.cast<double>() / temperature;
    for (Eigen::Index i = 0; i < shares.rows(); ++i) {
        auto row = shares.row(i);
        const double largest = row.maxCoeff();
        row.array() -= largest + std::log((row.array() - largest).exp().sum());
    }
    return shares;
}

struct Candidate {
    BeamCandidate seen;
    double merit = 0;  // its log-probability, or what chance drew about it
    Code first = 0;    // of its path
    Code code = 0;     // the last of its path
};
using Candidates = std::vector<Candidate>;

bool likelier(const Candidate& a, const Candidate& b) {
    return a.merit != b.merit ? a.merit > b.merit : a.seen.node < b.seen.node;
}

bool is_excluded(std::span<const ItemId> excluded, ItemId item) {
    return std::ranges::binary_search(excluded, item);
}

// Whether a prefix leads to something that may be returned.
bool leads_somewhere(const CodeTree& tree, CodeTree::Node node, std::span<const ItemId> excluded) {
    if (tree.item_count(node) > excluded.size()) return true;
    return std::ranges::any_of(tree.items(node),
                               [&](ItemId item) { return !is_excluded(excluded, item); });
}

// One digit further: the existing children of every beam.
Candidates expand(const CodeTree& tree, const Candidates& beams, const MatrixOf<double>& shares,
                  std::span<const ItemId> excluded) {
    Candidates next;
    for (std::size_t b = 0; b < beams.size(); ++b) {
        const CodeTree::Children children = tree.children(beams[b].seen.node);
        for (std::size_t k = 0; k < children.size(); ++k) {
            const Code code = children.codes[k];
            // The IDs may have grown since the decoder was trained.
            if (code >= shares.cols()) continue;
            const CodeTree::Node node = children.node(k);
            if (!leads_somewhere(tree, node, excluded)) continue;
            Candidate child;
            child.seen.node = node;
            child.seen.parent = b;
            child.seen.log_probability =
                beams[b].seen.log_probability + shares(static_cast<Eigen::Index>(b), code);
            child.merit = child.seen.log_probability;
            child.first = beams[b].seen.node == CodeTree::kRoot ? code : beams[b].first;
            child.code = code;
            next.push_back(child);
        }
    }
    return next;
}

// Gumbel variables about the log-probabilities of siblings, of which the largest is their parent's.
void draw_merits(std::span<Candidate> siblings, double parent, Stream& chance) {
    double largest = -std::numeric_limits<double>::infinity();
    for (Candidate& child : siblings) {
        child.merit += chance.gumbel();
        largest = std::max(largest, child.merit);
    }
    for (Candidate& child : siblings) {
        // The stable form of -log(exp(-parent) - exp(-largest) + exp(-merit)), appendix B.3.
        const double v = parent - child.merit + std::log1p(-std::exp(child.merit - largest));
        child.merit = parent - std::max(0.0, v) - std::log1p(std::exp(-std::abs(v)));
    }
}

void draw_merits(Candidates& next, const Candidates& beams, Stream& chance) {
    for (std::size_t begin = 0, end = 0; begin < next.size(); begin = end) {
        while (end < next.size() && next[end].seen.parent == next[begin].seen.parent) ++end;
        draw_merits(std::span(next).subspan(begin, end - begin),
                    beams[next[begin].seen.parent].merit, chance);
    }
}

// Moves the chosen to the front, one after the other: each time whoever leads its first digit and
// is ahead of the other leaders. candidates: likeliest first.
void choose_apart(Candidates& candidates, std::size_t width, double diversity) {
    const auto by_first = [](const Candidate& a, const Candidate& b) { return a.first < b.first; };
    std::ranges::stable_sort(candidates, by_first);
    struct Group {
        std::size_t next, end;
        double penalty = 0;
    };
    std::vector<Group> groups;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (i == 0 || candidates[i].first != candidates[i - 1].first) groups.push_back({i, i});
        groups.back().end = i + 1;
    }
    Candidates chosen, pruned;
    while (chosen.size() < std::min(width, candidates.size())) {
        Group* best = nullptr;
        for (Group& group : groups) {
            if (group.next == group.end) continue;
            Candidate& leader = candidates[group.next];
            leader.seen.score = leader.merit - group.penalty;
            if (!best || leader.seen.score > candidates[best->next].seen.score) best = &group;
        }
        chosen.push_back(candidates[best->next++]);
        best->penalty += diversity;
    }
    for (const Group& group : groups) {
        for (std::size_t i = group.next; i < group.end; ++i) {
            candidates[i].seen.score = candidates[i].merit - group.penalty;
            pruned.push_back(candidates[i]);
        }
    }
    std::ranges::sort(pruned, likelier);
    candidates = std::move(chosen);
    candidates.insert(candidates.end(), pruned.begin(), pruned.end());
}

// Leaves the kept in front; writes down all of them when somebody watches.
void prune(Candidates& candidates, const BeamSettings& settings, BeamTrace* trace) {
    for (Candidate& candidate : candidates) candidate.seen.score = candidate.merit;
    std::ranges::sort(candidates, likelier);
    if (settings.diversity > 0) choose_apart(candidates, settings.width, settings.diversity);
    const std::size_t kept = std::min(settings.width, candidates.size());
    if (trace) {
        auto& step = trace->steps.emplace_back();
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            step.push_back(candidates[i].seen);
            step.back().kept = i < kept;
        }
    }
    candidates.resize(kept);
}

std::vector<GeneratedItem> items_of(const CodeTree& tree, const Candidates& leaves,
                                    std::span<const ItemId> excluded) {
    std::vector<std::pair<ItemId, const Candidate*>> order;
    for (const Candidate& leaf : leaves) {
        for (const ItemId item : tree.items(leaf.seen.node)) {
            if (!is_excluded(excluded, item)) order.emplace_back(item, &leaf);
        }
    }
    std::ranges::sort(order, [](const auto& a, const auto& b) {
        const double x = a.second->merit, y = b.second->merit;
        return x != y ? x > y : a.first < b.first;
    });
    std::vector<GeneratedItem> found;
    for (const auto& [item, leaf] : order) found.push_back({item, leaf->seen.log_probability});
    return found;
}

}  // namespace

std::vector<GeneratedItem> beam_search(const CodeDecoder& decoder, const CodeTree& tree,
                                       const BeamRequest& request, const BeamSettings& settings,
                                       DecoderWork& work, BeamTrace* trace) {
    CHECK(settings.width > 0 && settings.temperature > 0 && settings.diversity >= 0);
    CHECK(std::ranges::is_sorted(request.excluded));
    if (trace) trace->steps.clear();
    const std::size_t levels = decoder.shape().levels();
    if (static_cast<std::size_t>(tree.depth()) != levels) return {};
    Candidates beams(1);
    std::vector<CodeStep> steps;
    for (std::size_t digit = 0; digit < levels && !beams.empty(); ++digit) {
        steps.clear();
        for (const Candidate& beam : beams) {
            steps.push_back({static_cast<std::uint32_t>(beam.seen.parent), beam.code});
        }
        const Matrix& logits = digit == 0 ? decoder.begin(request.past, request.person, work)
                                          : decoder.extend(steps, work);
        Candidates next =
            expand(tree, beams, log_shares(logits, settings.temperature), request.excluded);
        if (request.chance) draw_merits(next, beams, *request.chance);
        prune(next, settings, trace);
        beams = std::move(next);
    }
    return items_of(tree, beams, request.excluded);
}

std::vector<double> score_items(const CodeDecoder& decoder, const SemanticIds& ids,
                                const ScoringRequest& request, DecoderWork& work) {
    CHECK(request.temperature > 0);
    std::vector<double> scores(request.items.size(), -std::numeric_limits<double>::infinity());
    if (!decoder.reads(ids)) return scores;
    const std::vector<int>& alphabets = decoder.shape().alphabets;
    const auto path_of = [&](std::size_t i) { return ids.path(request.items[i]); };
    std::vector<std::size_t> order;  // places in request.items that can be said
    for (std::size_t i = 0; i < request.items.size(); ++i) {
        if (request.items[i].index() >= ids.items()) continue;
        const auto path = path_of(i);
        const bool sayable = std::ranges::equal(path, alphabets, std::ranges::less{});
        if (sayable) order.push_back(i);
    }
    // Neighbours in this order share the most digits.
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        const auto way = std::lexicographical_compare_three_way(
            path_of(a).begin(), path_of(a).end(), path_of(b).begin(), path_of(b).end());
        return way != 0 ? way < 0 : a < b;
    });
    for (const std::size_t i : order) scores[i] = 0;

    std::vector<std::uint32_t> row(order.size(), 0);  // of each item's prefix in the newest step
    std::vector<CodeStep> steps;
    for (std::size_t digit = 0; digit < alphabets.size() && !order.empty(); ++digit) {
        if (digit > 0) {
            steps.clear();
            std::uint32_t parent = 0;
            for (std::size_t k = 0; k < order.size(); ++k) {
                const Code code = path_of(order[k])[digit - 1];
                const bool same = k > 0 && row[k] == parent && steps.back().code == code;
                parent = row[k];
                if (!same) steps.push_back({row[k], code});
                row[k] = static_cast<std::uint32_t>(steps.size() - 1);
            }
        }
        const MatrixOf<double> shares =
            log_shares(digit == 0 ? decoder.begin(request.past, request.person, work)
                                  : decoder.extend(steps, work),
                       request.temperature);
        for (std::size_t k = 0; k < order.size(); ++k) {
            scores[order[k]] += shares(row[k], path_of(order[k])[digit]);
        }
    }
    return scores;
}

}  // namespace cascadelab
