#include "engine/models/collaborative/ials.h"

#include <Eigen/LU>
#include <QtTest>
#include <cmath>
#include <set>

#include "engine/base/random.h"

using namespace cascadelab;

namespace {

using MatrixD = MatrixOf<double>;

// Two tastes: even people like even items, odd people odd ones, each a random part of them.
Interactions two_tastes(std::size_t people, std::size_t items, std::uint64_t seed) {
    Interactions log{people, items, {}};
    Stream stream(seed, Purpose::test);
    for (std::size_t person = 0; person < people; ++person) {
        for (std::size_t item = person % 2; item < items; item += 2) {
            if (stream.chance(0.5)) log.rows.push_back({PersonId(person), ItemId(item), 1, 0});
        }
    }
    return log;
}

MatrixD dense(const Interactions& log) {
    MatrixD x =
        MatrixD::Zero(static_cast<Eigen::Index>(log.people), static_cast<Eigen::Index>(log.items));
    for (const Interaction& row : log.rows) x(row.person.value, row.item.value) = 1;
    return x;
}

// lambda (n + a0 |other side|)^nu for every row of x.
Eigen::VectorXd ridges(const MatrixD& x, const IalsSettings& s) {
    const double all = s.unobserved_weight * static_cast<double>(x.cols());
    return (s.regularization * (x.rowwise().sum().array() + all).pow(s.frequency_exponent))
        .matrix();
}

// One half-step by brute force: the normal equations of weighted least squares over all cells,
// where an observed cell weighs 1 with target 1 and every cell weighs a0 with target 0, solved by a
// dense LU.
MatrixD closed_form(const MatrixD& x, const MatrixD& fixed, const IalsSettings& s) {
    MatrixD result = MatrixD::Zero(x.rows(), fixed.cols());
    const Eigen::VectorXd ridge = ridges(x, s);
    for (Eigen::Index r = 0; r < x.rows(); ++r) {
        if (x.row(r).sum() == 0) continue;
        Eigen::MatrixXd normal = ridge[r] * Eigen::MatrixXd::Identity(fixed.cols(), fixed.cols());
        Eigen::VectorXd right = Eigen::VectorXd::Zero(fixed.cols());
        for (Eigen::Index i = 0; i < x.cols(); ++i) {
            const Eigen::VectorXd h = fixed.row(i).transpose();
            normal += (x(r, i) + s.unobserved_weight) * h * h.transpose();
            right += x(r, i) * h;
        }
        result.row(r) = normal.fullPivLu().solve(right).transpose();
    }
    return result;
}

// sum_observed (1 - <w,h>)^2 + a0 sum_all <w,h>^2 + ridge terms (Rendle et al. 2021, eq. 2-4)
double objective(const Interactions& log, const Factorization& model) {
    const MatrixD x = dense(log);
    const MatrixD w = model.people.cast<double>();
    const MatrixD h = model.items.cast<double>();
    const MatrixD scores = w * h.transpose();
    double loss = (x.array() * (1 - scores.array()).square()).sum();
    loss += model.settings.unobserved_weight * scores.squaredNorm();
    loss += ridges(x, model.settings).dot(w.rowwise().squaredNorm());
    loss += ridges(x.transpose(), model.settings).dot(h.rowwise().squaredNorm());
    return loss;
}

class IalsTest : public QObject {
    Q_OBJECT
  private slots:
    void a_step_solves_the_normal_equations() {
        const Interactions log = two_tastes(9, 12, 1);
        for (const double exponent : {1.0, 0.5}) {
            const IalsSettings s{.dims = 4, .epochs = 2, .frequency_exponent = exponent};
            const auto model = train_ials(log, s);
            const MatrixD people = closed_form(dense(log), model->items.cast<double>(), s);
            QVERIFY(model->people.cast<double>().isApprox(people, 1e-4));
        }
    }

    void items_are_solved_against_the_people_before_them() {
        const Interactions log = two_tastes(9, 12, 2);
        IalsSettings s{.dims = 4, .epochs = 1};
        const auto one = train_ials(log, s);
        s.epochs = 2;
        const auto two = train_ials(log, s);
        // Epoch 2 starts with the people that epoch 1 ends on.
        const MatrixD items = closed_form(dense(log).transpose(), one->people.cast<double>(), s);
        QVERIFY(two->items.cast<double>().isApprox(items, 1e-4));
    }

    void every_epoch_lowers_the_objective() {
        const Interactions log = two_tastes(30, 40, 3);
        double before = 1e30;
        for (int epochs = 1; epochs <= 8; ++epochs) {
            const double now = objective(log, *train_ials(log, {.dims = 6, .epochs = epochs}));
            QVERIFY(now < before * (1 + 1e-6));
            before = now;
        }
    }

    void fold_in_of_a_trained_person_is_their_row() {
        const Interactions log = two_tastes(20, 30, 4);
        const auto model = train_ials(log, {.dims = 8});
        for (std::size_t person = 0; person < log.people; ++person) {
            std::vector<ItemId> items;
            for (const Interaction& row : log.rows) {
                if (row.person == PersonId(person)) items.push_back(row.item);
            }
            // Repeats and items newer than the model change nothing.
            items.push_back(items.front());
            items.push_back(ItemId(1000u));
            const Vector folded = model->fold_in(items);
            QVERIFY(folded == model->people.row(static_cast<Eigen::Index>(person)).transpose());
        }
    }

    void people_are_close_to_the_items_of_their_taste() {
        const Interactions log = two_tastes(40, 40, 5);
        const auto model = train_ials(log, {.dims = 8});
        const Matrix scores = model->people * model->items.transpose();
        for (Eigen::Index p = 0; p < 40; ++p) {
            float own = 0, other = 0;
            for (Eigen::Index i = 0; i < 40; ++i) (p % 2 == i % 2 ? own : other) += scores(p, i);
            QVERIFY(own > 4 * std::abs(other));
        }
    }

    void who_and_what_was_never_seen_is_zero() {
        Interactions log = two_tastes(6, 8, 6);
        log.people = 8;
        log.items = 11;
        const auto model = train_ials(log, {.dims = 4});
        QVERIFY(model->people.bottomRows(2).isZero());
        QVERIFY(model->items.bottomRows(3).isZero());
        QVERIFY(model->people.row(0).norm() > 0);
        QVERIFY(model->fold_in({}).isZero());
        QVERIFY(model->item_gram.isApprox(model->items.transpose() * model->items));
    }

    void repeats_count_once_and_training_twice_is_the_same() {
        const Interactions log = two_tastes(10, 14, 7);
        Interactions twice = log;
        twice.rows.insert(twice.rows.end(), log.rows.begin(), log.rows.end());
        const auto a = train_ials(log, {.dims = 5, .seed = 3});
        const auto b = train_ials(twice, {.dims = 5, .seed = 3});
        QVERIFY(a->people == b->people && a->items == b->items);
        QVERIFY(a->items != train_ials(log, {.dims = 5, .seed = 4})->items);
    }

    void cancelled_training_returns_null() {
        const auto model =
            train_ials(two_tastes(5, 6, 8), {}, [](double share) { return share < 0.3; });
        QVERIFY(model == nullptr);
    }
};

}  // namespace

QTEST_GUILESS_MAIN(IalsTest)
#include "ials_test.moc"
