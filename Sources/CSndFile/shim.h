// libsndfile for Swift: everything needed is imported as it is.
#pragma once
#include <sndfile.h>
