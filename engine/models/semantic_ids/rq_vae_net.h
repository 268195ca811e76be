// The RQ-VAE as a trainable net: forward and backward of one batch. Templated on the scalar so that
// gradients can be checked in double. Knows nothing of epochs or of where codes begin.
#pragma once

#include "engine/models/nn/activation.h"
#include "engine/models/nn/linear.h"
#include "engine/models/nn/vector_quantise.h"

namespace cascadelab {

struct RqVaeShape {
    Eigen::Index inputs = 0;  // width of a row
    Eigen::Index hidden = 64;
    Eigen::Index latent = 16;  // width of what is quantised
    Eigen::Index levels = 3;
    Eigen::Index codes = 256;  // a level
};

// What a batch of n rows leaves behind on the way in.
template <class Scalar>
struct RqVaeActivations {
    MatrixOf<Scalar> in, in_out;    // n x hidden of the encoder, before and after the activation
    MatrixOf<Scalar> z, y;          // n x latent, before and after quantising
    MatrixOf<Scalar> out, out_out;  // n x hidden of the decoder
    MatrixOf<Scalar> x;             // n x inputs: D(y)
    nn::QuantiseActivations<Scalar> quantised;
};

// x -> SiLU layer -> z -> residual codes -> y -> SiLU layer -> x' (Lee et al. 2022; for items
// Rajput et al. 2023, section 3.1).
template <class Scalar>
struct RqVaeNet {
    nn::Linear<Scalar> encoder_in, encoder_out, decoder_in, decoder_out;
    nn::VectorQuantise<Scalar> quantiser;
    double reconstruction_weight = 1;  // of |x - x'|^2 beside the quantiser's loss

    RqVaeNet() = default;
    RqVaeNet(const RqVaeShape& shape, Stream& stream)
        : encoder_in(shape.inputs, shape.hidden, stream),
          encoder_out(shape.hidden, shape.latent, stream),
          decoder_in(shape.latent, shape.hidden, stream),
          decoder_out(shape.hidden, shape.inputs, stream) {
        for (Eigen::Index l = 0; l < shape.levels; ++l)
            quantiser.levels.emplace_back(shape.codes, shape.latent);
    }

    void encode(const MatrixOf<Scalar>& x, RqVaeActivations<Scalar>& at) const {
        encoder_in.forward(x, at.in);
        nn::silu_forward(at.in, at.in_out);
        encoder_out.forward(at.in_out, at.z);
    }

    // From at.y on.
    void decode(RqVaeActivations<Scalar>& at) const {
        decoder_in.forward(at.y, at.out);
        nn::silu_forward(at.out, at.out_out);
        decoder_out.forward(at.out_out, at.x);
    }

    // |x - x'|^2 + sum_l (|sg[r_l] - e_l|^2 + .25 |r_l - sg[e_l]|^2), every term summed over
    // dimensions, the mean over rows; adds to the gradients. x: n x inputs.
    Scalar learn(const MatrixOf<Scalar>& x, RqVaeActivations<Scalar>& at) {
        encode(x, at);
        quantiser.forward(at.z, at.quantised, at.y);
        decode(at);
        const auto weight = static_cast<Scalar>(reconstruction_weight);
        const auto rows = static_cast<Scalar>(x.rows());
        MatrixOf<Scalar> slope = at.x - x;
        const Scalar loss = weight * slope.squaredNorm() / rows + quantiser.loss(at.quantised);

        slope *= 2 * weight / rows;
        MatrixOf<Scalar> before;
        decoder_out.backward(at.out_out, slope);
        decoder_out.backward_input(slope, before);
        nn::silu_backward(at.out, before, slope);
        decoder_in.backward(at.y, slope);
        decoder_in.backward_input(slope, before);
        quantiser.backward(at.quantised, before, slope);
        encoder_out.backward(at.in_out, slope);
        encoder_out.backward_input(slope, before);
        nn::silu_backward(at.in, before, slope);
        encoder_in.backward(x, slope);
        return loss;
    }

    // Every weight, in one order; the codes last.
    template <class Net, class Visit>
    static void visit_parameters(Net& net, Visit&& visit) {
        for (auto* linear :
             {&net.encoder_in, &net.encoder_out, &net.decoder_in, &net.decoder_out}) {
            visit(linear->weight);
            visit(linear->bias);
        }
        for (auto& level : net.quantiser.levels) visit(level);
    }
};

}  // namespace cascadelab
