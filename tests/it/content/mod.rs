//! The shipped content, held to the rules of its editors: what is said, in which words, that every name exists, and that
//! the recorded incidents end as the arithmetic promises.

mod editorial;
mod names;
mod reading;
mod replay;
mod texts;

use safeseat::catalog::Catalog;
use safeseat::model::{
    Control, Framework, Incident, Question, Questionnaire, QuestionnaireId, Service, Source,
};
use safeseat::problem::Problems;

use crate::runner::questionnaires;

/// Everything that is shipped.
struct Content {
    questionnaires: Vec<Questionnaire>,
    controls: Vec<Control>,
    sources: Vec<Source>,
    frameworks: Vec<Framework>,
    incidents: Vec<Incident>,
    services: Vec<Service>,
}

impl Content {
    fn shipped() -> Self {
        let catalog = Catalog::shipped();
        Self {
            questionnaires: questionnaires().iter().map(|id| questionnaire(&catalog, id)).collect(),
            controls: without_problems(catalog.controls()).unwrap(),
            sources: without_problems(catalog.sources()).unwrap(),
            frameworks: without_problems(catalog.frameworks()),
            incidents: without_problems(catalog.incidents()),
            services: without_problems(catalog.services()).unwrap().services,
        }
    }

    /// The questions of all questionnaires; those that are taken over from a base come more than once.
    fn questions(&self) -> impl Iterator<Item = &Question> {
        self.questionnaires.iter().flat_map(Questionnaire::questions)
    }

    fn questionnaire(&self, id: &str) -> &Questionnaire {
        self.questionnaires.iter().find(|questionnaire| questionnaire.header().id.as_str() == id).unwrap()
    }
}

fn questionnaire(catalog: &Catalog, id: &str) -> Questionnaire {
    let read = catalog.questionnaire(&QuestionnaireId::parse(id).unwrap()).unwrap();
    without_problems(read).unwrap()
}

fn without_problems<T>((value, problems): (T, Problems)) -> T {
    let seen: Vec<_> = problems
        .iter()
        .map(|problem| {
            let source = problems.source(&problem.place).unwrap();
            format!("{}:{}: {}", source.name(), source.line_of(problem.place.start).0, problem.message)
        })
        .collect();
    assert_eq!(seen, Vec::<String>::new());
    value
}

/// Fails with everything that is wrong, a line each.
fn none(wrong: impl IntoIterator<Item = String>) {
    let wrong: Vec<String> = wrong.into_iter().collect();
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
