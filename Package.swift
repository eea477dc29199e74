// swift-tools-version: 6.2
import PackageDescription

/// Every target of our own: warnings are errors.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// Numeric targets: a debug build without optimisation is hundreds of times slower, so tests would crawl.
let numeric: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

func tests(
  of name: String, uses extra: [Target.Dependency] = [], reading fixtures: [String] = [],
  settings: [SwiftSetting] = strict
) -> Target {
  // Fixtures are read beside the sources, so that recording them anew needs no build.
  .testTarget(
    name: "\(name)Tests", dependencies: [.target(name: name)] + extra, exclude: fixtures,
    swiftSettings: settings)
}

/// LIBXSMM is made for x86-64; on other processors OpenBLAS multiplies small matrices too.
#if arch(x86_64)
  let smallProducts: [Target.Dependency] = ["CXSMM"]
#else
  let smallProducts: [Target.Dependency] = []
#endif

let package = Package(
  name: "learnitup",
  products: [.executable(name: "learnitup", targets: ["learnitup"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: [
    // pkgConfig is left out for ncurses: its flags are refused by the package manager (see the shim).
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(name: "CALSA", pkgConfig: "alsa", providers: [.apt(["libasound2-dev"])]),
    .systemLibrary(name: "CSndFile", pkgConfig: "sndfile", providers: [.apt(["libsndfile1-dev"])]),
    .systemLibrary(name: "CFFTW", pkgConfig: "fftw3f", providers: [.apt(["libfftw3-dev"])]),
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CXSMM", providers: [.apt(["libxsmm-dev"])]),
    .target(name: "CSoundTouch", linkerSettings: [.linkedLibrary("SoundTouch")]),

    .target(name: "Chart", swiftSettings: numeric),
    .target(name: "Audio", dependencies: ["CSndFile"], swiftSettings: numeric),
    .target(name: "Signal", dependencies: ["CFFTW"], swiftSettings: numeric),
    .target(name: "Tempo", dependencies: ["Chart", "Audio", "Signal"], swiftSettings: numeric),
    .target(
      name: "Generation", dependencies: ["Chart", "Audio", "Signal", "COpenBLAS"] + smallProducts,
      resources: [.copy("Resources")], swiftSettings: numeric),
    .target(
      name: "Editor",
      dependencies: ["Chart", .product(name: "DequeModule", package: "swift-collections")],
      swiftSettings: strict),
    .target(name: "Playback", dependencies: ["Audio", "CALSA", "CSoundTouch"], swiftSettings: numeric),
    .target(
      name: "TUI",
      dependencies: ["Chart", "Editor", "CNcurses", .product(name: "TOMLKit", package: "TOMLKit")],
      resources: [.embedInCode("BuiltInThemes")], swiftSettings: strict),
    .target(
      name: "App",
      dependencies: [
        "Chart", "Audio", "Signal", "Tempo", "Generation", "Editor", "Playback", "TUI",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      swiftSettings: strict),
    .target(
      name: "SyntheticSongs", dependencies: ["Audio"], path: "Benchmarks/SyntheticSongs",
      swiftSettings: numeric),
    .executableTarget(
      name: "tempo-evaluation", dependencies: ["Tempo", "Audio", "Chart", "Signal", "SyntheticSongs"],
      path: "Benchmarks/TempoEvaluation", swiftSettings: numeric),
    .executableTarget(
      name: "corpus-bench", dependencies: ["Chart"], path: "Benchmarks/CorpusBench", swiftSettings: numeric),
    .executableTarget(name: "learnitup", dependencies: ["App"], swiftSettings: strict),

    tests(of: "Chart"), tests(of: "Audio", uses: ["CSndFile"]),
    tests(of: "Tempo", uses: ["Audio", "Chart", "SyntheticSongs"], settings: numeric),
    tests(of: "Generation", uses: ["Audio", "Chart", "Signal"], reading: ["Fixtures"]),
    tests(of: "Editor", uses: ["Chart"]), tests(of: "Playback", uses: ["Audio"]),
    tests(of: "TUI", uses: ["Chart", "Editor"], reading: ["Snapshots"]),
    tests(
      of: "App",
      uses: [
        "Chart", "Audio", "Editor", "TUI", "Generation", "Playback", "Tempo",
        "SyntheticSongs",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(name: "ArchitectureTests", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
