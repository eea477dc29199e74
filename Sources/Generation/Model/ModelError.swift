/// Why the model cannot answer, as one line for the author.
package enum ModelError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The weights are not where the program looks for them.
  case weightsMissing(name: String, searched: [String])
  /// A weights file cannot be read or is not what the engine expects.
  case weightsBroken(name: String, problem: String)
  case stepsTypeUnknown(name: String)
  case requestInvalid(String)
  case cancelled

  package var description: String {
    switch self {
    case .weightsMissing(let name, let searched):
      "the model's weights \(name) are missing; looked in \(searched.joined(separator: ", "))"
        + " (set LEARNITUP_MODEL to the folder that holds them)"
    case .weightsBroken(let name, let problem): "the model's weights \(name) cannot be used: \(problem)"
    case .stepsTypeUnknown(let name):
      "no suggestions for charts of type \(name); the model knows pump-single, pump-double, pump-halfdouble,"
        + " dance-single and dance-double"
    case .requestInvalid(let problem): "this cannot be suggested: \(problem)"
    case .cancelled: "cancelled"
    }
  }
}
