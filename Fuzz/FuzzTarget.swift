import Glibc

private let reader = getenv("FUZZ_READER").map { String(cString: $0) } ?? "ssc"

/// What libFuzzer calls, again and again: reads the bytes as a file of the format that `FUZZ_READER` names, and stops
/// the program when they break a law that every file obeys.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzTestOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: size))
  let broken = ReaderLaws.broken(by: bytes, reader: reader)
  precondition(broken.isEmpty, broken.joined(separator: "; "))
  return 0
}
