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
StudyResult study_bandits(StudyRun& run);
StudyResult study_calibration(StudyRun& run);
StudyResult study_dpp(StudyRun& run);
StudyResult study_codebook(StudyRun& run);

}  // namespace cascadelab
