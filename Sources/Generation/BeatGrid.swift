import Chart

/// The positions at which the model may place a step: 24 slots a beat, so two rows apart. 4ths to 32nds, 12ths,
/// 24ths and 48ths stand on it; 64ths and 192nds stay the author's.
package enum BeatGrid {
  package static let slotsPerBeat = 24
  package static let rowsPerSlot = Row.perBeat / slotsPerBeat
}
