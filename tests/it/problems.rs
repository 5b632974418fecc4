//! Files with mistakes, and what is said about them.

use safeseat::catalog::Catalog;
use safeseat::format::{Document, assessment, decode};

#[test]
fn the_examples_are_read_without_a_problem() {
    let catalog = Catalog::shipped();
    for entry in std::fs::read_dir("examples").unwrap() {
        let path = entry.unwrap().path();
        let source = decode(&path.display().to_string(), std::fs::read(&path).unwrap()).unwrap();
        let document = Document::parse(&source);
        let head = assessment::head(&document).unwrap();
        let questionnaire = catalog.questionnaire(&head.questionnaire).unwrap().0.unwrap();
        let (assessment, problems) = assessment::read(&document, &questionnaire);
        let seen: Vec<_> = problems.iter().map(|p| (source.line_of(p.place.start).0, &p.message)).collect();
        assert!(seen.is_empty(), "{}: {seen:#?}", source.name());
        assert!(assessment.is_some());
    }
}
