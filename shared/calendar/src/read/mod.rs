//! A calendar file read as busy times.
//!
//! `lines` cuts the text into lines, `components` sorts them into events and zones, `value` reads dates and lengths, `zones`
//! and `custom_zone` find the zone that a name means, `rule` and `expand` are recurrence, `event` is one event, and `busy` puts
//! series together.

pub(crate) mod busy;
mod components;
mod custom_zone;
mod event;
mod expand;
pub(crate) mod lines;
mod rule;
mod series;
mod value;
mod zones;

#[cfg(test)]
mod tests;
