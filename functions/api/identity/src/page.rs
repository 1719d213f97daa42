//! Which page of a list.

use serde::Deserialize;
use utoipa::IntoParams;

/// Which page.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// Entries on a page.
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100, example = 25)]
    pub(crate) limit: Option<String>,
    /// The `cursor` of the page before.
    pub(crate) cursor: Option<String>,
}
