import Chart

/// Another song to be opened in place of this one.
package struct OpenRequest: Hashable, Sendable {
  package enum Song: Hashable, Sendable {
    /// As it was typed.
    case path(String)
    /// The song after this one in the pack, and the one before it.
    case next, previous
  }

  package var song: Song
  /// Whether the author has said that what is not saved may go.
  package var dropsUnsaved: Bool

  package init(_ song: Song, dropsUnsaved: Bool = false) {
    self.song = song
    self.dropsUnsaved = dropsUnsaved
  }
}

/// What a song is left for.
package enum Departure: Hashable, Sendable {
  case quit
  case open(OpenRequest)
}

extension EditorState {
  /// Leaves the song though something of it may not be saved.
  mutating func depart(for departure: Departure) -> [Effect] {
    switch departure {
    case .quit: return cancelRequest() + [.quit]
    case .open(var request):
      // Nothing is given up yet: the other song may turn out not to be there.
      request.dropsUnsaved = true
      return [.open(request)]
    }
  }
}

// MARK: - Paths typed after a command

/// Which files a path is typed for.
package enum PathPurpose: Hashable, Sendable {
  /// A song to open: a folder, a chart, a sound.
  case song
  /// A chart file to write.
  case chart
}

/// The beginning of a path, as typed, that may go on in some ways.
package struct PathQuery: Hashable, Sendable {
  package var text: String
  package var purpose: PathPurpose

  package init(text: String, purpose: PathPurpose) {
    self.text = text
    self.purpose = purpose
  }
}

/// One way in which a path may go on.
package struct PathEntry: Hashable, Sendable {
  /// The whole path, as it would be typed; a folder's ends with a slash.
  package var path: String
  /// What is there, in a word.
  package var doc: String

  package init(path: String, doc: String) {
    self.path = path
    self.doc = doc
  }

  /// The last part of the path, with the slash of a folder.
  var name: String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    return (parts.last.map(String.init) ?? path) + (path.hasSuffix("/") ? "/" : "")
  }
}

extension CommandTable {
  /// The path that is being typed at the end of a line, and the line before it.
  static func path(in line: String) -> (before: String, query: PathQuery)? {
    guard let blank = line.firstIndex(of: " "),
      let command = command(named: String(line[..<blank])),
      case .path(let purpose)? = command.arguments.first?.kind
    else { return nil }
    let text = line[blank...].drop { $0 == " " }
    return (String(line[..<text.startIndex]), PathQuery(text: String(text), purpose: purpose))
  }
}

extension EditorState {
  /// Opens the command line on a command whose path is to be typed, with what is there.
  mutating func askForPath(of command: String) -> [Effect] {
    var prompt = Prompt(text: command + " ")
    let effects = prompt.offer(in: sessionMode)
    overlay = .prompt(prompt)
    return effects
  }

  /// Offers what was found, unless something else was typed meanwhile.
  mutating func pathsListed(_ query: PathQuery, _ entries: [PathEntry]) {
    guard case .prompt(var prompt)? = overlay, prompt.chosen == nil,
      let typed = CommandTable.path(in: prompt.text), typed.query == query
    else { return }
    prompt.completions = entries.map {
      Completion(line: typed.before + $0.path, word: $0.name, doc: $0.doc)
    }
    overlay = .prompt(prompt)
  }
}
