import ArgumentParser
import Glibc

/// Parses the command line, runs the command and turns what came of it into messages and an exit code.
package enum CommandLineProgram {
  package static func runAndExit() -> Never {
    // Writing beyond a limit on file sizes is to fail like a full disk, not to end the process.
    signal(SIGXFSZ, SIG_IGN)
    let status = run(Array(CommandLine.arguments.dropFirst()))
    fflush(nil)
    // Not `exit`: it takes the libraries down under threads that may still be at work on a suggestion nobody awaits.
    _exit(status)
  }

  /// Runs one command line. Returns the exit code: 0 done, 1 the input has problems, 2 could not run.
  package static func run(_ arguments: [String]) -> Int32 {
    let status = status(of: arguments)
    do throws(CommandError) {
      try Console.checkResults()
      return status
    } catch {
      Console.fail(error)
      return error.status.rawValue
    }
  }

  private static func status(of arguments: [String]) -> Int32 {
    do {
      var command = try LearnItUp.parseAsRoot(arguments)
      try command.run()
      return 0
    } catch let error as CommandError {
      Console.fail(error)
      return error.status.rawValue
    } catch {
      return report(error)
    }
  }

  /// Help and version texts end well, on standard output; wrong usage is told on standard error.
  private static func report(_ error: any Error) -> Int32 {
    let text = LearnItUp.fullMessage(for: error)
    if let code = error as? ExitCode { return code.rawValue }
    if LearnItUp.exitCode(for: error) == .success {
      Console.print(text)
      return 0
    }
    // What was typed is quoted in the text, and a name may hold anything.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
    Console.write(lines.joined(separator: "\n") + "\n", to: STDERR_FILENO)
    return CommandError.Status.cannotRun.rawValue
  }
}
