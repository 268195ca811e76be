// One station of the modelled fleet: so many servers behind one first-come first-served queue. A
// discrete-event simulation in which an event is an arrival: with that discipline the next free
// server is all there is to know. Nothing here is measured on this machine. One thread an object.
#pragma once

#include <cstddef>
#include <vector>

namespace cascadelab {

struct Service {
    double start_s = 0;  // service begins
    double end_s = 0;    // service ends
};

class Station {
  public:
    explicit Station(int servers);

    // Arrivals come in time order, each with the service it will need.
    Service arrive(double arrival_s, double service_s);
    // Summed service given out so far, server-seconds.
    double busy_s() const { return m_busy_s; }

  private:
    std::vector<double> m_free_at_s;  // a heap, the earliest on top
    double m_last_arrival_s = 0;
    double m_busy_s = 0;
};

}  // namespace cascadelab
