import Editor
import Foundation
import TOMLKit

/// What the author has written in `config.toml`. A mistake costs the line it is on, never the start.
///
///     [settings]            # the names and values of :set
///     theme = "light"
///     preset = "vortex"
///     level = 12
///
///     [sound]
///     device = "default"    # a device of ALSA
///
///     [keys.edit]           # a key, and the command line it runs; false takes the key away
///     "ctrl+g" = "ask"
///     "f9" = false
package struct Configuration: Sendable {
  /// A setting as `:set` takes it, and where it stands.
  package struct Assignment: Hashable, Sendable {
    package var name: String
    package var value: String
    package var line: Int?
  }

  package private(set) var assignments: [Assignment] = []
  package private(set) var overrides: [KeyOverride] = []
  package private(set) var device = "default"
  /// What could not be used, each with its line.
  package private(set) var warnings: [String] = []
  private let name: String
  private let lines: [Substring]

  /// Reads `config.toml` in the configuration folder; without it everything is as the program has it.
  package init(in folders: XDGFolders) {
    let file = folders.config.appending(path: "config.toml")
    guard FileStore.stamp(of: file) != nil else {
      self.init(text: "", name: file.path)
      return
    }
    do throws(CommandError) {
      self.init(text: String(decoding: try FileStore.read(file), as: UTF8.self), name: file.path)
    } catch {
      self.init(text: "", name: file.path)
      warnings.append(error.text)
    }
  }

  /// - Parameter name: the file's name for warnings.
  package init(text: String, name: String) {
    self.name = name
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    do {
      read(try TOMLTable(string: text))
    } catch let error as TOMLParseError {
      warnings.append("\(name):\(error.source.begin.line): \(error.description); nothing of the file is used")
    } catch {
      warnings.append("\(name): not TOML; nothing of the file is used")
    }
  }

  /// The state with the settings in it, and what `:set` had to say against some, and what keys cannot be bound.
  package func applied(to state: EditorState) -> (state: EditorState, warnings: [String]) {
    var state = state
    var warnings: [String] = []
    for assignment in assignments {
      _ = state.reduce(.command("set \(assignment.name) \(assignment.value)"))
      if let message = state.message, message.weight != .note {
        warnings.append(place(assignment.line) + message.text)
      }
    }
    return (state, warnings + state.keymap.problems.map { "\(name): [keys] \($0)" })
  }

  // MARK: - Reading

  private mutating func read(_ table: TOMLTable) {
    for key in table.keys.sorted() {
      switch (key, table[key]?.table) {
      case ("settings", let settings?): readSettings(settings)
      case ("sound", let sound?): readSound(sound)
      case ("keys", let keys?): readKeys(keys)
      case ("settings", nil), ("sound", nil), ("keys", nil):
        warn(key, "\"\(key)\" has to be a table, [\(key)]")
      default: warn(key, "\"\(key)\" is not known; there are [settings], [sound] and [keys.MODE]")
      }
    }
  }

  private mutating func readSettings(_ table: TOMLTable) {
    for key in table.keys.sorted() {
      guard let value = table[key], let text = Configuration.text(of: value) else {
        warn(key, "\"\(key)\" has to be a text, a number, true or false")
        continue
      }
      assignments.append(Assignment(name: key, value: text, line: line(of: key)))
    }
  }

  private mutating func readSound(_ table: TOMLTable) {
    for key in table.keys.sorted() {
      if key == "device", let text = table[key]?.string {
        device = text
      } else {
        warn(key, "[sound] knows only device, the name of a device of ALSA in quotes")
      }
    }
  }

  private mutating func readKeys(_ table: TOMLTable) {
    for name in table.keys.sorted() {
      guard let mode = Mode(rawValue: name), Mode.bound.contains(mode), let keys = table[name]?.table else {
        let modes = Mode.bound.map { "[keys.\($0.rawValue)]" }.joined(separator: ", ")
        warn(name, "\"keys.\(name)\" is not known; there are \(modes)")
        continue
      }
      for key in keys.keys.sorted() {
        if let command = keys[key]?.string {
          overrides.append(KeyOverride(mode: mode, keys: key, line: command))
        } else if keys[key]?.bool == false {
          overrides.append(KeyOverride(mode: mode, keys: key, line: nil))
        } else {
          warn(key, "\"\(key)\" has to be a command in quotes, or false")
        }
      }
    }
  }

  private static func text(of value: any TOMLValueConvertible) -> String? {
    if let text = value.string { return text }
    if let bool = value.bool { return bool ? "on" : "off" }
    if let integer = value.int { return String(integer) }
    return value.double.map { String($0) }
  }

  private mutating func warn(_ key: String, _ text: String) {
    warnings.append(place(line(of: key)) + text)
  }

  private func place(_ line: Int?) -> String { line.map { "\(name):\($0): " } ?? "\(name): " }

  /// Where a key is written: the parser does not say, so the lines are looked through for it.
  private func line(of key: String) -> Int? {
    lines.firstIndex { line in
      let start = line.drop { $0 == " " || $0 == "\t" || $0 == "[" || $0 == "\"" || $0 == "'" }
      guard start.hasPrefix(key) || start.hasPrefix("keys.\(key)") else { return false }
      let rest = start.drop { $0 != "=" && $0 != "]" && $0 != "\"" && $0 != "." && $0 != " " && $0 != "'" }
      return !rest.isEmpty
    }.map { $0 + 1 }
  }
}
