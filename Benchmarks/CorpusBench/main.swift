import Chart
import Foundation

/// Reads and times every chart of a folder: `corpus-bench FOLDER` measures, `corpus-bench --notes FOLDER` writes what
/// it read for a comparison with another reader.
let arguments = CommandLine.arguments.dropFirst()
guard let folder = arguments.last, !folder.hasPrefix("-") else {
  FileHandle.standardError.write(Data("corpus-bench: name a folder of simfiles\n".utf8))
  exit(2)
}
let files = CorpusFiles.simfiles(under: folder)
if arguments.contains("--notes") {
  NoteDump.write(files, under: folder)
} else {
  Measurement.run(files)
}
