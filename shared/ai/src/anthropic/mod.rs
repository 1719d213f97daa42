//! Anthropic's Messages API: wire format, tool schemas, and the client with its retries.

mod client;
mod tool;
mod wire;

pub(crate) use client::{Asked, Client};
pub(crate) use tool::Tool;
pub(crate) use wire::Request;
