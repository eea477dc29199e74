import CSndFile
import Glibc

/// A wav file being written, 16 bits a sample. It is written beside its place and moved there when it is
/// finished, so that nobody ever sees half of it and a failure leaves an older file as it was.
package struct WaveFile: ~Copyable {
  package let channels: Int
  private let path: String
  private let partPath: String
  private let file: OpaquePointer
  private var isClosed = false

  package init(path: String, rate: Int, channels: Int) throws(AudioError) {
    let partPath = "\(path).\(getpid()).part"
    var info = SF_INFO()
    info.samplerate = Int32(rate)
    info.channels = Int32(channels)
    info.format = Int32(SF_FORMAT_WAV) | Int32(SF_FORMAT_PCM_16)
    guard let file = sf_open(partPath, Int32(SFM_WRITE), &info) else {
      throw .unwritable(path: path, reason: String(cString: sf_error_number(sf_error(nil))))
    }
    // Without this a sample beyond 1 would wrap round to -1.
    sf_command(file, Int32(SFC_SET_CLIPPING), nil, 1)
    self.path = path
    self.partPath = partPath
    self.file = file
    self.channels = channels
  }

  /// Appends interleaved samples, a whole number of frames.
  package func append(_ samples: UnsafeBufferPointer<Float>) throws(AudioError) {
    let frames = sf_count_t(samples.count / channels)
    guard let base = samples.baseAddress, frames > 0 else { return }
    guard sf_writef_float(file, base, frames) == frames else {
      throw .unwritable(path: path, reason: String(cString: sf_strerror(file)))
    }
  }

  /// Puts the file in its place.
  package consuming func finish() throws(AudioError) {
    sf_write_sync(file)
    isClosed = true
    // From here on `deinit` only removes the part that could not be moved, and finds none if it could.
    guard sf_close(file) == 0, rename(partPath, path) == 0 else {
      throw .unwritable(path: path, reason: String(cString: strerror(errno)))
    }
  }

  deinit {
    if !isClosed { sf_close(file) }
    unlink(partPath)
  }
}

extension AudioClip {
  /// Writes the clip as a 16-bit wav file; samples beyond -1...1 are clipped there.
  package func write(to path: String) throws(AudioError) {
    let wave = try WaveFile(path: path, rate: rate, channels: channels.count)
    let block = 4096
    var interleaved = [Float](repeating: 0, count: block * channels.count)
    for start in stride(from: 0, to: length.count, by: block) {
      let frames = min(block, length.count - start)
      for (index, channel) in channels.enumerated() {
        for frame in 0..<frames { interleaved[frame * channels.count + index] = channel[start + frame] }
      }
      try interleaved.withUnsafeBufferPointer { samples throws(AudioError) in
        try wave.append(UnsafeBufferPointer(rebasing: samples[0..<frames * channels.count]))
      }
    }
    try wave.finish()
  }
}
