//! What staff change in suggestions: an item a week, to which every edit adds.

use aws_sdk_dynamodb::types::Update;
use domain::training::{EDITS_KEPT_FOR, StyleEdits, shifts, week_of};
use domain::{Failure, TenantId};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use std::collections::BTreeMap;

use crate::Trainings;
use crate::table::documents::get_number;
use crate::table::item::{Item, get_text, number, text};
use crate::table::keys;
use crate::table::writes::Writes;

const EDITS: &str = "style_edits";

impl Writes {
    /// Counts what was changed from `proposed` to `sent`; neither is kept.
    pub(crate) fn style_edit(
        &mut self,
        tenant: &TenantId,
        (day, at): (Date, Timestamp),
        proposed: &str,
        sent: &str,
    ) -> Result<(), Failure> {
        let names: Vec<String> = std::iter::once(EDITS_COUNT.to_owned())
            .chain(shifts(proposed, sent).iter().map(|shift| shift.name()))
            .collect();
        let adds: Vec<String> = names.iter().enumerate().map(|(index, _)| format!("#n{index} :one")).collect();
        let mut update = Update::builder()
            .update_expression(format!("ADD {} SET entity = :entity, expires_at = :end", adds.join(", ")))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":entity", text(EDITS))
            .expression_attribute_values(":end", number((at + EDITS_KEPT_FOR).as_second()));
        for (index, name) in names.into_iter().enumerate() {
            update = update.expression_attribute_names(format!("#n{index}"), name);
        }
        self.update_at(&keys::of(tenant).style_edits_of(&week_of(day)), update)
    }
}

const EDITS_COUNT: &str = "edits";
/// What an item has beside its counts.
const NO_COUNTS: [&str; 5] = ["pk", "sk", "entity", "expires_at", "version"];

impl Trainings<'_> {
    /// What was changed in suggestions in the week of `today` and the three before.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn edits(self, tenant: &TenantId, today: Date) -> Result<StyleEdits, Failure> {
        Ok(sum(&self.weeks(tenant, today).await?))
    }

    /// The weeks that count, as they are stored.
    pub(super) async fn weeks(self, tenant: &TenantId, today: Date) -> Result<Vec<Item>, Failure> {
        let first = week_of(today.saturating_sub(21.days()));
        let mut items = self.store.partition(&keys::of(tenant).style_edits(), "").await?;
        items.retain(|item| get_text(item, "sk") >= first.as_str());
        Ok(items)
    }
}

/// What was changed in all of these weeks.
pub(super) fn sum(weeks: &[Item]) -> StyleEdits {
    let mut sum = StyleEdits::default();
    weeks.iter().for_each(|week| sum.add(&counts(week)));
    sum
}

/// What was changed in a week.
pub(super) fn counts(item: &Item) -> StyleEdits {
    let count = |name: &str| get_number(item, name).and_then(|count| u64::try_from(count).ok());
    let shifts = item.keys().filter(|name| !NO_COUNTS.contains(&name.as_str()) && *name != EDITS_COUNT);
    let shifts: BTreeMap<String, u64> = shifts.filter_map(|name| Some((name.clone(), count(name)?))).collect();
    StyleEdits { edits: count(EDITS_COUNT).unwrap_or_default(), shifts }
}
