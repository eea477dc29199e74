import Chart
import Editor

/// Where everything stands on a screen of a size. What does not fit is left out, the outermost first.
struct ScreenLayout: Hashable {
  var title = Rect(x: 0, y: 0, width: 0, height: 0)
  var status = Rect(x: 0, y: 0, width: 0, height: 0)
  /// Messages, the prompt, and the keys when there is nothing else to say.
  var bottom = Rect(x: 0, y: 0, width: 0, height: 0)
  var gutter = Rect(x: 0, y: 0, width: 0, height: 0)
  var lanes = Rect(x: 0, y: 0, width: 0, height: 0)
  var laneWidth = 1
  var wave = Rect(x: 0, y: 0, width: 0, height: 0)
  var panel = Rect(x: 0, y: 0, width: 0, height: 0)
  var minimap = Rect(x: 0, y: 0, width: 0, height: 0)
  /// All of the middle: what overlays may cover.
  var body = Rect(x: 0, y: 0, width: 0, height: 0)

  /// - Parameter bottomLines: how many lines there are to be said; the keys take one where nothing is.
  init(size: Size, lanes count: Int, settings: Settings, bottomLines: Int) {
    var rest = Rect(size)
    if size.height >= 8 { title = rest.takeTop(1) }
    let wanted = max(bottomLines, settings.showsKeys && size.height >= 10 ? 1 : 0)
    bottom = rest.takeBottom(min(wanted, max(size.height >= 2 ? 1 : 0, rest.height - 2)))
    if rest.height >= 2 { status = rest.takeBottom(1) }
    body = rest
    divide(rest, screenWidth: size.width, lanes: max(1, count), settings: settings)
  }

  private mutating func divide(_ area: Rect, screenWidth: Int, lanes count: Int, settings: Settings) {
    var rest = area
    let gutterWidth = screenWidth >= 80 ? GutterView.wide : screenWidth >= 40 ? GutterView.narrow : 5
    gutter = rest.takeLeft(min(gutterWidth, max(0, rest.width - count)))
    let room = rest.width - 1
    laneWidth = max(1, min(ScreenLayout.wishedLaneWidth(screenWidth, lanes: count), room / count))
    lanes = rest.takeLeft(laneWidth * count)
    guard screenWidth >= 60 else { return }
    if settings.showsMinimap, rest.width >= 8 {
      minimap = rest.takeRight(screenWidth >= 150 ? 14 : screenWidth >= 100 ? 10 : min(8, rest.width))
    }
    if settings.showsPanel, screenWidth >= 100, rest.width >= 30 {
      let wave = settings.showsWaveform ? min(max(10, (rest.width - 32) / 2), 28) : 0
      panel = rest.takeRight(min(rest.width - wave, 64))
    }
    if settings.showsWaveform, rest.width >= 4 {
      wave = rest.takeLeft(min(rest.width, panel.width > 0 ? 64 : 40))
    }
  }

  private static func wishedLaneWidth(_ width: Int, lanes: Int) -> Int {
    let isDouble = lanes > 6
    switch width {
    case 160...: return isDouble ? 5 : 7
    case 100...: return isDouble ? 4 : 5
    default: return isDouble ? 4 : 5
    }
  }
}
