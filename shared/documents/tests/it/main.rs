//! Files of each format, made by the tests, and what is read of them.

mod formats;
mod limits;
mod pdf;
mod samples;
