import Chart

extension EditorState {
  /// How many fields PgUp and PgDn go by.
  private static let page = 8

  /// A key for the form that is open.
  mutating func pressForm(_ form: Form, _ event: KeyEvent) -> [Effect] {
    var form = form
    switch event.key {
    case .escape:
      // What belongs to a chart that is not there yet is quickly typed again.
      guard form.subject == .newChart || !form.isChanged || form.isLeaving else {
        form.askBeforeLeaving()
        break
      }
      overlay = nil
      return []
    case .enter: return submit(form)
    case .tab, .down: form.moveField(by: event.shift ? -1 : 1)
    case .up: form.moveField(by: -1)
    case .pageDown: form.movePage(by: EditorState.page)
    case .pageUp: form.movePage(by: -EditorState.page)
    default: form.edit { $0.press(event) }
    }
    overlay = .form(form)
    return []
  }

  private mutating func submit(_ form: Form) -> [Effect] {
    do throws(FormRefusal) {
      let effects = try keep(form)
      if case .form? = overlay { overlay = nil }
      return effects
    } catch {
      var form = form
      form.refuse(error)
      overlay = .form(form)
      return []
    }
  }

  private mutating func keep(_ form: Form) throws(FormRefusal) -> [Effect] {
    switch form.subject {
    case .newChart: return addChart(try form.filledIn(ChartHeader(stepsType: .pumpSingle)))
    case .chart(let index):
      guard document.charts.indices.contains(index) else { return [] }
      let before = document.charts[index].header
      let change = ChartEdit.Change(before: before, after: try form.filledIn(before))
      return commit("chart properties", [.chart(index: index, ChartEdit(header: change))])
    case .song:
      return commit("song properties", song: try form.filledIn(document.song, music: music.duration))
    }
  }
}

extension FormField {
  mutating func press(_ event: KeyEvent) {
    switch event.key {
    case .left: step(by: -1)
    case .right: step(by: 1)
    case .home: moveToStart()
    case .end: moveToEnd()
    case .backspace: erase(before: true)
    case .delete: erase(before: false)
    case .character("u") where event.control: clear()
    default: if let typed = event.typed { type(typed) }
    }
  }
}
