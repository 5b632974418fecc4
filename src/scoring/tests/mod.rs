//! What scoring promises: examples worked out by hand, rules for borderline cases, agreement with a second
//! implementation straight from the text, and properties of every questionnaire with every set of answers.

mod ageing;
mod agreement;
mod build;
mod comparison;
mod edges;
mod generate;
mod properties;
mod reference;
mod vectors;
mod words;
