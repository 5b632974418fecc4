//! How hard the words are to read: sentences, syllables, school grades, abbreviations.

use std::collections::BTreeSet;

use safeseat::model::Question;

use super::texts;
use super::{Content, none};

/// The longest sentence, in words.
const LONGEST: usize = 25;
/// The highest average grade of a questionnaire's questions and fixes.
const GRADE: f64 = 9.0;

/// The sentences of a text: a full stop, question or exclamation mark, perhaps in quotation marks or brackets, then a
/// space and something that can begin a sentence.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if !c.is_whitespace() {
            continue;
        }
        let before = text[..at].trim_end_matches(['\'', '"', '’', '”', ')']);
        let ends = before.ends_with(['.', '?', '!']);
        let begins = |c: char| c.is_uppercase() || c.is_ascii_digit() || "'\"‘“(".contains(c);
        if ends && text[at..].trim_start().starts_with(begins) {
            sentences.push(text[start..at].trim());
            start = at;
        }
    }
    sentences.push(text[start..].trim());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).collect()
}

/// The syllables of a word as they are usually counted by machines: groups of vowels, without a silent e.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let word = word.split(['\'', '’']).next().unwrap_or_default();
    let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() <= 3 {
        return 1;
    }
    let vowel = |c: char| "aeiouyàâäéèêëíìîïóòôöúùûü".contains(c);
    let groups =
        letters.iter().enumerate().filter(|(i, c)| vowel(**c) && (*i == 0 || !vowel(letters[i - 1]))).count();
    let word: String = letters.iter().collect();
    let ends_in = |end: &str| word.ends_with(end);
    let before_end = |end: usize| letters.get(letters.len().saturating_sub(end)).copied().unwrap_or('a');
    let silent_e = ends_in("e") && (!ends_in("le") || vowel(before_end(3)));
    let silent_ed = ends_in("ed") && !"dt".contains(before_end(3));
    groups.saturating_sub(usize::from(groups > 1 && (silent_e || silent_ed))).max(1)
}

/// The Flesch-Kincaid grade: roughly the school year in which the text can be read.
#[expect(clippy::cast_precision_loss, reason = "the counts are small")]
pub fn grade(text: &str) -> f64 {
    let sentences = sentences(text).len() as f64;
    // Words that are written together with a hyphen or a slash are read one by one.
    let parts: Vec<&str> = text
        .split(|c: char| !(c.is_alphabetic() || c == '\'' || c == '’'))
        .map(|word| word.trim_matches(['\'', '’']))
        .filter(|word| !word.is_empty())
        .collect();
    let count = parts.len() as f64;
    let syllables: usize = parts.iter().map(|word| syllables(word)).sum();
    0.39 * count / sentences + 11.8 * syllables as f64 / count - 15.59
}

#[test]
fn sentences_and_grades_are_counted_as_people_would() {
    let text = "Ask IT: 'Is it on?' Then write it down (in version 1.2). Done.";
    assert_eq!(sentences(text), ["Ask IT: 'Is it on?'", "Then write it down (in version 1.2).", "Done."]);
    assert_eq!(sentences("No end"), ["No end"]);
    let counted =
        ["the", "password", "table", "make", "changed", "wanted", "security", "email"].map(syllables);
    assert_eq!(counted, [1, 2, 2, 1, 1, 2, 4, 2]);
    assert!(grade("The cat sat on the mat.") < 1.0);
    assert!(grade("Organisational responsibility necessitates comprehensive documentation.") > 20.0);
}

#[test]
fn no_sentence_is_longer_than_twenty_five_words() {
    let content = Content::shipped();
    none(texts::all(&content).iter().flat_map(|text| {
        let long = sentences(&text.words).into_iter().filter(|sentence| words(sentence).len() > LONGEST);
        long.map(|sentence| format!("{}: {} words: {sentence}", text.place, words(sentence).len()))
            .collect::<Vec<_>>()
    }));
}

/// The figures are printed with `cargo test reading_grade -- --nocapture`.
#[test]
#[expect(clippy::cast_precision_loss, clippy::print_stdout, reason = "small counts, and figures to look at")]
fn reading_grade_of_questions_and_fixes_is_nine_or_less_on_average() {
    for questionnaire in &Content::shipped().questionnaires {
        let of = |question: &Question| grade(&format!("{} {}", question.ask, question.fix));
        let grades: Vec<f64> = questionnaire.questions().iter().map(of).collect();
        let average = grades.iter().sum::<f64>() / grades.len() as f64;
        let hardest = grades.iter().copied().fold(0.0, f64::max);
        let id = &questionnaire.header().id;
        println!("{id}: average {average:.1}, hardest {hardest:.1}, {} questions", grades.len());
        assert!(average <= GRADE, "{id}: {average}");
    }
}

/// Abbreviations that everybody meets in daily life.
const COMMON: [&str; 8] = ["AI", "EU", "IT", "PDF", "PIN", "QR", "UK", "USB"];

/// The abbreviations of a text: words of two capital letters or more, digits and a plural s aside. Names of national bodies
/// in brackets that say so, such as `(UK: NCSC)`, are explained by what stands before the bracket.
fn abbreviations(text: &str) -> BTreeSet<String> {
    let mut national = false;
    let mut found = BTreeSet::new();
    for word in text.split_whitespace() {
        national |= word.ends_with("(UK:");
        let parts = word.split(|c: char| !c.is_alphanumeric()).map(|part| part.trim_end_matches('s'));
        let abbreviated = |part: &&str| {
            part.chars().all(|c| c.is_uppercase() || c.is_ascii_digit())
                && part.chars().filter(|c| c.is_uppercase()).count() >= 2
        };
        found.extend(parts.filter(abbreviated).filter(|_| !national).map(str::to_owned));
        national &= !word.contains(')');
    }
    found
}

/// Whether a text says what an abbreviation means: `WPA2 or WPA3 (two standards)`, `DMARC tells others`, `(DNS)`,
/// `SIM card, the chip that`.
fn explains(text: &str, abbreviation: &str) -> bool {
    const SAYING: [&str; 10] =
        [" (", " is ", " are ", " means ", " tells ", " mark ", " marks ", ", the ", ", a ", ", older "];
    let whole = |at: usize| !text[at + abbreviation.len()..].starts_with(char::is_alphanumeric);
    text.match_indices(abbreviation).filter(|(at, _)| whole(*at)).any(|(at, _)| {
        let mut rest = &text[at + abbreviation.len()..];
        for partner in [" or ", " and "].into_iter().filter_map(|link| rest.strip_prefix(link)) {
            rest = partner.trim_start_matches(|c: char| c.is_uppercase() || c.is_ascii_digit());
        }
        let rest = rest.strip_prefix(" card").unwrap_or(rest);
        text[..at].ends_with('(')
            || text[..at].ends_with("called ")
            || SAYING.iter().any(|saying| rest.starts_with(saying))
    })
}

#[test]
fn abbreviations_and_what_explains_them_are_seen() {
    let found = |text| abbreviations(text).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(found("Use VPNs (UK: NCSC and ICO) and WPA2/WPA3."), "VPN WPA2 WPA3");
    assert!(explains("POP and IMAP, older ways", "POP"));
    assert!(explains("the internet's phone book (DNS)", "DNS"));
    assert!(explains("their own SIM card, the chip", "SIM"));
    assert!(!explains("Switch on DMARC today.", "DMARC"));
    assert!(!explains("DMARCX is nothing", "DMARC"));
}

#[test]
fn no_abbreviation_stays_unexplained() {
    let content = Content::shipped();
    none(content.questions().flat_map(|question| {
        let texts = texts::of_question(question);
        let read_by_everybody =
            texts.iter().filter(|text| ["ask", "help", "fix", "label"].contains(&text.key));
        let used: Vec<(String, &str)> = read_by_everybody
            .flat_map(|text| abbreviations(&text.words).into_iter().map(|found| (found, text.place.as_str())))
            .collect();
        used.into_iter()
            .filter(|(found, _)| !COMMON.contains(&found.as_str()))
            .filter(|(found, _)| !texts.iter().any(|text| explains(&text.words, found)))
            .map(|(found, place)| format!("{place}: {found}"))
            .collect::<BTreeSet<_>>()
    }));
}
