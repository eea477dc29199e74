import Chart
import Testing

/// The canonical form: one layout for one song, and nothing lost on the way.
@Suite struct CanonicalFormTests {
  static func canonical(_ text: String, name: String = "a.ssc") throws -> String {
    String(decoding: try SimfileTexts.document(text, name: name).canonicalBytes, as: UTF8.self)
  }

  @Test func layoutIsOneForAll() throws {
    let text = """
      \u{FEFF}// by Ann\r
      \r
      \r
      junk #title:Tapir;#BPMS:4=180.50,0.000=120;   // fast\r
      #BGCHANGES:0=a.mpg=1,\r
      8=b.mpg=1;\r
      #NOTEDATA:;\r
      #STEPSTYPE:pump-single;#MYTAG:1:2;\r
      #NOTES:\r
      // measure 0\r
        10000\r
        00000 // here\r
        00000\r
        00000\r
        00?00\r
        00000\r
        00000\r
        00000\r
      ,\r
      ,  // measure 2\r
      00001;
      """
    #expect(
      try Self.canonical(text) == """
        // by Ann

        junk
        #TITLE:Tapir;
        #BPMS:0.000000=120.000000,
        4.000000=180.500000
        ; // fast
        #BGCHANGES:0=a.mpg=1,
        8=b.mpg=1;

        #NOTEDATA:;
        #STEPSTYPE:pump-single;
        #MYTAG:1:2;
        #NOTES:
        // here
        10000
        00000
        00?00
        00000
        ,
        00000
        00000
        00000
        00000
        ,
        00001
        00000
        00000
        00000
        ;

        """)
  }

  @Test func theOldFormatKeepsItsNumbers() throws {
    let text = "#BPMS:0=120,8=-60.5 ;\n#NOTES:dance-single: me :Hard:9:0,0:\n1000\n0000\n;"
    #expect(
      try Self.canonical(text, name: "a.sm") == """
        #BPMS:0=120,
        8=-60.5
        ;

        #NOTES:
             dance-single:
             me:
             Hard:
             9:
             0,0:
        1000
        0000
        0000
        0000
        ;

        """)
  }

  @Test func numbersThatDoNotFitStayAsTheyAre() throws {
    let text = "#TITLE:x;\n#BPMS:0.000000=120.0000004;\n"
    #expect(try Self.canonical(text) == text)
  }

  @Test func rowsBetween192ndsStay() throws {
    let notes = "10000\n00000\n01000\n00000\n00000\n"
    let text = SimfileTexts.ssc(SimfileTexts.chart(notes))
    #expect(try Self.canonical(text).contains("#NOTES:\n" + notes + ";"))
  }

  @Test func textBecomesUTF8() throws {
    let bytes = Array("#TITLE:caf".utf8) + [0xE9] + Array(";\n".utf8)
    let document = try SimfileDocument(bytes: bytes, name: "a.ssc")
    #expect(String(validating: document.canonicalBytes, as: UTF8.self) == "#TITLE:café;\n")
  }

  @Test(arguments: 0..<100) func theSongStaysAndTheFormIsFixed(seed: UInt64) throws {
    var random = Seeded(seed)
    let document = try SimfileTexts.document(RandomCharts.text(&random))
    let once = try SimfileDocument(bytes: document.canonicalBytes, name: "a.ssc")
    #expect(once.simfile == document.simfile)
    #expect(once.canonicalBytes == once.bytes)
  }
}
