//! People in the table: what two do at once, and what is done twice.

mod acceptance;
mod accounts;
mod failures;
mod links;
mod members;
mod scene;
mod secrets;
mod sessions;
