#include "engine/cascade/cascade.h"

#include "engine/cascade/explanation.h"
#include "engine/cascade/explore/page_explorer.h"
#include "engine/cascade/language/list_reranker.h"
#include "engine/cascade/policy/policy_gate.h"
#include "engine/cascade/rank/ranking.h"
#include "engine/cascade/rerank/page.h"
#include "engine/cascade/retrieve/candidates.h"
#include "engine/cascade/retrieve/generation.h"

namespace cascadelab {

void run_cascade(const CascadeInputs& in, const Request& request, const PersonFeatures& person,
                 Stream stream, CascadeWorkspace& workspace) {
    CascadeScratch& scratch = workspace.scratch;
    CascadeTrace& trace = workspace.trace;
    trace.person = request.person;
    trace.request = request.number;
    trace.now_s = request.now_s;
    trace.preview = false;
    trace.maker = feed_maker(in.params, in.models);
    trace.slate.clear();
    trace.rows.clear();
    trace.query.resize(0);
    trace.features.resize(0, 0);
    trace.contributions.resize(0, 0);
    trace.attention = {};
    trace.beam = {};
    trace.language = {};
    scratch.generation.picture = {};
    trace.oracle.clear();
    StageTimer timer(trace);

    // What all candidates of the request share.
    const RequestContext context{request.now_s, request.device};
    const RowFiller filler(context, person, in.store, in.params.features, in.cards, in.content);
    timer.done(CascadeStage::features);

    const PageFilter filter(in, request, *person.history, filler.shown());
    const SourceRequest asked{in, request, person, filter};
    generate_candidates(asked, stream, scratch, timer, trace);

    filter_candidates(asked, stream, scratch, trace);
    timer.done(CascadeStage::filter);

    if (trace.maker == FeedMaker::cascade) {
        rank_candidates(in, request, person, filler, scratch, trace);
        rerank_list(in, request, person, stream, scratch, trace);
    } else {
        keep_order(in, request, filler, scratch, trace);
    }
    timer.done(CascadeStage::rank);

    PageDraft draft(in, trace);
    PageExplorer explorer(in, request, person, workspace, draft);
    PageMaker page(in, request, person, explorer.slots(), workspace, draft);
    page.choose([&] {
        timer.done(CascadeStage::rerank);
        explorer.fill(stream);
        timer.done(CascadeStage::explore);
    });
    timer.done(CascadeStage::rerank);

    leave_through_gate(asked, filler, stream, scratch, trace);
    timer.done(CascadeStage::policy);

    if (request.keep_rows) workspace.slate_rows = slate_rows(scratch, trace);
    if (request.explain) explain_request(in, request, scratch, trace);
}

}  // namespace cascadelab
