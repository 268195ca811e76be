// Where the registry finds the studies; one function each, in the file of their subject. Not for
// other rooms: they go through study.h.
#pragma once

#include "engine/studies/study.h"

namespace cascadelab {

StudyResult study_chaney(StudyRun& run);
StudyResult study_aridor(StudyRun& run);
StudyResult study_jiang(StudyRun& run);
StudyResult study_self_training(StudyRun& run);
StudyResult study_polya(StudyRun& run);
StudyResult study_clickbait(StudyRun& run);
StudyResult study_position_bias(StudyRun& run);
StudyResult study_staleness(StudyRun& run);
StudyResult study_fan_out(StudyRun& run);
StudyResult study_queues(StudyRun& run);
StudyResult study_staffing(StudyRun& run);
StudyResult study_two_choices(StudyRun& run);
StudyResult study_metastable(StudyRun& run);
StudyResult study_age_of_information(StudyRun& run);
StudyResult study_cache(StudyRun& run);
StudyResult study_cold_cache(StudyRun& run);
StudyResult study_gpu_step(StudyRun& run);
StudyResult study_streampulse_bill(StudyRun& run);
StudyResult study_latency_engagement(StudyRun& run);
StudyResult study_video_start(StudyRun& run);
StudyResult study_llm_rank(StudyRun& run);
StudyResult study_llm_position(StudyRun& run);
StudyResult study_llm_bootstrap(StudyRun& run);
StudyResult study_llm_information(StudyRun& run);
StudyResult study_cold_start(StudyRun& run);
StudyResult study_elicitation(StudyRun& run);
StudyResult study_questions_or_feed(StudyRun& run);
StudyResult study_fedavg_drift(StudyRun& run);
StudyResult study_federated_exact(StudyRun& run);
StudyResult study_agent_tokens(StudyRun& run);
StudyResult study_conductor(StudyRun& run);
StudyResult study_bandits(StudyRun& run);
StudyResult study_calibration(StudyRun& run);
StudyResult study_dpp(StudyRun& run);
StudyResult study_codebook(StudyRun& run);

}  // namespace cascadelab
