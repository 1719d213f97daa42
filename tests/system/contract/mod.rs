//! What the API promises: the OpenAPI document is the code's own, every route in it is wired, every answer is as it says,
//! and no one sees another tenant's anything.

mod clients;
mod document;
pub mod gateway;
mod in_process;
mod isolation;
mod operations;
pub mod queues;
mod roles;
mod schemathesis;
mod smoke;
