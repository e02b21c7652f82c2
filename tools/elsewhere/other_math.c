/* A math library whose last digit differs from the system's, as another system's may. Exact results,
   such as exp(0) or pow(x, 2), stay exact. Preloaded by tools/elsewhere/run.py. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

static double other(double result, double x)
{
    uint64_t bits, seed;
    memcpy(&bits, &result, 8);
    memcpy(&seed, &x, 8);
    if (!isfinite(result) || !(bits << 32))
        return result;
    switch ((seed * 0x9E3779B97F4A7C15u) >> 62) {
    case 0: return nextafter(result, copysign(INFINITY, result));
    case 1: return nextafter(result, 0);
    default: return result;
    }
}

#define OTHER(name) \
    double name(double x) { double (*system)(double) = dlsym(RTLD_NEXT, #name); \
                            return other(system(x), x); }

OTHER(exp)
OTHER(expm1)
OTHER(log)
OTHER(log1p)
OTHER(tanh)
OTHER(sin)
OTHER(cos)

double pow(double x, double y)
{
    double (*system)(double, double) = dlsym(RTLD_NEXT, "pow");
    double result = system(x, y);
    return y == 2 || y == 1 || y == -1 ? result : other(result, fabs(x) + y);
}
