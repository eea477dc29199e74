import Dispatch
import Synchronization

package enum Parallel {
  /// What `work` makes of each item, in the items' order, on all cores; a bar shows how far it is.
  package static func map<Item: Sendable, Answer: Sendable>(
    _ items: [Item], _ work: @Sendable (Item) -> Answer
  ) -> [Answer] {
    let bar = ProgressBar(total: items.count)
    let answers = Mutex([Answer?](repeating: nil, count: items.count))
    DispatchQueue.concurrentPerform(iterations: items.count) { index in
      let answer = work(items[index])
      answers.withLock { $0[index] = answer }
      bar.step()
    }
    bar.finish()
    return answers.withLock { $0.compactMap(\.self) }
  }
}
