#include "CSoundTouch.h"

#include <exception>
#include <soundtouch/SoundTouch.h>

// SoundTouch refuses higher rates. It needs the rate only to tell how long a millisecond is.
static const unsigned highest_rate = 192000;

static void set_up(
    soundtouch::SoundTouch &stretch, unsigned rate, unsigned channels, soundtouch_lengths lengths, double tempo) {
  const double scale = rate > highest_rate ? double(rate) / highest_rate : 1;
  stretch.setSampleRate(rate > highest_rate ? highest_rate : rate);
  stretch.setChannels(channels);
  stretch.setTempo(tempo);
  // The filter is for changes of pitch; without it the sound passes that stage bit for bit.
  stretch.setSetting(SETTING_USE_AA_FILTER, 0);
  stretch.setSetting(SETTING_SEQUENCE_MS, int(lengths.sequence * scale));
  stretch.setSetting(SETTING_SEEKWINDOW_MS, int(lengths.seek * scale));
  stretch.setSetting(SETTING_OVERLAP_MS, int(lengths.overlap * scale));
}

long soundtouch_stretch(
    unsigned rate, unsigned channels, soundtouch_lengths lengths, double tempo, const float *input,
    unsigned frames, float *output, unsigned most) {
  try {
    soundtouch::SoundTouch stretch;
    set_up(stretch, rate, channels, lengths, tempo);
    stretch.putSamples(input, frames);
    return long(stretch.receiveSamples(output, most));
  } catch (const std::exception &) {
    return -1;
  }
}
