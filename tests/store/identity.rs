//! People in the table: what two do at once, and what is done twice.

mod acceptance;
mod accounts;
mod anonymous_callers;
mod failures;
mod front;
mod isolation;
mod links;
mod members;
mod refreshing;
mod scene;
mod secrets;
mod sessions;
mod tenants;
