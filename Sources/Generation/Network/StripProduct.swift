import COpenBLAS

#if arch(x86_64)
  import CXSMM
#endif

/// The product of a few rows with a strip of weights.
///
/// Where it can, LIBXSMM writes the machine's instructions for just this size, which read the weights where they lie (A.
/// Heinecke et al., 2016). OpenBLAS, for the other processors, copies them first, which takes longer than the product.
struct StripProduct {
  let rows: Int
  let inner: Int
  let columns: Int
  /// The columns of the whole product, of which the strip's are some.
  let outputs: Int

  #if arch(x86_64)
    /// nil for processors without vectors of eight numbers.
    private let kernel: libxsmm_smmfunction?
  #endif

  init(rows: Int, inner: Int, columns: Int, outputs: Int) {
    self.rows = rows
    self.inner = inner
    self.columns = columns
    self.outputs = outputs
    #if arch(x86_64)
      // Row-major matrices are column-major ones turned over, so the weights come first.
      var strides = (libxsmm_blasint(Weights.strip), libxsmm_blasint(inner), libxsmm_blasint(outputs))
      kernel = libxsmm_smmdispatch(
        libxsmm_blasint(columns), libxsmm_blasint(rows), libxsmm_blasint(inner), &strides.0, &strides.1,
        &strides.2, nil, nil, nil, nil)
    #endif
  }

  /// `output += input · strip`, row-major, the strip with all of its columns.
  func add(
    _ input: UnsafePointer<Float>, _ strip: UnsafePointer<Float>, to output: UnsafeMutablePointer<Float>
  ) {
    #if arch(x86_64)
      if let kernel { return xsmm_call(kernel, strip, input, output) }
    #endif
    _ = Self.isOnOneThread
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(rows), blasint(columns), blasint(inner), 1, input,
      blasint(inner), strip, blasint(Weights.strip), 1, output, blasint(outputs))
  }

  private static let isOnOneThread: Bool = {
    openblas_set_num_threads(1)
    return true
  }()
}
