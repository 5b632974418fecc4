//! Rewriting, on texts as people write them.
