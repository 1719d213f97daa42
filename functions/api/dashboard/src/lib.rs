//! The pages of a day's work: `/app` and what is below it.
//!
//! A page is read and changes nothing. It shows what is stored for the tenant of the session's cookie; every form on it names a call
//! of `/v1`, which `app.js` makes with what was typed. So whatever people can do here, programs can do too, with the same rights,
//! limits, records and refusals; and this function may read the table and no more. Without JavaScript, the pages can be read. Who runs
//! the platform has no tenant and two pages: `/app/prompts`, which no one else has, and `/app/clients`.
//!
//! What changes while a page is open stands in elements marked `data-live`: the script asks for the page again, with the `ETag` of the
//! one it has, and puts the new elements in the place of the old.

mod ahead;
mod answer;
mod approvals;
mod benchmarks;
mod board;
mod calendar;
mod campaigns;
mod clients;
mod composer;
mod contacts;
mod inbox;
mod insights;
mod inventory;
mod journeys;
mod knowledge;
mod lead;
mod leads;
mod operators;
mod settings;
mod shell;
mod show;
mod start;
mod tasks;
mod thread;
mod view;
mod words;

use api::Guard;
use axum::middleware::from_fn;
use axum::response::Redirect;
use axum::routing::get;
use axum::{Extension, Router};

use answer::{
    CALENDAR_SCRIPT, CONTACTS_SCRIPT, INBOX_SCRIPT, INVENTORY_SCRIPT, KNOWLEDGE_SCRIPT, PAIRS_SCRIPT, SCRIPT,
    SCRIPT_TYPE, STORMS_SCRIPT, STREAMED_SCRIPT, STYLE, STYLE_TYPE, WEATHER_SCRIPT, as_page, asset,
};

pub use answer::{Bucket, StreamOrigin};

/// The routes. `bucket`: where browsers send files to and find them.
pub fn router(guard: Guard, bucket: Bucket) -> Router {
    let pages = Router::new()
        .route("/app", get(start::page))
        .route("/app/inbox", get(inbox::page))
        .route("/app/inbox/{id}", get(thread::page))
        .route("/app/leads", get(leads::list))
        .route("/app/leads/{id}", get(lead::one))
        .route("/app/leads/{id}/ahead", get(ahead::page))
        .route("/app/tasks", get(tasks::page))
        .route(approvals::PATH, get(approvals::page))
        .route(clients::PATH, get(clients::list))
        .route("/app/clients/{id}", get(clients::one))
        .route("/app/insights", get(insights::page))
        .route("/app/journeys", get(journeys::list))
        .route("/app/journeys/{id}", get(journeys::one))
        .merge(calendar::routes())
        .merge(campaigns::routes())
        .merge(contacts::routes())
        .merge(inventory::routes())
        .merge(knowledge::routes())
        .merge(operators::routes())
        .merge(settings::routes());
    let open = Router::new()
        .route("/app/", get(async || Redirect::permanent("/app")))
        .route("/app/google", get(settings::back_from_google))
        .route("/app/app.js", get(async || asset(SCRIPT_TYPE, SCRIPT)))
        .route("/app/inbox.js", get(async || asset(SCRIPT_TYPE, INBOX_SCRIPT)))
        .route("/app/streamed.js", get(async || asset(SCRIPT_TYPE, STREAMED_SCRIPT)))
        .route("/app/contacts.js", get(async || asset(SCRIPT_TYPE, CONTACTS_SCRIPT)))
        .route("/app/storms.js", get(async || asset(SCRIPT_TYPE, STORMS_SCRIPT)))
        .route("/app/weather.js", get(async || asset(SCRIPT_TYPE, WEATHER_SCRIPT)))
        .route("/app/inventory.js", get(async || asset(SCRIPT_TYPE, INVENTORY_SCRIPT)))
        .route("/app/knowledge.js", get(async || asset(SCRIPT_TYPE, KNOWLEDGE_SCRIPT)))
        .route("/app/pairs.js", get(async || asset(SCRIPT_TYPE, PAIRS_SCRIPT)))
        .route("/app/calendar.js", get(async || asset(SCRIPT_TYPE, CALENDAR_SCRIPT)))
        .route("/app/calendar.css", get(async || asset(STYLE_TYPE, &calendar::layout::STYLE)))
        .route("/app/app.css", get(async || asset(STYLE_TYPE, STYLE)));
    api::serve_pages(pages, open, guard).layer(from_fn(as_page)).layer(Extension(bucket))
}
