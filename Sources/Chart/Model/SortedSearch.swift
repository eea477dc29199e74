extension Array {
  /// The first index whose element is not `isBefore`; the end where all are. Those that are must come first.
  /// Takes as many looks as the count has binary digits.
  @inlinable package func firstIndex(past isBefore: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
