//! An honest, private and offline security check for political organisations.
//!
//! TOML files become a checked model, a pure engine turns the model into an evaluation, a report decides what to say,
//! renderers decide how it looks; only the outermost ring touches disk, clock or terminal.
//!
//! A module imports only modules from floors below its own, and of those only the ones in its row. A test scans the
//! sources and compares this table.
//!
//! | module | floor | may import | what it holds |
//! |---|---|---|---|
//! | `problem` | 0 | nothing | problems as data: codes, places, help |
//! | `text` | 0 | nothing | words, private text, terminal-safe text |
//! | `model` | 1 | text | the nouns, made only by checking constructors |
//! | `format` | 2 | problem, text, model | TOML to model and back, one file per file type |
//! | `scoring` | 2 | model | the engine: integers only |
//! | `interview` | 2 | model, text | asking: one state machine for terminal and page |
//! | `report` | 3 | scoring, model, text | what to say: the view model |
//! | `render` | 4 | report, problem, text | how it looks: one file per format |
//! | `catalog` | 4 | format, model, problem, text | the shipped content |
//! | `store` | 5 | format, model, problem, text | the only file access |
//! | `web` | 6 | interview, problem, text, model, format, scoring, report, render, store | the interview on a page of this computer; feature `web` |
//! | `wizard` | 6 | problem, text, model, format, scoring, interview, render, store | the interview in a terminal |
//! | `cli` | 7 | problem, text, model, format, scoring, interview, report, render, catalog, store, wizard, web | arguments, commands, the only place that prints |

pub mod catalog;
pub mod cli;
pub mod format;
pub mod interview;
pub mod model;
pub mod problem;
pub mod render;
pub mod report;
pub mod scoring;
pub mod store;
pub mod text;
#[cfg(feature = "web")]
pub mod web;
pub mod wizard;
