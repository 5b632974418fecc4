//! A questionnaire as one page to print and fill in by hand.

use serde::Serialize;

use super::style::{BASE_CSS, Style};
use super::template::{self, TemplateError};
use crate::report::{Booklet, Tool};
use crate::text::Words;

const BOOKLET_CSS: &str = include_str!("../../templates/booklet/booklet.css");

/// What the template is given.
#[derive(Serialize)]
struct Page<'a> {
    booklet: &'a Booklet,
    tool: &'a Tool,
    style: Style,
}

/// The booklet as a page that needs nothing else.
///
/// # Errors
///
/// When a template does not fit the booklet, which is a mistake in the program.
pub fn html(booklet: &Booklet) -> Result<String, TemplateError> {
    let words = Words::ENGLISH;
    let style = Style::new(words, &[BASE_CSS, BOOKLET_CSS], "");
    template::fill_in(words, "booklet/page.html", &Page { booklet, tool: &booklet.tool, style })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::model::QuestionnaireId;

    fn booklet(id: &str) -> Booklet {
        let id = QuestionnaireId::parse(id).unwrap();
        let questionnaire = Catalog::shipped().questionnaire(&id).unwrap().0.unwrap();
        Booklet::new(&questionnaire, &Catalog::shipped().incidents().0, "0.0.0")
    }

    #[test]
    fn every_question_can_be_ticked_or_written_and_says_when_it_is_left_out() {
        let booklet = booklet("ten-minute-check");
        let page = html(&booklet).unwrap();
        for question in booklet.areas.iter().flat_map(|area| &area.questions) {
            assert!(page.contains(&format!("id=\"{}\"", question.question.anchor)));
        }
        assert_eq!(page.matches("I don’t know</span>").count(), booklet.questions);
        assert_eq!(
            page.matches("No leaves out").count(),
            booklet.facts.iter().filter(|f| !f.switches.is_empty()).count()
        );
    }

    #[test]
    fn text_of_a_questionnaire_stays_text() {
        let mut booklet = booklet("ten-minute-check");
        "</style><script>alert(1)</script>".clone_into(&mut booklet.title);
        booklet.areas[0].questions[0].ask = "\" onload=\"x<img src=x>".to_owned();
        let page = html(&booklet).unwrap();
        assert!(!page.contains("<script") && !page.contains("<img") && !page.contains("\" onload"));
    }

    #[test]
    fn the_policy_allows_the_style_of_the_page_and_nothing_else() {
        let page = html(&booklet("individual")).unwrap();
        let sheet = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
        assert!(page.contains(&format!("style-src 'sha256-{}'", Style::hash_of(sheet))));
    }
}
