// Federated learning: one local step is the central gradient to the last bit, more are not; sums of
// what people send are the sums of one place.
#include "engine/models/federated/federated_average.h"

#include <QtTest>
#include <cmath>

#include "engine/base/random.h"

using namespace cascadelab;

namespace {

std::vector<FederatedClient> random_clients(std::size_t count, Eigen::Index dims, Stream& stream) {
    std::vector<FederatedClient> clients;
    for (std::size_t c = 0; c < count; ++c) {
        Eigen::VectorXd x(dims);
        for (double& v : x) v = stream.normal();
        const double y = stream.normal();
        clients.push_back(
            {[x, y](const Eigen::VectorXd& w) -> Eigen::VectorXd { return (x.dot(w) - y) * x; },
             1.0 / static_cast<double>(count)});
    }
    return clients;
}

}  // namespace

class FederatedAverageTest : public QObject {
    Q_OBJECT
  private slots:
    void one_local_step_is_the_central_gradient_to_the_last_bit() {
        for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
            Stream stream(seed, Purpose::test);
            const auto clients = random_clients(17, 6, stream);
            Eigen::VectorXd device = Eigen::VectorXd::Ones(6), centre = device;
            for (int round = 0; round < 30; ++round) {
                Eigen::VectorXd gradient = Eigen::VectorXd::Zero(6);
                for (const FederatedClient& client : clients)
                    gradient += client.weight * client.gradient(centre);
                centre = centre - 0.05 * gradient;
                device = federated_round(device, clients, 1, 0.05);
                QVERIFY(device == centre);
            }
        }
    }
    void local_steps_pull_toward_who_learns_fastest() {
        Stream stream(1, Purpose::test);
        const auto clients = random_clients(5, 3, stream);
        const Eigen::VectorXd start = Eigen::VectorXd::Zero(3);
        QVERIFY(federated_round(start, clients, 10, 0.05) !=
                federated_round(start, clients, 1, 0.5));
    }
    void normal_equations_of_one_rating_by_hand() {
        NormalEquations equations(2);
        equations.add(Eigen::Vector2d(1, 2), 3);
        Eigen::Matrix2d a;
        a << 1, 2, 2, 4;
        QVERIFY(equations.a == a);
        QVERIFY(equations.b == Eigen::Vector2d(3, 6));
        // (A + I) w = b: w = b / (1 + 5).
        QVERIFY(equations.solution(1).isApprox(Eigen::Vector2d(0.5, 1), 1e-12));
        NormalEquations sum(2);
        sum.add(equations);
        sum.add(equations);
        QVERIFY(sum.a == 2 * a);
    }
};

QTEST_APPLESS_MAIN(FederatedAverageTest)
#include "federated_average_test.moc"
