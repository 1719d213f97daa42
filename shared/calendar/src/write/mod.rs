//! A visit written as a calendar file: `text` makes lines, `zone` describes the zone's clocks, `visit` is the file.

mod text;
pub(crate) mod visit;
mod zone;

#[cfg(test)]
mod tests;
