import App

@main
enum EntryPoint {
  static func main() {
    CommandLineProgram.runAndExit()
  }
}
