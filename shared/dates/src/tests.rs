//! What is read of what customers write, by language.

mod english;
