//! The operators' tools behind the command `porchlight`, one module per subcommand.

pub mod onboard;
pub mod secrets;
pub mod verify_webhook;
