//! Data rights: what is erased is nowhere, what is not stays as it is, and what is exported is all there is.

mod erasing;
mod exporting;
mod forgetting;
mod large;
pub(crate) mod scene;
