//! Counts of extras by month, added with the marks of what is counted.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::Update;
use domain::insights::{ExtraCounts, ExtraMonth, ExtraReport, Increment, Range};
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use jiff::civil::Date;
use serde::Deserialize;

use crate::InsightDays;
use crate::table::item::{number, readable, text};
use crate::table::keys;
use crate::table::writes::Writes;

/// The counts of a month as they are stored.
#[derive(Deserialize)]
struct Counted {
    month: Date,
    extra: domain::ids::ExtraId,
    #[serde(flatten)]
    sum: ExtraCounts,
}

/// What `increments` add to each month, which a transaction writes once.
pub(super) fn sums(increments: &[Increment]) -> BTreeMap<ExtraMonth, ExtraCounts> {
    let mut sums: BTreeMap<ExtraMonth, ExtraCounts> = BTreeMap::new();
    for (place, counts) in increments.iter().flat_map(|increment| &increment.extras) {
        sums.entry(place.clone()).or_default().add(counts);
    }
    sums
}

impl InsightDays<'_> {
    /// What became of extras in the months of `range`, whole months. One call a MB: a month of an extra takes some hundred bytes.
    ///
    /// # Errors
    /// [`Failure`] as the table answers.
    pub async fn extra_report(self, tenant: &Tenant, range: Range) -> Result<ExtraReport, Failure> {
        let month = |day: Date| day.strftime("%Y-%m").to_string();
        let query = self
            .store
            .query()
            .key_condition_expression("pk = :pk AND sk BETWEEN :from AND :to")
            .expression_attribute_values(":pk", text(keys::of(&tenant.id).extra_months()))
            .expression_attribute_values(":from", text(month(range.from())))
            // After all of the last month.
            .expression_attribute_values(":to", text(format!("{}$", month(range.to()))));
        let counted = readable::<Counted>("extra_month", &self.store.all("extras", query).await?);
        let counted = counted.into_iter().map(|Counted { month, extra, sum }| (ExtraMonth { month, extra }, sum));
        Ok(ExtraReport::of(tenant, range, counted.collect()))
    }
}

impl Writes {
    /// Adds to what was counted of an extra in a month.
    pub(super) fn add_to_extra(
        &mut self,
        tenant: &TenantId,
        place: &ExtraMonth,
        counts: &ExtraCounts,
    ) -> Result<(), Failure> {
        let counts: Vec<_> = counts.named().into_iter().filter(|(_, count)| *count > 0).collect();
        let adds: Vec<String> = counts.iter().map(|(name, _)| format!("{name} :{name}")).collect();
        let mut update = Update::builder()
            .update_expression(format!("ADD {} SET entity = :entity, #month = :month, extra = :extra", adds.join(", ")))
            .expression_attribute_names("#month", "month")
            .expression_attribute_values(":entity", text("extra_month"))
            .expression_attribute_values(":month", text(place.month.to_string()))
            .expression_attribute_values(":extra", text(place.extra.as_str()));
        for (name, count) in counts {
            update = update.expression_attribute_values(format!(":{name}"), number(count));
        }
        self.update_at(&keys::of(tenant).extra_month(place), update)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::EventId;
    use domain::ids::ExtraId;
    use jiff::civil::date;

    #[test]
    fn what_several_add_to_a_month_is_one_write() {
        let tenant = TenantId::new("acme").unwrap();
        let place = ExtraMonth { month: date(2026, 11, 1), extra: ExtraId::new("late-checkout").unwrap() };
        let counts = ExtraCounts { taken: 1, booked: 1, ..ExtraCounts::default() };
        let increment = |name: &str| Increment {
            once: EventId::derive(&tenant, &[name]),
            adds: Vec::new(),
            extras: vec![(place.clone(), counts)],
        };
        let sums = sums(&[increment("a"), increment("b")]);
        assert_eq!(sums, BTreeMap::from([(place, ExtraCounts { taken: 2, booked: 2, ..ExtraCounts::default() })]));
    }
}
