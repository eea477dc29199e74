// LIBXSMM for Swift.
#pragma once
#include <libxsmm.h>

// Kernels are declared with a variable number of arguments, which Swift cannot call.
static inline void xsmm_call(libxsmm_smmfunction kernel, const float *a, const float *b, float *c) { kernel(a, b, c); }
