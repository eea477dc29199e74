import App

print("\(Program.name) \(Program.version)")
