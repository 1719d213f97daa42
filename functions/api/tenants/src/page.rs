//! Which page of a list.

use domain::Failure;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which page of a list.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    /// Entries on a page.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100, example = 25)]
    limit: Option<String>,
    /// The one that the page before gave.
    cursor: Option<String>,
}

impl PageQuery {
    /// The number of entries, and where the page begins.
    ///
    /// # Errors
    /// 400 naming `limit`.
    pub(crate) fn read(&self) -> Result<(usize, Option<&str>), Failure> {
        Ok((api::page_size(self.limit.as_deref())?, self.cursor.as_deref()))
    }
}
