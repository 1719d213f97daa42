//! A server that speaks the send APIs of Meta and Twilio, and of weather services as far as they are asked, for development and tests. It
//! sends nothing anywhere.
//!
//! | route | what it does |
//! |---|---|
//! | `POST /{version?}/{phone_number_id}/messages` | takes a WhatsApp message as the Cloud API does |
//! | `POST /2010-04-01/Accounts/{sid}/Messages.json` | takes an SMS as Twilio does |
//! | `GET /{version}/{id}`, `GET …/Messages/{message}/Media/{id}` | hands out a picture as both do |
//! | `GET /weather/points/{point}`, `…/gridpoints/{office}/{cell}`, `…/alerts` | made-up weather, as the National Weather Service has it |
//! | `GET /weather/v1/search`, `/weather/v1/forecast` | places and made-up weather, as Open-Meteo has them |
//! | `GET /_sink/messages?after=N` | the messages taken, oldest first, from number N + 1 on |
//! | `DELETE /_sink/messages` | forgets them; numbers and ids go on |
//! | `POST /_sink/faults` | makes the next calls of a vendor fail, see [`Fault`] |
//!
//! Ids come from one counter, so that a run gives the same ids every time. Credentials must have the vendor's form;
//! any values pass. Some recipients are refused without any programming: Twilio's magic test numbers, and on the Meta
//! side recipients and templates whose names end in one of its error codes, such as 131026 and 132001. The last [`KEPT_MESSAGES`] messages are kept,
//! in memory only.

mod control;
mod fault;
mod line;
mod media;
mod meta;
mod sink;
mod twilio;
mod weather;

pub use fault::Fault;
pub use sink::{KEPT_MESSAGES, Message, Template, Vendor};

use axum::Router;
use axum::routing::{get, post};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::line::{Line, Lines};
use crate::sink::Sink;

/// How long [`Running::stop`] waits for answers that are still on their way.
const GRACE: Duration = Duration::from_secs(2);

/// A sink that serves until [`Running::stop`], or until its runtime ends.
#[derive(Debug)]
pub struct Running {
    url: String,
    stop: oneshot::Sender<()>,
    server: JoinHandle<io::Result<()>>,
}

/// Serves on `addr`; port 0 takes any free one.
///
/// # Errors
/// The listener's, such as [`io::ErrorKind::AddrInUse`].
pub async fn start(addr: SocketAddr) -> io::Result<Running> {
    let listener = TcpListener::bind(addr).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let (stop, stopped) = oneshot::channel();
    let service = router().into_make_service_with_connect_info::<Line>();
    let server = axum::serve(Lines::new(listener), service).with_graceful_shutdown(async {
        // A sender that is dropped counts as a stop too.
        let _ = stopped.await;
    });
    Ok(Running { url, stop, server: tokio::spawn(server.into_future()) })
}

impl Running {
    /// Where it serves, such as `http://127.0.0.1:4580`: the base URL of Twilio's sender, and of Meta's.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Takes no more calls, and returns when the last answer has left, 2 s later at most.
    pub async fn stop(mut self) {
        // It fails only where the server has ended already.
        let _ = self.stop.send(());
        if tokio::time::timeout(GRACE, &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

fn router() -> Router {
    Router::new()
        .route("/{phone_number_id}/messages", post(meta::send_unversioned))
        .route("/{version}/{phone_number_id}/messages", post(meta::send))
        .route("/2010-04-01/Accounts/{sid}/Messages.json", post(twilio::send))
        .route("/{version}/{id}", get(media::of_meta))
        .route("/2010-04-01/Accounts/{sid}/Messages/{message}/Media/{id}", get(media::of_twilio))
        .route("/weather/points/{point}", get(weather::point))
        .route("/weather/gridpoints/{office}/{cell}", get(weather::layers))
        .route("/weather/alerts", get(weather::alerts))
        .route("/weather/v1/forecast", get(weather::forecast))
        .route("/weather/v1/search", get(weather::search))
        .route("/_media/meta/{id}", get(media::at_meta))
        .route("/_media/signed", get(media::signed))
        .route("/_sink/messages", get(control::messages).delete(control::forget))
        .route("/_sink/faults", post(control::program))
        .with_state(Sink::default())
}
