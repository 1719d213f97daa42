//! Which cell a point is in, and where an address is: asked for now and then, since cells move and addresses hardly do.

use auth::secrets::sha256_hex;
use domain::Failure;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use weather::{Cell, Point, Sought};

use super::fetched::after;
use crate::Weather;
use crate::table::error::failure;
use crate::table::item::{from_item, number, to_item};
use crate::table::keys::{self, TableKey};

const PLACE: &str = "weather_place";
const ADDRESS: &str = "weather_address";
/// The most keys of one BatchGetItem.
const MAX_KEYS: usize = 100;

/// Cells move between offices and grids: a point is asked for again every week.
pub(crate) const CELL_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
/// An address that was found stays where it is.
const FOUND_FOR: SignedDuration = SignedDuration::from_hours(180 * 24);
/// One that was not found may be known to the geocoder later.
const NOT_FOUND_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The cell of a point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundCell {
    /// Its cell.
    pub cell: Cell,
    /// IANA zone, where the provider has said it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// When that was asked.
    pub found_at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Found {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    point: Option<Point>,
    found_at: Timestamp,
}

impl Found {
    fn is_current(&self, now: Timestamp) -> bool {
        now.duration_since(self.found_at) < kept_for(self.point)
    }
}

impl Weather<'_> {
    /// The cell of a point; `None`: not known, or asked for a week ago.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn cell(self, point: Point, now: Timestamp) -> Result<Option<FoundCell>, Failure> {
        let item = self.store.item(PLACE, &keys::platform().weather_place(point)).await?;
        let found = item.and_then(|item| from_item::<FoundCell>(PLACE, &item).ok());
        // The table takes old items away when it likes.
        Ok(found.filter(|found| now.duration_since(found.found_at) < CELL_FOR))
    }

    /// The cell of an address, where the weather run has found it.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn cell_of(self, sought: &Sought, now: Timestamp) -> Result<Option<Cell>, Failure> {
        let Some(Some(point)) = self.point(sought, now).await? else { return Ok(None) };
        Ok(self.cell(point, now).await?.map(|found| found.cell))
    }

    /// Keeps the cell of a point.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn keep_cell(self, point: Point, found: &FoundCell) -> Result<(), Failure> {
        self.put(PLACE, &keys::platform().weather_place(point), found, after(found.found_at, CELL_FOR)?).await
    }

    /// The point of an address, as it was found; `None`: not known. `Some(None)`: it was not found.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn point(self, sought: &Sought, now: Timestamp) -> Result<Option<Option<Point>>, Failure> {
        let item = self.store.item(ADDRESS, &address_key(sought)).await?;
        let found = item.and_then(|item| from_item::<Found>(ADDRESS, &item).ok());
        Ok(found.filter(|found| found.is_current(now)).map(|found| found.point))
    }

    /// The same of many addresses, by their [lines](Sought::line); what is not known is left out.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn points(self, sought: &[Sought], now: Timestamp) -> Result<BTreeMap<String, Option<Point>>, Failure> {
        let lines: BTreeMap<TableKey, String> = sought.iter().map(|one| (address_key(one), one.line())).collect();
        let keys: Vec<TableKey> = lines.keys().cloned().collect();
        let mut points = BTreeMap::new();
        for some in keys.chunks(MAX_KEYS) {
            for item in self.store.batch_get(some.to_vec()).await? {
                let found = from_item::<Found>(ADDRESS, &item).ok().filter(|found| found.is_current(now));
                points.extend(lines.get(&TableKey::of(&item)).cloned().zip(found.map(|found| found.point)));
            }
        }
        Ok(points)
    }

    /// Keeps where an address is, or that it was not found.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn keep_point(self, sought: &Sought, point: Option<Point>, now: Timestamp) -> Result<(), Failure> {
        let (key, until) = (address_key(sought), after(now, kept_for(point))?);
        self.put(ADDRESS, &key, &Found { point, found_at: now }, until).await
    }

    async fn put(self, entity: &str, key: &TableKey, value: &impl Serialize, until: Timestamp) -> Result<(), Failure> {
        let mut item = to_item(entity, key, value)?;
        item.insert("expires_at".to_owned(), number(until.as_second()));
        self.store.put_item(item).send().await.map_err(|error| failure(entity, &error))?;
        Ok(())
    }
}

/// By a hash: the table need not say in clear which towns were looked up.
fn address_key(sought: &Sought) -> TableKey {
    keys::platform().weather_address(&sha256_hex(&sought.line()))
}

fn kept_for(point: Option<Point>) -> SignedDuration {
    if point.is_some() { FOUND_FOR } else { NOT_FOUND_FOR }
}
