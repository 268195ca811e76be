#include "ui/views/registry.h"

namespace cascadelab {

std::vector<ViewKind> viewKinds() {
    return {};
}

}  // namespace cascadelab
