// Chaney et al.: the world and the recommenders.
#include <algorithm>
#include <cmath>

#include "engine/base/error.h"
#include "engine/models/collaborative/ials.h"
#include "engine/models/collaborative/popularity.h"
#include "engine/models/numeric/nnls.h"
#include "engine/studies/chaney.h"

namespace cascadelab::chaney {
namespace {

using Index = Eigen::Index;

constexpr double kUtilityDeviation = 1e-5;  // of the beta draws around their means
constexpr double kKnownShare = 0.98;

// A beta with this mean and a tiny deviation.
double beta_around(double mean, Stream& stream) {
    const double m = std::clamp(mean, 1e-9, 1 - 1e-9);
    const double precision = (1 - m) / (kUtilityDeviation * kUtilityDeviation) - 1 / m;
    const double a = std::max(precision * m * m, 1e-12);
    const double b = std::max(a * (1 / m - 1), 1e-12);
    const double x = stream.gamma(a);
    const double y = stream.gamma(b);
    return x + y > 0 ? x / (x + y) : 0;
}

// Rows drawn from one Dirichlet whose own centre is drawn from Dirichlet(breadth) and scaled.
MatrixD dirichlet_rows(std::size_t rows, double breadth, double scale, Stream& stream) {
    std::array<double, kAttributes> centre;
    stream.dirichlet(breadth, centre);
    for (double& x : centre) x *= scale;
    MatrixD shares(static_cast<Index>(rows), static_cast<Index>(kAttributes));
    for (std::size_t r = 0; r < rows; ++r) {
        stream.dirichlet(centre, {shares.data() + r * kAttributes, kAttributes});
    }
    return shares;
}

// Who counts as whose circle: pairs of the highest covariance of tastes, as many as it takes until
// everybody has somebody, oneself included.
Matrix social_network(const MatrixD& taste) {
    const MatrixD centred = taste.colwise() - taste.rowwise().mean();
    const MatrixD covariance = centred * centred.transpose();
    std::vector<double> falling(covariance.data(), covariance.data() + covariance.size());
    std::ranges::sort(falling, std::greater());
    for (std::size_t i = kPeople; i < falling.size(); ++i) {
        const auto linked = covariance.array() >= falling[i];
        if (linked.rowwise().any().all()) return linked.cast<float>().matrix();
    }
    CHECK(false);
}

void fill_uniform(Matrix& matrix, Stream& stream) {
    for (Index i = 0; i < matrix.size(); ++i) {
        matrix.data()[i] = static_cast<float>(stream.uniform());
    }
}

}  // namespace

World make_world(Stream stream) {
    World world;
    world.taste = dirichlet_rows(kPeople, 1, 10, stream);
    world.items = dirichlet_rows(kItems, 100, 0.1, stream);
    world.utility = world.taste * world.items.transpose();
    world.known.resize(world.utility.rows(), world.utility.cols());
    for (Index i = 0; i < world.utility.size(); ++i) {
        double& utility = world.utility.data()[i];
        utility = beta_around(utility, stream);
        world.known.data()[i] = utility * beta_around(kKnownShare, stream);
    }
    return world;
}

Recommender::Recommender(Method method, const World& world, Stream stream)
    : m_method(method), m_world(world), m_stream(stream) {
    const auto people = static_cast<Index>(kPeople);
    switch (method) {
        case Method::ideal:
            m_representation = world.taste.cast<float>();
            break;
        case Method::popularity:
            m_representation.setOnes(people, 1);
            break;
        case Method::content:
            m_liked.setZero(people, static_cast<Index>(kAttributes));
            break;
        case Method::social:
            m_network = social_network(world.taste);
            m_representation = m_network;
            m_social.setZero(people, static_cast<Index>(kItems));
            break;
        case Method::factorization:
        case Method::random:
            break;
    }
}

void Recommender::observe(PersonId person, ItemId item) {
    const auto who = static_cast<Index>(person.index());
    const auto what = static_cast<Index>(item.index());
    if (m_method == Method::content) m_liked.row(who) += m_world.items.row(what);
    if (m_method == Method::social) m_social.col(what) += m_network.col(who);
}

void Recommender::train(const Interactions& log) {
    const auto people = static_cast<Index>(kPeople);
    const auto items = static_cast<Index>(log.items);
    switch (m_method) {
        case Method::ideal:
            m_scores = m_world.utility.leftCols(items).cast<float>();
            return;
        case Method::popularity:
            return train_popularity(log);
        case Method::content:
            return train_content(items);
        case Method::social:
            m_scores = m_social.leftCols(items);
            return;
        case Method::factorization:
            return train_factors(log);
        case Method::random:
            // Equal scores: equals are told apart by chance.
            m_scores.setZero(people, items);
            m_representation.resize(people, static_cast<Index>(kAttributes));
            return fill_uniform(m_representation, m_stream);
    }
}

void Recommender::train_popularity(const Interactions& log) {
    constexpr double kForever_s = 1e15;
    const auto popularity = build_popularity(log, 0, kForever_s);
    m_scores = as_vector(popularity->score).transpose().replicate(static_cast<Index>(kPeople), 1);
}

// The attributes whose mixture best explains what each person chose.
void Recommender::train_content(Index items) {
    const auto features = m_world.items.topRows(items);
    const MatrixD gram = features.transpose() * features;
    m_representation.resize(static_cast<Index>(kPeople), gram.cols());
    for (Index person = 0; person < m_representation.rows(); ++person) {
        const VectorOf<double> liked = m_liked.row(person).transpose();
        m_representation.row(person) = solve_nnls(gram, liked).transpose().cast<float>();
    }
    m_scores = m_representation * features.transpose().cast<float>();
}

// Confidence 41 for a choice and 1 for anything else, ridge 0.1 (Hu, Koren, Volinsky 2008), in the
// terms of iALS: both divided by 40.
void Recommender::train_factors(const Interactions& log) {
    IalsSettings settings;
    settings.dims = static_cast<int>(kAttributes);
    settings.epochs = 8;
    settings.unobserved_weight = 1.0 / 40;
    settings.regularization = 0.1 / 40;
    settings.frequency_exponent = 0;
    settings.seed = m_stream.bits();
    const auto factors = train_ials(log, settings);
    m_representation = factors->people;
    m_scores = factors->people * factors->items.transpose();
}

}  // namespace cascadelab::chaney
