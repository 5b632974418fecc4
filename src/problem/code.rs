//! The stable names of problems. Scripts and people rely on them: a code is never renamed, and never reused.

use std::fmt;

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be used before it is put right.
    Error,
    /// The file can be used, but probably not as it was meant.
    Warning,
}

/// The long texts, one section for each code.
const EXPLANATIONS: &str = include_str!("explanations.md");

macro_rules! codes {
    ($($severity:ident $variant:ident $name:literal $title:literal)*) => {
        /// What sort of problem it is: a stable name with a long explanation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $title] $variant,)*
        }

        impl Code {
            /// Every code, those about whole files first.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable name, in kebab-case.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it is about, in one line.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// Whether it keeps a file from being used.
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    Error EmptyFile "empty-file" "the file is empty"
    Error TooLarge "too-large" "the file is larger than 1 MiB"
    Error NotUtf8 "not-utf8" "the file is not UTF-8 text"
    Error NulByte "nul-byte" "the file has a NUL byte"
    Error TooDeep "too-deep" "values are nested too deeply"
    Error NotToml "not-toml" "a line is not TOML"
    Error DuplicateKey "duplicate-key" "a key or a table stands twice"
    Error UnknownFileType "unknown-file-type" "the file is none of ours"
    Error UnsupportedFormat "unsupported-format" "the file has a newer format"
    Error TooManyProblems "too-many-problems" "the file has more problems than are shown"

    Error UnknownKey "unknown-key" "a key that this sort of entry does not have"
    Error MissingKey "missing-key" "a key that is needed and not there"
    Error MisplacedKey "misplaced-key" "a key that belongs to another kind of question"
    Error WrongType "wrong-type" "a value of the wrong type"
    Error UnknownWord "unknown-word" "a word that is not one of those allowed"
    Error EmptyText "empty-text" "a text with nothing in it"
    Error TooLong "too-long" "a text that is too long for its place"
    Error OutOfRange "out-of-range" "a number outside its range"
    Error BadId "bad-id" "an id without its proper form"
    Error BadDate "bad-date" "not a day of the calendar"
    Error BadUrl "bad-url" "not a web address"
    Error BadColour "bad-colour" "not a colour"
    Error LowContrast "low-contrast" "a colour that is hard to see on the page"
    Error BadLogo "bad-logo" "a picture that cannot be part of a report"
    Error BadMarkdown "bad-markdown" "a text with something that cannot be part of a report"
    Error BadCountry "bad-country" "not a country code"
    Error BadReference "bad-reference" "not a reference to a framework"
    Error BadCount "bad-count" "a list with too few or too many members"
    Error BadScale "bad-scale" "a scale that does not rise as it must"

    Error DuplicateId "duplicate-id" "two entries with the same id"
    Error UnknownArea "unknown-area" "a question of an area that does not exist"
    Error UnknownFact "unknown-fact" "a fact that does not exist"
    Error UnknownQuestion "unknown-question" "a question that does not exist"
    Error UnknownControl "unknown-control" "a control that does not exist"
    Error UnknownSource "unknown-source" "a source that does not exist"
    Error UnknownReference "unknown-reference" "a framework item that does not exist"
    Error UnknownTechnique "unknown-technique" "an ATT&CK technique that does not exist"
    Error MayNotBeSkipped "may-not-be-skipped" "a question that must not allow \"not-applicable\""
    Error NeverInterrupted "never-interrupted" "a priority incident that nothing stops"

    Error UnknownQuestionnaire "unknown-questionnaire" "answers to a questionnaire that does not exist"
    Error OtherPlan "other-plan" "the plan of another organisation or questionnaire"

    Error DanglingBase "dangling-base" "the base does not exist"
    Error OtherBaseVersion "other-base-version" "the base has another version"
    Error CircularBase "circular-base" "questionnaires that build on each other in a circle"
    Error BrokenBase "broken-base" "the base has problems of its own"

    Error UnknownText "unknown-text" "a text for something that the questionnaire does not have"

    Error UnknownTemplate "unknown-template" "a file that takes the place of no template"
    Error BrokenTemplate "broken-template" "a template that cannot be used"
    Error UnsafePage "unsafe-page" "a page that is not as harmless as ours"

    Error AnswerDoesNotFit "answer-does-not-fit" "an answer that the question cannot take"
    Error UnknownLevel "unknown-level" "a level that the question does not have"
    Error UnknownChoice "unknown-choice" "a choice that the question does not have"
    Error ImpossibleShare "impossible-share" "a share that cannot be"
    Error FutureDate "future-date" "a date after the day of the assessment"
    Error MissingReason "missing-reason" "\"not-applicable\" without a reason"
    Error NotApplicableForbidden "not-applicable-forbidden" "\"not-applicable\" where it is not allowed"

    Warning RenumberedTechnique "renumbered-technique" "an ATT&CK technique that has another number now"
    Warning UnknownAnswer "unknown-answer" "an answer to a question that the questionnaire does not have"
    Warning UnknownAction "unknown-action" "an action about a question that the questionnaire does not have"
    Warning UnknownAreaText "unknown-area-text" "a text about an area that the questionnaire does not have"
    Warning UnaskedFact "unasked-fact" "a fact that the questionnaire does not have"
    Warning OutOfScopeAnswer "out-of-scope-answer" "an answer to a question that is out of scope"
    Warning UnusedReason "unused-reason" "a reason that no report shows"
    Warning OtherQuestionnaire "other-questionnaire" "answers to another questionnaire"
    Warning OtherVersion "other-version" "answers to another version of the questionnaire"
    Warning StaleTranslation "stale-translation" "the translation of another questionnaire or version"
}

impl Code {
    /// The code with this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == name)
    }

    /// What it means and what to do, with an example that is wrong and one that is right.
    pub fn explanation(self) -> &'static str {
        let heading = format!("## {}\n", self.as_str());
        let section = EXPLANATIONS.split_once(&heading).map_or("", |(_, rest)| rest);
        section.split("\n## ").next().unwrap_or_default().trim()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_kebab_case_and_found_again() {
        let names: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for &code in Code::ALL {
            let kebab = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(code.as_str().chars().all(kebab), "{code}");
            assert_eq!(Code::parse(code.as_str()), Some(code));
            assert!(!code.title().is_empty() && !code.title().ends_with('.'), "{code}");
        }
        assert_eq!(Code::parse("no-such-code"), None);
    }

    #[test]
    fn every_code_is_explained_with_a_wrong_and_a_right_example_and_nothing_else_is() {
        for &code in Code::ALL {
            let text = code.explanation();
            assert!(text.contains("\nWrong:\n") && text.contains("\nRight:\n"), "{code}: {text}");
        }
        let headings: Vec<_> = EXPLANATIONS.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(headings, Code::ALL.iter().map(|code| code.as_str()).collect::<Vec<_>>());
    }
}
