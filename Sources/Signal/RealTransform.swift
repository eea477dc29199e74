import CFFTW
import Synchronization

/// Planning is FFTW's one part that is not thread-safe: plans are made and destroyed under this lock.
private let planning = Mutex(())

/// A real-to-complex Fourier transform of one size with buffers of its own. One owner uses it at a time.
///
/// Plans are `FFTW_ESTIMATE`, so that results repeat bit for bit.
package struct RealTransform: ~Copyable {
  package let size: Int
  private let input: UnsafeMutableBufferPointer<Float>
  private let output: UnsafeMutableBufferPointer<fftwf_complex>
  private let plan: fftwf_plan

  /// - Parameter size: samples a transform, even and more than 0.
  package init(size: Int) {
    precondition(size > 0 && size % 2 == 0)
    let input = UnsafeMutableBufferPointer(start: fftwf_alloc_real(size), count: size)
    let output = UnsafeMutableBufferPointer(start: fftwf_alloc_complex(size / 2 + 1), count: size / 2 + 1)
    var plan: fftwf_plan?
    planning.withLock { _ in
      plan = fftwf_plan_dft_r2c_1d(
        Int32(size), input.baseAddress, output.baseAddress, UInt32(FFTW_ESTIMATE))
    }
    guard let plan else { preconditionFailure("FFTW has a plan for every size unless memory is exhausted") }
    self.size = size
    self.input = input
    self.output = output
    self.plan = plan
  }

  deinit {
    let plan = plan
    planning.withLock { _ in fftwf_destroy_plan(plan) }
    fftwf_free(input.baseAddress)
    fftwf_free(output.baseAddress)
  }

  /// The number of complex bins of the spectrum.
  package var bins: Int { size / 2 + 1 }

  /// Fills the input (`size` samples), transforms it, and hands out the spectrum (`bins` pairs of real and
  /// imaginary part). Both buffers are valid only during the calls.
  package func transform<Result>(
    fill: (UnsafeMutableBufferPointer<Float>) -> Void,
    read: (UnsafeBufferPointer<fftwf_complex>) -> Result
  ) -> Result {
    fill(input)
    fftwf_execute(plan)
    return read(UnsafeBufferPointer(output))
  }
}
