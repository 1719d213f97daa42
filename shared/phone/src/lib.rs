//! Telephone numbers: how they are written, and where in the world they are.
//!
//! A number is text in E.164, `+14155550100`; [`e164`] and [`typed`] make one. Where it is comes from a table that `cargo xtask
//! geography` writes from libphonenumber and the tz database (`geography.txt`; its head says of which releases). The table is
//! searched as it lies in the program, so that nothing is read or built before the first number. Only [`typed`] needs
//! libphonenumber's metadata, which cost the first call some 10 ms. Nothing here fails, asks a clock or does any I/O.

mod place;
mod spelling;
mod table;
mod typed;

pub use place::{Zones, country_zones, is_of, national, state, zones};
pub use spelling::{e164, other_spelling};
pub use typed::typed;
