//! Who asked to hear nothing more.
//!
//! When a contact is erased its refusals stay, as the law wants (GDPR, article 17 (3) b): under a hash of the address in the
//! place of the address. Both places are read in one call, and what was said later counts.

use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use domain::messaging::Address;
use domain::{Failure, TenantId};
use jiff::Timestamp;

use crate::Store;
use crate::documents::get_number;
use crate::error::failure;
use crate::item::{Item, get_text, key_item, number};
use crate::keys::{self, TableKey};
use crate::writes::{Ran, Writes};

impl Store {
    /// Records that `address` wants nothing more (`true`) or wants to hear again (`false`), as said at `said_at`.
    ///
    /// What was said later stands, in whatever order the two arrive. Strongly consistent: the next gate sees it.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn set_suppressed(
        &self,
        tenant: &TenantId,
        address: &Address,
        suppressed: bool,
        said_at: Timestamp,
    ) -> Result<(), Failure> {
        let update = self
            .dynamo
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key_item(&keys::suppression(tenant, address))))
            .update_expression("SET suppressed = :suppressed, said_at = :at, entity = :entity")
            .condition_expression("attribute_not_exists(pk) OR said_at <= :at")
            .expression_attribute_values(":suppressed", aws_sdk_dynamodb::types::AttributeValue::Bool(suppressed))
            .expression_attribute_values(":at", number(said_at.as_millisecond()))
            .expression_attribute_values(":entity", crate::item::text("suppression"))
            .send()
            .await;
        match update {
            Ok(_) => Ok(()),
            Err(error)
                if error.as_service_error().is_some_and(UpdateItemError::is_conditional_check_failed_exception) =>
            {
                Ok(())
            }
            Err(error) => Err(failure("suppression", &error)),
        }
    }

    /// Whether `address` asked to hear nothing more.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn is_suppressed(&self, tenant: &TenantId, address: &Address) -> Result<bool, Failure> {
        let items = self.batch_get(suppression_keys(tenant, address).into()).await?;
        Ok(says_no(&items, tenant, address))
    }

    /// Keeps what an erased contact said about `address` under its hash alone. Twice is once.
    pub(crate) async fn hash_suppression(&self, tenant: &TenantId, address: &Address) -> Result<(), Failure> {
        let [plain, kept] = suppression_keys(tenant, address);
        let items = self.batch_get(vec![plain.clone(), kept.clone()]).await?;
        let Some(said) = find(&items, &plain) else { return Ok(()) };
        let mut writes = Writes::new(&self.table);
        // What is said this very moment stays as it is, and is kept the next time.
        let said_at = said.get("said_at").cloned().unwrap_or_else(|| number(0));
        writes.delete_where(&plain, "said_at = :said_at", ":said_at", said_at)?;
        let kept_too = find(&items, &kept).filter(|kept| get_number(kept, "said_at") > get_number(said, "said_at"));
        let last = kept_too.unwrap_or(said);
        if refuses(last) {
            let mut item = last.clone();
            item.extend(key_item(&kept));
            writes.put(item)?;
        } else {
            writes.delete(&kept)?;
        }
        match self.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Refused(_) | Ran::Raced => Err(Failure::Retryable("suppression: something was said meanwhile".into())),
        }
    }
}

/// The two places of what an address said: its own, and the one that outlives its contact.
pub(crate) fn suppression_keys(tenant: &TenantId, address: &Address) -> [TableKey; 2] {
    [keys::suppression(tenant, address), keys::kept_suppression(tenant, address)]
}

/// Whether what was said last, of the two places among `items`, is no.
pub(crate) fn says_no(items: &[Item], tenant: &TenantId, address: &Address) -> bool {
    let said = suppression_keys(tenant, address);
    let said = said.iter().filter_map(|key| find(items, key));
    said.max_by_key(|item| get_number(item, "said_at")).is_some_and(refuses)
}

fn find<'a>(items: &'a [Item], key: &TableKey) -> Option<&'a Item> {
    items.iter().find(|item| get_text(item, "pk") == key.pk)
}

fn refuses(item: &Item) -> bool {
    item.get("suppressed").and_then(|value| value.as_bool().ok()).copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::text;
    use aws_sdk_dynamodb::types::AttributeValue;
    use domain::messaging::Phone;

    fn said(key: &TableKey, suppressed: bool, at: i64) -> Item {
        let mut item = key_item(key);
        item.insert("entity".into(), text("suppression"));
        item.insert("suppressed".into(), AttributeValue::Bool(suppressed));
        item.insert("said_at".into(), number(at));
        item
    }

    #[test]
    fn what_was_said_last_counts_wherever_it_stands() {
        let tenant = TenantId::new("acme").unwrap();
        let address = Address::Phone(Phone::e164("+13035550101", "phone").unwrap());
        let [plain, kept] = suppression_keys(&tenant, &address);
        let no = |items: &[Item]| says_no(items, &tenant, &address);
        assert!(!no(&[]));
        assert!(no(&[said(&kept, true, 1)]) && no(&[said(&plain, true, 1)]));
        assert!(!no(&[said(&kept, true, 1), said(&plain, false, 2)]), "they wrote START after they were erased");
        assert!(no(&[said(&plain, false, 1), said(&kept, true, 2)]));
        let foreign = keys::suppression(&TenantId::new("bolt").unwrap(), &address);
        assert!(!no(&[said(&foreign, true, 1)]));
    }

    #[test]
    fn what_outlives_a_contact_does_not_show_the_address_and_differs_between_tenants() {
        let address = Address::Phone(Phone::e164("+13035550101", "phone").unwrap());
        let kept = |tenant: &str| keys::kept_suppression(&TenantId::new(tenant).unwrap(), &address).pk;
        assert!(!kept("acme").contains("3035550101"));
        assert_ne!(kept("acme").split(':').next_back(), kept("bolt").split(':').next_back());
    }
}
