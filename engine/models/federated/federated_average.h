// Learning over people's devices: models go out, changes come back, logs stay where they are
// (McMahan et al. 2017, "Communication-efficient learning of deep networks from decentralized
// data"). Sums are made in the order of the clients, so that a result does not depend on who
// answered first. Pure functions; any thread.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <span>

namespace cascadelab {

struct FederatedClient {
    // The gradient of the client's own loss at a model, d.
    std::function<Eigen::VectorXd(const Eigen::VectorXd& model)> gradient;
    double weight = 1;  // its share of the data; shares sum to 1
};

// One round of FedAvg: each client takes so many steps of gradient descent from the model, and
// their models are averaged by weight. With one step this is FedSGD.
Eigen::VectorXd federated_round(const Eigen::VectorXd& model,
                                std::span<const FederatedClient> clients, int local_steps,
                                double learning_rate);

// What a client tells of the items it rated for the least squares of one item: A = sum of x x',
// b = sum of r x over its people's factors x and ratings r (Ammad-ud-din et al. 2019, "Federated
// collaborative filtering"). d x d and d.
struct NormalEquations {
    Eigen::MatrixXd a;
    Eigen::VectorXd b;

    explicit NormalEquations(Eigen::Index dims)
        : a(Eigen::MatrixXd::Zero(dims, dims)), b(Eigen::VectorXd::Zero(dims)) {}
    void add(const Eigen::Ref<const Eigen::VectorXd>& factors, double rating);
    void add(const NormalEquations& other);
    // (A + regularization I)^-1 b, d.
    Eigen::VectorXd solution(double regularization) const;
};

}  // namespace cascadelab
