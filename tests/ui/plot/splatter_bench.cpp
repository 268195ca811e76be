// Prints what one frame of the point layer costs: 10^6 points in clusters on 1000 x 700. Not a
// test: it judges nothing. Usage: splatter_bench [POINTS] [THREADS]
#include <QElapsedTimer>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "ui/plot/splatter.h"

using namespace cascadelab;

int main(int argc, char** argv) {
    const std::size_t count = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    const int threads = argc > 2 ? std::atoi(argv[2]) : 1;
    std::mt19937 engine(5);
    std::normal_distribution<float> spread(0, 0.35f);
    std::vector<float> x(count), y(count);
    std::vector<std::uint8_t> style(count);
    for (std::size_t i = 0; i < count; ++i) {
        const int topic = static_cast<int>(engine() % 8);
        x[i] = static_cast<float>(topic % 4) + spread(engine);
        y[i] = static_cast<float>(topic / 4) + spread(engine);
        style[i] = static_cast<std::uint8_t>(topic);
    }
    std::vector<SplatStyle> styles(8, {.colour = qRgb(86, 180, 233), .radius = 1.2f, .glow = 0.2f});
    Splatter splatter(threads);
    PlaneTransform transform = fitPlane({-1.2, -1.2, 5.4, 3.4}, {0, 0, 1000, 700});
    std::vector<double> frames;
    for (int frame = 0; frame < 120; ++frame) {
        QElapsedTimer timer;
        timer.start();
        splatter.draw({x, y, style}, styles, transform, {1000, 700});
        frames.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        transform = transform.moved({0.3, 0.1});
    }
    std::ranges::sort(frames);
    std::printf("%zu points, %zu visible, %s, %d thread(s): median %.2f ms, p95 %.2f ms a frame\n",
                count, splatter.visible(), splatter.asDensity() ? "density" : "marks", threads,
                frames[60], frames[114]);
    return 0;
}
