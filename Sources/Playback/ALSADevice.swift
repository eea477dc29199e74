import CALSA
import Glibc

/// A playback device of ALSA, by its name (`default`, `plughw:1`, `pulse`...).
package final class ALSADevice: PCMDevice {
  package let rate: Int
  package let period: Int
  private let pcm: OpaquePointer
  private let status: OpaquePointer

  /// How much the device may hold. Starting, seeking and stopping do not wait for it.
  private static let bufferMicroseconds: UInt32 = 100_000

  /// Opens a device at `rate`; ALSA's own plug converts where the card cannot do that.
  package init(name: String = "default", rate: Int) throws(PCMTrouble) {
    // Before anything else: libasound writes to stderr, and that is the screen.
    alsa_silence()
    var opened: OpaquePointer?
    let mode = SND_PCM_NONBLOCK
    try Self.check(snd_pcm_open(&opened, name, SND_PCM_STREAM_PLAYBACK, mode), "cannot open \"\(name)\"")
    guard let pcm = opened else { throw .gone(reason: "cannot open \"\(name)\"") }
    do {
      try Self.check(
        snd_pcm_set_params(
          pcm, SND_PCM_FORMAT_FLOAT, SND_PCM_ACCESS_RW_INTERLEAVED, UInt32(channelCount), UInt32(rate), 1,
          Self.bufferMicroseconds),
        "\"\(name)\" cannot play \(rate) Hz stereo (try \"default\" or \"plughw\")")
      try Self.useMonotonicStamps(pcm)
    } catch {
      snd_pcm_close(pcm)
      throw error
    }
    var bufferSize: snd_pcm_uframes_t = 0
    var periodSize: snd_pcm_uframes_t = 0
    snd_pcm_get_params(pcm, &bufferSize, &periodSize)
    var allocated: OpaquePointer?
    guard snd_pcm_status_malloc(&allocated) == 0, let status = allocated else {
      snd_pcm_close(pcm)
      throw .gone(reason: "no memory")
    }
    self.pcm = pcm
    self.status = status
    self.rate = rate
    period = max(64, min(Int(periodSize), 4096))
  }

  deinit { snd_pcm_status_free(status) }

  private static func check(_ code: Int32, _ what: String) throws(PCMTrouble) {
    guard code < 0 else { return }
    throw .gone(reason: "\(what): \(String(cString: snd_strerror(code)))")
  }

  private static func useMonotonicStamps(_ pcm: OpaquePointer) throws(PCMTrouble) {
    var allocated: OpaquePointer?
    try check(snd_pcm_sw_params_malloc(&allocated), "no memory")
    guard let params = allocated else { return }
    defer { snd_pcm_sw_params_free(params) }
    try check(snd_pcm_sw_params_current(pcm, params), "cannot read the device's settings")
    // A device without time stamps still plays; `queue` then takes the time of asking.
    snd_pcm_sw_params_set_tstamp_mode(pcm, params, SND_PCM_TSTAMP_ENABLE)
    snd_pcm_sw_params_set_tstamp_type(pcm, params, SND_PCM_TSTAMP_TYPE_MONOTONIC)
    try check(snd_pcm_sw_params(pcm, params), "cannot set the device up")
  }

  package func wait(milliseconds: Int32) throws(PCMTrouble) -> Bool {
    let code = snd_pcm_wait(pcm, milliseconds)
    if code < 0 { try throwTrouble(code) }
    return code == 1
  }

  package func write(_ samples: UnsafePointer<Float>, frames: Int) throws(PCMTrouble) -> Int {
    let written = snd_pcm_writei(pcm, samples, snd_pcm_uframes_t(frames))
    if written < 0 { try throwTrouble(Int32(written)) }
    return max(0, written)
  }

  package func queue() -> PCMQueue? {
    guard snd_pcm_status(pcm, status) == 0 else { return nil }
    let now = monotonicNanoseconds()
    var time = snd_htimestamp_t()
    snd_pcm_status_get_htstamp(status, &time)
    let stamp = UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    // A driver that stamps by another clock, or not at all, is taken at the time of asking.
    let isCredible = stamp <= now && now - stamp < 1_000_000_000
    return PCMQueue(
      delay: max(0, snd_pcm_status_get_delay(status)), stamp: isCredible ? stamp : now,
      isRunning: snd_pcm_status_get_state(status) == SND_PCM_STATE_RUNNING)
  }

  package func restart() throws(PCMTrouble) {
    snd_pcm_drop(pcm)
    let code = snd_pcm_prepare(pcm)
    if code < 0 { throw .gone(reason: String(cString: snd_strerror(code))) }
  }

  package func resume() throws(PCMTrouble) -> Bool {
    let code = snd_pcm_resume(pcm)
    if code == -EAGAIN { return false }
    // Not every device can resume; all can start afresh.
    if code < 0 { try restart() }
    return true
  }

  package func close() {
    snd_pcm_drop(pcm)
    snd_pcm_close(pcm)
  }

  /// Does nothing for codes that only ask for another try.
  private func throwTrouble(_ code: Int32) throws(PCMTrouble) {
    switch code {
    case -EAGAIN, -EINTR: return
    case -EPIPE: throw .underrun
    case -ESTRPIPE: throw .suspended
    default: throw .gone(reason: String(cString: snd_strerror(code)))
    }
  }
}

/// Now, in nanoseconds of the monotonic clock, which ALSA's time stamps use too.
package func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
