import Testing

@testable import Generation

/// Products as the networks make them, against sums made one by one.
struct WeightsTests {
  private static func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { _ in Float(random.normal()) }
  }

  @Test(arguments: [1, 2, 4, 15, 16, 17, 40], [(1, 1), (7, 31), (36, 32), (5, 33), (64, 125)])
  func aProductIsAddedToWhatIsThere(rows: Int, size: (inner: Int, columns: Int)) {
    let (inner, columns) = size
    let weights = Self.numbers(inner * columns, seed: 1)
    let input = Self.numbers(rows * inner, seed: 2)
    var output = Self.numbers(rows * columns, seed: 3)
    var expected = output
    for row in 0..<rows {
      for column in 0..<columns {
        for index in 0..<inner {
          expected[row * columns + column] += input[row * inner + index] * weights[index * columns + column]
        }
      }
    }
    Weights(weights, columns: columns).multiplyAdd(input, rows: rows, into: &output)
    #expect(zip(output, expected).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test func productsOfVectorsAreThoseOfEachTwo() {
    let products = Weights.products([1, 2, 3, 4, 5, 6], count: 3, width: 2)
    #expect(products == [5, 11, 17, 11, 25, 39, 17, 39, 61])
  }

  @Test(arguments: [1, 63, 64, 1001]) func sharedWorkIsDoneOnceEach(count: Int) {
    let done = Scratch(count)
    Halves.share(0..<count) { range in
      for index in range { done.floats[index] += 1 }
    }
    #expect(done.floats[..<count].allSatisfy { $0 == 1 })
  }
}
