// Steps of a GPU: the shape of the formula, memory by hand, the cliff. The whole table of measured
// kernels is held by the study.
#include "engine/serving/gpu_step.h"

#include <QtTest>
#include <cmath>

using namespace cascadelab;

namespace {

const Gpu& kA100 = gpu_of(GpuKind::a100);
const ModelShape& kSevenB = shape_of(ServedModel::llama_2_7b);

bool near(double a, double b, double share) {
    return std::abs(a - b) <= share * b;
}

class GpuStepTest : public QObject {
    Q_OBJECT
  private slots:
    // 13.5 GB at 2.04 TB/s is 6.6 ms, with overhead 9.3; 4096 tokens are 55 TFLOP at 203 TFLOPS.
    void a_step_is_reading_or_computing() {
        QVERIFY(near(kernel_s(kA100, kSevenB, 1), 1.4 * 13.48e9 / 2039e9, 1e-3));
        QVERIFY(near(kernel_s(kA100, kSevenB, 1e6), 2 * 6.74e9 * 1e6 / (0.65 * 312e12), 1e-3));
        QCOMPARE(kernel_s(kA100, kSevenB, 0), 0.0);
        // Flat to about a hundred tokens, then linear.
        QVERIFY(kernel_s(kA100, kSevenB, 64) < 1.15 * kernel_s(kA100, kSevenB, 1));
        QVERIFY(near(kernel_s(kA100, kSevenB, 2048) * 2, kernel_s(kA100, kSevenB, 4096), 0.02));
    }

    void attention_by_hand() {
        // 4 x 32 layers x 4096 x 100 tokens x (1000 + 50).
        QVERIFY(near(prefill_attention_s(kA100, kSevenB, 100, 1000),
                     4.0 * 32 * 4096 * 100 * 1050 / (0.65 * 312e12), 1e-9));
        // Chunks do not change how many pairs of tokens there are.
        const double whole = prefill_attention_s(kA100, kSevenB, 1000, 0);
        const double halves = prefill_attention_s(kA100, kSevenB, 500, 0) +
                              prefill_attention_s(kA100, kSevenB, 500, 500);
        QVERIFY(near(halves, whole, 1e-12));
        QVERIFY(near(decode_attention_s(kA100, kSevenB, 32, 1000), 32e3 * 524288 / 2039e9, 1e-9));
        QVERIFY(decode_s(kA100, kSevenB, 32, 1000) > decode_s(kA100, kSevenB, 32, 10));
    }

    void a_prompt_in_chunks_takes_longer() {
        const double whole = prefill_s(kA100, kSevenB, 1000, 1000);
        QVERIFY(near(whole,
                     kernel_s(kA100, kSevenB, 1000) + prefill_attention_s(kA100, kSevenB, 1000, 0),
                     1e-9));
        QVERIFY(prefill_s(kA100, kSevenB, 1000, 100) > 1.1 * whole);
        QCOMPARE(prefill_s(kA100, kSevenB, 0, 512), 0.0);
    }

    void mfu_of_large_steps_is_that_of_the_kernels() {
        const double large = mfu(kA100, kSevenB, 4096, kernel_s(kA100, kSevenB, 4096));
        QVERIFY(large > 0.6 && large <= 0.65);
        QVERIFY(mfu(kA100, kSevenB, 1, kernel_s(kA100, kSevenB, 1)) < 0.01);
    }

    // 2 x 32 layers x 32 heads x 128 x 2 bytes = 512 KiB a token; (72 - 13.5) GB hold 81 x 1366.
    void memory_by_hand() {
        QCOMPARE(kv_bytes_per_token(kSevenB), 524288.0);
        QCOMPARE(sequences_that_fit(kA100, kSevenB, 1366), 81);
        // Grouped-query attention: a quarter of the heads, four times the sequences or nearly.
        const ModelShape& grouped = shape_of(ServedModel::llama_3_8b);
        QCOMPARE(kv_bytes_per_token(grouped), 131072.0);
        QVERIFY(sequences_that_fit(kA100, grouped, 1366) > 300);
        ModelShape alone = shape_of(ServedModel::llama_2_70b);
        QVERIFY(sequences_that_fit(kA100, alone, 1366) > 0);
        alone.gpus = 1;
        QCOMPARE(sequences_that_fit(kA100, alone, 1366), 0);
        QCOMPARE(generate(kA100, alone, {5}).running, 0);
        QVERIFY(std::isinf(generate(kA100, alone, {5}).last_s));
    }

    void a_full_memory_is_a_cliff() {
        const int fit = sequences_that_fit(kA100, kSevenB, 1155 + 211);
        const auto at = [&](int sequences) { return generate(kA100, kSevenB, {sequences}); };
        // Up to the edge one more costs its prompt and a little.
        const double slope_s = at(fit).last_s - at(fit - 1).last_s;
        const double cliff_s = at(fit + 1).last_s - at(fit).last_s;
        QVERIFY(slope_s > 0 && cliff_s > 20 * slope_s);
        QVERIFY(at(fit).tokens_per_s > at(fit / 2).tokens_per_s);
        QVERIFY(at(fit + 1).tokens_per_s < 0.8 * at(fit).tokens_per_s);
        QCOMPARE(at(fit).preempted, 0);
        QCOMPARE(at(fit + 1).preempted, 1);
        QCOMPARE(at(1000).running, fit);
        QVERIFY(at(1000).preempted < 1000 - fit);  // most are not let in at all
        QCOMPARE(at(0).last_s, 0.0);
    }

    // 512 tokens of prompt and three steps of a beam of 50: 10-13 GPU-ms, 77-100 refreshes a
    // second.
    void a_refresh_of_the_generative_cascade() {
        const ModelShape& decoder = shape_of(ServedModel::decoder_1b);
        const double refresh_s = request_gpu_s(kA100, decoder, {512, 3, 50, 1});
        QVERIFY2(refresh_s > 0.010 && refresh_s < 0.013, qPrintable(QString::number(refresh_s)));
        // Scaled from the measured phi-2: 4.0 and 6.2 ms of prompt, 2.1 ms a step.
        QVERIFY(near(kernel_s(kA100, decoder, 256), 0.0040, 0.25));
        QVERIFY(near(kernel_s(kA100, decoder, 512), 0.0062, 0.25));
        QVERIFY(near(kernel_s(kA100, decoder, 64), 0.0021, 0.25));
        // A 7B re-ranker that reads 3,500 tokens and writes 50, 32 at a time: 237 GPU-ms.
        QVERIFY(near(request_gpu_s(kA100, kSevenB, {3500, 50, 1, 32}), 0.237, 0.05));
    }

    void presets_say_where_they_come_from() {
        for (const GpuKind kind : every<GpuKind>) {
            QVERIFY(!gpu_of(kind).name.empty() && gpu_of(kind).source.size() > 10);
        }
        for (const ServedModel model : every<ServedModel>) {
            const ModelShape& shape = shape_of(model);
            QVERIFY(!shape.name.empty() && shape.source.size() > 10);
            // Embeddings apart, a layer has at most 12 d^2 parameters and a bit (gated ones more).
            const double width = static_cast<double>(shape.query_heads) * shape.head_dims;
            const double body = 12.0 * shape.layers * width * width;
            QVERIFY(shape.parameters > 0.8 * body && shape.parameters < 1.4 * body);
        }
    }
};

}  // namespace

QTEST_GUILESS_MAIN(GpuStepTest)
#include "gpu_step_test.moc"
