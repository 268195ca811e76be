#include "engine/studies/registry.h"

#include <algorithm>
#include <array>

namespace cascadelab {
namespace {

constexpr std::array kStudies = {
    Study{"chaney", "Recommenders that learn from their own lists make people alike",
          "Chaney, Stewart, Engelhardt: How algorithmic confounding in recommendation systems "
          "increases homogeneity and decreases utility. RecSys 2018; as replicated by Lucherini et "
          "al.: T-RECS. 2021",
          "100 people, 20 attributes, ten new items a step, ten steps without and 90 with a "
          "recommender retrained every step, 20 seeds; overlap of nearest people less the ideal "
          "recommender's.",
          study_chaney},
    Study{
        "aridor", "Filter bubbles among people who know their taste only in part",
        "Aridor, Goncalves, Sikdar: Deconstructing the filter bubble. RecSys 2020",
        "200 items on a ring, 20 periods, normal beliefs of correlation 0.9 to the distance, risk "
        "aversion 1; 40 populations of 30 people.",
        study_aridor},
    Study{
        "jiang", "Feedback loops that move taste",
        "Jiang, Chiappa, Lattimore, Gyorgy, Kohli: Degenerate feedback loops in recommender "
        "systems. AIES 2019",
        "200 people, 100 items, pages of 5, 5000 steps: a click raises the interest in an item by "
        "up to 0.01, a refusal lowers it; six policies choose the page.",
        study_jiang},
    Study{
        "self_training", "A source that learns from its own output",
        "Shumailov et al.: AI models collapse when trained on recursively generated data. Nature "
        "2024; Wright 1931 for the law",
        "A source of 20 kinds, or a normal, is refitted to so many of its own samples, generation "
        "after generation, with and without a tenth of fresh data.",
        study_self_training},
    Study{"polya", "The rich get richer",
          "Eggenberger and Polya: Uber die Statistik verketteter Vorgange. ZAMM 1923",
          "Ten items are chosen in proportion to how often they were chosen, 2000 times; 10,000 "
          "histories.",
          study_polya},
    Study{"clickbait", "Clickbait against lasting satisfaction",
          "Ie et al.: RecSim, a configurable simulation platform for recommender systems. 2019, "
          "long-term satisfaction",
          "4000 sessions of 60 pages under constant policies, over the sensitivity of satisfaction "
          "to what was shown before.",
          study_clickbait},
    Study{"position_bias", "Click rates and the places they were earned in",
          "Craswell, Zoeter, Taylor, Ramsey: An experimental comparison of click position-bias "
          "models. WSDM 2008; Joachims, Swaminathan, Schnabel 2017",
          "20 items, place k is looked at with probability 1/k, 3000 pages ranked by clicks per "
          "impression or per examined impression; 1000 runs.",
          study_position_bias},
    Study{
        "staleness", "Recommendations for a taste that has wandered on",
        "Rohde, Bonner, Dunlop, Vasile, Karatzoglou: RecoGym. 2018",
        "Taste of 5 dimensions walks 0.1 a step and dimension; the best ten of 1000 products then "
        "and now, 2000 people.",
        study_staleness},
    Study{
        "fan_out", "The tail at scale",
        "Dean, Barroso: The tail at scale. Communications of the ACM 2013",
        "40,000 requests that ask up to 100 leaves (median 5 ms, p99 20 ms, one in a hundred or a "
        "thousand 200 to 1800 ms), with and without a second call after a leaf's p95.",
        study_fan_out},
    Study{"queues", "Waiting in line", "Erlang 1917; Pollaczek 1930, Khinchine 1932",
          "6,000,000 arrivals a queue and load at a simulated station: one, eight and 64 "
          "exponential servers, constant and lognormal service, load 50 to 90 %.",
          study_queues},
    Study{
        "staffing", "As many servers as the load, and its square root",
        "Halfin, Whitt: Heavy-traffic limits for queues with many exponential servers. Operations "
        "Research 1981; Erlang 1917",
        "4,000,000 arrivals at 105, 110, 115 and 120 exponential servers under a load of 100.",
        study_staffing},
    Study{"two_choices", "The power of two choices",
          "Mitzenmacher: The power of two choices in randomized load balancing. IEEE TPDS 2001",
          "300 exponential servers with a queue each at load 0.9, 540,000 arrivals: one queue at "
          "random, or the shorter of two.",
          study_two_choices},
    Study{"metastable", "Overload that outlives its cause",
          "Bronson et al.: Metastable failures in distributed systems. HotOS 2021; Huang et al.: "
          "Metastable failures in the wild. OSDI 2022",
          "80 servers behind one queue, callers give up after 3 s and ask again up to four times; "
          "capacity falls to a fifth for a while. Flow, and the same event by event.",
          study_metastable},
    Study{"age_of_information", "A lane run hot is staler, not fresher",
          "Kaul, Yates, Gruteser: Real-time status: how often should one update? INFOCOM 2012",
          "4,000,000 updates through one exponential server at loads from .3 to .8; age of the "
          "newest "
          "that has come through, over time.",
          study_age_of_information},
    Study{
        "cache", "What a cache of a few entries answers",
        "Che, Tung, Wang: Hierarchical web caching systems. JSAC 2002 (LRU); Martina, Garetto, "
        "Leonardi: A unified approach to the performance analysis of caching systems. INFOCOM 2014 "
        "(FIFO)",
        "100,000 keys asked for by Zipf laws of four exponents; the memory tier with room for 1000 "
        "and for 10,000, LRU and FIFO, 800,000 requests each.",
        study_cache},
    Study{"cold_cache", "A cache after it was flushed",
          "Law: a key is there once it was asked for; Che, Tung, Wang 2002 for the cache at rest",
          "A million keys by a Zipf law of exponent 1, room for 100,000; the share of the next "
          "requests that an empty cache answers after 1000, 10,000 and 100,000.",
          study_cold_cache},
    Study{
        "gpu_step", "A step of a language model on a GPU",
        "Agrawal et al.: Vidur, a large-scale simulation framework for LLM inference. MLSys 2024",
        "A formula of two terms, reading the weights and computing, held against measured kernels "
        "of four models on A40, A100 and H100, 1 to 4096 tokens in a step.",
        study_gpu_step},
    Study{
        "streampulse_bill", "A bill of a month over the requests of a day",
        "The case study of StreamPulse: $0.28 a thousand; arithmetic",
        "The case's own inputs, itemised: $980k of GPUs, $140k of the rest, four billion refreshes "
        "a day for 200 million people.",
        study_streampulse_bill},
    Study{
        "latency_engagement", "What 200 ms cost, and go on costing",
        "Brutlag: Speed matters for Google web search. 2009",
        "Expected searches of people whose pages are 200 or 400 ms late for six weeks and in time "
        "afterwards, against their twins' under the law google-2009.",
        study_latency_engagement},
    Study{"video_start", "Viewers who leave before it begins",
          "Krishnan, Sitaraman: Video stream quality impacts viewer behavior. IMC 2012",
          "200,000 viewers with a patience drawn from the law video-2012; who has left after 5 and "
          "after 10 seconds.",
          study_video_start},
    Study{
        "llm_rank", "A simulated language model puts twenty in order",
        "Hou et al.: Large language models are zero-shot rankers for recommender systems. ECIR "
        "2024",
        "40,000 lists with one relevant item among twenty; the simulated model at the sensitivity "
        "of three published rankers, and the same by integration.",
        study_llm_rank},
    Study{
        "llm_position", "Where an item stands in the prompt",
        "Hou et al. 2024, figure 2a (read off by eye)",
        "The relevant item at five places of a list of twenty, with slot biases of two data sets; "
        "40,000 lists a place.",
        study_llm_position},
    Study{"llm_bootstrap", "Asking again with the list shuffled", "Hou et al. 2024, figure 2b",
          "One, three and ten shuffles, mean ranks decide; three tenths of the noise are new with "
          "every call; 20,000 lists.",
          study_llm_bootstrap},
    Study{"llm_information", "What a second reader is worth to a ranking",
          "Law: independent scores fuse to the root of the sum of squared correlations; gains "
          "computed apart from this program. CARE (arXiv 2508.13889) re-ranks so",
          "Utility of 55 % behaviour, 25 % text and 20 % momentary wish (assumed shares), 4000 "
          "people, 500 items; the ranker's best fifty put in order again.",
          study_llm_information},
    Study{"cold_start", "Metadata buys the first impressions",
          "Law: normal prior and normal noise (Gelman et al., Bayesian data analysis)",
          "200,000 new items of which metadata explains a share, after 0 to 64 impressions of "
          "variance 4.",
          study_cold_start},
    Study{"elicitation", "Which question to ask a newcomer",
          "Christakopoulou, Radlinski, Hofmann: Towards conversational recommender systems. KDD "
          "2016, for the direction; gains computed apart from this program",
          "200 catalogues of 200 items with ten people each, tastes of 8 dimensions; answers of "
          "deviation 0.5 sharpen a "
          "normal belief; five ways to choose the next question.",
          study_elicitation},
    Study{"questions_or_feed", "When one more question costs more than it helps",
          "Computed apart from this program from the same law",
          "The best number of questions when each loses a share of those who are left, who get "
          "nothing or the feed.",
          study_questions_or_feed},
    Study{"fedavg_drift", "Local steps pull a common model apart",
          "McMahan et al.: Communication-efficient learning of deep networks from decentralized "
          "data. AISTATS 2017, for the algorithm; closed form",
          "Two clients with parabolas of curvature 1 and 4, 1 to 100 local steps a round.",
          study_fedavg_drift},
    Study{"federated_exact", "What stays on the device and is learned all the same",
          "Ammad-ud-din et al.: Federated collaborative filtering. 2019",
          "200 ratings of one item over 20 devices; the item's factors, and 20 rounds of one local "
          "step, against one place.",
          study_federated_exact},
    Study{"agent_tokens", "What an agent reads", "Arithmetic of a prompt that grows",
          "Five and ten steps of 800 tokens after a prompt of 2000, with and without a prefix "
          "cache.",
          study_agent_tokens},
    Study{"conductor", "Choosing the strategy by a guess of the intent",
          "Arithmetic of a table of four intents and four strategies",
          "The strategy that suits the guessed intent, guessed right in a quarter to all of the "
          "cases, against the best single strategy.",
          study_conductor},
    Study{"bandits", "Regret of three bandit policies",
          "Auer, Cesa-Bianchi, Fischer: Finite-time analysis of the multiarmed bandit problem. "
          "Machine Learning 2002; Thompson 1933",
          "Ten arms that pay with probability 0.05 to 0.5, 20,000 rounds, 200 runs.",
          study_bandits},
    Study{"calibration", "Pages that follow a person's own mixture",
          "Steck: Calibrated recommendations. RecSys 2018",
          "20 genres, 200 candidates, greedy pages of 10 for 1000 people, lambda 0 to 0.99.",
          study_calibration},
    Study{
        "dpp", "Diverse pages, fast",
        "Chen, Zhang, Zhou: Fast greedy MAP inference for determinantal point process. NeurIPS "
        "2018",
        "20 pages of 30 from 150 candidates by the re-ranker and by the log determinant; the time "
        "is measured here.",
        study_dpp},
    Study{"codebook", "Codes that live and codes that die",
          "Lee, Kim, Kim, Cho, Han: Autoregressive image generation using residual quantization. "
          "CVPR 2022; Rajput et al. 2023 for semantic IDs",
          "5000 clustered vectors of 128 dimensions, three levels of 256 codes by k-means that "
          "starts at random normals or at sampled items.",
          study_codebook},
};

}  // namespace

std::span<const Study> studies() {
    return kStudies;
}

const Study* find_study(std::string_view name) {
    const auto found = std::ranges::find(kStudies, name, &Study::name);
    return found == kStudies.end() ? nullptr : &*found;
}

}  // namespace cascadelab
