//! What a campaign says before people changed it, and what they may change it to.
//!
//! For every kind of weather there is a [`built_in`] text in five languages. A model may word it otherwise, within what [`CampaignBrief`]
//! accepts: every figure, day and promise of its text stands in the facts or the built-in text. People are held to less
//! ([`check_words`]): they name days and places as they like, and no price, share or promise that the business does not have.

mod brief;
mod built_in;
mod figures;
mod own_words;
mod pressing;
#[cfg(test)]
mod tests;

pub use brief::CampaignBrief;
pub use built_in::{LANGUAGES, built_in};
pub use figures::measures_in_fahrenheit;
pub use own_words::check_words;
