//! What the tests of the senders share.

use connectors::send::{Form, Outgoing, Timeouts};
use domain::messaging::{Address, Email, Phone};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use url::Url;

use crate::letter::{cleared, reply};

pub(crate) fn phone() -> Address {
    Address::Phone(Phone::e164("+14155550101", "to").unwrap())
}

pub(crate) fn email() -> Address {
    Address::Email(Email::new("ana@example.com", "to").unwrap())
}

pub(crate) fn outgoing(to: &Address) -> Outgoing<'static> {
    saying(to, "We can come on Tuesday at 9. ¿Le va bien?")
}

pub(crate) fn saying(to: &Address, text: &str) -> Outgoing<'static> {
    cleared(reply(to, text), Form::Text).with_subject("Your roof")
}

/// Short enough for a test, long enough for a busy machine.
pub(crate) fn impatient() -> Timeouts {
    Timeouts { connect: Duration::from_secs(2), total: Duration::from_millis(400) }
}

/// An address where nobody listens: taken, so that nobody else can either.
pub(crate) struct Unreachable(tokio::net::TcpSocket);

impl Unreachable {
    pub(crate) fn new() -> Self {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
        Self(socket)
    }

    pub(crate) fn url(&self) -> Url {
        Url::parse(&format!("http://{}", self.0.local_addr().unwrap())).unwrap()
    }

    /// From here on connections are taken.
    pub(crate) fn listen(self) -> TcpListener {
        self.0.listen(8).unwrap()
    }
}

/// Reads one request, writes `answer` as it is, closes the connection. Returns how many requests came in.
pub(crate) async fn answer_raw(listener: TcpListener, answer: &'static [u8]) -> usize {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut buffer = vec![0; 16 * 1024];
    assert!(stream.read(&mut buffer).await.unwrap() > 0);
    stream.write_all(answer).await.unwrap();
    drop(stream);
    let more = tokio::time::timeout(Duration::from_millis(300), listener.accept()).await;
    1 + usize::from(more.is_ok())
}

/// Gives every request `answer` and keeps its connections open. Counts them.
pub(crate) fn answer_always(listener: TcpListener, answer: &'static [u8]) -> Arc<AtomicUsize> {
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                let mut buffer = vec![0; 16 * 1024];
                while stream.read(&mut buffer).await.is_ok_and(|length| length > 0) {
                    stream.write_all(answer).await.unwrap();
                }
            });
        }
    });
    connections
}
