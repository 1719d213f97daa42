//! Which mails about conversations a person of the team wants.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which mails about conversations a person wants from a business. Who has chosen nothing gets them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NoticeChoice {
    /// A colleague mentioned them in a note.
    #[serde(default = "yes")]
    pub mentions: bool,
    /// A conversation was assigned to them.
    #[serde(default = "yes")]
    pub assignments: bool,
}

fn yes() -> bool {
    true
}

impl Default for NoticeChoice {
    fn default() -> Self {
        Self { mentions: true, assignments: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_chosen_nothing_gets_them_all_also_of_a_kind_that_came_later() {
        let read = |text: &str| serde_json::from_str::<NoticeChoice>(text).unwrap();
        assert_eq!(read("{}"), NoticeChoice::default());
        assert_eq!(read(r#"{"mentions": false}"#), NoticeChoice { mentions: false, assignments: true });
    }
}
