//! Numbers as people write them, `(720) 555-0110`: read as the tenant's country does.

use domain::messaging::Phone;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Writes the numbers of a file with + and the country code, where they can be read. One that cannot is left as it is, and
/// found with everything else that is wrong.
pub(super) fn read_phones(table: &mut DeTable<'_>) {
    let region = table.get("tenant").and_then(|tenant| tenant.get_ref().as_table()?.get("region")?.get_ref().as_str());
    let Some(region) = region.map(ToOwned::to_owned) else { return };
    for path in [&["tenant", "business", "phone"], &["tenant", "channels", "sms", "from"][..]] {
        read_at(table, path, &region);
    }
    for list in ["locations", "staff"] {
        let Some(DeValue::Array(all)) = table.get_mut(list).map(Spanned::get_mut) else { continue };
        for one in all.iter_mut() {
            if let DeValue::Table(one) = one.get_mut() {
                read_at(one, &["phone"], &region);
            }
        }
    }
}

fn read_at(table: &mut DeTable<'_>, path: &[&str], region: &str) {
    let Some((first, rest)) = path.split_first() else { return };
    match table.get_mut(*first).map(Spanned::get_mut) {
        Some(DeValue::Table(inner)) => read_at(inner, rest, region),
        Some(DeValue::String(number)) if rest.is_empty() => {
            if let Ok(phone) = Phone::typed(number, region, "phone") {
                *number = phone.as_str().to_owned().into();
            }
        }
        _ => {}
    }
}
