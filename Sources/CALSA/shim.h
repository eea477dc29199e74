// ALSA for Swift. libasound writes its errors to stderr, which is the screen here: `alsa_silence` stops that.
#pragma once
#include <alsa/asoundlib.h>

static inline void alsa_ignore_error(const char *file, int line, const char *function, int err,
                                     const char *format, ...) {
  (void)file; (void)line; (void)function; (void)err; (void)format;
}
static inline void alsa_silence(void) { snd_lib_error_set_handler(alsa_ignore_error); }
