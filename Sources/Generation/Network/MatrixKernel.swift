import COpenBLAS
import Foundation

/// Which of OpenBLAS's kernels multiplies.
///
/// The library picks them when it is loaded, by a table of processors. One that is newer than the library falls to the
/// oldest kernel of all, Prescott's of 2004, at a quarter of the speed. Then it is told what the processor can do, by
/// its own variable, and made to choose again.
enum MatrixKernel {
  private static let variable = "OPENBLAS_CORETYPE"
  private static let oldest = "Prescott"
  /// Best first: a kernel, and the processor's flags that it needs.
  private static let kernels = [
    ("SkylakeX", ["avx512f", "avx512bw", "avx512dq", "avx512vl"]), ("Haswell", ["avx2", "fma"]),
  ]

  /// Kernels for AVX-512 read the weights of small products where they lie, quickest for two rows. For those of older
  /// processors two rows are the slowest case.
  static var hasPairs: Bool {
    openblas_get_corename().map {
      ["SkylakeX", "Cooperlake", "SapphireRapids"].contains(String(cString: $0))
    }
      ?? false
  }

  /// To be called before the first product, and once: products of other threads must not be under way.
  static func choose() {
    openblas_set_num_threads(1)
    guard getenv(variable) == nil, let name = openblas_get_corename(), String(cString: name) == oldest,
      let kernel = fitting, let quit = function("gotoblas_dynamic_quit"),
      let begin = function("gotoblas_dynamic_init")
    else { return }
    setenv(variable, kernel, 1)
    quit()
    begin()
    openblas_set_num_threads(1)
  }

  private static var fitting: String? {
    guard let data = FileManager.default.contents(atPath: "/proc/cpuinfo") else { return nil }
    let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("flags") }
    let flags = Set((line ?? "").split(separator: " ").map(String.init))
    return kernels.first { flags.isSuperset(of: $0.1) }?.0
  }

  /// Only libraries that were built for many processors have these, so they are looked for at run time.
  private static func function(_ name: String) -> (@convention(c) () -> Void)? {
    dlsym(nil, name).map { unsafeBitCast($0, to: (@convention(c) () -> Void).self) }
  }
}
