// SoundTouch for Swift: a C function around the one class that is needed, so that nothing else has to speak C++.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// Lengths of SoundTouch's time-stretch, in milliseconds: of a sequence, of the window in which its best place is
/// sought, and of the overlap of two sequences.
typedef struct {
  int sequence;
  int seek;
  int overlap;
} soundtouch_lengths;

/// Plays interleaved `input` at `tempo` times its speed with its pitch kept, and writes at most `most` frames to
/// `output`. Returns how many; -1 when SoundTouch refuses.
///
/// The first sequence is a copy of the input from its first frame on.
long soundtouch_stretch(
    unsigned rate, unsigned channels, soundtouch_lengths lengths, double tempo, const float *input,
    unsigned frames, float *output, unsigned most);

#ifdef __cplusplus
}
#endif
