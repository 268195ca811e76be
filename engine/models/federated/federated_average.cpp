#include "engine/models/federated/federated_average.h"

#include <Eigen/Cholesky>

namespace cascadelab {

Eigen::VectorXd federated_round(const Eigen::VectorXd& model,
                                std::span<const FederatedClient> clients, int local_steps,
                                double learning_rate) {
    Eigen::VectorXd change = Eigen::VectorXd::Zero(model.size());
    for (const FederatedClient& client : clients) {
        // What is sent back is the sum of the steps, so that one step is the gradient itself.
        Eigen::VectorXd own = Eigen::VectorXd::Zero(model.size());
        Eigen::VectorXd local = model;
        for (int step = 0; step < local_steps; ++step) {
            const Eigen::VectorXd gradient = client.gradient(local);
            own += gradient;
            local -= learning_rate * gradient;
        }
        change += client.weight * own;
    }
    return model - learning_rate * change;
}

void NormalEquations::add(const Eigen::Ref<const Eigen::VectorXd>& factors, double rating) {
    a += factors * factors.transpose();
    b += rating * factors;
}

void NormalEquations::add(const NormalEquations& other) {
    a += other.a;
    b += other.b;
}

Eigen::VectorXd NormalEquations::solution(double regularization) const {
    const Eigen::Index dims = b.size();
    return (a + regularization * Eigen::MatrixXd::Identity(dims, dims)).ldlt().solve(b);
}

}  // namespace cascadelab
