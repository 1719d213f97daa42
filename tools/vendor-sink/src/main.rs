//! The vendor sink as a command: `vendor-sink --port 4580` prints its URL and serves until SIGTERM or Ctrl-C.

use anyhow::Context;
use clap::Parser;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::signal::unix::{SignalKind, signal};

/// Speaks the send APIs of Meta and Twilio, and keeps what it is sent.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The port to serve on, on 127.0.0.1 only; 0 takes a free one.
    #[arg(long, default_value_t = 4580)]
    port: u16,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let Arguments { port } = Arguments::parse();
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let sink = vendor_sink::start(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
        .await
        .with_context(|| format!("port {port} is not free: stop what uses it, or choose another with --port"))?;
    writeln!(std::io::stdout(), "{}", sink.url())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    sink.stop().await;
    Ok(())
}
