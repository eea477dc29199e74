// FFTW (single precision) for Swift: everything needed is imported as it is.
#pragma once
#include <fftw3.h>
