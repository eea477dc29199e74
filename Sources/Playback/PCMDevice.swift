import Audio

/// Where sound goes: a sound card, or a stand-in for it. Only the audio thread calls it.
package protocol PCMDevice {
  var rate: Int { get }
  var channels: Int { get }
}
