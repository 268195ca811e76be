#include "tests/house/places.h"

namespace cascadelab {

QString source_path(const char* inside) {
    return QStringLiteral(CASCADELAB_SOURCE_DIR "/") + inside;
}

QString build_path(const char* inside) {
    return QStringLiteral(CASCADELAB_BINARY_DIR "/") + inside;
}

}  // namespace cascadelab
