// The set-up of Chaney et al. (2018) as T-RECS ran it: the world, the recommenders and one history
// of it. For the study in chaney.cpp alone. One thread an object.
#pragma once

#include <array>
#include <vector>

#include "engine/base/matrix.h"
#include "engine/base/random.h"
#include "engine/models/collaborative/interactions.h"

namespace cascadelab::chaney {

using MatrixD = MatrixOf<double>;

inline constexpr std::size_t kPeople = 100;
inline constexpr std::size_t kAttributes = 20;
inline constexpr std::size_t kNewItems = 10;  // a step
inline constexpr std::size_t kSteps = 100;
inline constexpr std::size_t kStartUp = 10;  // steps without a recommender
inline constexpr std::size_t kItems = kSteps * kNewItems;

struct World {
    MatrixD taste;    // people x attributes, shares
    MatrixD items;    // items x attributes, shares
    MatrixD utility;  // people x items: what a choice brings
    MatrixD known;    // people x items: the part of it people know beforehand
};
World make_world(Stream stream);

enum class Method { ideal, popularity, content, social, factorization, random };
inline constexpr std::size_t kMethods = 6;

// Scores for everybody from what has happened so far.
class Recommender {
  public:
    Recommender(Method method, const World& world, Stream stream);

    // Learns from scratch from all choices among the first `items` items.
    void train(const Interactions& log);
    void observe(PersonId person, ItemId item);
    const Matrix& scores() const { return m_scores; }  // people x items trained on
    // What the recommender thinks a person is; who is near whom by cosine.
    const Matrix& representation() const { return m_representation; }

  private:
    void train_content(Eigen::Index items);
    void train_factors(const Interactions& log);
    void train_popularity(const Interactions& log);

    Method m_method;
    const World& m_world;
    Stream m_stream;
    Matrix m_scores, m_representation;
    MatrixD m_liked;   // content: people x attributes, summed over what a person chose
    Matrix m_network;  // social: people x people, 0 or 1
    Matrix m_social;   // social: people x items, choices of one's circle
};

// What everybody chose, step by step, and who was nearest to whom at the end of a step.
struct History {
    std::array<std::array<ItemId, kSteps>, kPeople> chosen;
    // By checkpoint: the nearest other person of everybody.
    std::vector<std::array<PersonId, kPeople>> nearest;
    double utility = 0;  // summed over steps, mean over people
};
// checkpoints: steps, ascending, none before the start-up is over. attention: exponent by which a
// place in the list counts (-0.8: the second place 0.57 of the first).
History run_history(const World& world, Method method, double attention,
                    std::span<const std::size_t> checkpoints, Stream stream);

}  // namespace cascadelab::chaney
