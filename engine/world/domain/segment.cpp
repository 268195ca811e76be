#include "engine/world/domain/segment.h"

#include "engine/base/error.h"

namespace cascadelab {

std::string_view segment_label(Segment segment) {
    switch (segment) {
        case Segment::mainstream:
            return "mainstream";
        case Segment::niche:
            return "niche";
        case Segment::eclectic:
            return "eclectic";
    }
    CHECK(false);
}

}  // namespace cascadelab
