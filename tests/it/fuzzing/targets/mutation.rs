//! Changes of a text that know of lines and values, so that most of what comes out is still nearly a file of ours.

/// Values and pieces that stand for kinds of mistakes.
const PIECES: &[&[u8]] = &[
    b"",
    b"0",
    b"1",
    b"-1",
    b"75",
    b"100",
    b"101",
    b"9223372036854775807",
    b"1e400",
    b"nan",
    b"true",
    b"\"\"",
    b"\"yes\"",
    b"\"no\"",
    b"\"unknown\"",
    b"\"never\"",
    b"\"not-applicable\"",
    b"\"documented\"",
    b"[]",
    b"{}",
    b"[\"hall\", \"deck\"]",
    b"{ have = 57, of = 60 }",
    b"2026-11-23",
    b"0000-00-00",
    b"9999-12-31",
    b"2024-02-29",
    b"12:00:00",
    b"'''",
    b"\"\"\"",
    b"\"\\u202e\\u001b[2J\"",
    b"\"<script>\"",
    b"[x](javascript:y)",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\0",
    b"\r\n",
    b"\t",
    b"#",
    b"# carried over from 2026-05-04: confirm or change",
    b"[[question]]",
    b"[answers.first.levels]",
    b"[answers.first]",
    b"answers.first.levels.answer = \"lock\"",
    b"note = \"x\"",
    b"waiver = { reason = \"a\", approved_by = \"b\", expires = 2027-01-01 }",
    "é\u{301}👩\u{200d}💻".as_bytes(),
];

/// Numbers from a seed: the same ones for the same seed.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// The numbers of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below another; 0 when that is 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 1).unwrap_or_default().checked_rem(end).unwrap_or_default()
    }
}

/// The bytes after one to four changes.
pub fn changed(data: &[u8], seed: u64) -> Vec<u8> {
    let mut dice = Dice::new(seed);
    let mut data = data.to_vec();
    for _ in 0..=dice.below(4) {
        change(&mut data, &mut dice);
    }
    data
}

fn change(data: &mut Vec<u8>, dice: &mut Dice) {
    match dice.below(8) {
        0 => lines(data, dice, |lines, at, _| {
            lines.remove(at);
        }),
        1 => lines(data, dice, |lines, at, dice| {
            let to = dice.below(lines.len() + 1);
            lines.insert(to, lines[at].clone());
        }),
        2 => lines(data, dice, |lines, at, dice| {
            let other = dice.below(lines.len());
            lines.swap(at, other);
        }),
        3 => lines(data, dice, |lines, at, dice| {
            let other = dice.below(lines.len());
            let value = value(&lines[other]).to_vec();
            revalue(&mut lines[at], &value);
        }),
        4 | 5 => lines(data, dice, |lines, at, dice| {
            let piece = PIECES[dice.below(PIECES.len())];
            revalue(&mut lines[at], piece);
        }),
        6 => {
            let at = dice.below(data.len() + 1);
            let piece = PIECES[dice.below(PIECES.len())];
            data.splice(at..at, piece.iter().copied());
        }
        _ => {
            let at = dice.below(data.len() + 1);
            let end = data.len().min(at + dice.below(20));
            let byte = u8::try_from(dice.below(256)).unwrap_or_default();
            let with = if dice.below(2) == 0 { vec![byte] } else { Vec::new() };
            data.splice(at..end, with);
        }
    }
}

/// A change of one of the lines.
fn lines(data: &mut Vec<u8>, dice: &mut Dice, change: impl FnOnce(&mut Vec<Vec<u8>>, usize, &mut Dice)) {
    let mut lines: Vec<Vec<u8>> = data.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let at = dice.below(lines.len());
    change(&mut lines, at, dice);
    *data = lines.join(&b'\n');
}

/// What stands behind the `=` of a line, or the whole line.
fn value(line: &[u8]) -> &[u8] {
    line.iter().position(|byte| *byte == b'=').map_or(line, |at| &line[at + 1..])
}

fn revalue(line: &mut Vec<u8>, value: &[u8]) {
    let at = line.iter().position(|byte| *byte == b'=').map_or(0, |at| at + 1);
    line.truncate(at);
    line.extend_from_slice(value);
}
