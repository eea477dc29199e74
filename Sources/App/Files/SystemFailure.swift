import Glibc

/// A system call that failed, with the system's own words for it.
package struct SystemFailure: Error, Hashable, Sendable {
  package var code: Int32

  package init(code: Int32 = errno) { self.code = code }

  package var text: String {
    switch code {
    case ENOSPC, EDQUOT, EFBIG: "no space left"
    case EACCES, EPERM: "not permitted"
    case ENOENT: "no such file or folder"
    case EROFS: "the file system is read-only"
    default: String(cString: strerror(code)).lowercased()
    }
  }
}
