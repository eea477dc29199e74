/// Which chart of a file an edited chart comes from.
enum ChartMatching {
  /// For each edited chart the index of its origin, or nil for a new one. Charts that are equal belong together first,
  /// then those of one name, then those at one place.
  static func origins(of edited: [StepChart], in original: [StepChart]) -> [Int?] {
    var origins = [Int?](repeating: nil, count: edited.count)
    var free = Set(original.indices)
    func match(_ isSame: (Int, Int) -> Bool) {
      for index in edited.indices where origins[index] == nil {
        var found = free.contains(index) && isSame(index, index) ? index : nil
        if found == nil { found = free.sorted().first { isSame(index, $0) } }
        guard let origin = found else { continue }
        origins[index] = origin
        free.remove(origin)
      }
    }
    match { edited[$0] == original[$1] }
    match { edited[$0].header == original[$1].header }
    match { new, old in
      edited[new].header.stepsType == original[old].header.stepsType
        && edited[new].header.description == original[old].header.description
    }
    if edited.count == original.count { match { $0 == $1 } }
    return origins
  }
}
