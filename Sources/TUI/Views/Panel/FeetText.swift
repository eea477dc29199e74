import Chart
import Editor

/// What the feet do on the cursor's row, and why, for the right panel.
enum FeetText {
  static func lines(_ state: EditorState, width: Int) -> [PanelLine] {
    guard state.settings.showsFeet, let step = state.footwork.step(at: state.cursor) else { return [] }
    let scope: Scope? = step.isHard ? .footHard : nil
    var lines: [PanelLine] = [.fact("feet", feet(of: step))]
    if !step.notices.isEmpty { lines.append(.fact("", step.notices.joined(separator: ", "), scope)) }
    return lines + TextWrap.lines(step.reason, width: max(8, width - 14)).map { .fact("", $0) }
  }

  private static func feet(of step: Footwork.Step) -> String {
    if step.freedom == .impossible { return "cannot" }
    var feet: [String] = []
    if !step.left.isEmpty { feet.append("left") }
    if !step.right.isEmpty { feet.append("right") }
    return feet.joined(separator: " and ") + ", " + step.freedom.rawValue
  }
}
