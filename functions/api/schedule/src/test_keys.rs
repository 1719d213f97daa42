//! Keys for tests in the calendar: what they book is told to people later, by work that knows of no key.

use api::Caller;
use domain::failure::Rejection;
use domain::identity::may;
use domain::{ContactId, Failure};
use store::Store;

/// Demands that nobody hears of what `caller` does about `contact`: a key for tests books and moves for contacts that stand for nobody.
///
/// # Errors
/// [`Failure::Rejected`]: forbidden, or there is no such contact.
pub(crate) async fn demand_reach(
    caller: &Caller<may::WriteSchedule>,
    store: &Store,
    contact: ContactId,
) -> Result<(), Failure> {
    if !caller.principal.is_test() {
        return Ok(());
    }
    let person = store.journeys().visit(&caller.principal.tenant, contact).await?;
    let person = person.ok_or_else(|| Failure::not_found("contact"))?;
    if person.contact.is_for_tests() {
        return Ok(());
    }
    let what =
        "a key for tests books for contacts alone that one made (POST /v1/contacts): others would be told of it later";
    Err(Failure::rejected(Rejection::Forbidden, what))
}
