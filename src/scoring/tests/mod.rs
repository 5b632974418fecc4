//! What scoring promises, in four layers: worked examples, rules for borderline cases, an independent second
//! implementation, and properties of every questionnaire with every set of answers.

mod build;
mod vectors;
