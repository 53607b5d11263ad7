// LEMON's NetworkSimplex on an instance of bench/matching: places are capacities, as it has them itself.
//      matching_lemon FILE
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <vector>

using Graph = lemon::SmartDigraph;
using Simplex = lemon::NetworkSimplex<Graph, int, int64_t>;

struct instance {
        int64_t head[5]; // mentees, mentors, pairs, bytes of a cell, places or not
        std::vector<int32_t> places, mentor;
        std::vector<int64_t> row, score;
        std::vector<uint8_t> cell;
};

template <class T> static void read(FILE *f, std::vector<T> &v, int64_t n)
{
        v.resize(n);
        if (fread(v.data(), sizeof(T), n, f) != static_cast<size_t>(n))
                exit(1);
}

static void read(const char *path, instance &in)
{
        FILE *f = fopen(path, "rb");
        if (!f || fread(in.head, sizeof in.head, 1, f) != 1)
                exit(1);
        if (in.head[4])
                read(f, in.places, in.head[1]);
        if (in.head[2]) {
                read(f, in.row, in.head[0] + 1);
                read(f, in.mentor, in.head[2]);
                read(f, in.score, in.head[2]);
        } else {
                read(f, in.cell, in.head[0] * in.head[1] * in.head[3]);
        }
        fclose(f);
}

static int64_t cell(const instance &in, int64_t k)
{
        int32_t wide;
        if (in.head[3] == 1)
                return in.cell[k];
        memcpy(&wide, &in.cell[k * 4], 4);
        return wide;
}

static double peak_mb()
{
        FILE *f = fopen("/proc/self/status", "r");
        char line[256];
        double kb = 0;
        while (f && fgets(line, sizeof line, f) && sscanf(line, "VmHWM: %lf", &kb) != 1)
                ;
        return kb * 1024 / 1e6;
}

static int64_t arcs(const instance &in)
{
        return in.head[2] ? in.head[2] : in.head[0] * in.head[1];
}

// Everybody sends one, over at most one arc, to a sink behind the places: flows are matchings.
int main(int argc, char **argv)
{
        instance in;
        if (argc != 2)
                return 2;
        read(argv[1], in);
        int64_t n = in.head[0], m = in.head[1], highest = 0;
        for (int64_t k = 0; k < arcs(in); k++)
                highest = std::max(highest, in.head[2] ? in.score[k] : cell(in, k));
        puts("ready");
        fflush(stdout);

        double best = 1e9;
        int64_t total = 0, matched = 0;
        bool optimal = true;
        for (int turn = 0; turn < 5 && (turn == 0 || best < 0.2); turn++) {
                auto began = std::chrono::steady_clock::now();
                Graph g;
                g.reserveNode(n + m + 1);
                g.reserveArc(arcs(in) + m);
                for (int64_t k = 0; k < n + m + 1; k++)
                        g.addNode();
                for (int64_t i = 0; i < n; i++) {
                        int64_t from = in.head[2] ? in.row[i] : i * m, to = in.head[2] ? in.row[i + 1] : i * m + m;
                        for (int64_t k = from; k < to; k++)
                                g.addArc(g.nodeFromId(i), g.nodeFromId(n + (in.head[2] ? in.mentor[k] : k - from)));
                }
                for (int64_t j = 0; j < m; j++)
                        g.addArc(g.nodeFromId(n + j), g.nodeFromId(n + m));
                Graph::ArcMap<int64_t> cost(g, 0);
                Graph::ArcMap<int> upper(g, 1);
                Graph::NodeMap<int> supply(g, 0);
                for (int64_t k = 0; k < arcs(in); k++)
                        cost[g.arcFromId(k)] = highest - (in.head[2] ? in.score[k] : cell(in, k));
                for (int64_t j = 0; j < m; j++)
                        upper[g.arcFromId(arcs(in) + j)] = in.head[4] ? in.places[j] : 1;
                for (int64_t i = 0; i < n; i++)
                        supply[g.nodeFromId(i)] = 1;
                supply[g.nodeFromId(n + m)] = static_cast<int>(-n);
                Simplex s(g);
                s.upperMap(upper).costMap(cost).supplyMap(supply);
                optimal = s.run() == Simplex::OPTIMAL;
                total = n * highest - (optimal ? s.totalCost<int64_t>() : 0);
                matched = optimal ? n : 0;
                std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
                best = std::min(best, took.count());
        }
        printf("%.6f %lld %lld %.1f %s\n", best, static_cast<long long>(matched), static_cast<long long>(total), peak_mb(),
               optimal ? "optimal" : "finds no matching of all mentees");
        return 0;
}
