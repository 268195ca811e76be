// Learning on people's devices against learning in one place, and choosing a strategy by a guess of
// what a person wants.
#include <array>
#include <cmath>

#include "engine/models/federated/federated_average.h"
#include "engine/studies/registry.h"

namespace cascadelab {
namespace {

// --- drift of local steps ------------------------------------------------------------------------

// Two clients whose losses are parabolas a / 2 (w - c)^2.
constexpr std::array<double, 2> kCurvature = {1, 4}, kCentre = {0, 1};
constexpr double kRate = 0.1;
constexpr int kRounds = 4000;

struct Drift {
    int local_steps;
    double fixed_point;
};
constexpr std::array<Drift, 4> kDrifts = {
    {{1, 0.8}, {5, 0.692502}, {20, 0.532352}, {100, 0.500007}}};

std::vector<FederatedClient> parabolas() {
    std::vector<FederatedClient> clients;
    for (std::size_t c = 0; c < kCurvature.size(); ++c) {
        clients.push_back({[c](const Eigen::VectorXd& w) -> Eigen::VectorXd {
                               return kCurvature[c] *
                                      (w - Eigen::VectorXd::Constant(1, kCentre[c]));
                           },
                           0.5});
    }
    return clients;
}

// sum of p (1 - (1 - eta a)^K) c over sum of p (1 - (1 - eta a)^K).
double fixed_point(int local_steps) {
    double with = 0, all = 0;
    for (std::size_t c = 0; c < kCurvature.size(); ++c) {
        const double pull = 1 - std::pow(1 - kRate * kCurvature[c], local_steps);
        with += pull * kCentre[c];
        all += pull;
    }
    return with / all;
}

// --- the same result as in one place -------------------------------------------------------------

constexpr Eigen::Index kDims = 8, kRatings = 200;

// --- a conductor ---------------------------------------------------------------------------------

constexpr std::size_t kIntents = 4;
// What each strategy is worth to a person of each intent, and how common intents are.
constexpr std::array<std::array<double, kIntents>, kIntents> kValue = {{
    {0.50, 0.30, 0.35, 0.20},
    {0.30, 0.55, 0.25, 0.30},
    {0.35, 0.25, 0.60, 0.30},
    {0.25, 0.30, 0.30, 0.50},
}};
constexpr std::array<double, kIntents> kShare = {0.40, 0.25, 0.20, 0.15};

double best_fixed() {
    double best = 0;
    for (std::size_t strategy = 0; strategy < kIntents; ++strategy) {
        double value = 0;
        for (std::size_t intent = 0; intent < kIntents; ++intent)
            value += kShare[intent] * kValue[intent][strategy];
        best = std::max(best, value);
    }
    return best;
}

// Mean value when the intent is guessed right so often and the strategy that suits the guess is
// taken; who errs, errs to any other intent alike.
double conducted(double accuracy) {
    double value = 0;
    for (std::size_t intent = 0; intent < kIntents; ++intent) {
        for (std::size_t guess = 0; guess < kIntents; ++guess) {
            const auto& row = kValue[guess];
            const auto strategy =
                static_cast<std::size_t>(std::ranges::max_element(row) - row.begin());
            const double chance = guess == intent ? accuracy : (1 - accuracy) / (kIntents - 1);
            value += kShare[intent] * chance * kValue[intent][strategy];
        }
    }
    return value;
}

}  // namespace

StudyResult study_fedavg_drift(StudyRun& run) {
    StudyResult result;
    run.once([&] {
        StudyCurve own{"this program", {}, {}}, law{"law", {}, {}};
        const std::vector<FederatedClient> clients = parabolas();
        for (const Drift& drift : kDrifts) {
            Eigen::VectorXd w = Eigen::VectorXd::Zero(1);
            for (int round = 0; round < kRounds; ++round)
                w = federated_round(w, clients, drift.local_steps, kRate);
            const std::string steps = std::to_string(drift.local_steps);
            result.checks.push_back({"fedavg_drift." + steps,
                                     "where averaging after " + steps + " local steps ends",
                                     drift.fixed_point, w[0], 1e-6});
            own.x.push_back(drift.local_steps);
            own.y.push_back(w[0]);
            law.x.push_back(drift.local_steps);
            law.y.push_back(fixed_point(drift.local_steps));
        }
        result.plots.push_back({"Drift of federated averaging (the optimum is 0.8)",
                                "local steps",
                                "model",
                                {own},
                                {law},
                                {},
                                true});
    });
    return result;
}

StudyResult study_federated_exact(StudyRun& run) {
    StudyResult result;
    run.once([&] {
        Stream stream = run.stream(0, 0);
        Eigen::MatrixXd factors(kRatings, kDims);
        Eigen::VectorXd ratings(kRatings);
        for (Eigen::Index i = 0; i < kRatings; ++i) {
            for (Eigen::Index d = 0; d < kDims; ++d) factors(i, d) = stream.normal();
            ratings[i] = stream.normal();
        }
        // One item's least squares: by people who keep ten ratings each, and in one place.
        NormalEquations central(kDims), federated(kDims), in_order(kDims);
        for (Eigen::Index i = 0; i < kRatings; i += 10) {
            NormalEquations person(kDims);
            for (Eigen::Index k = i; k < i + 10; ++k)
                person.add(factors.row(k).transpose(), ratings[k]);
            federated.add(person);
        }
        for (Eigen::Index i = 0; i < kRatings; ++i) {
            NormalEquations one(kDims);
            one.add(factors.row(i).transpose(), ratings[i]);
            central.add(factors.row(i).transpose(), ratings[i]);
            in_order.add(one);
        }
        const auto differs = [](const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
            return (a - b).cwiseAbs().maxCoeff();
        };
        const Eigen::VectorXd solved = central.solution(0.1);
        // One step of each client, averaged, against the central gradient in the same order.
        std::vector<FederatedClient> clients;
        for (Eigen::Index i = 0; i < kRatings; ++i) {
            clients.push_back({[&, i](const Eigen::VectorXd& w) -> Eigen::VectorXd {
                                   const auto x = factors.row(i).transpose();
                                   return (x.dot(w) - ratings[i]) * x;
                               },
                               1.0 / kRatings});
        }
        Eigen::VectorXd device = Eigen::VectorXd::Zero(kDims), centre = device;
        for (int round = 0; round < 20; ++round) {
            Eigen::VectorXd gradient = Eigen::VectorXd::Zero(kDims);
            for (const FederatedClient& client : clients)
                gradient += client.weight * client.gradient(centre);
            centre = centre - kRate * gradient;
            device = federated_round(device, clients, 1, kRate);
        }
        result.checks = {
            {"federated_exact.items", "item factors, ten ratings a device: largest difference", 0,
             differs(solved, federated.solution(0.1)), 1e-12},
            {"federated_exact.items_in_order", "the same in the central order", 0,
             differs(solved, in_order.solution(0.1)), 0},
            {"federated_exact.sgd", "FedSGD less central gradient descent, 20 rounds", 0,
             differs(device, centre), 0}};
    });
    return result;
}

StudyResult study_conductor(StudyRun& run) {
    struct Known {
        double accuracy, gain;
    };
    constexpr std::array<Known, 5> kKnown = {
        {{0.25, -9}, {0.5, 7}, {0.7, 20}, {0.9, 33}, {1.0, 39}}};
    StudyResult result;
    run.once([&] {
        const double best = best_fixed();
        const auto gain = [&](double accuracy) { return 100 * (conducted(accuracy) / best - 1); };
        StudyCurve own{"conductor", {}, {}}, computed{"conductor", {}, {}};
        for (const Known& known : kKnown) {
            const std::string percent =
                std::to_string(static_cast<int>(100 * known.accuracy + 0.5));
            result.checks.push_back(
                {"conductor." + percent,
                 "gain over the best fixed strategy, intent known to " + percent + " %, %",
                 known.gain, gain(known.accuracy), 0.5});
            computed.x.push_back(known.accuracy);
            computed.y.push_back(known.gain);
        }
        for (int percent = 25; percent <= 100; percent += 5) {
            own.x.push_back(percent / 100.0);
            own.y.push_back(gain(percent / 100.0));
        }
        const double even =
            (best - conducted(0)) / (conducted(1) - conducted(0));  // value is linear in accuracy
        result.checks.push_back({"conductor.break_even",
                                 "accuracy from which a conductor pays, share", 0.39, even, 0.005});
        result.plots.push_back({"A conductor against the best fixed strategy",
                                "share of intents guessed right",
                                "gain, %",
                                {own},
                                {computed}});
    });
    return result;
}

}  // namespace cascadelab
